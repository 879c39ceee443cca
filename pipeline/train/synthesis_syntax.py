"""The syntax of plans: a sentence with slots and marks, ` // `, and clauses for its people and events.

models/corpus/plans/README.md tells how plans are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.record import MODES

ONCE = "once"
SLOT = re.compile(r"\{([^{}]+)\}")
CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
MARKED = re.compile(r"\[([^\[\]#]+?)(?:#([^\[\]#]+))?\]")
COUNTRY = re.compile(r"([A-Z])\s*=\s*country")
LABELS = frozenset("LOC NORP FAC NEV DOC GPE ORG NOM TITLE".split())
DAYS = frozenset("today recent past month years soon next later span spell".split())
STATUSES = frozenset("occurred ongoing planned cancelled hypothetical negated".split())
LEADERS, OFFICIALS = ("head", "pm"), ("fm", "fm", "fm", "deputy", "minister", "minister")
GROUPS = {
    "leader": LEADERS,
    "top": (*LEADERS, "fm", "fm"),
    "official": (*OFFICIALS, "speaker"),
    "any": (*LEADERS, *OFFICIALS),
}
"""Words that stand for several kinds of office, the likelier ones more than once."""

COUNTRY_WORDS = frozenset({"adj", "cap", "city"})
PERSON_WORDS = frozenset("name short title nom he him his role cp".split())
ORG_WORDS = frozenset({"nom", "bare"})
WHEN_WORDS = frozenset({"on", "in", "at", "city", "date", "topic", "doc"})
GROUP_WORDS = frozenset({"both", "two", "they"})
PLAIN_WORDS = frozenset({"src", "nev", "num", "nth", "money", "year", "lastyear"})


STATELESS = (("international",), ("igohead",))
"""Kinds of roles that have no country."""

TYPES = frozenset(MODES) | {"AGREE", "CONCEDE", "COOPERATE", "AID"}


class BadPlan(Exception):
    """What is wrong with a plan, in words."""


@dataclass(frozen=True, slots=True)
class Role:
    """Whom a letter stands for. `of` is the letter of the country or organisation, `to` an ambassador's host.

    `like` is the letter of a person whose kind of office is the same. Several people hold a letter when `most` > 1.
    """

    letter: str
    kinds: tuple[str, ...]
    of: str | None = None
    to: str | None = None
    like: str | None = None
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class EventPlan:
    """An event by the letters of its roles.

    `place` is the letter of the country where it takes place, told by the event itself if `known`, else once a slot
    names it. `day` says how far from publication it is; `follows` is the event whose date and place it has;
    `background` events are core only once the text dates or places them.
    """

    id: str
    type: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    place: str | None = None
    known: bool = False
    day: str | None = None
    follows: str | None = None
    contexts: tuple[str, ...] = ()
    background: bool = False
    core: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """A sentence or paragraph with slots; `where` tells file and number. `needs` are roles that others must give."""

    text: str
    where: str
    roles: tuple[Role, ...] = ()
    events: tuple[EventPlan, ...] = ()
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()
    """The events of its scene that it names."""
    once: bool = False
    """Does it contradict others that say so?"""


def parse_plan(text: str, where: str, roles: tuple[Role, ...] = (), events: tuple[EventPlan, ...] = ()) -> Plan:
    """The plan that a line is; `roles` and `events` are those that its scene gives. Raises `BadPlan`."""
    words, _, tail = text.partition(" // ")
    own_roles, own_events, kinds = clauses(tail)
    once = ONCE in (clause.strip() for clause in tail.split(";"))
    given = letters_of(roles)
    own = letters_of(own_roles)
    if clash := given & own:
        raise BadPlan(f"{', '.join(sorted(clash))} stands for somebody already")
    ids = {event.id for event in (*events, *own_events)}
    used = _check_text(words, ids)
    for event in own_events:
        used |= _letters(event)
    used |= {letter for role in own_roles for letter in (role.of, role.to, role.like) if letter}
    if len(ids) < len(events) + len(own_events):
        raise BadPlan("an event's id stands twice")
    told = {ref or "e" for _, ref in MARKED.findall(words)}
    if silent := {event.id for event in own_events} - told:
        raise BadPlan(f"{', '.join(sorted(silent))}: no mark names the event")
    needs = used - own - given
    if roles and needs:
        raise BadPlan(f"{', '.join(sorted(needs))}: nobody has this letter")
    tells = frozenset(told & {event.id for event in events})
    return Plan(words, where, own_roles, own_events, kinds, frozenset(needs), tells, once)


def letters_of(roles: Iterable[Role]) -> set[str]:
    """The letters that roles give: their own, and the capital for the country of a person or organisation."""
    found = set()
    for role in roles:
        found.add(role.letter)
        if role.letter.islower() and role.most == 1 and role.kinds not in STATELESS:
            found.add(role.letter.upper())
    return found


def check_letters(roles: tuple[Role, ...], events: tuple[EventPlan, ...]) -> None:
    """Raises `BadPlan` when an event has somebody whom the roles do not give."""
    known = letters_of(roles)
    for event in events:
        if unknown := _letters(event) - known:
            raise BadPlan(f"event {event.id}: {', '.join(sorted(unknown))}: nobody has this letter")


def _letters(event: EventPlan) -> set[str]:
    place = {event.place} if event.place else set()
    return {*event.actors, *event.recipients, *event.optional} | place


def clauses(tail: str) -> tuple[tuple[Role, ...], tuple[EventPlan, ...], dict[str, frozenset[str]]]:
    """The roles and events of the clauses, and the kinds of office that they ask for, by letter; raises `BadPlan`."""
    roles, events, kinds = [], [], {}
    for clause in filter(None, (part.strip() for part in tail.split(";"))):
        if clause == ONCE:
            continue
        if found := re.fullmatch(r"([a-z]) is ([a-z/]+)", clause):
            kinds[found[1]] = frozenset(kind for word in found[2].split("/") for kind in GROUPS.get(word, (word,)))
        elif found := re.fullmatch(r"([a-z]\d?): (.+)", clause):
            events.append(_event(found[1], found[2].split()))
        else:
            roles.append(_role(clause))
    return tuple(roles), tuple(events), kinds


def _role(clause: str) -> Role:
    if found := COUNTRY.fullmatch(clause):
        return Role(found[1], ("country",))
    if found := re.fullmatch(r"([a-z]) = like ([a-z])(?: of ([A-Z]))?", clause):
        return Role(found[1], (), of=found[3], like=found[2])
    found = re.fullmatch(r"([a-z]) = ([a-z/]+)(?: x(\d)-(\d))?(?: of ([A-Za-z]))?(?: to ([A-Z]))?", clause)
    if not found:
        raise BadPlan(f"{clause!r} is neither a role nor an event")
    kinds = tuple(kind for word in found[2].split("/") for kind in GROUPS.get(word, (word,)))
    least, most = int(found[3] or 1), int(found[4] or 1)
    return Role(found[1], kinds, of=found[5], to=found[6], least=least, most=most)


def _event(id: str, words: list[str]) -> EventPlan:
    kind, _, mode = words[0].partition("/")
    if mode and mode not in MODES.get(kind, ()):
        raise BadPlan(f"{kind} has no mode {mode!r}")
    parts: dict[str, Any] = {"actors": (), "recipients": (), "optional": ()}
    fields: dict[str, Any] = {"status": "occurred"}
    role = "actors"
    for word in words[1:]:
        if word in STATUSES:
            fields["status"] = word
        elif word in (">", "~"):
            role = "recipients" if word == ">" else "optional"
        elif word[0] == "@":
            fields["place"], fields["known"] = word[1:2], word.endswith("!")
        elif word.startswith("day=") and word[4:] in DAYS:
            fields["day"] = word[4:]
        elif word.startswith("as="):
            fields["follows"] = word[3:]
        elif word[0] == ":":
            fields["contexts"] = tuple(word[1:].split("+"))
        elif word == "bg":
            fields["background"] = True
        elif word == "soft":
            fields["core"] = False
        elif re.fullmatch(r"[A-Za-z](\+[A-Za-z])*", word):
            parts[role] = tuple(word.split("+"))
        else:
            raise BadPlan(f"event {id}: {word!r} says nothing")
    if not parts["actors"]:
        raise BadPlan(f"event {id} has no actors")
    if kind not in TYPES:
        raise BadPlan(f"event {id}: no type {kind!r}")
    return EventPlan(id, kind, mode or None, **parts, **fields)


def _check_text(text: str, ids: set[str]) -> set[str]:
    """The letters that a text's slots and marks use."""
    used: set[str] = set()
    for slot in SLOT.findall(text):
        used |= _slot_letters(slot, ids)
    bare = SLOT.sub("", text)
    if stray := re.search(r"[{}]", bare):
        raise BadPlan(f"{stray[0]} stands alone")
    while CHOICE.search(bare):
        bare = CHOICE.sub(lambda found: found[1].replace("|", " "), bare)
    if "|" in bare:
        raise BadPlan("| stands outside brackets")
    for surface, ref in MARKED.findall(text):
        label, _, keys = ref.partition(" ")
        if not ref or re.fullmatch(r"[a-z]\d?", ref):
            if (ref or "e") not in ids:
                raise BadPlan(f"[{surface}]: no event {ref or 'e'}")
            if "{" in surface:
                raise BadPlan(f"[{surface}]: a trigger holds no slots")
        elif label not in LABELS:
            raise BadPlan(f"[{surface}]: no label {label}")
        elif label == "NOM":
            used |= set(keys.split("+"))
    if re.search(r"[\[\]]", MARKED.sub("", text)):
        raise BadPlan("a square bracket stands alone")
    return used


def _slot_letters(slot: str, ids: set[str]) -> set[str]:
    name, *rest = slot.split()
    if name in WHEN_WORDS:
        if (rest or ["e"])[0] not in ids:
            raise BadPlan(f"{{{slot}}}: no such event")
        return set()
    if name in GROUP_WORDS and len(rest) == 2:
        return set(rest)
    bounded = re.fullmatch(r"\d+-\d+", " ".join(rest))
    if name in PLAIN_WORDS and (bounded if name in ("num", "nth") else not rest):
        return set()
    letter, _, word = name.partition(".")
    allowed = COUNTRY_WORDS if letter.isupper() else PERSON_WORDS | ORG_WORDS
    of_another = word == "cp" and len(rest) == len("".join(rest)) == 1
    if len(letter) != 1 or not letter.isalpha() or (word and word not in allowed) or (rest and not of_another):
        raise BadPlan(f"{{{slot}}}: no such slot")
    return {letter, *rest}


def parse_roles(text: str) -> tuple[Role, ...]:
    """The roles that a cast line names; raises `BadPlan`."""
    return clauses(text)[0]
