"""Acronyms that the article itself explains by naming a country or a title."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.document import Mention

Read = Callable[[str], tuple[Mention, ...]]


def found(read: Read, text: str, word: str) -> list[tuple[str, str | None]]:
    return [(mention.label, mention.code) for mention in read(text) if mention.text == word]


def test_initials_of_a_country_that_the_article_names(read: Read) -> None:
    text = "RA Foreign Minister Petros Sahakyan spoke of peace for Armenia. The RA ambassador agreed."
    assert found(read, text, "RA") == [("country", "ARM"), ("country", "ARM")]


@pytest.mark.parametrize(
    "text",
    [
        "RA Foreign Minister Petros Sahakyan spoke of peace.",
        "RA Foreign Minister Petros Sahakyan spoke of Armenia and Azerbaijan.",
        "The RA spokesperson praised Kenya.",
    ],
)
def test_initials_of_no_country_or_of_two_are_no_country(read: Read, text: str) -> None:
    assert ("country", "ARM") not in found(read, text, "RA")


def test_the_country_named_most_often_has_the_initials(read: Read) -> None:
    text = "RA Foreign Minister Petros Sahakyan spoke. Armenia is ready, Armenia said of Azerbaijan."
    assert found(read, text, "RA") == [("country", "ARM")]


def test_initials_of_a_title_stand_for_its_holder(read: Read) -> None:
    text = "External Affairs Minister Anil Rao arrived in Rome. EAM met his counterpart. EAM Rao left."
    assert [label for label, _ in found(read, text, "EAM")] == ["nominal", "title"]


def test_the_same_letters_without_the_title_are_no_title(read: Read) -> None:
    labels = [label for label, _ in found(read, "The EAM group met in Rome on Monday.", "EAM")]
    assert not {"nominal", "title"} & set(labels)
