"""People of an article: which mentions of persons name one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.document import Document
from pipeline.names.fold import fold
from pipeline.names.parse import Name, parse_name
from pipeline.names.similarity import probabilities

SAME = 0.5
"""The probability from which two forms within one article are one person's."""
BEARS = 0.5
"""The probability from which a word that stands alone is a word of a longer name."""

Likeness = Mapping[tuple[str, str], float]
"""The probability that two forms are one person's, the lesser form first."""


@dataclass(slots=True)
class Person:
    """Mentions taken to be one person so far, and the forms they have."""

    forms: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)


def cluster_people(documents: Sequence[Document]) -> list[list[list[int]]]:
    """For each document the groups of indices of person mentions that name one person.

    Names of two and more words come first, longest first. A single word joins the person who bears it as the last
    name, else as the first, else as another one. Of several bearers it is the one with the title, the form of address
    or the country that stands with it, else the one named last before it, else the one that the article names most.
    """
    forms = [_forms(document) for document in documents]
    likeness = _likeness(forms)
    return [_cluster(document, mine, likeness) for document, mine in zip(documents, forms, strict=True)]


def _forms(document: Document) -> dict[int, str]:
    """The forms of the person mentions by index, white space made one blank."""
    return {i: " ".join(m.text.split()) for i, m in enumerate(document.mentions) if m.label == "person"}


def _likeness(forms: Iterable[Mapping[int, str]]) -> Likeness:
    """Probabilities of all pairs that clustering asks for, in one batch."""
    asked: set[tuple[str, str]] = set()
    for mine in forms:
        distinct = sorted(set(mine.values()))
        full = [form for form in distinct if _is_full(form)]
        asked.update((a, b) for n, a in enumerate(full) for b in full[n + 1 :])
        words = sorted({word.roman for form in full for word in parse_name(form).strong})
        for form in distinct:
            if not _is_full(form):
                asked.update(_pair(form, other) for other in (*words, *distinct) if other != form)
    pairs = sorted(pair for pair in asked if fold(pair[0]) != fold(pair[1]))
    found = probabilities(*([parse_name(pair[side]) for pair in pairs] for side in (0, 1)))
    return dict(zip(pairs, found.tolist(), strict=True))


def _is_full(form: str) -> bool:
    return parse_name(form).is_full


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)


def _alike(likeness: Likeness, a: str, b: str) -> float:
    return 1.0 if a == b or fold(a) == fold(b) else likeness.get(_pair(a, b), 0.0)


def _cluster(document: Document, forms: Mapping[int, str], likeness: Likeness) -> list[list[int]]:
    people: list[Person] = []
    full = [i for i, form in forms.items() if _is_full(form)]
    for i in sorted(full, key=lambda i: (-len(parse_name(forms[i]).strong), -len(forms[i]), i)):
        fitting = [(min(_alike(likeness, forms[i], f) for f in p.forms), -n) for n, p in enumerate(people)]
        best, place = max(fitting, default=(0.0, 0))
        if best < SAME:
            people.append(Person([forms[i]], [i]))
        else:
            _add(people[-place], i, forms[i])
    for i, form in forms.items():
        if not _is_full(form):
            bearers = _bearers(people, form, likeness)
            if not bearers:
                people.append(Person([form], [i]))
            else:
                _add(_named(document, bearers, i), i, None)
    return sorted(sorted(person.mentions) for person in people)


def _add(person: Person, index: int, form: str | None) -> None:
    person.mentions.append(index)
    if form is not None and form not in person.forms:
        person.forms.append(form)


def _bearers(people: Sequence[Person], form: str, likeness: Likeness) -> list[Person]:
    """The people who bear a single word: as the last one, else as the first one, else anywhere."""
    for part in (slice(-1, None), slice(0, 1), slice(None)):
        found = [p for p in people if any(_bears(parse_name(f), form, part, likeness) for f in p.forms)]
        if found:
            return found
    return []


def _bears(name: Name, form: str, part: slice, likeness: Likeness) -> bool:
    words = [word.roman for word in name.strong]
    said = words if len(words) > 1 else [name.text]
    return any(_alike(likeness, form, word) >= BEARS for word in said[part])


def _named(document: Document, bearers: Sequence[Person], index: int) -> Person:
    """Which bearer of a name a mention means: by what stands with it, then who is named last before, then most."""
    wanted = _company(document, index)

    def evidence(number: int) -> tuple[int, int, int, int]:
        bearer = bearers[number]
        kept = [_company(document, i) for i in bearer.mentions]
        shared = sum(any(value and value == have[n] for have in kept) for n, value in enumerate(wanted))
        last = max((i for i in bearer.mentions if i < index), default=-1)
        return shared, last, len(bearer.mentions), -number

    return bearers[max(range(len(bearers)), key=evidence)]


def _company(document: Document, index: int) -> tuple[str, str, str]:
    """The title, the form of address ("mr", "ms") and the country that stand right before a mention; "" for none."""
    parse, mention = document.parse, document.mentions[index]
    title = address = country = ""
    if parse is None:
        return title, address, country
    start, before = mention.tokens[0], index - 1
    if start and (word := parse[start - 1].lower_.rstrip(".")) in ADDRESSES:
        address = ADDRESSES[word]
        start -= 1
    if before >= 0 and document.mentions[before].label == "title" and document.mentions[before].tokens[1] == start:
        title = fold(document.mentions[before].text)
        start, before = document.mentions[before].tokens[0], before - 1
    if before >= 0 and document.mentions[before].label in ("country", "nationality"):
        stand = document.mentions[before]
        if parse[stand.tokens[1] : start].text.strip() in ("", "'s", "’s"):
            country = stand.code or ""
    return title, address, country


ADDRESSES = {
    "mr": "mr", "sir": "mr", "ms": "ms", "mrs": "ms", "miss": "ms", "lady": "ms", "madam": "ms", "madame": "ms",
}  # fmt: skip
