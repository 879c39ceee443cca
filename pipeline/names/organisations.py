"""An organisation's name read: which body of which state it is, or which organisation that the world knows."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from pipeline.data import Organisation, countries, table
from pipeline.names.organisation_tables import (
    Words,
    body_by_own_name,
    body_name,
    body_of_state,
    capitals,
    goes_by,
    is_kind,
    is_ordinary,
    listed,
    states_with,
    usual_kind,
    with_unions,
    words_of,
)
from pipeline.names.organisation_words import (
    bare,
    initials,
    is_acronym,
    normal_words,
    owned,
    without_article,
)

_NOWHERE = "ATA"
"""The code of a territory that has no bodies."""


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """What a name of an organisation says.

    `text` is the name as it was given, without "the". `name` is the full name of a listed organisation and of an
    acronym that the tables have, else the text. `form` is equal for all names of one body ("ministry of foreign
    affairs", "un security council"). `kind` is the kind of a state's body as in bodies.tsv or "ministry of …", else
    "embassy", "consulate", "listed" (organisations.tsv), "acronym" (an unknown one), "kind" (a bare "the Ministry") or
    "other". `country` is the ISO3 code of its state, `named` are all states in the name, `seat` is the state or city
    that an embassy is in. `others` are forms that the name may stand for besides.
    """

    text: str
    name: str
    form: str
    kind: str
    country: str | None = None
    named: frozenset[str] = frozenset()
    seat: str | None = None
    others: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str | None]:
        """Form and country: what two names of one organisation have in common."""
        return self.form, self.country

    @property
    def is_full(self) -> bool:
        """Whether the name, with its state if it is a state's body, tells the organisation anywhere."""
        return self.kind not in ("acronym", "kind")

    @property
    def is_complete(self) -> bool:
        """Whether no state needs to be added."""
        return self.is_full and (self.country is not None or self.kind in ("listed", "other"))


@dataclass(frozen=True, slots=True)
class Sameness:
    """Whether two names are of one organisation: True, False, or None where the names alone do not tell."""

    same: bool | None
    reason: str


@functools.lru_cache(maxsize=1 << 12)
def parse_organisation(text: str, *, country: str | None = None) -> OrganisationName:
    """Read the name of an organisation; `country` is the ISO3 code of the state that the text around gives it.

    A state in the name goes before `country`; an organisation of no state has none. Raises `ValueError` when the text
    has no letter or digit.
    """
    text = without_article(text)
    spelled = normal_words(text)
    if not spelled:
        raise ValueError(f"no name of an organisation: {text!r}")
    split = owned(spelled)
    state = split.owner or country
    whole, rest = bare(spelled), bare(split.words)
    body = _body(whole, rest, state, split.owner)
    if body is not None:
        full = body_name(*body) if is_acronym(text) else None
        return OrganisationName(text, full or text, body[1], body[1], body[0], split.named)
    usual = usual_kind(rest)
    found = () if usual is not None and state is not None else listed(state, whole, rest)
    if found:
        first, *others = found
        return OrganisationName(
            text, first.name, _form(first), "listed", first.country, split.named, None, tuple(map(_form, others))
        )
    kind = usual or _ministry(split.words, state)
    if kind is not None:
        return OrganisationName(text, text, kind, kind, state, split.named)
    mission = _mission(rest, state)
    if mission is not None:
        return OrganisationName(text, text, mission[0], mission[0], state, split.named, mission[1])
    form = " ".join(sorted(with_unions(rest)))
    if is_kind(rest) and not split.named:
        return OrganisationName(text, text, form, "kind", state)
    return OrganisationName(
        text, text, form, "acronym" if is_acronym(text) and len(spelled) == 1 else "other", state, split.named
    )


def same_organisation(a: OrganisationName, b: OrganisationName) -> Sameness:
    """Whether two names are of one organisation, with the reason in words."""
    if a.country is not None and b.country is not None and a.country != b.country:
        return Sameness(False, f"countries differ: {a.country}, {b.country}")
    if a.seat is not None and b.seat is not None and a.seat != b.seat:
        return Sameness(False, f"seats differ: {a.seat}, {b.seat}")
    if a.key == b.key and a.is_complete and a.seat == b.seat:
        return Sameness(True, f"both {a.form}" + (f" of {a.country}" if a.country else ""))
    if a.key == b.key:
        return Sameness(None, f"both {a.form}, of a state or place that is not said")
    for known, unknown in ((a, b), (b, a)):
        if known.country is not None and unknown.country is None and _can_be(unknown, known):
            return Sameness(None, f"“{unknown.text}” can be of {known.country}")
    for short, long in ((a, b), (b, a)):
        if long.form in short.others:
            return Sameness(None, f"“{short.text}” can stand for “{long.name}”")
        if short.kind == "acronym" and _letters(short.text) in initials(long.name):
            return Sameness(None, f"“{short.text}” are initials of “{long.name}”")
    return Sameness(False, f"names differ: {a.form}, {b.form}")


def _can_be(unknown: OrganisationName, known: OrganisationName) -> bool:
    """Whether a name without a state means, in the state of another, the same."""
    if unknown.kind == "listed" or known.country is None:
        return False
    if words_of(unknown.text)[1] == words_of(known.text)[1]:
        return True
    told = parse_organisation(unknown.text, country=known.country)
    return told.form == known.form and (
        told.kind in ("other", "listed") or goes_by(known.country, told.kind, words_of(unknown.text)[1])
    )


def organisation_keys(name: OrganisationName) -> frozenset[str]:
    """Blocking keys: two names that `same_organisation` holds to be one share at least one."""
    keys = {f"{form}|{name.country or ''}" for form in (name.form, *name.others)}
    acronyms = initials(name.name) | ({_letters(name.text)} if is_acronym(name.text) else set())
    return frozenset(keys | {f"initials|{acronym}" for acronym in acronyms})


@functools.lru_cache(maxsize=1 << 12)
def normal_form(text: str) -> str:
    """A name in one spelling of all that say the same in any state; `parse_organisation` reads the same from it."""
    name = parse_organisation(text)
    plain = name.kind in ("other", "acronym", "kind", "embassy", "consulate")
    if plain or name.others or any(parse_organisation(text, country=code).key != name.key for code in _elsewhere(text)):
        return " ".join(normal_words(text))
    of = f" of {countries()[name.country].name}" if name.country is not None and name.kind != "listed" else ""
    return " ".join(normal_words(name.form + of))


def _elsewhere(text: str) -> tuple[str, ...]:
    """States in which a name could mean another body."""
    if owned(normal_words(text)).owner is not None:
        return ()
    return (_NOWHERE, *states_with(words_of(text)[1]))


def _letters(acronym: str) -> str:
    return "".join(c for c in acronym.lower() if c.isalnum())


def _form(organisation: Organisation) -> str:
    return " ".join(normal_words(organisation.name))


def _body(whole: Words, rest: Words, state: str | None, owner: str | None) -> tuple[str, str] | None:
    """State and kind of a state's body with a name of its own ("Knesset"). Where the name is of ordinary words, another
    state's body may have it too ("Thailand's Foreign Office")."""
    kind = body_of_state(state, whole) or body_of_state(state, rest)
    if kind is not None and state is not None:
        return state, kind
    own = body_by_own_name(whole)
    if own is not None and owner is not None:
        return own
    own = own or (body_by_own_name(rest) if owner is not None else None)
    if own is not None and state is not None and state != own[0] and is_ordinary(rest):
        return state, own[1]
    return own


def _ministry(name: Words, state: str | None) -> str | None:
    """ "ministry of trade" for "Trade Ministry", "Ministry of Commerce", in some states "Department of Trade"."""
    rules, general = table("organisations")["ministries"], table("organisations")["general"]
    heads = {"ministry"}
    if state in rules["departments"]:
        heads.add("department")
    if state in rules["secretariats"]:
        heads.add("secretariat")
    head = next((i for i, word in enumerate(name) if word in heads), None)
    if head is None or (head + 1 < len(name) and (name[head + 1] not in ("of", "for") or name[-1] in rules["parts"])):
        return None  # "Foreign Ministry Press Service", "Ministry of Health Department"
    if not set(name[:head]).isdisjoint(rules["parts"]):
        return None  # "Protocol Department of the Ministry of Health"
    field = [word for word in bare(name) if word not in heads and word not in general]
    for word, after in zip(field, [*field[1:], ""], strict=False):
        if word in rules["foreign"] and after not in rules["not_foreign"]:
            return "ministry of foreign affairs"
    key = " ".join(sorted(set(field)))
    return f"ministry of {rules['fields'].get(key, key)}" if key else None


def _mission(name: Words, state: str | None) -> tuple[str, str | None] | None:
    """What kind of mission a name is of, and the state or city that it is in."""
    heads = table("organisations")["embassies"]
    phrase = f" {' '.join(name)} "
    head = next((head for head in heads if f" {head} " in phrase), None)
    if head is None or (state is None and head == phrase.strip()):
        return None
    states = [word.removeprefix("@") for word in name if word.startswith("@")]
    city = " ".join(word for word in name if word not in (*head.split(), "general") and not word.startswith("@"))
    return heads[head], next(iter(states), None) or capitals().get(city) or city or None
