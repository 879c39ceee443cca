from __future__ import annotations

import pytest

from pipeline.relate.patterns import find_held
from pipeline.relate.symbols import sentences


def held(document):
    """(person, title, office-giver) for all that the patterns find."""

    def words(index):
        return None if index is None else document.mentions[index].text

    return {
        (words(h.holder), words(h.title), words(h.of))
        for s in sentences(document)
        for h in find_held(s)
        if h.title is not None
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[Kenyan|N|KEN] [President|T] [Amina Otieno|P] spoke", {("Amina Otieno", "President", "Kenyan")}),
        ("the [President|T] of [Kenya|C|KEN], [Amina Otieno|P], spoke", {("Amina Otieno", "President", "Kenya")}),
        ("[Amina Otieno|P], [Kenya|C|KEN]'s [President|T], spoke", {("Amina Otieno", "President", "Kenya")}),
        ("[Amina Otieno|P] ([President|T] of [Kenya|C|KEN])", {("Amina Otieno", "President", "Kenya")}),
        (
            "the [Ambassador|T] of [Kenya|C|KEN] to [Chad|C|TCD] [Amina Otieno|P]",
            {("Amina Otieno", "Ambassador", "Kenya")},
        ),
        ("[Kenya|C|KEN]'s [Ambassador|T] to [Chad|C|TCD] [Amina Otieno|P]", {("Amina Otieno", "Ambassador", "Kenya")}),
        ("in [Chad|C|TCD] [President|T] [Amina Otieno|P] said", {("Amina Otieno", "President", None)}),
        (
            "[Amina Otieno|P], [President|T] of [Kenya|C|KEN], [Karl Lang|P], [Chancellor|T] of [Austria|C|AUT], left",
            {("Amina Otieno", "President", "Kenya"), ("Karl Lang", "Chancellor", "Austria")},
        ),
        (
            "the [President|T] of [Kenya|C|KEN], [Amina Otieno|P], the [Chancellor|T] of [Mali|C|MLI], [Karl Lang|P]",
            {("Amina Otieno", "President", "Kenya"), ("Karl Lang", "Chancellor", "Mali")},
        ),
        (
            "[Presidents|T] [Amina Otieno|P] of [Kenya|C|KEN] and [Ali Nur|P] of [Chad|C|TCD] met",
            {("Amina Otieno", "Presidents", "Kenya"), ("Ali Nur", "Presidents", "Chad")},
        ),
        (
            "[Amina Otieno|P] and [Ali Nur|P], the [Presidents|T] of [Kenya|C|KEN] and [Chad|C|TCD] respectively, met",
            {("Amina Otieno", "Presidents", "Kenya"), ("Ali Nur", "Presidents", "Chad")},
        ),
        (
            "the [Presidents|T] of [Kenya|C|KEN], [Amina Otieno|P], and of [Chad|C|TCD], [Ali Nur|P], met",
            {("Amina Otieno", "Presidents", "Kenya"), ("Ali Nur", "Presidents", "Chad")},
        ),
        (
            "[Kenyan|N|KEN] [Deputy Prime Minister|T] and [Foreign Minister|T] [Amina Otieno|P] left",
            {("Amina Otieno", "Deputy Prime Minister", "Kenyan"), ("Amina Otieno", "Foreign Minister", "Kenyan")},
        ),
        (
            "[Amina Otieno|P], who also serves as [chairperson|T] of the [African Union|O], left",
            {("Amina Otieno", "chairperson", "African Union")},
        ),
        (
            "he congratulated [Amina Otieno|P] on her election as [President|T] of [Kenya|C|KEN]",
            {("Amina Otieno", "President", "Kenya")},
        ),
        ("[OPEC|O] met. its [Secretary General|T], [Ali Nur|P], spoke", {("Ali Nur", "Secretary General", None)}),
        ("[OPEC|O] and its [Secretary General|T], [Ali Nur|P], spoke", {("Ali Nur", "Secretary General", "OPEC")}),
        ("[Rector|T] [Ali Nur|P] of the [State University|O]", {("Ali Nur", "Rector", "State University")}),
    ],
)
def test_titles_go_to_their_holders(marked, source, expected):
    assert held(marked(source)) == expected


@pytest.mark.parametrize(
    "source",
    [
        "former [Kenyan|N|KEN] [President|T] [Amina Otieno|P] spoke",
        "ex-[President|T] [Amina Otieno|P] spoke",
        "the late [President|T] [Amina Otieno|P]",
        "[Amina Otieno|P], former [President|T] of [Kenya|C|KEN], spoke",
    ],
)
def test_posts_of_the_past_are_none(marked, source):
    assert held(marked(source)) == set()


def test_a_counterpart_inherits(marked):
    document = marked("[President|T] [Karl Lang|P] called his [Kenyan|N|KEN] counterpart, [Amina Otieno|P].")
    (symbols,) = sentences(document)
    (inheriting,) = [h for h in find_held(symbols) if h.inherits]
    assert document.mentions[inheriting.holder].text == "Amina Otieno"
    assert inheriting.of is not None
    assert document.mentions[inheriting.of].code == "KEN"


def test_people_named_with_their_country(marked):
    document = marked("[Chad|C|TCD]'s [Ali Nur|P] and [Amina Otieno|P] of [Kenya|C|KEN] met.")
    (symbols,) = sentences(document)
    found = {
        (document.mentions[h.holder].text, document.mentions[h.of].code) for h in find_held(symbols) if h.of is not None
    }
    assert found == {("Ali Nur", "TCD"), ("Amina Otieno", "KEN")}
