"""What organisations.tsv and bodies.tsv know, by the words of a name."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.data import Body, Organisation, bodies, countries, listed_organisations, table, words
from pipeline.names.organisation_words import bare, normal_words, owned

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Bodies:
    """Kinds of bodies by state and name, bodies by names that tell the state, kinds by names of any state's, of which
    the `plain` ones are used of every state, and what each state calls its body of a kind."""

    of_state: Mapping[tuple[str, Words], str]
    own: Mapping[Words, Body]
    usual: Mapping[Words, str]
    plain: frozenset[Words]
    names: Mapping[tuple[str, str], str]


@functools.cache
def _bodies() -> _Bodies:
    of_state: dict[tuple[str, Words], str] = {}
    own: dict[Words, Body] = {}
    usual: dict[Words, str] = {}
    plain: set[Words] = set()
    names: dict[tuple[str, str], str] = {}
    for body in bodies():
        usual.setdefault(words_of(body.kind)[0], body.kind)
        for spelling in (body.name, *body.own, *body.seats, *body.shared):
            whole, rest = words_of(spelling)
            if body.country is None:
                usual.setdefault(whole, body.kind)
                if spelling not in body.own:
                    plain.add(whole)
                continue
            of_state.setdefault((body.country, whole), body.kind)
            if owned(normal_words(spelling)).owner == body.country and not is_kind(rest):
                of_state.setdefault((body.country, rest), body.kind)
            if spelling in body.own or spelling in body.seats:
                own.setdefault(whole, body)
        if body.country is not None:
            names.setdefault((body.country, body.kind), body.name)
    return _Bodies(of_state, own, usual, frozenset(plain), names)


@functools.lru_cache(maxsize=1 << 12)
def words_of(name: str) -> tuple[Words, Words]:
    """The words of a name that say something: all of them, and those without the state that owns it."""
    spelled = normal_words(name)
    return bare(spelled), bare(owned(spelled).words)


def body_of_state(state: str | None, name: Words) -> str | None:
    """The kind of the body that has a name in a state."""
    return _bodies().of_state.get((state, name)) if state is not None else None


@functools.lru_cache(maxsize=8192)
def states_with(name: Words) -> frozenset[str]:
    """The states where a body has a name that not every state's body of the kind goes by."""
    if name in _bodies().plain or is_kind(name):
        return frozenset()
    return frozenset(code for code in countries() if (code, name) in _bodies().of_state)


def body_by_own_name(name: Words) -> tuple[str, str] | None:
    """State and kind of the body whose name tells its state."""
    body = _bodies().own.get(name)
    return (body.country, body.kind) if body is not None and body.country is not None else None


def usual_kind(name: Words) -> str | None:
    """The kind of body that a name means in any state: "central bank"."""
    return _bodies().usual.get(name)


def goes_by(state: str, kind: str, name: Words) -> bool:
    """Whether a state's body may be called so without the state: the State Department is no "Foreign Ministry"."""
    found = _bodies()
    usual = found.names.get((state, kind))
    if usual is None or found.of_state.get((state, name)) == kind:
        return True
    return name in found.plain and ("ministry" in normal_words(usual) or not kind.startswith("ministry"))


def body_name(state: str, kind: str) -> str | None:
    """The name of a state's body of a kind."""
    return _bodies().names.get((state, kind))


def is_kind(name: Words) -> bool:
    """Whether a name is a bare kind: "the Council"."""
    return len(name) == 1 and name[0] in table("organisations")["kinds"]["words"]


def is_ordinary(name: Words) -> bool:
    """Whether a name is made of common English words, so that another state's body may have it too."""
    return all(word in words("words.txt") for word in name)


@dataclass(frozen=True, slots=True)
class _Listed:
    """Listed organisations by name, the best known first, and those of a state by it and the rest of the name."""

    by_name: Mapping[Words, tuple[Organisation, ...]]
    of_state: Mapping[tuple[str, Words], Organisation]


@functools.cache
def _listed() -> _Listed:
    found: dict[Words, tuple[Organisation, ...]] = {}
    of_state: dict[tuple[str, Words], Organisation] = {}
    for organisation in listed_organisations():
        for spelling in (organisation.name, *organisation.aliases):
            whole, rest = words_of(spelling)
            for key in {whole, _any_order(whole)}:
                if organisation not in found.get(key, ()):
                    found[key] = (*found.get(key, ()), organisation)
            if organisation.country is not None and owned(normal_words(spelling)).owner == organisation.country:
                of_state.setdefault((organisation.country, rest), organisation)
    return _Listed(found, of_state)


def listed(state: str | None, whole: Words, rest: Words) -> tuple[Organisation, ...]:
    """The organisations that a name may mean, the likeliest first; `rest` is the name without the state."""
    by_name = _listed().by_name
    found = by_name.get(whole) or by_name.get(_any_order(whole)) or ()
    found = found or tuple(o for o in by_name.get(rest, ()) if o.country == state)
    if state is None:
        return found
    of_state = [o for o in found if o.country == state]
    if not found and (known := _listed().of_state.get((state, rest))) is not None:
        of_state = [known]
    return tuple(of_state) or found


def _any_order(name: Words) -> Words:
    """The words sorted, after a mark that no name has: "Secretariat of the OTS" is the "OTS Secretariat"."""
    return ("", *sorted(with_unions(name)))


@functools.cache
def _unions() -> Mapping[str, tuple[tuple[Words, str], ...]]:
    """Names of organisations of no state, with one word for all names of one, by first word, the longest first."""
    named: dict[Words, str] = {}
    for organisation in listed_organisations():
        if organisation.country is None:
            for spelling in (organisation.name, *organisation.aliases):
                named.setdefault(words_of(spelling)[0], "#" + "-".join(words_of(organisation.name)[0]))
    found: dict[str, tuple[tuple[Words, str], ...]] = {}
    for name, word in sorted(named.items(), key=lambda item: -len(item[0])):
        found[name[0]] = (*found.get(name[0], ()), (name, word))
    return found


@functools.lru_cache(maxsize=1 << 12)
def with_unions(name: Words) -> Words:
    """The words of a name with one word for each organisation of no state that is a part of it."""
    found: list[str] = []
    i = 0
    while i < len(name):
        matching = (m for m in _unions().get(name[i], ()) if m[0] != name and name[i : i + len(m[0])] == m[0])
        part = next(matching, ((name[i],), name[i]))
        found.append(part[1])
        i += len(part[0])
    return tuple(found)


@functools.cache
def capitals() -> Mapping[str, str]:
    """ISO3 codes by the spellings of seats of government."""
    return {
        " ".join(normal_words(spelling)): country.code
        for country in countries().values()
        for seat in country.seats
        for spelling in seat
    }
