"""Arguments: who takes part in what a trigger names, and in which role."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.data import table
from pipeline.document import Unit
from pipeline.events.context import Context
from pipeline.events.lexicon import Entry
from pipeline.events.syntax import Slots
from pipeline.grammar import SUBJECTS


def noun_slots(context: Context, noun: Token, carrier: Token | None) -> Slots:
    """Arguments of an event noun, and those of the verb that carries it."""
    syntax, slots = context.syntax, Slots()
    for child in noun.children:
        if child.lower_ == "whose":
            owner = next((a.head for a in noun.ancestors if a.dep_ == "relcl"), None)
            slots.add("poss", syntax.units(owner) if owner is not None else [])
        elif child.dep_ == "poss":
            slots.add("poss", syntax.units(child))
        elif child.dep_ in ("compound", "amod", "nmod") and child.i in syntax.unit_at:
            slots.add(
                "comp",
                [syntax.unit_at[child.i], *(syntax.unit_at[c.i] for c in child.children if c.i in syntax.unit_at)],
            )
        elif child.dep_ in ("acl", "relcl"):
            slots.add("by", syntax.agents(child))
            if child.lemma_.lower() in context.existence | context.support:
                syntax.preposition_slots(child, slots)
                for subject in child.children:
                    if child.dep_ == "relcl" and subject.dep_ == "nsubj" and subject.tag_ not in ("WP", "WDT"):
                        slots.add("subj", syntax.units(subject))
    if noun.dep_ in SUBJECTS:
        for clause in noun.head.children:
            if clause.dep_ == "advcl" and clause.tag_ == "VBN" and clause.i < noun.i:
                slots.add("by", syntax.agents(clause))
    syntax.preposition_slots(noun, slots)
    for word, obj in syntax.prepositions(noun):
        if word == "of":
            slots.add("between", [u for w, o in syntax.prepositions(obj) if w == "between" for u in syntax.units(o)])
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        syntax.preposition_slots(noun.head.head, slots)
    if carrier is not None:
        _carried_slots(context, noun, carrier, slots)
    return slots


def _carried_slots(context: Context, noun: Token, carrier: Token, slots: Slots) -> None:
    """Arguments that an event noun gets from its verb: "X held talks with Y", "talks took place between …"."""
    syntax, lemma = context.syntax, carrier.lemma_.lower()
    brought = [c for c in carrier.children if c.dep_ in ("dobj", "attr")] if lemma in context.bringing else []
    if noun.dep_ in ("dobj", "pobj", "conj", "attr") and lemma in context.support and not _adverbial(context, noun):
        subject = syntax.subject(carrier)
        units = syntax.units(subject) if subject is not None and subject is not noun else []
        if syntax.is_passive(carrier):
            slots.add("attend" if lemma != "receive" else "obj", units)
            slots.add("subj", syntax.agents(carrier))
        else:
            slots.add("subj", units)
    elif noun.dep_ in ("nsubj", "nsubjpass") and lemma in context.existence:
        slots.add("by", syntax.agents(carrier))
    else:
        return
    syntax.preposition_slots(carrier, slots)
    for child in brought:
        if child is not noun:
            slots.add("attend", syntax.units(child))


def _adverbial(context: Context, noun: Token) -> bool:
    """Whether the noun only sets the scene ("during the visit", "after the talks")."""
    return noun.dep_ == "pobj" and noun.head.lower_ in context.scene


def _keys(context: Context, entry: Entry, units: Iterable[Unit], slot: str) -> list[str]:
    """Participant keys: people, organisations, states; seats of government stand for their state."""
    metonyms = table("detect")["metonyms"]["types"]
    found: list[str] = []
    for unit in units:
        for key in unit.keys:
            kind = context.kind(key)
            if kind == "city":
                as_state = (
                    slot in ("subj", "between", "with", "comp") and entry.type in metonyms and key in context.capitals
                )
                if not as_state:
                    continue
                key = context.capitals[key]
            elif kind not in ("person", "organization", "country") or key in context.outside:
                continue
            if key not in found:
                found.append(key)
    return found


def arguments(context: Context, entry: Entry, slots: Slots) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actors and recipients, as participant keys, that an entry takes from the filled slots."""
    actors: list[str] = []
    recipients: list[str] = []
    for slot in entry.actors:
        actors += [k for k in _keys(context, entry, slots.units.get(slot, ()), slot) if k not in actors]
    for slot in entry.recipients:
        found = _keys(context, entry, slots.units.get(slot, ()), slot)
        recipients += [k for k in found if k not in recipients and k not in actors]
    for slot in entry.goals:
        recipients += [k for k in context.destinations(slots.units.get(slot, ())) if k not in recipients]
    if entry.goals:
        actors = [k for k in actors if k not in recipients]
    return tuple(actors), tuple(recipients)
