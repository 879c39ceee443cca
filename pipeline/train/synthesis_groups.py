"""How several people or states are named together in a synthesised article, as marked-up text."""

from __future__ import annotations

from pipeline.train.synthesis_cast import Group, Organisation, Person
from pipeline.train.synthesis_mentions import Namer
from pipeline.train.synthesis_text import listed, mark, plural


def several(namer: Namer, group: Group) -> str:
    """People in a list, and later by a noun for all."""
    people = group.people
    if all(who.key in namer.told for who in people):
        nouns = {who.noun for who in people}
        words = f"the {plural(nouns.pop())}" if len(nouns) == 1 else "the officials"
        return mark(words, "NOM", "+".join(who.key for who in people))
    same = people[0].title["plural"]
    if namer.rng.random() < 0.6:
        parts = [f"{namer.untitled(who, people[0].office)} of {namer.country(who.of)}" for who in people]
        return f"{mark(same, 'TITLE', people[0].key)} {listed(parts)}"
    parts = []
    for who in people:
        namer.told.add(who.key)
        office = namer.title(who)
        parts.append(f"{namer.country(who.of)}'s {office} {mark(who.full, 'PER', who.key)}")
    return listed(parts)


def both(namer: Namer, one: Person, other: Person) -> str:
    """Two people, with their common office in the plural if they hold the same."""
    fresh = one.key not in namer.told and other.key not in namer.told
    if one.kind != other.kind or one.country is None or other.country is None:
        return f"{namer.person(one)} and {namer.person(other)}"
    if namer.headline and namer.rng.random() < 0.5:
        noun = mark(
            plural(
                one.title["noun"].replace("minister", "foreign minister") if one.kind == "fm" else one.title["noun"]
            ),
            "NOM",
            f"{one.key}+{other.key}",
        )
        return f"{namer.adjective(one.country)}, {namer.adjective(other.country)} {noun}"
    if namer.headline or not fresh or namer.rng.random() < 0.3:
        return f"{namer.person(one)} and {namer.person(other)}"
    first = f"{namer.untitled(one, one.office)} of {namer.country(one.country)}"
    second = f"{namer.untitled(other, one.office)} of {namer.country(other.country)}"
    return f"{mark(one.title['plural'], 'TITLE', one.key)} {first} and {second}"


def two(namer: Namer, one: Person | Organisation | str, other: Person | Organisation | str) -> str:
    """A noun phrase for two participants that the article has named."""
    keys = "+".join(entity if isinstance(entity, str) else entity.key for entity in (one, other))
    words = ["the two sides", "the sides", "the two"]
    if isinstance(one, Person) and isinstance(other, Person):
        if one.noun == other.noun:
            words = [f"the two {plural(one.noun)}", f"the {plural(one.noun)}", "the two sides", "the pair"]
        if one.kind == other.kind == "fm":
            words += ["the two foreign ministers", "the two top diplomats", "the two diplomats"]
        if {one.kind, other.kind} <= {"head", "pm"}:
            words = ["the two leaders", "the leaders", "both leaders", "the sides"]
        if one.noun != other.noun:
            words += ["the two officials", "the interlocutors"]
    elif isinstance(one, str) and isinstance(other, str):
        words = ["the two countries", "the two sides", "both countries", "the parties"]
    return mark(namer.rng.choice(words), "NOM", keys)
