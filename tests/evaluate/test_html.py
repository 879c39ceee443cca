"""The HTML report: one file that needs nothing, shows the report's figures, and takes any text for text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.browser import Mark, paragraphs
from pipeline.evaluate.html import counts_text, flat, matrix, page_of, safe_json
from pipeline.evaluate.model import Prediction
from pipeline.evaluate.report import Confused, Report
from pipeline.gold.model import GoldArticle
from pipeline.record import DocumentRecord, EventRecord, NamedEntity, SpanRecord
from tests import golds
from tests.evaluate.reports import reported
from tests.records import document_record, event_values, ident, participant

HOSTILE = (
    "</script><img src=x onerror=\"document.title='taken'\"><!-- \u2028 😀😀 Bo Rask\n"
    "\r\u200fمرحبا\u200f & 'met' \\u003c Ann <b>Lee</b> in 𝒪slo."
)


@dataclass
class Page(HTMLParser):
    """What a page's elements are, and the text of scripts and of the overview's cells."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    _row: str | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements.append((tag, values))
        if tag == "tr":
            self._row = values.get("data-figure")
        if tag == "td" and self._row:
            self.rows.setdefault(self._row, []).append("")
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self._row = None

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script" and not self.scripts[-1]:
            self.scripts[-1] = data
        elif self._row and self._row in self.rows:
            self.rows[self._row][-1] += data.strip()


def read(page: str) -> tuple[Page, dict[str, Any]]:
    parser = Page()
    parser.feed(page)
    parser.close()
    return parser, json.loads(parser.scripts[0])


def at(text: str, quote: str) -> dict[str, Any]:
    return golds.span(text, quote)


def visit_prediction(gold: GoldArticle) -> Prediction:
    """The meeting without its guest, and an agreement that is not there; Kenya taken for a person."""
    text = gold.text
    who = {"name": "Yalchin Rafiyev", "country": "AZE", "mentions": [at(text, "Yalchin Rafiyev")]}
    rafiyev = participant("Ann Lee", 1) | who
    common: dict[str, Any] = {"evidence": [at(text, text)], "actors": [rafiyev], "recipients": []}
    common["source"] = event_values()["source"] | {"doc_id": gold.id}
    common["date"] = event_values()["date"] | {"mention": at(text, "June 2")}
    common["place"] = event_values()["place"] | {"mention": at(text, "Nairobi")}
    events = (
        EventRecord.model_validate(event_values(**common, trigger=at(text, "visited"))),
        EventRecord.model_validate(
            event_values(**common, id=ident(2, "evt"), type="AGREE", mode=None, trigger=at(text, "thanked"))
        ),
    )
    people = [
        NamedEntity(entity=ident(1), kind="person", name="Yalchin Rafiyev", country="AZE",
                    mentions=[SpanRecord(**at(text, "Yalchin Rafiyev")), SpanRecord(**at(text, "Kenya"))]),
    ]  # fmt: skip
    return Prediction(gold.id, document_record(gold.id, *people), events)


def hostile() -> tuple[GoldArticle, Prediction]:
    values = golds.visit().model_dump() | {"id": "</script>\u2028", "title": HOSTILE, "outlet": "<b>O'Wire</b> & co"}
    bo, met = at(HOSTILE, "Bo Rask"), at(HOSTILE, "met")
    event = values["events"][0] | {"actors": ["bo"], "recipients": ["NOR"], "triggers": [met]}
    gold = GoldArticle.model_validate(
        values
        | {
            "text": HOSTILE,
            "entities": [{"key": "bo", "kind": "person", "name": "<i>Bo</i> Rask"}],
            "mentions": [{"label": "PER", **bo, "entities": ["bo"]}, {"label": "GPE", **at(HOSTILE, "𝒪slo")}],
            "relations": [],
            "events": [event],
        }
    )
    entity = NamedEntity(
        entity=ident(2), kind="person", name="--><script>", country=None, mentions=[SpanRecord(**at(HOSTILE, "Ann"))]
    )
    document: DocumentRecord = document_record(gold.id, entity)
    return gold, Prediction(gold.id, document)


@pytest.fixture
def sample() -> tuple[Report, list[GoldArticle], dict[str, Prediction]]:
    visit = golds.visit()
    bad, prediction = hostile()
    predictions = {visit.id: visit_prediction(visit), bad.id: prediction}
    return reported([visit, bad], predictions), [visit, bad], predictions


def test_the_page_loads_nothing(sample: Any) -> None:
    page = page_of(*sample)
    parsed, _ = read(page)
    for tag, attributes in parsed.elements:
        assert "src" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#") or (tag, attributes["href"]) == ("link", "data:,")
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert [tag for tag, _ in parsed.elements].count("script") == 2


def test_only_the_pages_own_script_may_run(sample: Any) -> None:
    parsed, _ = read(page_of(*sample))
    digest = base64.b64encode(hashlib.sha256(parsed.scripts[1].encode()).digest()).decode()
    [policy] = [a["content"] for tag, a in parsed.elements if tag == "meta" and "http-equiv" in a]
    assert policy is not None
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{digest}'" in policy


def test_every_article_and_outcome_is_in_the_data(sample: Any) -> None:
    report, gold, predictions = sample
    _, data = read(page_of(report, gold, predictions))
    assert [article["id"] for article in data["articles"]] == [article.id for article in report.articles]
    for shown, article in zip(data["articles"], report.articles, strict=True):
        verdicts = [outcome["verdict"] for outcome in shown["outcomes"]]
        assert verdicts == sorted(verdicts, key="missed extra wrong partly right ignored".split().index)
        wanted = [json.dumps(outcome.model_dump(mode="json"), sort_keys=True) for outcome in article.events]
        assert sorted(json.dumps(outcome, sort_keys=True) for outcome in shown["outcomes"]) == sorted(wanted)
        assert len(shown["differences"]) == len(article.differences)
    assert {outcome.verdict for outcome in report.articles[0].events} >= {"partly", "extra", "missed"}


def marked(article: dict[str, Any], side: str) -> list[tuple[str, str]]:
    """The label and text of each mark, put together from the pieces."""
    column = {"gold": 1, "predicted": 2}[side]
    texts: list[list[str]] = [[] for _ in article[side]]
    for line in article["paragraphs"]:
        for number, parts in enumerate(texts):
            here = "".join(piece[0] for piece in line if number in piece[column])
            if here:
                parts.append(here)
    return [(mark["label"], "\n".join(parts)) for mark, parts in zip(article[side], texts, strict=True)]


def test_marks_stand_on_their_words(sample: Any) -> None:
    report, gold, predictions = sample
    _, data = read(page_of(report, gold, predictions))
    visit, bad = data["articles"]
    assert ("person", "Musalia Mudavadi") in marked(visit, "gold")
    assert ("city", "Nairobi") in marked(visit, "gold")
    assert ("trigger", "met") in marked(visit, "gold")
    assert marked(visit, "predicted") == [
        ("person", "Yalchin Rafiyev"), ("trigger", "visited"), ("person", "Kenya"), ("trigger", "thanked"),
    ]  # fmt: skip
    assert marked(bad, "gold") == [("person", "Bo Rask"), ("trigger", "met"), ("place", "𝒪slo")]
    assert marked(bad, "predicted") == [("person", "Ann")]
    for shown, article in zip(data["articles"], gold, strict=True):
        lines = ("".join(piece[0] for piece in line) for line in shown["paragraphs"])
        assert "\n".join(lines) == article.text


def test_mentions_show_what_is_wrong_with_them(sample: Any) -> None:
    report, gold, predictions = sample
    _, data = read(page_of(report, gold, predictions))
    visit = data["articles"][0]
    errors = {(side, text): mark.get("error") for side in ("gold", "predicted")
              for mark, (_, text) in zip(visit[side], marked(visit, side), strict=True)}  # fmt: skip
    assert errors["gold", "Yalchin Rafiyev"] is None
    assert errors["gold", "Musalia Mudavadi"] == "missed"
    assert errors["predicted", "Kenya"] == "wrong"
    [line] = [d for d in visit["differences"] if d["gold"] == "person: Musalia Mudavadi"]
    assert [marked(visit, "gold")[n][1] for n in line["spots"]["gold"]] == ["Musalia Mudavadi"]


def test_triggers_point_to_their_outcomes(sample: Any) -> None:
    report, gold, predictions = sample
    _, data = read(page_of(report, gold, predictions))
    visit = data["articles"][0]
    for side in ("gold", "predicted"):
        for mark, (label, text) in zip(visit[side], marked(visit, side), strict=True):
            if label == "trigger":
                assert visit["outcomes"][mark["outcome"]][side]["trigger"]["text"] == text


def test_hostile_text_stays_text(sample: Any) -> None:
    report, gold, predictions = sample
    page = page_of(report, gold, predictions)
    parsed, data = read(page)
    assert "img" not in {tag for tag, _ in parsed.elements}
    assert data["articles"][1]["title"] == HOSTILE
    payload = parsed.scripts[0]
    assert not re.search("[<>&\u2028\u2029]", payload)
    assert "&lt;b&gt;O&#39;Wire&lt;/b&gt;" in page
    assert "<b>O'Wire" not in page


@given(st.text())
def test_json_in_a_script_reads_back(text: str) -> None:
    said = safe_json({"text": text})
    assert json.loads(said) == {"text": text}
    assert not re.search("[<>&\u2028\u2029]", said)


def test_the_figures_are_the_reports(sample: Any) -> None:
    report, gold, predictions = sample
    parsed, _ = read(page_of(report, gold, predictions))
    wholes = {f.name: f for f in report.figures if f.part is None and not f.name.startswith("calibration")}
    assert parsed.rows.keys() == wholes.keys()
    for name, figure in wholes.items():
        value, _, low, high, precision, recall, counts = parsed.rows[name]
        shown = [figure.value, figure.low, figure.high, figure.precision, figure.recall]
        assert [value, low, high, precision, recall] == ["–" if x is None else f"{x:.3f}" for x in shown]
        assert counts == counts_text(figure.counts)


def test_parts_groups_and_calibration_are_shown(sample: Any) -> None:
    page = page_of(*sample)
    for said in ("By event type and mode", "By mention type", "By outlet", "By length", "under 200 words (2)"):
        assert said in page
    assert "Brier score" in page
    assert 'class="dot"' in page


def test_the_matrix_has_only_what_is_in_use() -> None:
    pairs = [("B/y", "A/x", 1), ("A/x", "A/x", 3), ("A/x", "", 1), ("", "A/x", 2), ("C/-", "C/-", 0)]
    found = matrix(Confused(gold=gold, predicted=predicted, count=n) for gold, predicted, n in pairs)
    assert found.columns == ["A/x", ""]
    assert [label for label, _ in found.rows] == ["A/x", "B/y", ""]
    assert [(cell.count, cell.share) for cell in found.rows[0][1]] == [(3, 0.75), (1, 0.25)]


def test_spans_of_another_text_are_left_out_and_counted() -> None:
    gold = golds.visit()
    shifted = gold.model_copy(update={"text": "X" + gold.text})
    moved = GoldArticle.model_validate(
        shifted.model_dump(exclude={"mentions", "events"}) | {"mentions": [], "events": []}
    )
    predictions = {gold.id: visit_prediction(gold)}
    _, data = read(page_of(reported([moved], predictions), [moved], predictions))
    assert data["articles"][0]["misplaced"] == 4
    assert data["articles"][0]["predicted"] == []


def test_nothing_predicted_and_rejected_articles() -> None:
    gold = golds.visit()
    page = page_of(reported([gold], {}), [gold], {})
    assert "No predictions for 1 gold article" in page
    assert "No event was predicted." in page
    rejected = {gold.id: Prediction(gold.id, None, rejected="clean: not English")}
    _, data = read(page_of(reported([gold], rejected), [gold], rejected))
    assert data["articles"][0]["rejected"] == "clean: not English"
    assert data["articles"][0]["predicted"] == []


def test_an_article_without_gold_is_an_error(sample: Any) -> None:
    report, gold, predictions = sample
    with pytest.raises(KeyError):
        page_of(report, gold[:1], predictions)


def test_settings_are_flattened() -> None:
    assert list(flat({"a": 1, "b": {"c": ["x", "y"], "d": {"e": None}}})) == [
        ("a", "1"), ("b.c", "x, y"), ("b.d.e", "None"),
    ]  # fmt: skip


@given(st.data())
def test_pieces_are_the_text_and_cover_every_mark(data: st.DataObject) -> None:
    text = data.draw(st.text("ab\n😀ע", max_size=30))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda s: s[0] < s[1])
    sides = [[Mark(*span, "person", "") for span in data.draw(st.lists(spans, max_size=5))] if text else []
             for _ in range(2)]  # fmt: skip
    lines = paragraphs(text, *sides)
    assert "\n".join("".join(piece[0] for piece in line) for line in lines) == text
    place = 0
    for line in lines:
        for words, *covering in line:
            for marks, numbers in zip(sides, covering, strict=True):
                inside = [n for n, m in enumerate(marks) if m.start <= place and place + len(words) <= m.end]
                touching = [n for n, m in enumerate(marks) if m.start < place + len(words) and place < m.end]
                assert numbers == inside == touching
            place += len(words)
        place += 1


def test_a_browser_shows_an_article(sample: Any, tmp_path: Path) -> None:
    """In a real Chromium where there is one, from disk."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium")
    report, gold, predictions = sample
    file = tmp_path / "report.html"
    file.write_text(page_of(report, gold, predictions), encoding="utf-8")
    command = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom",
    ]  # fmt: skip
    for article in gold:
        # An address names the article, written as a browser writes it.
        name = "%3C%2Fscript%3E%E2%80%A8" if article.id.startswith("<") else article.id
        done = subprocess.run(
            [*command, f"{file.as_uri()}#article={name}"], check=False, capture_output=True, timeout=120
        )
        if done.returncode != 0:
            pytest.skip("Chromium does not start here")
        parsed, _ = read(dom := done.stdout.decode())
        elements = dict.fromkeys(a["id"] or "" for _, a in parsed.elements if "id" in a)
        [shown] = [a for tag, a in parsed.elements if tag == "article"]
        assert shown["data-id"] == article.id
        assert {"texts", "list", "failure"} <= elements.keys()
        assert "hidden" in next(a for _, a in parsed.elements if a.get("id") == "failure")
        assert "img" not in {tag for tag, _ in parsed.elements}
        assert "<title>Evaluation of gold.jsonl</title>" in dom
        assert sum(tag == "div" and (a.get("class") or "").startswith("card ") for tag, a in parsed.elements) == len(
            next(a for a in report.articles if a.id == article.id).events
        )
