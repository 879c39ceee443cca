"""Whom pronouns and role nouns stand for."""

from __future__ import annotations

import pytest

from tests.models import names, read, told

MEETING = "Norwegian Foreign Minister Ann Lee met Omani Foreign Minister Karim Haddad in Muscat. "


def meant(text: str, phrase: str) -> list[str]:
    """The names of those that the last mention of `phrase` stands for."""
    document = read(text).trace
    marked = [m.tokens for m in document.mentions if m.label == "nominal" and m.text == phrase]
    assert marked, phrase
    return [name for unit in document.units if unit.tokens == marked[-1] for name in names(document, unit.keys)]


@pytest.mark.parametrize(
    ("text", "phrase", "who"),
    [
        ("Carlos Mendoza arrived in Nairobi on Monday. He met President David Kamau.", "He", "Carlos Mendoza"),
        ("Ann Lee arrived in Nairobi on Monday. There she met President David Kamau.", "she", "Ann Lee"),
        ("Kenya's Foreign Minister David Kamau signed the treaty in his office.", "his", "David Kamau"),
        ("President Paul Martin congratulated Carlos Mendoza on his election.", "his", "Carlos Mendoza"),
        ("Anna Schmidt met Paul Martin in Paris. Schmidt congratulated him on his election.", "him", "Paul Martin"),
        ("Anna Schmidt met Paul Martin in Paris. Schmidt congratulated him on his election.", "his", "Paul Martin"),
        (MEETING + "Lee thanked him.", "him", "Karim Haddad"),
    ],
)
def test_pronouns(text: str, phrase: str, who: str) -> None:
    assert meant(text, phrase) == [who]


@pytest.mark.parametrize(
    ("text", "pronoun", "visitor", "country"),
    [
        ("During his visit to Kenya, Carlos Mendoza met President David Kamau.", "his", "Carlos Mendoza", "Kenya"),
        ("After her arrival in Muscat, Ann Lee met Karim Haddad.", "her", "Ann Lee", "Oman"),
    ],
)
def test_pronouns_ahead_of_their_name(text: str, pronoun: str, visitor: str, country: str) -> None:
    assert meant(text, pronoun) == [visitor]
    assert ("CONSULT", "visit", [visitor], [country]) in [told(event) for event in read(text).events]


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("The two ministers discussed trade.", "The two ministers"),
        ("Both sides signed an agreement.", "Both sides"),
        ("The sides signed an agreement.", "The sides"),
        ("The two diplomats signed an agreement.", "The two diplomats"),
        ("They signed an agreement.", "They"),
    ],
)
def test_both_sides_of_a_meeting(sentence: str, phrase: str) -> None:
    assert meant(MEETING + sentence, phrase) == ["Ann Lee", "Karim Haddad"]


def test_two_countries() -> None:
    assert meant("Kenya and Uganda met in Nairobi. The two countries signed a treaty.", "The two countries") == [
        "Kenya",
        "Uganda",
    ]


@pytest.mark.parametrize(
    ("sentence", "phrase", "who"),
    [
        ("The Omani diplomat thanked Norway.", "The Omani diplomat", "Karim Haddad"),
        ("The Omani minister invited Lee to visit Oman again.", "The Omani minister", "Karim Haddad"),
        ("The Norwegian minister thanked Oman.", "The Norwegian minister", "Ann Lee"),
        ("Lee thanked her Omani counterpart.", "her Omani counterpart", "Karim Haddad"),
    ],
)
def test_the_country_tells_which_minister(sentence: str, phrase: str, who: str) -> None:
    assert meant(MEETING + sentence, phrase) == [who]


def test_the_office_tells_who() -> None:
    text = (
        "German Chancellor Anna Schmidt met French President Paul Martin in Berlin. "
        "The chancellor thanked the president for his support."
    )
    assert meant(text, "The chancellor") == ["Anna Schmidt"]
    assert meant(text, "the president") == ["Paul Martin"]


def test_who_was_not_named_is_not_guessed() -> None:
    assert meant("The ministers discussed trade and energy in Muscat on Monday.", "The ministers") == []
    assert meant("He discussed trade and energy in Muscat on Monday.", "He") == []


def test_references_are_kept_with_their_entity() -> None:
    document = read("Carlos Mendoza arrived in Nairobi on Monday. He met President David Kamau.").trace
    [mendoza] = [entity for entity in document.entities if entity.name == "Carlos Mendoza"]
    assert [document.mentions[index].text for index in mendoza.referring] == ["He"]


def test_every_reference_is_to_an_entity_or_a_state() -> None:
    document = read(MEETING + "The two ministers discussed Kenya. The Kenyan side was absent.").trace
    keys = {entity.key for entity in document.entities}
    assert {key for unit in document.units for key in unit.keys} <= keys
