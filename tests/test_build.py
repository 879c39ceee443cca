"""The line as a whole: what goes in, what comes out, in what order."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.articles import SEEDS, raw_text
from pipeline import build
from pipeline.build import Result, build_stages
from pipeline.cli import app
from pipeline.config import SegmentSettings, Settings
from pipeline.document import Article, Document
from pipeline.errors import ModelError, RejectArticle, StageError
from pipeline.link.registry import open_registry
from pipeline.linker import linked
from pipeline.match import build_matcher
from pipeline.stage import Rejection, check_order
from pipeline.weights import BASELINE
from tests.models import WEDNESDAY, extractor, read

ENGLISH = "Elena Petrova met with President David Kamau in Nairobi on Monday, the ministry said in a statement."
FRENCH = "Le ministre des affaires étrangères a rencontré son homologue à Paris lundi pour discuter des relations."
GERMAN = "Die Außenministerin traf am Montag in Berlin ihren Amtskollegen, um über die Beziehungen zu sprechen."
RUSSIAN = "Министр иностранных дел встретился в понедельник со своим коллегой в Москве и обсудил отношения."

DEFAULT = Settings().model.name


def run(articles: Sequence[Article]) -> list[Result | Rejection]:
    return list(extractor().run(articles))


def test_the_library_and_the_command_give_the_same_records(tmp_path: Path) -> None:
    seed = min(SEEDS.glob("*.txt"))
    done = CliRunner().invoke(app, ["run", str(seed), "--out", str(tmp_path / "out")], catch_exceptions=False)
    assert done.exit_code == 0
    with open_registry(":memory:", matcher=build_matcher()) as registry:
        [result] = linked([extractor(DEFAULT)(raw_text(seed), doc_id=seed.stem)], registry)
    assert isinstance(result, Result)
    written = (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in written] == [event.model_dump(mode="json") for event in result.events]
    [line] = (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == result.record.model_dump(mode="json")


@pytest.mark.parametrize("model", [DEFAULT, BASELINE])
def test_every_stage_finds_what_it_reads(model: str) -> None:
    stages = extractor(model).stages
    check_order(stages)
    fields = set(Document.__dataclass_fields__)
    assert len({stage.name for stage in stages}) == len(stages)
    for stage in stages:
        assert stage.reads | stage.writes <= fields, stage.name


@pytest.mark.parametrize("model", [DEFAULT, BASELINE])
def test_a_stage_too_early_is_refused(model: str) -> None:
    stages = extractor(model).stages
    refused = 0
    for n in range(1, len(stages)):
        swapped = [*stages[: n - 1], stages[n], stages[n - 1], *stages[n + 1 :]]
        if stages[n].reads & stages[n - 1].writes - {f for stage in stages[: n - 1] for f in stage.writes}:
            refused += 1
            with pytest.raises(StageError, match=stages[n].name):
                check_order(swapped)
    assert refused >= 3


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "French"), (GERMAN, "German"), (RUSSIAN, "Russian")])
def test_other_languages_are_rejected(text: str, language: str) -> None:
    with pytest.raises(RejectArticle, match=language) as caught:
        extractor()(text)
    assert caught.value.code == "language"


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x01"])
def test_nothing_to_read_is_rejected(text: str) -> None:
    with pytest.raises(RejectArticle) as caught:
        extractor()(text)
    assert caught.value.code == "empty"


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(RejectArticle, match="surrogate"):
        read("Elena \ud800 Petrova met with President David Kamau in Nairobi.")


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(RejectArticle, match="2025-02-30") as caught:
        extractor()(ENGLISH, published="2025-02-30")
    assert caught.value.code == "bad_published"


def test_a_day_can_be_given_either_way() -> None:
    by_name, by_date = extractor()(ENGLISH, published="2025-06-04"), extractor()(ENGLISH, published=WEDNESDAY)
    assert (by_name.record, by_name.events) == (by_date.record, by_date.events)
    assert by_date.events[0].date.start == dt.date(2025, 6, 2)


def test_an_article_without_an_id_gets_one_from_its_text() -> None:
    first, second = extractor()(ENGLISH), extractor()(ENGLISH + " ")
    assert first.record.doc_id == f"doc_{first.record.sha256[:16]}"
    assert first.record.doc_id != second.record.doc_id


def test_articles_come_back_in_order_good_and_bad() -> None:
    texts = [ENGLISH, FRENCH, "", ENGLISH.replace("Kamau", "Otieno"), GERMAN, "It rained in Nairobi on Monday night."]
    results = run([Article(str(n), text, published=WEDNESDAY) for n, text in enumerate(texts)])
    assert [result.article.doc_id for result in results] == list("012345")
    assert [result.code if isinstance(result, Rejection) else "" for result in results] == [
        "", "language", "empty", "", "language", "",
    ]  # fmt: skip
    assert [len(result.events) for result in results if isinstance(result, Result)] == [1, 1, 0]


def test_more_articles_than_a_batch_holds() -> None:
    count = extractor().settings.segment.batch_size + 1
    results = run([Article(str(n), ENGLISH if n % 40 == 0 else "") for n in range(count)])
    assert [result.article.doc_id for result in results] == [str(n) for n in range(count)]
    assert [n for n, result in enumerate(results) if isinstance(result, Result)] == list(range(0, count, 40))


def test_neighbours_do_not_matter() -> None:
    texts = [raw_text(path) for path in sorted(SEEDS.glob("*.txt"))[:2]]
    articles = [Article(str(n), text) for n, text in enumerate(texts)]
    together = [(r.record, r.events) for r in run(articles) if isinstance(r, Result)]
    alone = [(r.record, r.events) for article in articles for r in run([article]) if isinstance(r, Result)]
    assert len(together) == 2
    assert together == alone


def test_reading_twice_changes_nothing() -> None:
    first, second = read(ENGLISH), read(ENGLISH)
    assert (first.record, first.events) == (second.record, second.events)
    assert first.trace.events == second.trace.events


def test_a_missing_model_stops_before_the_first_article() -> None:
    with pytest.raises(ModelError, match="xx_no_such_model"):
        build_stages(Settings(segment=SegmentSettings(model="xx_no_such_model")))


def test_the_models_are_named_with_their_versions() -> None:
    assert [extractor(model).models["recogniser"] for model in (DEFAULT, BASELINE)] == [DEFAULT, BASELINE]
    assert extractor().models["spacy"].split(" ")[0] == extractor().settings.segment.model


@pytest.mark.parametrize("model", [DEFAULT, BASELINE])
def test_words_are_forgotten_and_found_again(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [Article(seed.stem, raw_text(seed)) for seed in sorted(SEEDS.glob("*.txt"))]
    articles.append(Article("new", ENGLISH.replace("Nairobi", "Zzyxburgh").replace("said", "qwertified")))
    line = build.load(extractor(model).settings)

    def records() -> list[tuple[object, ...]]:
        with line.forgetting():
            return [(one.record, one.events) for one in line.run(articles) if isinstance(one, Result)]

    monkeypatch.setattr(build, "LEARNT", 0)
    words = len(line._nlp.vocab.strings)
    first, second = records(), records()
    assert len(first) == len(articles)
    assert len(line._nlp.vocab.strings) == words
    assert "qwertified" not in line._nlp.vocab.strings
    monkeypatch.setattr(build, "LEARNT", 1_000_000)
    assert first == second == records() == records()
    assert "qwertified" in line._nlp.vocab.strings
