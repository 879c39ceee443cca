"""The counts of the reference scorer, to the last digit, where it is at hand."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.evaluate.article import score_article
from pipeline.evaluate.model import Prediction
from pipeline.evaluate.predictions import read_predictions
from pipeline.gold import marked, values
from pipeline.gold.model import GoldArticle
from pipeline.record import MODES
from tests.evaluate.planting import Lines, dev, nobody, planted
from tests.golds import FREE_TEXT, articles

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("DRAGOMAN_SHARED") or ROOT.parent / "shared")
SCORER = SHARED / "gold" / "score.py"
CORPUS = SHARED / "corpus" / "corpus.py"
SEEDS = ROOT / "seeds"

pytestmark = pytest.mark.skipif(not SCORER.is_file(), reason="the reference scorer is not here")

FIGURES = {
    "ev": "events",
    "rec": "records",
    "arg": "arguments",
    "dyad": "dyads",
    "per": "people",
    "pos": "positions",
}
COUNTS = (
    *(f"{short}_{letters}" for short in FIGURES for letters in ("tp", "p", "g")),
    *(f"ok_{name}" for name in ("status", "date", "country", "city")),
    "n_found",
    "n_city",
)


def module(path: Path) -> ModuleType:
    name = f"reference_{path.stem}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def ours(gold: GoldArticle, prediction: Prediction) -> dict[str, float]:
    """Our counts under the reference's names."""
    tally = score_article(gold, prediction).tally
    counts = {"n_found": tally.get("status.n", 0), "n_city": tally.get("city.n", 0)}
    for short, name in FIGURES.items():
        for letters, count in (("tp", "right"), ("p", "predicted"), ("g", "gold")):
            counts[f"{short}_{letters}"] = tally.get(f"{name}.{count}", 0)
        assert tally.get(f"{name}.right", 0) == tally.get(f"{name}.found", 0)
    for name in ("status", "date", "country", "city"):
        counts[f"ok_{name}"] = tally.get(f"{name}.ok", 0)
    return counts


def theirs(label: Mapping[str, Any], prediction: Prediction) -> dict[str, float]:
    """What the reference counts for the same predictions, as JSON gives them."""
    reference = module(SCORER)
    events = [json.loads(event.model_dump_json()) for event in prediction.events]
    document = json.loads(prediction.document.model_dump_json()) if prediction.document else {}
    counts, _ = reference.score_article(reference.Gold(label), events, document)
    return {key: counts[key] for key in COUNTS}


def label_of(gold: GoldArticle) -> dict[str, Any]:
    """The value labels of an article, as far as the reference reads them."""
    names = {entity.key: entity.name for entity in gold.entities}

    def item(key: str, label: str) -> dict[str, Any]:
        [entity] = [e for e in gold.entities if e.key == key]
        shown = [m.text for m in gold.mentions if m.label == label and key in m.entities]
        return {"key": key, "name": entity.name, "surfaces": [*dict.fromkeys(shown), *entity.aliases]}

    return {
        "id": gold.id,
        "people": [
            item(entity.key, "PER")
            | {
                "positions": [
                    {"title": r.title, "of": names.get(r.object or "", r.object)}
                    for r in gold.relations
                    if r.type == "holds_position" and r.subject == entity.key
                ]
            }
            for entity in gold.entities
            if entity.kind == "person"
        ],
        "orgs": [
            item(entity.key, "ORG") | {"country": entity.country}
            for entity in gold.entities
            if entity.kind == "organization"
        ],
        "events": [
            event.model_dump(mode="json") | {"trigger": event.triggers[0].text, "date": event.date}
            for event in gold.events
        ],
    }


@st.composite
def mistaken(draw: st.DrawFn, gold: GoldArticle) -> Prediction:
    """Predictions with any number of mistakes of any kind."""

    def mistake(document: dict[str, Any], events: Lines) -> None:
        for entity in document["entities"]:
            if draw(st.integers(0, 3)) == 0:
                entity["name"] = draw(FREE_TEXT)
                entity["mentions"] = entity["mentions"][: draw(st.integers(0, 1))]
        some = st.integers(0, 2).map(bool)
        document["entities"] = [entity for entity in document["entities"] if draw(some)]
        document["relations"] = [relation for relation in document["relations"] if draw(some)]
        events[:] = [dict(event) for event in events if draw(some)]
        events += [dict(event) for event in events if not draw(some)]
        for event in events:
            if draw(st.booleans()):
                event["mode"] = draw(st.sampled_from([None, *sorted(MODES.get(event["type"], ()))]))
            event["status"] = draw(st.sampled_from((event["status"], "ongoing", "planned", "negated")))
            event["place"] = {
                **event["place"],
                "country": draw(st.sampled_from((event["place"]["country"], "KEN", None))),
                "city": draw(st.sampled_from((event["place"]["city"], "Nairobi City", None))),
            }
            everyone = [*event["actors"], *event["recipients"]]
            everyone += [nobody(country="KEN"), nobody("Kenya", kind="country", country="KEN"), nobody(draw(FREE_TEXT))]
            people = st.lists(st.sampled_from(everyone), max_size=4)
            if draw(st.booleans()):
                event["actors"] = [draw(st.sampled_from(everyone)), *draw(people)]
                event["recipients"] = draw(people)

    return planted(gold, mistake)


@settings(max_examples=60)
@given(data=st.data(), gold=articles(overlapping=True))
def test_any_predictions(data: st.DataObject, gold: GoldArticle) -> None:
    gold = gold.model_copy(update={"annotates": dev()[0].annotates})
    prediction = data.draw(mistaken(gold))
    assert ours(gold, prediction) == theirs(label_of(gold), prediction)


@settings(max_examples=60)
@given(data=st.data())
def test_mistaken_predictions_of_real_labels(data: st.DataObject) -> None:
    gold = data.draw(st.sampled_from(dev()))
    prediction = data.draw(mistaken(gold))
    assert ours(gold, prediction) == theirs(label_of(gold), prediction)


def test_no_predictions() -> None:
    for gold in dev():
        assert ours(gold, Prediction(gold.id, None)) == theirs(label_of(gold), Prediction(gold.id, None))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the line makes of the seeds and of a few labelled articles."""
    folder = tmp_path_factory.mktemp("reference")
    for article in dev()[::5]:
        (folder / f"{article.id}.txt").write_text(article.text, encoding="utf-8", newline="")
    inputs = [str(folder), str(SEEDS)]
    result = CliRunner().invoke(app, ["run", *inputs, "--out", str(folder / "out")], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.mark.skipif(not CORPUS.is_file(), reason="the reference corpus is not here")
def test_real_predictions_of_marked_up_articles(out: Path) -> None:
    predictions = read_predictions(out)
    reference = module(CORPUS)
    looked_at = [file for file in sorted(CORPUS.parent.glob("dev/*.txt")) if file.stem in predictions]
    assert len(looked_at) > 5
    for file in looked_at:
        [gold] = marked.read(file)
        assert isinstance(gold, GoldArticle)
        label = reference.labels(*reference.parse(file.read_text(encoding="utf-8")))
        assert ours(gold, predictions[gold.id]) == theirs(label, predictions[gold.id]), gold.id


def test_real_predictions_of_value_labels(out: Path) -> None:
    predictions = read_predictions(out)
    for file in sorted((SEEDS / "gold").glob("*.yaml")):
        [gold] = values.read(file, texts=SEEDS)
        assert isinstance(gold, GoldArticle)
        label = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert ours(gold, predictions[gold.id]) == theirs(label, predictions[gold.id]), gold.id


def test_summary_of_all(out: Path) -> None:
    """Precision, recall and F1 of everything together, as the reference prints them."""
    predictions = read_predictions(out)
    golds = [gold for gold in dev() if gold.id in predictions]
    reference = module(SCORER)
    summaries = []
    for counts in (
        [ours(gold, predictions[gold.id]) for gold in golds],
        [theirs(label_of(gold), predictions[gold.id]) for gold in golds],
    ):
        summaries.append(reference.summary([reference.Counter(article) for article in counts]))
    assert summaries[0] == summaries[1]
    assert summaries[0]["events"]["F"] > 0.3
