"""Who stands where around a verb, seen by the participants that phrases stand for."""

from __future__ import annotations

import pytest

from pipeline.document import Unit
from pipeline.events.syntax import Slots, Syntax
from tests.models import names, read


def filled(text: str, word: str) -> dict[str, str]:
    """The names in each filled slot of the verb `word`."""
    document = read(text).trace
    assert document.parse is not None
    [verb] = [token for token in document.parse if token.text == word]
    slots = Slots()
    Syntax(document, document.parse).verb_slots(verb, slots)
    keys = {slot: {key for unit in units for key in unit.keys} for slot, units in slots.units.items()}
    return {slot: ", ".join(names(document, found)) for slot, found in keys.items()}


@pytest.mark.parametrize(
    ("text", "word", "subject", "slot", "other"),
    [
        ("Poland condemned Belarus.", "condemned", "Poland", "obj", "Belarus"),
        ("Belarus was condemned by Poland.", "condemned", "Poland", "obj", "Belarus"),
        ("Kenya, Uganda and Rwanda condemned Chad.", "condemned", "Kenya, Rwanda, Uganda", "obj", "Chad"),
        ("Kenya condemned Uganda, Rwanda and Chad.", "condemned", "Kenya", "obj", "Chad, Rwanda, Uganda"),
        ("Elena Petrova, who condemned Belarus, left.", "condemned", "Elena Petrova", "obj", "Belarus"),
        ("Elena Petrova came and condemned Belarus.", "condemned", "Elena Petrova", "obj", "Belarus"),
        ("Elena Petrova asked Carlos Mendoza to meet Ann Lee.", "meet", "Carlos Mendoza", "obj", "Ann Lee"),
        ("Elena Petrova wants to meet Ann Lee.", "meet", "Elena Petrova", "obj", "Ann Lee"),
        ("Elena Petrova met with Ann Lee.", "met", "Elena Petrova", "with", "Ann Lee"),
        ('"I met Ann Lee," Carlos Mendoza said.', "met", "Carlos Mendoza", "obj", "Ann Lee"),
    ],
)
def test_slots(text: str, word: str, subject: str, slot: str, other: str) -> None:
    found = filled(text, word)
    assert (found["subj"], found[slot]) == (subject, other)


def test_a_long_title_does_not_hide_the_person() -> None:
    text = (
        "Bulgarian Deputy Prime Minister and Minister of Foreign Affairs Elena Petrova met with the Minister of "
        "Economy and Trade of Kenya, David Kamau."
    )
    found = filled(text, "met")
    assert (found["subj"], found["with"]) == ("Elena Petrova", "David Kamau")


def test_between_whom_an_object_is() -> None:
    assert filled("A memorandum between Peru and Chile was signed in Lima.", "signed")["between"] == "Chile, Peru"


@pytest.mark.parametrize(
    ("text", "word", "passive"),
    [
        ("Poland condemned Belarus.", "condemned", False),
        ("Poland has condemned Belarus.", "condemned", False),
        ("Belarus was condemned by Poland.", "condemned", True),
        ("Belarus has been condemned by Poland.", "condemned", True),
        ("Belarus, condemned by Poland, protested.", "condemned", True),
        ("Peru was seen and heard by Chile.", "heard", True),
    ],
)
def test_passives(text: str, word: str, passive: bool) -> None:
    document = read(text).trace
    assert document.parse is not None
    [verb] = [token for token in document.parse if token.text == word]
    assert Syntax(document, document.parse).is_passive(verb) is passive


def test_a_slot_holds_each_phrase_once() -> None:
    slots, unit = Slots(), Unit((0, 1), ("p0",))
    slots.add("subj", [unit])
    slots.add("subj", [unit, Unit((2, 3), ("p1",))])
    assert [u.keys for u in slots.units["subj"]] == [("p0",), ("p1",)]
