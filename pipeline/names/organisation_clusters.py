"""Which organisation mentions of an article are one organisation."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.data import table
from pipeline.document import Document
from pipeline.names.organisation_tables import is_kind, states_with, words_of
from pipeline.names.organisation_words import initials, is_acronym, normal_words, spelled_words
from pipeline.names.organisations import OrganisationName, parse_organisation, same_organisation

_TELLING = 3
"""How many letters an acronym needs to stand for a name that only its initials connect it with."""


@dataclass(slots=True)
class OrganisationCluster:
    """Mentions taken to be one organisation so far, by index, and the names they give it."""

    names: list[OrganisationName] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)

    @property
    def country(self) -> str | None:
        """The ISO3 code of its state, as the first name that tells one has it."""
        return next((name.country for name in self.names if name.country is not None), None)

    @property
    def name(self) -> str:
        """The fullest name: that of the tables where they have one, else as the article has it; acronyms come last."""
        spelled = [name for name in self.names if not is_acronym(name.text)] or self.names
        return max((name.name for name in spelled), key=lambda text: (len(text.split()), not text.isupper(), len(text)))

    def admits(self, name: OrganisationName) -> bool:
        """Whether a name is of no other state, and of none if the organisation is known to have none."""
        if name.country is None or self.country is None:
            return name.country is None or not any(known.kind == "listed" for known in self.names)
        return name.country == self.country

    def add(self, index: int, name: OrganisationName) -> None:
        """Take in a mention."""
        self.mentions.append(index)
        if name not in self.names:
            self.names.append(name)


def cluster_organisations(document: Document) -> list[OrganisationCluster]:
    """Groups of organisation mentions, by first mention.

    Names that tell the organisation come first, the longest first, then those whose state the text leaves open, then
    acronyms, then bare kinds ("the Ministry"). Each joins what it surely is, else what it can be; of several the one
    named last before it.
    """
    states = frozenset(m.code for m in document.mentions if m.label in ("country", "nationality", "city") and m.code)
    names = {i: _read(document, i, states) for i, m in enumerate(document.mentions) if m.label == "organization"}
    brackets = _brackets(document, names)
    clusters: list[OrganisationCluster] = []
    for i in sorted(names, key=lambda i: _order(names[i], i)):
        admitting = [c for c in clusters if c.admits(names[i])]
        found = (
            [c for c in admitting if any(_explained(names, brackets, i, m) for m in c.mentions)]
            or [c for c in clusters if _has_initials(c, names[i])]
            or [c for c in admitting if _is_same(c, names[i])]
            or [c for c in admitting if _may_be(c, names[i]) and _is_introduced(document, c, names[i], i)]
            or [c for c in admitting if _is_its_kind(c, names[i])]
            or [c for c in admitting if _is_its_short_form(c, names[i])]
        )
        if found:
            _nearest(found, i).add(i, names[i])
        else:
            clusters.append(OrganisationCluster([names[i]], [i]))
    for cluster in clusters:
        cluster.mentions.sort()
    return sorted(clusters, key=lambda c: c.mentions)


def _order(name: OrganisationName, index: int) -> tuple[int, int, int]:
    if name.kind == "kind":
        return 3, 0, index
    if is_acronym(name.text):
        return 2, 0, index
    return (0, -len(normal_words(name.text)), index) if name.is_complete else (1, 0, index)


def _is_same(cluster: OrganisationCluster, name: OrganisationName) -> bool:
    return any(same_organisation(other, name).same for other in cluster.names)


def _may_be(cluster: OrganisationCluster, name: OrganisationName) -> bool:
    return any(same_organisation(other, name).same is None for other in cluster.names)


def _is_introduced(document: Document, cluster: OrganisationCluster, name: OrganisationName, index: int) -> bool:
    """Whether a state's body named without its state can be one that the article names with it only later: no, "the
    Foreign Ministry" is that of the outlet's own country until another is named. Headlines leave things out."""
    if name.is_complete or not name.is_full or cluster.country is None or min(cluster.mentions) < index:
        return True
    if document.view is None or document.parse is None:
        return False
    start = document.parse[document.mentions[index].tokens[0]].idx
    return any(p.headline and p.start <= start < p.end for p in document.view.paragraphs)


def _has_initials(cluster: OrganisationCluster, name: OrganisationName) -> bool:
    """Whether a listed acronym stands for what the article names in full: "IOC" for the Indian Ocean Commission."""
    letters = "".join(c for c in name.text.lower() if c.isalnum())
    return (
        name.kind == "listed"
        and is_acronym(name.text)
        and len(letters) >= _TELLING
        and any(letters in initials(other.text) for other in cluster.names)
    )


def _is_its_kind(cluster: OrganisationCluster, name: OrganisationName) -> bool:
    """Whether a bare kind is the cluster's: "the Council" of the Security Council."""
    words = words_of(name.text)[1]
    return (
        name.country in (None, cluster.country) and is_kind(words) and any(_head(n) == words[0] for n in cluster.names)
    )


def _is_its_short_form(cluster: OrganisationCluster, name: OrganisationName) -> bool:
    """Whether a name leaves out words of a longer one, but not the one that says what it is."""
    words = words_of(name.text)[1]
    return name.kind == "other" and any(
        _head(other) == _head(name) and _contains(words_of(other.text)[1], words) for other in cluster.names
    )


def _contains(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


@functools.lru_cache(maxsize=8192)
def _head(name: OrganisationName) -> str:
    """The word that says what an organisation is, the last one before "of …" or "for …"; of its full name if listed."""
    words = spelled_words(name.name)
    ends = (*table("organisations")["complements"], "of")
    end = next((i for i, word in enumerate(words) if i and word in ends), len(words))
    return words[end - 1]


def _nearest(clusters: Iterable[OrganisationCluster], index: int) -> OrganisationCluster:
    """The one named last before a mention, else the one named first after it."""

    def distance(cluster: OrganisationCluster) -> tuple[bool, int]:
        before = [i for i in cluster.mentions if i < index]
        return (False, index - max(before)) if before else (True, min(cluster.mentions) - index)

    return min(clusters, key=distance)


def _read(document: Document, index: int, states: frozenset[str]) -> OrganisationName:
    """The name of a mention, with the state that the words around it give it; `states` are those of the article."""
    mention = document.mentions[index]
    alone = parse_organisation(mention.text)
    told = mention.name is not None or mention.code in alone.named or mention.code == alone.seat
    around = _owner(document, index) or (None if told else mention.code)
    name = parse_organisation(mention.text, country=around)
    if around is None and name.kind != "listed" and name.country not in states:
        possible = states_with(words_of(name.text)[1]) & states
        if len(possible) == 1:
            return parse_organisation(name.text, country=next(iter(possible)))
    return name


def _owner(document: Document, index: int) -> str | None:
    """The country that stands right before a mention or after "of": "Azerbaijan's Foreign Ministry"."""
    parse, mention = document.parse, document.mentions[index]
    if parse is None:
        return None
    if index:
        before = document.mentions[index - 1]
        gap = parse[before.tokens[1] : mention.tokens[0]].text.strip()
        if before.label in ("country", "nationality") and gap in ("", "'s", "'", "’s", "’"):
            return before.code
    if index + 1 < len(document.mentions):
        after = document.mentions[index + 1]
        gap = parse[mention.tokens[1] : after.tokens[0]].text.lower().strip()
        if after.label == "country" and gap in ("of", "of the", "of the republic of"):
            return after.code
        if after.label == "city" and gap == "in" and _is_of_a_state(mention.text):
            return after.code
    ahead = parse[max(mention.tokens[0] - 2, 0) : mention.tokens[0]].text.lower()
    if ahead.endswith(tuple(table("organisations")["possessors"])) and _is_of_a_state(mention.text):
        return next((m.code for m in reversed(document.mentions[:index]) if m.label == "country"), None)
    return None


def _is_of_a_state(text: str) -> bool:
    """Whether a name is of a body that every state has: "the Foreign Ministry"."""
    name = parse_organisation(text)
    return name.is_full and not name.is_complete and name.seat is None


def _brackets(document: Document, names: Mapping[int, OrganisationName]) -> dict[int, int]:
    """Short names that brackets explain, with the names they are short for: "Economic Cooperation Organization (ECO)",
    "ECO (Economic Cooperation Organization)"."""
    parse = document.parse
    found: dict[int, int] = {}
    for i in names:
        if parse is None or i - 1 not in names:
            continue
        first, second = document.mentions[i - 1], document.mentions[i]
        gap = parse[first.tokens[1] : second.tokens[0]].text.strip()
        if gap not in ("(", "'s (", "’s (") or parse[second.tokens[1] : second.tokens[1] + 1].text != ")":
            continue
        short, long = sorted((i - 1, i), key=lambda m: len(names[m].text.split()))
        if _explains(names[short], names[long]):
            found[short] = long
    return found


def _explains(short: OrganisationName, long: OrganisationName) -> bool:
    """Whether one name can be short for another: not "OIC" for "the Secretariat of the OIC"."""
    one = len(short.text.split()) == 1 < len(long.text.split()) and long.is_full
    states = {short.country, long.country} - {None}
    inside = (
        short.kind == "listed" and short.form != long.form and set(short.form.split()) <= set(normal_words(long.text))
    )
    return one and len(states) < 2 and not inside and (short.kind != "listed" or long.kind != "listed")


def _explained(names: Mapping[int, OrganisationName], brackets: Mapping[int, int], a: int, b: int) -> bool:
    """Whether brackets say that one mention is short for the other, or for another mention with its words."""
    for short, long in ((a, b), (b, a)):
        text = names[short].text
        if any(long == full and names[s].text == text for s, full in brackets.items()):
            return True
    return False
