"""Gold by words: every label at the words it stands at, or nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.gold.model import GoldArticle, GoldMention
from pipeline.train.examples import Example, make_examples, read_examples, write_examples

TEXT = (
    "Talks in Oslo\n\n"
    "Envoy Ann Lee met Omar Haddad in Oslo on Monday.\n\nShare this article\n\nShe will visit Kenya in May, "
    "the ministry said in a statement on Tuesday."
)


def place(words: str, nth: int = 0) -> dict[str, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words)}


def mention(label: str, words: str, *keys: str, nth: int = 0, **more: Any) -> dict[str, Any]:
    return {**place(words, nth), "text": words, "label": label, "entities": list(keys), **more}


GOLD = GoldArticle.model_validate(
    {
        "id": "a",
        "annotates": ["PER", "TITLE", "GPE", "DATE", "events", "holds_position"],
        "published": "2025-06-04",
        "cited": [],
        "text": TEXT,
        "entities": [
            {"key": "lee", "name": "Ann Lee", "kind": "person"},
            {"key": "haddad", "name": "Omar Haddad", "kind": "person"},
            {"key": "mfa", "name": "Ministry", "kind": "organization"},
        ],
        "mentions": [
            mention("TITLE", "Envoy", "lee"),
            mention("PER", "Ann Lee", "lee"),
            mention("PER", "Omar Haddad", "haddad"),
            mention("GPE", "Oslo", "NOR:Oslo", nth=1),
            mention("DATE", "Monday", value="2025-06-02"),
            mention("GPE", "Kenya", "KEN"),
        ],
        "relations": [
            {
                "type": "holds_position", "subject": "lee", "object": "mfa", "title": "Envoy",
            }
        ],
        "events": [
            {
                "id": "e1", "type": "CONSULT", "mode": "meeting", "status": "occurred", "date": "2025-06-02",
                "date_basis": "relative", "place": {"country": "NOR", "city": "Oslo"}, "actors": ["lee"],
                "recipients": ["haddad"], "optional": ["KEN"], "contexts": [], "core": True,
                "triggers": [{**place("met"), "text": "met"}],
            }
        ],
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Example:
    [found] = make_examples([GOLD])
    return found


def words(example: Example, start: int, end: int) -> str:
    return " ".join(example.words[start:end])


def test_labels_stand_at_their_words(made: Example) -> None:
    assert [(m.label, words(made, m.start, m.end), m.keys, m.value) for m in made.mentions] == [
        ("TITLE", "Envoy", ("lee",), None),
        ("PER", "Ann Lee", ("lee",), None),
        ("PER", "Omar Haddad", ("haddad",), None),
        ("GPE", "Oslo", ("NOR:Oslo",), None),
        ("DATE", "Monday", (), "2025-06-02"),
        ("GPE", "Kenya", ("KEN",), None),
    ]
    assert [(words(made, t.start, t.end), t.event) for t in made.triggers] == [("met", 0)]


def test_what_the_cleaning_takes_away_is_not_there(made: Example) -> None:
    assert "Share" not in made.words
    gone = [GoldMention(**mention("PER", words)) for words in ("Share", "this article", "article\n\nShe")]
    [found] = make_examples([GOLD.model_copy(update={"mentions": [*GOLD.mentions, *gone]})])
    assert found.mentions == made.mentions


def test_an_event_by_value(made: Example) -> None:
    [event] = made.events
    assert (event.kind, event.country, event.city) == ("CONSULT/meeting", "NOR", "NOR:Oslo")
    assert event.roles == {"lee": "actor", "haddad": "recipient", "KEN": "optional"}
    assert made.givers == {"lee": (("Envoy", "mfa"),)}


def test_the_parse_is_that_of_the_words(made: Example) -> None:
    count = len(made.words)
    assert {len(part) for part in (made.shapes, made.lines, made.known, made.tags, made.arcs, made.heads)} == {count}
    met = made.words.index("met")
    assert (made.classes[met], made.heads[met]) == ("VERB", met)
    assert made.heads[met - 1] == met


def test_breaks_are_paragraphs_and_sentences(made: Example) -> None:
    starts = [made.words[-1 - n] for n in made.breaks if n < 0]
    assert starts == ["Envoy", "She"]
    assert all(0 < (n if n >= 0 else -1 - n) < len(made.words) for n in made.breaks)


def test_an_article_that_cannot_be_read_is_left_out() -> None:
    french = "Le ministre a rencontré son homologue à Paris lundi pour discuter des relations entre les deux pays."
    bare: dict[str, Any] = {"annotates": [], "cited": [], "entities": [], "mentions": [], "relations": [], "events": []}
    golds = [GoldArticle(id="f", text=french, **bare), GOLD, GoldArticle(id="e", text=" ", **bare)]
    assert [found.id for found in make_examples(golds)] == ["a"]


def test_what_is_kept_is_read(made: Example, tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.pkl.gz"
    assert write_examples([made, made], path) == 2
    assert read_examples(path) == [made, made]


def test_a_file_that_is_cut_short(made: Example, tmp_path: Path) -> None:
    path = tmp_path / "a.pkl.gz"
    write_examples([made] * 3, path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="cut short"):
        read_examples(path)


def test_examples_of_another_version(made: Example, tmp_path: Path) -> None:
    path = tmp_path / "a.pkl.gz"
    write_examples([made, replace(made, known=b"")], path)
    with pytest.raises(InputError, match="prepare them anew"):
        read_examples(path)
