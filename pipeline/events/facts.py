"""Facts: candidates of a choice, and the names of the facts that speak for each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Facts(Generic[T]):
    """Candidates in the order they were first named; candidates of equal `key` are one."""

    def __init__(self, key: Callable[[T], Hashable] = lambda candidate: candidate) -> None:
        self._key = key
        self._names: dict[Hashable, set[str]] = {}
        self._first: dict[Hashable, T] = {}

    def add(self, candidate: T, *names: str) -> None:
        """Say some facts of a candidate."""
        key = self._key(candidate)
        self._first.setdefault(key, candidate)
        self._names.setdefault(key, set()).update(names)

    def candidates(self) -> list[T]:
        """All candidates so far."""
        return list(self._first.values())

    def crossed(self, every: Iterable[str], *, few: Iterable[str], only: frozenset[str]) -> Mapping[T, frozenset[str]]:
        """All facts by themselves and with each of `every`; those named in `only` with each of `few` too."""
        every, few = tuple(every), tuple(few)
        found = {}
        for key, candidate in self._first.items():
            names = self._names[key]
            pairs = {f"{name} | {other}" for name in names for other in every}
            pairs |= {f"{name} | {other}" for name in names & only for other in few}
            found[candidate] = frozenset(names | pairs)
        return found
