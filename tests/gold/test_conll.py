"""CoNLL-2003: mentions and text out and back, and files of others."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from pipeline.errors import CannotWrite, InputError
from pipeline.gold.conll import read, write
from pipeline.gold.model import GoldArticle, GoldMention
from pipeline.gold.problems import Problem
from tests.golds import articles, visit

REUTERS = """-DOCSTART- -X- O O

EU NNP I-NP I-ORG
rejects VBZ I-VP O
German JJ I-NP I-MISC
call NN I-NP O
. . O O

Peter NNP I-NP I-PER
Blackburn NNP I-NP I-PER

-DOCSTART- -X- O O

BRUSSELS NNP I-NP I-LOC
Paris NNP I-NP B-LOC
"""


def _bare(mention: GoldMention) -> GoldMention:
    return mention.model_copy(update={"entities": [], "value": None})


def _read(text: str, folder: Path, name: str = "news.conll") -> tuple[list[GoldArticle], list[Problem]]:
    (folder / name).write_bytes(text.encode())
    items = list(read(folder / name))
    return [i for i in items if isinstance(i, GoldArticle)], [i for i in items if isinstance(i, Problem)]


@given(articles())
def test_text_and_mentions_of_any_article_come_back(article: GoldArticle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write([article, article], Path(folder) / "out.conll")
        items = list(read(Path(folder) / "out.conll"))
    assert len(items) == 2
    for found in items:
        assert isinstance(found, GoldArticle)
        kept = {"id", "outlet", "url", "published", "title", "source", "text"}
        assert found.model_dump(include=kept) == article.model_dump(include=kept)
        assert found.mentions == [_bare(mention) for mention in article.mentions]
        assert set(found.annotates) < {*article.annotates, ""}


def test_keys_relations_and_events_are_not_held(tmp_path: Path) -> None:
    write([visit()], tmp_path / "out.conll")
    (article,) = list(read(tmp_path / "out.conll"))
    assert isinstance(article, GoldArticle)
    assert (article.entities, article.relations, article.events) == ([], [], [])
    assert "events" not in article.annotates
    assert "met_with" not in article.annotates


def test_columns_and_sentences(tmp_path: Path) -> None:
    write([visit()], tmp_path / "out.conll")
    lines = (tmp_path / "out.conll").read_text(encoding="utf-8").splitlines()
    assert lines[1:9] == ["-DOCSTART- O", "", "On O", "June B-DATE", "2 I-DATE", ", O", "Azerbaijan B-GPE", "' O"]
    assert lines[lines.index("In O") - 1] == ""
    assert lines[lines.index("In O") - 2] == ". O"


def test_mentions_that_touch_stay_apart(tmp_path: Path) -> None:
    text = "AB"
    mentions = [
        GoldMention(start=0, end=1, text="A", label="PER"),
        GoldMention(start=1, end=2, text="B", label="PER"),
    ]
    article = visit().model_copy(update={"text": text, "mentions": mentions, "events": []})
    write([article], tmp_path / "out.conll")
    (found,) = list(read(tmp_path / "out.conll"))
    assert isinstance(found, GoldArticle)
    assert found.mentions == mentions


@pytest.mark.parametrize("name", ["U. S. Senate", "Foreign\n\nMinistry"])
def test_no_sentence_ends_within_a_mention(name: str, tmp_path: Path) -> None:
    mention = GoldMention(start=4, end=4 + len(name), text=name, label="ORG")
    article = visit().model_copy(update={"text": f"The {name} met.", "mentions": [mention], "events": []})
    write([article], tmp_path / "out.conll")
    (found,) = list(read(tmp_path / "out.conll"))
    assert isinstance(found, GoldArticle)
    assert found.mentions == [mention]


def test_the_files_of_others(tmp_path: Path) -> None:
    (first, second), (warning,) = _read(REUTERS, tmp_path)
    assert (first.id, second.id) == ("news-1", "news-2")
    assert first.text == "EU rejects German call .\nPeter Blackburn"
    assert [(m.label, m.text) for m in first.mentions] == [("ORG", "EU"), ("PER", "Peter Blackburn")]
    assert [(m.label, m.text) for m in second.mentions] == [("PLACE", "BRUSSELS"), ("PLACE", "Paris")]
    assert first.annotates == second.annotates == ["ORG", "PER", "PLACE"]
    assert warning.warning
    assert (warning.article, warning.line) == ("news-1", 1)
    assert "MISC" in warning.message


def test_tabs_line_ends_and_no_docstart(tmp_path: Path) -> None:
    (article,), found = _read("Kenya\tB-GPE\r\n\r\nIraq\tB-GPE\r\n", tmp_path, "x.bio")
    assert found == []
    assert article.text == "Kenya\nIraq"
    assert [m.text for m in article.mentions] == ["Kenya", "Iraq"]
    assert len(list(read(tmp_path))) == 1


def test_a_mention_ends_with_its_sentence(tmp_path: Path) -> None:
    (article,), _ = _read("Kenya I-GPE\n\nIraq I-GPE\n", tmp_path)
    assert [m.text for m in article.mentions] == ["Kenya", "Iraq"]


@pytest.mark.parametrize(
    ("bad", "line", "reason"),
    [
        ("-DOCSTART- O\n\nKenya\n", 3, "no token with a tag: 'Kenya'"),
        ("-DOCSTART- O\n\nKenya E-GPE\n", 3, "no token with a tag"),
        ("# article: {\n-DOCSTART- O\n\nKenya O\n", 1, "the comment: Invalid JSON"),
        ('# article: {"id": "a", "text": "Iraq", "labels": []}\n-DOCSTART- O\n\nKenya O\n', 1, "not where the text"),
        ('# article: {"id": "a", "labels": []}\n-DOCSTART- O\n\nKenya O\n', 1, "the comment: text: "),
    ],
)
def test_a_bad_article_is_told_and_the_others_go_on(bad: str, line: int, reason: str, tmp_path: Path) -> None:
    found, (problem,) = _read(bad + "\n-DOCSTART- O\n\nKenya B-GPE\n", tmp_path)
    assert [m.text for article in found for m in article.mentions] == ["Kenya"]
    assert problem.line == line
    assert reason in problem.message


def test_what_columns_cannot_hold(tmp_path: Path) -> None:
    nested = visit().mentions[3].model_copy(update={"start": 56, "end": 63, "text": "Rafiyev"})
    with pytest.raises(CannotWrite, match="overlapping"):
        write([visit().model_copy(update={"mentions": [*visit().mentions, nested]})], tmp_path / "out.conll")
    blank = visit().mentions[0].model_copy(update={"start": 2, "end": 9, "text": " June 2"})
    with pytest.raises(CannotWrite, match="begin or end with a blank"):
        write([visit().model_copy(update={"mentions": [blank]})], tmp_path / "out.conll")


def test_missing_files_stop(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read(tmp_path / "none.conll"))
    with pytest.raises(InputError, match=r"no \.conll or \.bio file"):
        list(read(tmp_path))
