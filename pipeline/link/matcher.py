"""What the registry asks of whoever knows names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from pipeline.document import EntityKind
from pipeline.link.sighting import Node


class Matcher(Protocol):
    """Says which names can be one entity. Every answer depends on nothing but what is asked.

    That alone makes the entities the same whatever the order of the articles: a probability that looked at what the
    registry already has, or a blocking key left out because it became common, would not.
    """

    @property
    def name(self) -> str:
        """The model and its version; a registry is linked by one until it is rebuilt."""
        ...

    @property
    def threshold(self) -> float:
        """Two nodes are one entity when their probability is at least this."""
        ...

    def normal(self, kind: EntityKind, form: str) -> str:
        """The normal form of a surface form, not empty: spellings with one normal form are one name."""
        ...

    def is_full(self, kind: EntityKind, normal: str) -> bool:
        """Whether a normal form names the entity by itself, anywhere ("ilham aliyev", but not "aliyev")."""
        ...

    def keys(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        """The blocking keys that a node is kept under.

        Every pair of a block is compared, so a key that thousands of names share makes each of them slow to add.
        """
        ...

    def asks(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        """The blocking keys of the nodes that a node is compared with; often its own.

        When one node asks for a key of another, the other must ask for one of it.
        """
        ...

    def probabilities(self, pairs: Sequence[tuple[Node, Node]]) -> Sequence[float]:
        """For each pair of nodes of one kind the probability, 0 to 1, that they are one entity."""
        ...
