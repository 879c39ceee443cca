from __future__ import annotations

import pytest

from pipeline.relate.title_forms import body_state, is_part, of_one_holder, singular


@pytest.mark.parametrize(
    ("plural", "one"),
    [("Foreign Ministers", "Foreign Minister"), ("Deputies of the Sejm", "Deputy of the Sejm"), ("Sens.", "Sen.")],
)
def test_one_holder_of_a_plural_title_has_the_singular(plural, one):
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("the Foreign Ministers", "Foreign Minister"),
        ("The Envoy", "Envoy"),
        ("Speaker", "Speaker"),
        ("the two leaders", "leader"),
        ("Five Power envoy", "Five Power envoy"),
    ],
)
def test_the_title_of_one_holder_has_no_article_no_number_and_no_plural(text, title):
    assert of_one_holder(text) == title


@pytest.mark.parametrize(
    ("short", "long", "part"),
    [
        ("Minister", "Foreign Minister", True),
        ("FM", "Foreign Minister", True),
        ("Foreign Minister", "Minister", False),
        ("leader", "President", True),
    ],
)
def test_a_shorter_form_is_part_of_a_title(short, long, part):
    assert is_part(short, long) is part


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("Deputy Speaker of the Milli Majlis", "AZE"),
        ("Knesset Speaker", "ISR"),
        ("Speaker of the National Assembly", None),
    ],
)
def test_a_body_with_a_name_of_its_own_tells_the_state(title, state):
    assert body_state(title) == state
