"""What is learned from the offices that labelled people hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Article, Document, Entity, Mention, Span
from pipeline.relate.givers import Case
from pipeline.train.givers import Listener, gather, main, train
from pipeline.train.logit import Choice
from tests.train.conftest import Until

DOCUMENT = Document(
    Article("a", "Harbour Authority of Oman, Minister Ann Lee"),
    mentions=(
        Mention(Span(0, 17), (0, 2), "organization", "Harbour Authority", "test"),
        Mention(Span(21, 25), (3, 4), "country", "Oman", "test", "OMN"),
        Mention(Span(36, 43), (6, 8), "person", "Ann Lee", "test"),
    ),
    entities=(
        Entity("o0", "organization", "Harbour Authority", (0,)),
        Entity("OMN", "country", "Oman", (1,), country="OMN"),
        Entity("p0", "person", "Ann Lee", (2,)),
        Entity("p1", "person", "Karim Haddad", ()),
    ),
)


def answer(of: str | None, *, title: str = "Minister", name: str = "Ann Lee") -> tuple[Any, list[Choice | None]]:
    person = {"key": "lee", "name": "Ann Lee", "surfaces": [], "positions": [{"title": "Minister", "of": of}]}
    gathered: list[Choice | None] = []
    listener = Listener({"people": [person]}, gathered, 7, DOCUMENT, {})
    listener.sentences = [0]
    giver, _ = listener.best(Case(title, name, 5))
    return giver, gathered


@pytest.mark.parametrize(
    ("of", "giver", "right"),
    [("OMN", "OMN", 0), ("Harbour Authority of Oman", "o0", 1), (None, None, 2)],
)
def test_the_labels_say_which_candidate_is_right(of: str | None, giver: str | None, right: int) -> None:
    found, [choice] = answer(of)
    assert found == giver
    assert choice is not None
    assert (choice.article, choice.right, len(choice.candidates)) == (7, right, 3)


def test_a_title_that_the_labels_do_not_have_is_nobodys() -> None:
    found, [choice] = answer("OMN", title="Analyst")
    assert found is None
    assert choice is not None
    assert choice.right == 2


def test_what_is_not_offered_and_who_is_not_labelled_teach_nothing() -> None:
    assert answer("KEN") == ("KEN", [None])
    assert answer("Fjord Bank") == (None, [None])
    assert answer("OMN", name="Karim Haddad") == (None, [])


def test_open_offices_are_gathered_along_the_line(until: Until) -> None:
    found = [c for item, document in until("relate") for c in gather(0, document, item.label)]
    assert any(choice is not None for choice in found)


def test_training_again_gives_the_weights_that_were_written(labelled: Path, until: Until, tmp_path: Path) -> None:
    main([str(labelled), "--out", str(tmp_path / "givers.json")])
    written = json.loads((tmp_path / "givers.json").read_text(encoding="utf-8"))["weights"]
    again = train(until("relate"))
    assert written
    assert written == {name: round(again[name], 2) for name in written}
