"""Marked-up text: what it can hold comes back the same, what it cannot hold is refused, faults are named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from pipeline.errors import CannotWrite, InputError
from pipeline.gold import marked
from pipeline.gold.marked_head import ANNOTATES
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem
from pipeline.gold.read import read_gold
from tests.gold.reference import CORPUS, ROOT, needs_corpus
from tests.golds import articles, visit

HEAD = """---
id: x-1
outlet: Caspian Wire
published: 2024-03-12
title: null
cited: []
people:
  guliyev: {name: Rauf Guliyev, positions: [{title: Deputy Foreign Minister, of: AZE}]}
orgs: {}
events:
  e1: {type: CONSULT, mode: visit, status: occurred, date: 2024-03-11, date_basis: explicit, place: {city: null, country: KEN, facility: null}, actors: [guliyev], recipients: [KEN], optional: [], contexts: [diplomatic], core: true}
---
"""  # noqa: E501
BODY = "[[Rauf Guliyev|PER#guliyev]] [[visited|EV#e1]] [[Kenya|GPE#KEN]].\n"


def faults(tmp_path: Path, source: str) -> list[Problem]:
    (tmp_path / "x-1.txt").write_text(source, encoding="utf-8")
    found = list(marked.read(tmp_path))
    assert not any(isinstance(item, GoldArticle) for item in found), "it was read in spite of the fault"
    return [item for item in found if isinstance(item, Problem)]


@given(articles(one_line=True))
def test_round_trip(article: GoldArticle) -> None:
    """Outside are only texts with double brackets, marked surfaces with brackets or bars, and empty refs."""
    assert marked.parse(marked.marked_up(article)) == marked.in_order(article)


@given(articles(overlapping=True))
def test_what_it_cannot_hold_is_refused_and_never_changed(article: GoldArticle) -> None:
    try:
        written = marked.marked_up(article)
    except CannotWrite:
        return
    assert marked.parse(written) == marked.in_order(article)


def test_order_is_all_that_changes() -> None:
    article = visit()
    ordered = marked.in_order(article)
    for name in GoldArticle.model_fields:
        before, after = getattr(article, name), getattr(ordered, name)
        assert before == after or sorted(map(str, before)) == sorted(map(str, after))


def test_what_a_reader_sees(tmp_path: Path) -> None:
    article = marked.parse(HEAD + BODY)
    assert [(m.label, m.text, m.entities) for m in article.mentions] == [
        ("PER", "Rauf Guliyev", ["guliyev"]),
        ("GPE", "Kenya", ["KEN"]),
    ]
    assert article.text == "Rauf Guliyev visited Kenya.\n"
    assert [(t.start, t.text) for t in article.events[0].triggers] == [(13, "visited")]
    assert article.annotates == ANNOTATES
    marked.write([article], tmp_path)
    assert (tmp_path / "x-1.txt").read_text(encoding="utf-8") == HEAD + BODY


def test_commas_without_quotes_are_named(tmp_path: Path) -> None:
    found = faults(tmp_path, HEAD.replace("Deputy Foreign Minister", "Minister of Trade, Industry and Labour") + BODY)
    assert [str(fault) for fault in found] == [
        f"{tmp_path / 'x-1.txt'}: x-1: people.guliyev.positions.0.Industry and Labour: no such key; "
        "a text with a comma needs quotes"
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cited: []\n", "", "cited: is missing"),
        ("2024-03-12", "2024-02-30", "published: '2024-02-30' is no day"),
        ("2024-03-12", "2024", "published: '2024' is no day"),
        ("mode: visit", "mode: handshake", "events.e1.CONSULT has no mode 'handshake'"),
        (", recipients: [KEN]", "", "events.e1.recipients: is missing"),
        ("date: 2024-03-11, ", "", "events.e1.date: is missing"),
        ("orgs: {}", "orgs: {un: {name: UN, country: World}}", "orgs.un.country: String should match"),
        ("core: true", "core: maybe", "events.e1.core: Input should be a valid boolean"),
        ("core: true", "core: true, weight: 1", "events.e1.weight: no such key"),
        ("actors: [guliyev]", "actors: []", "events.e1.actors: is empty"),
        ("[[visited|EV#e1]]", "visited", "events.e1: has no EV mark"),
        ("EV#e1", "EV#e2", "[[visited|EV#e2]]: no such event"),
        ("GPE#KEN", "CITY#KEN", "[[Kenya|CITY#KEN]]: label: Input should be 'PER'"),
        ("GPE#KEN", "DATE#March", "[[Kenya|DATE#March]]: value: String should match pattern"),
        ("[[Kenya|GPE#KEN]]", "[[Kenya|GPE]]", "broken mark in line 1 of the text: '[[Kenya|GPE]]."),
        ("people:\n", "people: [\n", "the head is no YAML:"),
        ("orgs: {}", "id: x-2", "the head is no YAML: 'id' stands twice"),
        ("---\nid", "id", "has no head"),
    ],
)
def test_faults_are_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in HEAD + BODY
    messages = [fault.message for fault in faults(tmp_path, (HEAD + BODY).replace(old, new))]
    assert any(told.startswith(message) for told in messages), messages


def test_a_bad_file_loses_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("no head", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"---\n\xff\n---\n")
    (tmp_path / "c.txt").write_text(HEAD + BODY, encoding="utf-8")
    found = list(marked.read(tmp_path))
    assert [type(item) for item in found] == [Problem, Problem, GoldArticle]
    assert "is no UTF-8" in str(found[1])


def test_nothing_after_a_colon() -> None:
    empty = HEAD.replace("orgs: {}", "orgs:").replace("optional: []", "optional: null").replace("cited: []", "cited:")
    assert marked.parse(empty + BODY) == marked.parse(HEAD + BODY)


def test_a_yaml_fault_has_its_line(tmp_path: Path) -> None:
    found = faults(tmp_path, HEAD.replace("orgs: {}", "id: x-2") + BODY)
    assert [fault.line for fault in found] == [9]


def change(**values: Any) -> GoldArticle:
    return GoldArticle.model_validate(visit().model_dump(mode="json") | values)


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (change(text=visit().text + " [[x"), "broken mark"),
        (change(text=visit().text + " x]]"), "broken mark"),
        (change(mentions=[m.model_dump() for m in visit().mentions[:1] * 2]), "overlaps another span"),
        (
            change(mentions=[visit().mentions[0].model_dump() | {"entities": ["a]b"], "value": None}]),
            "no mark can hold",
        ),
        (change(mentions=[visit().mentions[3].model_dump() | {"entities": ["-"]}]), "does not hold all of it"),
        (change(mentions=[visit().mentions[3].model_dump() | {"entities": ["a", "b"]}]), "only a NOM names several"),
        (change(entities=[e.model_dump() for e in visit().entities * 2]), "does not hold all of it"),
        (change(id="a/b"), "cannot be a file's name"),
    ],
)
def test_refuses_what_marks_cannot_hold(tmp_path: Path, article: GoldArticle, reason: str) -> None:
    with pytest.raises(CannotWrite, match=reason):
        marked.write([article], tmp_path)


def test_a_folder_without_texts_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.txt file"):
        list(marked.read(tmp_path))
    with pytest.raises(InputError, match="cannot be read"):
        list(marked.read(tmp_path / "none.txt"))


def plain(value: Any) -> Any:
    """YAML without what means nothing: the order of lists, and the quotes around dates."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(map(plain, value), key=str)
    return str(value) if isinstance(value, (int, dt.date)) else value


@needs_corpus
@pytest.mark.parametrize("name", ["train", "dev", "statedept", "statedept-dev"])
def test_the_corpus_comes_back(name: str) -> None:
    unread, count = [], 0
    for item in marked.read(CORPUS / name):
        if isinstance(item, Problem):
            unread.append(item)
            continue
        count += 1
        source = (CORPUS / name / f"{item.id}.txt").read_text(encoding="utf-8")
        _, head, body = source.split("---\n", 2)
        _, new_head, new_body = marked.marked_up(item).split("---\n", 2)
        assert new_body == body
        before, after = (yaml.load(text, yaml.CSafeLoader) for text in (head, new_head))
        assert plain(after) == plain(before | {key: before[key] or {} for key in ("people", "orgs", "events")})
    assert count > 0
    assert all(problem.message.endswith("needs quotes") for problem in unread), unread


def test_the_stored_articles_can_be_marked_up() -> None:
    for article in read_gold(ROOT / "tests" / "gold" / "dev.jsonl"):
        assert isinstance(article, GoldArticle)
        assert marked.parse(marked.marked_up(article)) == article
