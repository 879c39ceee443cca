"""What goes into the registry: the entities of an article as it names them, and those of a reference list."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from pipeline.document import EntityKind

SEPARATOR = "\x1f"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Office:
    """A position; `of` is an ISO3 code for an office of a state, else the organisation's name."""

    title: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """One entity of one article: every surface form that names it, with how often; `country` is an ISO3 code.

    Raises `ValueError` when it has no form, or a form has no letter or digit.
    """

    kind: EntityKind
    forms: tuple[tuple[str, int], ...]
    country: str | None = None
    positions: tuple[Office, ...] = ()

    def __post_init__(self) -> None:
        _check_forms([form for form, _ in self.forms])


@dataclass(frozen=True, slots=True)
class ArticleSightings:
    """The entities of one article: what is linked together and committed together.

    `sha256` is the digest of its text in hex, `day` its publication day.
    """

    sha256: str
    doc_id: str
    day: dt.date | None
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class ImportedEntity:
    """An entity of a reference list (Wikidata …): its names, and what the list says of it.

    Raises `ValueError` when it has no name, or a name has no letter or digit.
    """

    kind: EntityKind
    names: tuple[str, ...]
    country: str | None = None
    positions: tuple[Office, ...] = ()
    wikidata: str | None = None

    def __post_init__(self) -> None:
        _check_forms(self.names)


def _check_forms(forms: tuple[str, ...] | list[str]) -> None:
    if not forms:
        raise ValueError("an entity needs a name")
    for form in forms:
        if not any(c.isalnum() for c in form):
            raise ValueError(f"not a name: {form!r}")


@dataclass(frozen=True, slots=True)
class Node:
    """What is linked: a normal form of a name, for one kind and one country (ISO3, None when not known).

    `Matcher.normal` says which surface forms have the same normal form.
    """

    kind: EntityKind
    normal: str
    country: str | None

    @property
    def key(self) -> str:
        """What tells this node from every other."""
        return SEPARATOR.join((self.kind, self.normal, self.country or ""))

    @property
    def entity_id(self) -> str:
        """The id of an entity that this node founds: `ent_` and 16 hex digits."""
        return f"ent_{hashlib.sha256(self.key.encode()).hexdigest()[:16]}"


def one_line(text: str) -> str:
    """A surface form or title as it is kept: runs of white space and control characters are one blank."""
    return " ".join(_CONTROL.sub(" ", text).split())
