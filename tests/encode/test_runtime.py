"""The reader of words, window by window."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pipeline.encode.inputs import Inputs, Seen, inputs_of
from pipeline.encode.onnx_runtime import load_onnx
from pipeline.encode.pieces import load_speller
from pipeline.encode.runtime import read_windows
from pipeline.reading.heads import Floats, Ints
from tests.encoders import TINY, WORDS


def windows(*articles: tuple[str, ...]) -> list[Inputs]:
    speller = load_speller(TINY)
    seen = [Seen(words, [1] * len(words), [0] * len(words), [0] * len(words)) for words in articles]
    return [window for one in seen for _, window in inputs_of(one, speller, limit=64)]


def test_windows_come_back_in_order_each_with_its_words() -> None:
    def first_pieces(batch: Mapping[str, Ints]) -> Floats:
        return batch["first"][:, :, None].astype(np.float32)

    read = windows(WORDS, WORDS[:3], WORDS[2:9])
    assert [columns[:, 0].tolist() for columns in read_windows(first_pieces, read)] == [w.first.tolist() for w in read]


def test_a_window_is_read_the_same_in_any_company() -> None:
    runtime = load_onnx(TINY / "words.onnx", threads=1)
    [alone] = read_windows(runtime, windows(WORDS[:5]))
    first, second = read_windows(runtime, windows(WORDS[:5], WORDS[5:12]))
    assert np.array_equal(alone, first)
    assert not np.array_equal(first, second[:5])


def test_nothing_to_read() -> None:
    assert read_windows(load_onnx(TINY / "words.onnx", threads=1), []) == []
