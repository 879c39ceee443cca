"""The registry: persistent entities across articles and runs."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.document import EntityKind
from pipeline.link import decisions, finding, linking, reading
from pipeline.link.matcher import Matcher
from pipeline.link.rebuild import rebuild
from pipeline.link.registered import Decision, Found, Page, RegisteredEntity, Stats
from pipeline.link.sighting import ArticleSightings, ImportedEntity
from pipeline.link.store import RegistryError, Store, open_store


class Registry:
    """Entities with ids that stay. Each call that writes is one transaction; every method may raise `RegistryError`.

    The entities are the connected components of nodes that articles, probability or people make one, so they are
    the same whatever the order of the articles. An id comes from the node that founded the entity: when two entities
    turn out to be one, that of the one created earlier stays, and the other one resolves to it for ever.
    """

    def __init__(self, store: Store, matcher: Matcher | None) -> None:
        self._store = store
        self._matcher = matcher

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def place(self) -> str:
        """Where it is: the file, or the server and database without user and password."""
        return self._store.place

    def close(self) -> None:
        """End the connection."""
        self._store.close()

    def link(self, articles: Iterable[ArticleSightings]) -> list[tuple[str, ...]]:
        """The id of every sighting, article by article; all are kept, or none after an error.

        An article whose digest was linked before gives the ids it has now and is not counted again. A call of some
        hundred articles is quickest. Raises `ValueError` when the matcher finds nothing in a form.
        """
        with _no_collection():
            return linking.link_articles(self._store, self._needed(), articles)

    def add_imported(self, entities: Iterable[ImportedEntity]) -> list[str]:
        """Add entities of a reference list, without articles; the id of each. Adding them again changes nothing."""
        with _no_collection():
            return linking.import_entities(self._store, self._needed(), entities)

    def merge(self, one: str, other: str, *, note: str = "") -> str:
        """Decide that two entities are one; the id of that one. It wins over the matcher until it is undone.

        Raises `RegistryError` for an unknown id, one entity, or two kinds.
        """
        return decisions.merge(self._store, one, other, note=note)

    def split(self, id: str, forms: Iterable[str], *, country: str | None = None, note: str = "") -> str:
        """Decide that forms of an entity (where seen with `country`) are another one; the id of what is split off.

        The part with the form that founded the entity keeps the id. It wins over the matcher until it is undone.
        Forms that come later, or are no part of it, go to the side that they fit best with all that is known by then.
        Raises `RegistryError` for an unknown id, forms it has not, short forms, or when nothing would be left.
        """
        return decisions.split(self._store, id, forms, country=country, note=note)

    def undo(self, *, note: str = "") -> Decision:
        """Take back the last decision in force; called again, the one before it. Raises `RegistryError` for none."""
        return decisions.undo(self._store, note=note)

    def rebuild(self) -> Stats:
        """Find all entities anew with this matcher, under all decisions; every id that ever was still resolves."""
        rebuild(self._store, self._needed())
        return self.stats()

    def get(self, id: str) -> RegisteredEntity | None:
        """The entity that an id or alias stands for; None when there is none."""
        return reading.get(self._store, id)

    def resolve(self, ids: Iterable[str]) -> dict[str, str]:
        """For ids and aliases the id that each stands for now; unknown ones are left out."""
        return reading.resolve(self._store, ids)

    def page(
        self,
        *,
        kind: EntityKind | None = None,
        country: str | None = None,
        text: str | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page:
        """Entities of a kind, seen with a country, with a form that contains `text` in any spelling of its letters.

        Those in most articles come first; `offset` are left out.
        """
        return reading.page(self._store, kind=kind, country=country, text=text, offset=offset, limit=limit)

    def search(
        self, name: str, *, kind: EntityKind | None = None, country: str | None = None, limit: int = 20
    ) -> list[Found]:
        """Entities that a name can stand for, the likeliest first, then those with a form that begins with it."""
        if self._matcher is not None:
            linking.check(self._store, self._matcher)
        return finding.search(self._store, self._matcher, name, kind=kind, country=country, limit=limit)

    def entities(self, *, kind: EntityKind | None = None) -> Iterator[RegisteredEntity]:
        """All entities in order of creation, as they are at the start; nothing can be written until it is done."""
        return reading.everything(self._store, kind=kind)

    def decisions(self) -> list[Decision]:
        """The log of human decisions, the oldest first."""
        return decisions.log(self._store)

    def stats(self) -> Stats:
        """How much there is, and the largest blocks."""
        return reading.stats(self._store)

    def _needed(self) -> Matcher:
        if self._matcher is None:
            raise RegistryError(f"{self._store.place}: it takes a matcher to link")
        return self._matcher


def open_registry(
    location: str | Path, *, matcher: Matcher | None = None, create: bool = True, timeout: float = 60
) -> Registry:
    """The registry in a SQLite file, in memory (":memory:") or in PostgreSQL ("postgresql://…").

    It is made when there is none, unless `create` is false. `timeout` is how many seconds to wait for another writer.
    Without a matcher it can be read, and decisions taken. Raises `RegistryError`.
    """
    return Registry(open_store(location, create=create, timeout=timeout), matcher)


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Without Python's search for cycles: among so many small objects it takes longer than the linking."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
