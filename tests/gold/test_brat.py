"""brat standoff: folders out and back, and standoff made by hand."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given

from pipeline.errors import CannotWrite, InputError
from pipeline.gold.brat import read, write
from pipeline.gold.labelling import labelling_config
from pipeline.gold.model import GoldArticle, MentionLabel
from pipeline.gold.problems import Problem
from pipeline.record import EventType
from tests.golds import VISIT_TEXT, articles, span, visit


def _folder(tmp_path: Path, ann: str, text: str = VISIT_TEXT) -> Path:
    (tmp_path / "story.txt").write_bytes(text.encode())
    (tmp_path / "story.ann").write_bytes(ann.encode())
    return tmp_path


def _read(path: Path) -> tuple[list[GoldArticle], list[Problem]]:
    items = list(read(path))
    return [i for i in items if isinstance(i, GoldArticle)], [i for i in items if isinstance(i, Problem)]


def _at(quote: str, nth: int = 0) -> str:
    place = span(VISIT_TEXT, quote, nth)
    return f"{place['start']} {place['end']}\t{quote}"


@given(articles(overlapping=True))
def test_any_article_comes_back(article: GoldArticle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write([article, article], Path(folder))
        assert list(read(Path(folder))) == [article, article]


def test_what_is_drawn_counts_before_the_head(tmp_path: Path) -> None:
    write([visit()], tmp_path)
    ann = tmp_path / "visit.ann"
    lines = ann.read_text(encoding="utf-8").replace("Mode E1 visit", "Mode E1 meeting")
    lines = lines.replace("recipient:T5", "recipient:T2").replace(
        "\tAnnotatorNotes T7\trafiyev", "\tAnnotatorNotes T7\tun"
    )
    ann.write_text(lines, encoding="utf-8")
    (article,), found = _read(tmp_path)
    assert found == []
    assert article.events[0].mode == "meeting"
    assert article.events[0].recipients == ["AZE"]
    assert article.mentions[6].entities == ["un"]


def test_no_line_of_the_file_breaks(tmp_path: Path) -> None:
    event = visit().events[0]
    place = event.place.model_copy(update={"facility": "a\u2028b\x85c\nd"})
    article = visit().model_copy(update={"events": [event.model_copy(update={"place": place})]})
    write([article], tmp_path)
    content = (tmp_path / "visit.ann").read_text(encoding="utf-8")
    assert content.split("\n")[:-1] == content.splitlines()
    assert _read(tmp_path) == ([article], [])


def test_one_file_can_be_read(tmp_path: Path) -> None:
    write([visit(), visit().model_copy(update={"id": "other"})], tmp_path)
    assert _read(tmp_path / "other.ann")[0][0].id == "other"


def test_ids_that_are_no_file_names_come_back(tmp_path: Path) -> None:
    ids = ["a/b", "a b", "A_b", "../x"]
    write([visit().model_copy(update={"id": id}) for id in ids], tmp_path / "brat")
    assert sorted(article.id for article in _read(tmp_path / "brat")[0]) == sorted(ids)
    assert not (tmp_path / "x.ann").exists()


def test_spans_over_lines_are_fragments(tmp_path: Path) -> None:
    text = "the Foreign\r\n Ministry\u2028of Kenya"
    article = visit().model_copy(
        update={
            "text": text,
            "mentions": [visit().mentions[-1].model_copy(update={"start": 4, "end": len(text), "text": text[4:]})],
            "events": [],
        }
    )
    write([article], tmp_path)
    line = (tmp_path / "visit.ann").read_text(encoding="utf-8").split("\n")[0]
    assert line == "T1\tORG 4 11;14 22;23 31\tForeign Ministry of Kenya"
    assert _read(tmp_path) == ([article], [])


def test_spans_with_blanks_at_their_ends_cannot_be_written(tmp_path: Path) -> None:
    mention = visit().mentions[0].model_copy(update={"start": 2, "end": 9, "text": " June 2"})
    with pytest.raises(CannotWrite, match=r"begin or end with a blank"):
        write([visit().model_copy(update={"mentions": [mention]})], tmp_path)


def test_standoff_made_by_hand_is_read(tmp_path: Path) -> None:
    ann = [
        f"T1\tPER {_at('Yalchin Rafiyev')}",
        f"T2\tGPE {_at('Kenya')}",
        f"T3\tCONSULT {_at('visited')}",
        "E1\tCONSULT:T3 actor:T1 actor2:T9",
        "A1\tStatus E1 planned",
        "A2\tMood E1 sad",
        "#1\tAnnotatorNotes E1\t{date: 2025-06-02, contexts: [economic, health]}",
        "#2\tAnnotatorNotes T4\t2025-06-02",
        f"T4\tDATE {_at('June 2')}",
        "R1\trecipient Arg1:E1 Arg2:T2",
        f"T8\tNOM {_at('he')}",
        "#3\tAnnotatorNotes T8\trafiyev + KEN",
        f"T9\tORG {_at('United Nations')}",
        "N1\tReference T1 Wikidata:Q1\tYalchin Rafiyev",
        "*\tEquiv T1 T8",
        "",
    ]
    (article,), found = _read(_folder(tmp_path, "\r\n".join(ann)))
    assert article.id == "story"
    (event,) = article.events
    assert (event.actors, event.recipients, event.status) == (["rafiyev", "united-nations"], ["KEN"], "planned")
    assert (event.date, event.contexts) == ("2025-06-02", ["economic", "health"])
    assert [m.value for m in article.mentions if m.label == "DATE"] == ["2025-06-02"]
    assert [m.entities for m in article.mentions if m.label == "NOM"] == [["rafiyev", "KEN"]]
    assert [(p.line, p.warning) for p in found] == [(6, True), (14, True), (15, True), (None, True)]


@pytest.mark.parametrize(
    ("ann", "line", "reason"),
    [
        ("T1\tPER 48 63\tSomebody Else", 1, "is 'Yalchin Rafiyev' in the text"),
        ("T1\tPER a b\tYalchin Rafiyev", 1, "no offsets"),
        ("\nT1 PER 48 63", 2, "no annotation of brat"),
        (f"T1\tPER {_at('Rafiyev')}\nT1\tPER {_at('Kenya')}", 2, "T1 stands twice"),
        (f"T1\tCONSULT {_at('visited')}", None, "has no actor"),
        ("T1\tPER 900 901\t", None, "is no span of the text"),
        (f"T1\tLOC {_at('Kenya')}\nT2\tCONSULT {_at('met')}\nE1\tCONSULT:T2 actor:T1", None, "has no key"),
    ],
)
def test_a_bad_document_is_told_and_the_others_go_on(ann: str, line: int | None, reason: str, tmp_path: Path) -> None:
    write([visit()], tmp_path)
    found, faults = _read(_folder(tmp_path, ann))
    assert found == [visit()]
    assert [(p.line, p.article) for p in faults if reason in p.message and not p.warning] == [(line, "story")]


def test_missing_and_broken_files_are_told(tmp_path: Path) -> None:
    write([visit()], tmp_path)
    shutil.copy(tmp_path / "visit.ann", tmp_path / "zz.ann")
    (tmp_path / "yy.ann").write_bytes(b"")
    (tmp_path / "yy.txt").write_bytes(b"\xff")
    (tmp_path / "xx.ann").write_bytes(b"")
    (tmp_path / "xx.txt").write_bytes(b"Text")
    (tmp_path / "xx.yaml").write_bytes(b"people: [")
    found, faults = _read(tmp_path)
    assert found == [visit()]
    assert [p.message.split(":")[0] for p in faults] == ["xx.yaml", "yy.txt", "zz.txt"]
    with pytest.raises(InputError, match=r"no \.ann file"):
        list(read(tmp_path / "nowhere"))


def test_the_configuration_has_every_label(tmp_path: Path) -> None:
    write([visit()], tmp_path)
    assert (tmp_path / "annotation.conf").read_text(encoding="utf-8") == labelling_config("brat")
    sections: dict[str, list[str]] = {}
    for line in labelling_config("brat").splitlines():
        if line.startswith("["):
            sections[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            sections[list(sections)[-1]].append(line.split("\t")[0])
    assert sections["entities"] == list(get_args(MentionLabel))
    assert sections["events"] == list(get_args(EventType))
    assert sections["attributes"] == ["Mode", "Status", "Basis", "NotCore"]
    for label in (*sections["entities"], *sections["events"]):
        assert f"\n{label}\t" in labelling_config("brat-visual")
