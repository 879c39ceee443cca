"""Words in pieces of a vocabulary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.encode import pieces
from pipeline.encode.pieces import LONGEST, Speller, load_speller
from pipeline.errors import ModelError
from tests.encoders import TINY


@pytest.fixture
def speller() -> Speller:
    return load_speller(TINY)


def spelled(speller: Speller, word: str) -> list[str | None]:
    return [speller.tokenizer.id_to_token(piece) for piece in speller.spell([word])[0]]


def test_a_word_in_pieces_whatever_its_case(speller: Speller) -> None:
    assert spelled(speller, "Oslo") == ["o", "##s", "##l", "##o"] == spelled(speller, "OSLO")
    assert spelled(speller, "the") == ["the"]


def test_what_cannot_be_spelled_is_one_unknown_piece(speller: Speller) -> None:
    assert speller.spell(["中"]) == [(speller.unknown,)]
    assert speller.spell(["\u200b"]) == [(speller.unknown,)]


def test_white_space_is_the_end_of_a_paragraph(speller: Speller) -> None:
    assert speller.spell(["\n\n", " "]) == [(speller.last,), (speller.last,)]


def test_a_very_long_word_is_cut_off(speller: Speller) -> None:
    assert len(speller.spell(["a" * 50])[0]) == LONGEST


def test_words_come_back_in_order_also_when_known(speller: Speller) -> None:
    first = speller.spell(["oslo", "the", "oslo"])
    assert speller.spell(["the", "oslo", "the"]) == [first[1], first[0], first[1]]


def test_what_is_remembered_has_a_limit(speller: Speller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_KEPT", 2)
    once = speller.spell(["a", "b"])
    assert speller.spell(["c", "a", "b", "a"])[1:] == [*once, once[0]]
    assert speller.spell(["a", "d"]) == [once[0], speller.spell(["d"])[0]]
    assert len(speller._known) == 2


@pytest.mark.parametrize("content", [None, "{", "{}"])
def test_no_tokenizer(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "tokenizer.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json: no tokenizer"):
        load_speller(tmp_path)


def test_a_vocabulary_without_an_end(tmp_path: Path) -> None:
    found = json.loads((TINY / "tokenizer.json").read_text(encoding="utf-8"))
    del found["model"]["vocab"]["[SEP]"]
    (tmp_path / "tokenizer.json").write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(ModelError, match=r"none of </s>, \[SEP\]"):
        load_speller(tmp_path)


def test_a_vocabulary_with_both_kinds_of_ends_uses_those_of_mpnet(tmp_path: Path) -> None:
    found = json.loads((TINY / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = found["model"]["vocab"]
    vocabulary |= {"<s>": len(vocabulary), "</s>": len(vocabulary) + 1}
    (tmp_path / "tokenizer.json").write_text(json.dumps(found), encoding="utf-8")
    speller = load_speller(tmp_path)
    assert (speller.first, speller.last) == (vocabulary["<s>"], vocabulary["</s>"])
