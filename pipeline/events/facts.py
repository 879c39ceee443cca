"""Facts: the candidates of a question, and the names of the facts that speak for each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Context:
    """What the facts of a question are read with.

    `every` go with each fact (the kind and the status of the event), `some` (words and cues of its
    sentence) only with the facts named in `only`.
    """

    every: tuple[str, ...]
    some: frozenset[str]
    only: frozenset[str]


class Facts(Generic[T]):
    """Candidates in the order they were first named; candidates of equal `key` are one."""

    def __init__(self, key: Callable[[T], Hashable] = lambda candidate: candidate) -> None:
        self._key = key
        self._names: dict[Hashable, set[str]] = {}
        self._first: dict[Hashable, T] = {}

    def add(self, candidate: T, *names: str) -> None:
        """Say some facts of a candidate."""
        key = self._key(candidate)
        if key in self._first:
            self._names[key].update(names)
        else:
            self._first[key] = candidate
            self._names[key] = set(names)

    def candidates(self) -> list[T]:
        """All candidates so far."""
        return list(self._first.values())

    def __iter__(self) -> Iterator[tuple[T, set[str]]]:
        for key, candidate in self._first.items():
            yield candidate, self._names[key]
