from __future__ import annotations

import pytest

from pipeline.document import Article, Document
from pipeline.relate.positions import Relate


def positions(document):
    """(name, title, office-giver) of all positions; organisations by name."""
    (document,) = Relate()([document])
    names = {e.key: e.name if e.kind in ("person", "organization") else e.key for e in document.entities}
    return {
        (names[r.subject], r.title, names.get(r.object, r.object))
        for r in document.relations
        if r.type == "holds_position"
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[Kenyan|N|KEN] [President|T] [Amina Otieno|P] spoke.", {("Amina Otieno", "President", "KEN")}),
        (
            "[Presidents|T] [Amina Otieno|P] of [Kenya|C|KEN] and [Ali Nur|P] of [Chad|C|TCD] met.",
            {("Amina Otieno", "President", "KEN"), ("Ali Nur", "President", "TCD")},
        ),
        (
            "[Austrian|N|AUT] [Chancellor|T] [Karl Lang|P] met [Kenyan|N|KEN] [President|T] [Amina Otieno|P]. "
            "The [President|T], [Otieno|P], left.",
            {("Karl Lang", "Chancellor", "AUT"), ("Amina Otieno", "President", "KEN")},
        ),
        (
            "[Austrian|N|AUT] [Foreign Minister|T] [Karl Lang|P] met [Kenyan|N|KEN] [Foreign Minister|T] "
            "[Amina Otieno|P]. [Minister|T] [Otieno|P] left.",
            {("Karl Lang", "Foreign Minister", "AUT"), ("Amina Otieno", "Foreign Minister", "KEN")},
        ),
        (
            "[Austrian|N|AUT] [Foreign Minister|T] [Karl Lang|P] called his [Kenyan|N|KEN] counterpart [Ama Otieno|P].",
            {("Karl Lang", "Foreign Minister", "AUT"), ("Ama Otieno", "Foreign Minister", "KEN")},
        ),
        (
            "[Austrian|N|AUT] [Foreign Minister|T] [Karl Lang|P] met his [Kenyan|N|KEN] and [Chadian|N|TCD] peers, "
            "[Ama Otieno|P] and [Ali Nur|P].",
            {
                ("Karl Lang", "Foreign Minister", "AUT"),
                ("Ama Otieno", "Foreign Minister", "KEN"),
                ("Ali Nur", "Foreign Minister", "TCD"),
            },
        ),
        (
            "[Austrian|N|AUT] [Foreign Minister|T] [Karl Lang|P] met [Ama Otieno|P], his [Kenyan|N|KEN] peer.",
            {("Karl Lang", "Foreign Minister", "AUT"), ("Ama Otieno", "Foreign Minister", "KEN")},
        ),
        (
            "[Austrian|N|AUT] [Foreign Minister|T] [Karl Lang|P] rang "
            "his [Kenyan|N|KEN] opposite number, [Ama Otieno|P].",
            {("Karl Lang", "Foreign Minister", "AUT"), ("Ama Otieno", "Foreign Minister", "KEN")},
        ),
        (
            "[Austrian|N|AUT] [Foreign Minister|T] [Karl Lang|P] met his [Kenyan|N|KEN] counterpart, "
            "[Trade Secretary|T] [Ama Otieno|P].",
            {("Karl Lang", "Foreign Minister", "AUT"), ("Ama Otieno", "Trade Secretary", "KEN")},
        ),
        (
            "[Austrian|N|AUT] [Foreign Minister|T] [Karl Lang|P] met his counterparts from [Kenya|C|KEN], "
            "[Ama Otieno|P], [Chad|C|TCD], [Ali Nur|P], and [Peru|C|PER], [Eva Paz|P].",
            {
                ("Karl Lang", "Foreign Minister", "AUT"),
                ("Ama Otieno", "Foreign Minister", "KEN"),
                ("Ali Nur", "Foreign Minister", "TCD"),
                ("Eva Paz", "Foreign Minister", "PER"),
            },
        ),
        (
            "[Kazakh|N|KAZ] [Deputy Prime Minister|T] – [Foreign Minister|T] [Aigul Sarsen|P] spoke.",
            {("Aigul Sarsen", "Deputy Prime Minister", "KAZ"), ("Aigul Sarsen", "Foreign Minister", "KAZ")},
        ),
        (
            "Two [ministers|T]: [Ama Otieno|P] of [Kenya|C|KEN] and the [Chadian|N|TCD] [Ali Nur|P].",
            {("Ama Otieno", "minister", "KEN"), ("Ali Nur", "minister", "TCD")},
        ),
        (
            "[Envoys|T] from [Nairobi|G|KEN], [Ama Otieno|P] and [Ali Nur|P], came.",
            {("Ama Otieno", "Envoy", "KEN"), ("Ali Nur", "Envoy", "KEN")},
        ),
        (
            "[Deputy Speaker of the Milli Majlis|T] [Leyla Aslan|P] was in [Kenya|C|KEN], [Kenyan|N|KEN] media said.",
            {("Leyla Aslan", "Deputy Speaker of the Milli Majlis", "AZE")},
        ),
        (
            "[Speaker|T] of the [Kenyan|N|KEN] [National Assembly|O] [Amina Otieno|P] spoke.",
            {("Amina Otieno", "Speaker of the National Assembly", "KEN")},
        ),
        (
            "[Secretary General|T] of the [African Union|O] [Amina Otieno|P] spoke.",
            {("Amina Otieno", "Secretary General", "African Union")},
        ),
        (
            "[Belgian|N|BEL] officials met [Amina Otieno|P], [President|T] of the [European Council|O].",
            {("Amina Otieno", "President", "European Council")},
        ),
        ("[French|N|FRA] [journalist|T] [Anne Roux|P] asked.", set()),
    ],
)
def test_positions(marked, source, expected):
    assert positions(marked(source)) == expected


def test_a_bare_title_is_of_the_home_country(marked):
    source = (
        "[Foreign Minister|T] [Karl Lang|P] received [Kenyan|N|KEN] [Foreign Minister|T] [Amina Otieno|P] in "
        "[Vienna|G|AUT]."
    )
    assert ("Karl Lang", "Foreign Minister", "AUT") in positions(marked(source, outlet="Austrian Press"))


def test_the_country_of_a_position_is_the_persons(marked):
    (document,) = Relate()([marked("[Kenyan|N|KEN] [President|T] [Amina Otieno|P] spoke.")])
    (person,) = [e for e in document.entities if e.kind == "person"]
    assert person.country == "KEN"
    assert ("represents", person.key, "KEN") in {(r.type, r.subject, r.object) for r in document.relations}


def test_a_phrase_with_title_and_country_is_one_unit(marked):
    document = marked("On Monday [Kenyan|N|KEN] [President|T] [Amina Otieno|P] met [Ali Nur|P].")
    (document,) = Relate()([document])
    keys = {e.name: e.key for e in document.entities}
    assert [(u.tokens, u.keys) for u in document.units] == [
        ((2, 6), (keys["Amina Otieno"],)),
        ((7, 9), (keys["Ali Nur"],)),
    ]


def test_a_document_without_people_is_left_alone():
    document = Document(Article("a", "text"))
    assert Relate()([document]) == [document]


def test_another_word_for_an_office_is_no_second_office(marked):
    document = marked(
        "[Kenyan|N|KEN] [Prime Minister|T] [Ann Bell|P] spoke. [Kenyan|N|KEN] [PM|T] [Bell|P] left. "
        "[Kenyan|N|KEN] [leader|T] [Bell|P] rests."
    )
    assert positions(document) == {("Ann Bell", "Prime Minister", "KEN")}
