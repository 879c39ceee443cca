"""The stage, with a tiny model: a parse and a reading of each article, the same in any company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from spacy.language import Language

from pipeline import load
from pipeline.config import ModelSettings, Settings
from pipeline.document import Article, Document
from pipeline.encode.encode import Encode, make_encode
from pipeline.encode.model import load_encoder
from pipeline.reading.heads import Floats, Ints
from pipeline.stage import Rejection
from pipeline.text.clean import Clean
from tests.encoders import TINY

TEXTS = (
    "Oslo, 3 June\n\nNorway's envoy Ann Lee met Omar Haddad in Oslo on Monday. They spoke for two hours.",
    "She will visit Kenya in May, the ministry said.",
    "Minister Lee and Minister Haddad signed an agreement in Oslo on Monday, after long talks in the ministry. " * 6,
)


@pytest.fixture(scope="module")
def stage(tokens: Language) -> Encode:
    return make_encode(tokens, load_encoder(TINY, threads=1))


@pytest.fixture(scope="module")
def cleaned() -> list[Document]:
    return list(Clean(Settings().clean)([Document(Article(str(n), text)) for n, text in enumerate(TEXTS)]))


def test_every_article_gets_a_parse_and_a_reading(stage: Encode, cleaned: list[Document]) -> None:
    for document in stage(cleaned):
        assert document.view is not None
        assert document.parse is not None
        assert document.reading is not None
        parse, reading = document.parse, document.reading
        assert parse.text == document.view.text
        assert [n for start, end in reading.windows for n in range(start, end)] == list(range(len(parse)))
        assert {name: values.shape for name, values in reading.columns.items()} == {
            name: (len(parse), size) for name, size in stage.model.columns.items()
        }
        assert all(token.tag_ and token.pos_ and token.dep_ and token.lemma_ for token in parse)
        assert parse.has_annotation("SENT_START")


def test_a_long_article_is_read_in_several_windows(stage: Encode, cleaned: list[Document]) -> None:
    readings = [document.reading for document in stage(cleaned)]
    assert [len(reading.windows) > 1 for reading in readings if reading is not None] == [True, False, True]


def test_an_article_is_read_the_same_alone_and_among_others(stage: Encode, cleaned: list[Document]) -> None:
    for among, document in zip(stage(cleaned), cleaned, strict=True):
        [alone] = stage([document])
        assert alone.reading is not None
        assert among.reading is not None
        for name, values in alone.reading.columns.items():
            assert np.array_equal(values, among.reading.columns[name]), name


def test_no_articles(stage: Encode) -> None:
    assert stage([]) == []


@dataclass(frozen=True)
class Chance:
    """Reads words at random; `label` is the only label that mentions then have, none for all of them."""

    columns: Mapping[str, int]
    seed: int
    label: int | None = None

    def __call__(self, batch: Mapping[str, Ints]) -> Floats:
        rng = np.random.default_rng([self.seed, *batch["pieces"][0]])
        found = rng.normal(size=(*batch["first"].shape, sum(self.columns.values()))).astype(np.float32) * 3
        if self.label is not None:
            found[..., 1 + 2 * self.label] += 20
        return found


def rejected(**chance: int) -> list[Rejection]:
    """The articles that the line rejects when words are read at random."""
    extractor = load(Settings(model=ModelSettings(name=str(TINY), threads=1)))
    extractor.stages = tuple(
        replace(stage, model=replace(stage.model, runtime=Chance(stage.model.columns, **chance)))
        if isinstance(stage, Encode)
        else stage
        for stage in extractor.stages
    )
    results = extractor.run(Article(str(n), text) for n, text in enumerate((*TEXTS, "Ann.", "The -- (2) ... the.")))
    return [result for result in results if isinstance(result, Rejection)]


@pytest.mark.parametrize("seed", range(3))
def test_no_reading_stops_the_line(seed: int) -> None:
    assert rejected(seed=seed) == []


@pytest.mark.parametrize("label", range(11))
def test_no_reading_of_mentions_stops_the_line(label: int) -> None:
    assert rejected(seed=label, label=label) == []
