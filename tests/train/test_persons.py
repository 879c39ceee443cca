"""What is learned from where people's names stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.document import Span
from pipeline.train.persons import examples, is_name, main, person_spans, train
from tests.train.conftest import Until

LABEL = {
    "people": [{"key": "lee", "name": "Ann Lee", "surfaces": ["Lee", "Ann Lee"]}],
    "orgs": [{"key": "f", "name": "Ann Lee Foundation", "surfaces": ["Ann Lee Foundation"]}],
}


def test_names_stand_where_their_longest_form_does_but_not_inside_organisations() -> None:
    text = "Ann Lee of the Ann Lee Foundation (no Leeds) said. Lee left."
    assert [text[s.start : s.end] for s in person_spans(text, LABEL)] == ["Ann Lee", "Lee"]
    assert person_spans(text, {"people": None, "orgs": None}) == []
    assert [s.start for s in person_spans(text, {**LABEL, "orgs": []})] == [0, 15, 51]


@pytest.mark.parametrize(
    ("run", "verdict"),
    [((10, 20), True), ((12, 15), True), ((5, 15), True), ((4, 15), False), ((20, 25), False), ((8, 24), True)],
)
def test_a_run_is_a_name_when_most_of_it_is(run: tuple[int, int], verdict: bool) -> None:
    assert is_name(Span(*run), [Span(10, 20), Span(40, 50)]) is verdict


def test_evidence_comes_with_its_verdict(until: Until) -> None:
    for item, document in until("recognise"):
        found = list(examples(document, item.label))
        assert any(verdict for _, verdict in found)
        assert all(evidence for evidence, _ in found)


def test_training_again_gives_the_weights_that_were_written(labelled: Path, until: Until, tmp_path: Path) -> None:
    main([str(labelled), "--out", str(tmp_path / "weights.json")])
    written = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))["weights"]
    assert written == {name: round(weight, 2) for name, weight in train(until("recognise")).items()}
    assert written["title_before"] > 0 > written["one_word"]
    assert "bias" in written
