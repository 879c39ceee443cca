"""The trigger lexicon says only what the code and the output contract understand."""

from __future__ import annotations

from typing import get_args

from pipeline.data import lines, table
from pipeline.events.lexicon import Condition, Entry, entries
from pipeline.record import MODES, EventType

KINDS = {"obj", "sub", "prt", "mod", "with", "comp", "dest", "gov"}
CLASSES = {"@unit", "@person", "@organization", "@country", "@city", "@nominal", "@embassy", "@clause", "@place"}
KNOWN = {"confer"}
"""Words with a line that none before it leaves room for: conferring an award is read as talking."""

ALL = [entry for group in entries().values() for entry in group]


def test_every_line_is_read() -> None:
    said = [line.split("\t") for line in lines("triggers.tsv")[1:]]
    assert len(ALL) == sum(len(line[1].split("/")) for line in said)
    assert {line[0] for line in said} == {"v", "n"}
    assert len({entry.id for entry in ALL}) == len(ALL)


def possible_modes(entry: Entry) -> set[str | None]:
    if entry.mode is None or not entry.mode.startswith("@"):
        return {entry.mode}
    choice = table("detect")["modes"][entry.mode[1:]]
    return {choice["default"] or None, *choice["words"]}


def test_types_and_modes_are_those_of_the_contract() -> None:
    for entry in ALL:
        assert entry.type in get_args(EventType), entry.id
        assert possible_modes(entry) <= {None, *MODES.get(entry.type, ())}, entry.id


def test_frames_say_who_acts() -> None:
    for entry in ALL:
        assert entry.frame in table("detect")["frames"], entry.id
        assert entry.actors, entry.id


def test_conditions_are_ones_the_detector_knows() -> None:
    for entry in ALL:
        for condition in entry.conditions:
            assert condition.kind in KINDS, entry.id
            assert condition.words, entry.id
            assert {word for word in condition.words if word.startswith("@")} <= CLASSES, entry.id


def test_words_are_lemmas() -> None:
    for entry in ALL:
        for word in (entry.lemma, *(word for condition in entry.conditions for word in condition.words)):
            assert word == word.lower().strip() != "", entry.id


def follows(given: Condition, asked: Condition) -> bool:
    """Whether `asked` holds wherever `given` does."""
    if (given.kind, given.negative) != (asked.kind, asked.negative):
        return False
    return asked.words <= given.words if asked.negative else given.words <= asked.words


def test_no_line_hides_one_of_another_kind_after_it() -> None:
    hidden = [
        (later.id, earlier.id)
        for group in entries().values()
        for n, later in enumerate(group)
        for earlier in group[:n]
        if (later.type, later.mode) != (earlier.type, earlier.mode)
        and all(any(follows(given, asked) for given in later.conditions) for asked in earlier.conditions)
    ]
    assert [line for line in hidden if line[0].split(":")[1] not in KNOWN] == []
