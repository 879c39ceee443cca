"""The registry that a command works on, and what its options may say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from pipeline.config import load_settings
from pipeline.data import countries
from pipeline.document import EntityKind
from pipeline.errors import InputError
from pipeline.link.registry import Registry, open_registry

if TYPE_CHECKING:
    from pipeline.link.matcher import Matcher

VARIABLE = "DRAGOMAN_REGISTRY"
"""The environment variable that names the registry when an option does not."""

_POSTGRES = re.compile(r"postgres(ql)?://([^/@]*@)?[^/@]*(/[^@]*)?")
_ADDRESS = re.compile(r"://|\bpassword\s*=|\bdbname\s*=", re.IGNORECASE)


def open_named(place: str | None, *, matcher: Matcher | None = None, create: bool = False) -> Registry:
    """The registry at a place: a SQLite file or a postgresql:// address; made there only if `create` says so.

    Raises `InputError` when no place is named or the address is not well formed (no message shows an address, which
    may have a password), and `RegistryError` when there is none.
    """
    if not place:
        raise InputError(f"no registry is named: give --registry, or set {VARIABLE}")
    if place.startswith(("postgresql://", "postgres://")):
        if not _POSTGRES.fullmatch(place):
            raise InputError("the registry's address cannot be read: in user and password write @ as %40 and / as %2F")
    elif _ADDRESS.search(place):
        raise InputError("the registry's address cannot be read: it is a file, or begins with postgresql://")
    return open_registry(place, matcher=matcher, create=create)


def load_matcher(config: Path | None) -> Matcher:
    """The matcher that links names with the settings of a file, or the defaults.

    Raises `SettingsError` for bad settings, `ModelError` when its model is not installed.
    """
    from pipeline.match import build_matcher

    return build_matcher(load_settings(config))


def known_kind(kind: str | None) -> EntityKind | None:
    """A kind of entity as an option says it; raises `InputError`."""
    if kind is not None and kind not in get_args(EntityKind):
        raise InputError(f"{kind}: no kind of entity; there are {', '.join(get_args(EntityKind))}")
    return cast("EntityKind | None", kind)


def known_country(country: str | None) -> str | None:
    """The ISO3 code of a country, given as that or as ISO2 code in any case; raises `InputError`."""
    if country is None:
        return None
    for code, known in countries().items():
        if country.upper() in (code, known.iso2):
            return code
    raise InputError(f"{country}: no country code; write it as in ISO 3166: AZE or AZ")
