"""Edits of a text that its labels follow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gold.model import GoldArticle
from pipeline.train.augment_edits import Edit, Unmovable, apply, begins_with_vowel, edited, in_order, indefinite, moved
from tests.augmented import checked, surfaces


@given(st.text("ab .\n", max_size=40), st.data())
def test_spans_keep_their_text_through_edits_outside_of_them(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=12, unique=True).filter(bool))
                  if len(text) > 12 else range(min(4, len(text) + 1)))  # fmt: skip
    if len(cuts) < 4:
        return
    start, end = cuts[1], cuts[2]
    edits = [Edit(cuts[0], start, data.draw(st.text("xy", max_size=5))), Edit(end, cuts[3], "z")]
    a, b = moved(start, end, edits)
    assert edited(text, edits)[a:b] == text[start:end]


@given(st.text("abc ", min_size=3, max_size=30), st.data())
def test_an_edit_of_the_whole_span_is_its_new_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new = data.draw(st.text("xyz", min_size=1, max_size=6))
    edits = in_order([Edit(start, end, new), Edit(start, start, "<"), Edit(end, end, ">")])
    a, b = moved(start, end, edits)
    assert edited(text, edits)[a:b] == new


def test_what_cannot_be_moved_is_refused() -> None:
    for edits in ([Edit(1, 3, "x")], [Edit(0, 9, "x")], [Edit(2, 6, "")]):
        with pytest.raises(Unmovable):
            moved(2, 6, edits)
    with pytest.raises(Unmovable):
        in_order([Edit(0, 4, "x"), Edit(3, 5, "y")])


def test_apply_takes_mentions_triggers_and_the_headline_along(article: GoldArticle) -> None:
    at = article.text.index("in Baku")
    changed = checked(apply(article, [Edit(at, at, "soon "), Edit(0, 0, "NEWS\n\n")]))
    assert changed.title == "Kenyan minister soon in Baku"
    assert surfaces(changed, "GPE") == surfaces(article, "GPE")
    assert changed.events[0].triggers[0].text == "arrived"


def test_a_and_an_follow_what_comes_after() -> None:
    for text, old, new, expected in (
        ("A Kenyan envoy", "Kenyan", "Iraqi", "An Iraqi envoy"),
        ("an Iraqi envoy", "Iraqi", "Ugandan", "a Ugandan envoy"),
        ("a UN envoy", "UN", "EU", "an EU envoy"),
        ("Vitamin A Kenyan", "Kenyan", "Kenian", "Vitamin A Kenian"),
        ("an honorary consul", "honorary consul", "envoy", "an envoy"),
    ):
        start = text.index(old)
        edits = indefinite(text, [Edit(start, start + len(old), new)])
        assert edited(text, in_order(edits)) == expected
    assert [word for word in ("MP", "UK", "Uzbek", "union", "European") if begins_with_vowel(word)] == ["MP", "Uzbek"]
