"""Where names of people are at home: a naive Bayes model over sequences of letters.

Each word of a name gives its sequences of two to four letters, its edges among them, as Cavnar and Trenkle (1994) tell
languages apart; a state is as likely as the sequences are among the names of its people, which
`pipeline.train.origins` counts.
"""

from __future__ import annotations

import functools
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from pipeline.data import fold
from pipeline.errors import ModelError
from pipeline.weights import folder_of

MODEL = "names"
FILE = "origins.npz"
SHORTEST, LONGEST = 2, 4
BUCKETS = 1 << 15


@dataclass(frozen=True, slots=True)
class Origins:
    """Log-probabilities of sequences of letters by state.

    `base` is that of a sequence that no name of the state has. The sequences of bucket b are at `starts[b]` to
    `starts[b + 1]` of `states`, which number `codes`, and of `gains`, which are added to the base of the state.
    """

    codes: tuple[str, ...]
    base: NDArray[np.float32]
    starts: NDArray[np.int64]
    states: NDArray[np.int64]
    gains: NDArray[np.float32]

    def typical(self, name: str) -> NDArray[np.float64]:
        """How typical a name is of each state, in the order of `codes`: the mean log-probability of its sequences."""
        counted = sequences(name)
        scores: NDArray[np.float64] = self.base.astype(np.float64)
        for bucket, count in counted.items():
            part = slice(self.starts[bucket], self.starts[bucket + 1])
            scores[self.states[part]] += self.gains[part] * (count / counted.total())
        return scores


def sequences(name: str) -> Counter[int]:
    """The buckets of a name's sequences of letters, and how often it has each."""
    found: Counter[int] = Counter()
    for word in fold(name).split():
        framed = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(len(framed) - size + 1):
                found[zlib.crc32(framed[start : start + size].encode()) % BUCKETS] += 1
    return found


@functools.lru_cache(maxsize=1024)
def _typical(name: str) -> NDArray[np.float64]:
    return origins().typical(name)


@functools.cache
def _numbers() -> Mapping[str, int]:
    return {code: number for number, code in enumerate(origins().codes)}


def typical_of(name: str, codes: Iterable[str]) -> dict[str, float]:
    """How typical a name is of some states (ISO3), each against their mean; states without names are left out."""
    known, numbers = _typical(name), _numbers()
    scores = {code: float(known[numbers[code]]) for code in codes if code in numbers}
    mean = sum(scores.values()) / max(len(scores), 1)
    return {code: score - mean for code, score in scores.items()}


@functools.cache
def origins() -> Origins:
    """The model that came with the package. Raises `ModelError` when it is missing or broken."""
    return read_origins(folder_of(MODEL) / FILE)


def read_origins(path: Path) -> Origins:
    """The model of a file that `write_origins` made. Raises `ModelError`."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            return Origins(
                tuple(found["codes"].tolist()),
                found["base"],
                np.concatenate([[0], np.cumsum(found["sizes"], dtype=np.int64)]),
                found["states"].astype(np.int64),
                found["gains"].astype(np.float32) * found["step"],
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(f"{path}: no model of where names are at home: {error}") from error


def write_origins(path: Path, found: Origins) -> None:
    """Write a model, its gains in 255 steps."""
    step = np.float32(found.gains.max() / 255)
    np.savez_compressed(
        path,
        codes=np.array(found.codes),
        base=found.base,
        sizes=np.diff(found.starts).astype(np.uint16),
        states=found.states.astype(np.uint8 if len(found.codes) < 256 else np.uint16),
        gains=np.round(found.gains / step).astype(np.uint8),
        step=step,
    )
