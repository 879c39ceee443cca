"""Match: what the registry is told of names. It joins the steps names and link, which do not know each other."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Indel

from pipeline.config import Settings
from pipeline.document import EntityKind
from pipeline.link.sighting import Node
from pipeline.names.keys import NARROW, blocking_keys, whole_key
from pipeline.names.model import FILE, MODEL
from pipeline.names.organisations import normal_form, organisation_keys, parse_organisation, same_organisation
from pipeline.names.parse import parse_name
from pipeline.names.similarity import probabilities
from pipeline.names.units import letters
from pipeline.weights import folder_of

ALIKE = 0.4
"""How like the letters of two names must be for them to be compared closely."""
ALIKE_ABROAD = 0.65
"""The same for names of people of two countries, whom nothing but nearly equal names can make one."""
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´ʿʾ", "'"))


@dataclass(frozen=True, slots=True)
class NameMatcher:
    """People by the trained model of names, organisations by what their names say.

    `name` tells the model, `threshold` is the probability from which two names are one entity.
    """

    name: str
    threshold: float

    def normal(self, kind: EntityKind, form: str) -> str:
        """One spelling of blanks and apostrophes for people, the form that `normal_form` finds for organisations."""
        if kind == "organization":
            return normal_form(form)
        return " ".join(unicodedata.normalize("NFC", form).translate(_APOSTROPHES).split())

    def is_full(self, kind: EntityKind, normal: str) -> bool:
        """Whether a name tells whom it means anywhere: of people one of two words that are more than initials."""
        if kind == "organization":
            return parse_organisation(normal).is_full
        return kind != "person" or parse_name(normal).is_written_out

    def keys(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        """The blocking keys that a name is kept under.

        People are kept wide within their country, narrow for names whose country is not known, and under one key for
        the whole name for those of other countries.
        """
        if kind == "organization":
            return organisation_keys(parse_organisation(normal, country=country))
        if kind != "person":
            return (normal.casefold(),)
        name = parse_name(normal)
        narrow = blocking_keys(name, lengths=NARROW, for_initials=False).stored
        wide = blocking_keys(name, for_initials=False).stored if country else narrow
        own = {f"{key} {country}" for key in wide}
        return narrow | own | {whole_key(name)}

    def asks(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        """The blocking keys of the names that a name is compared with."""
        if kind != "person":
            return self.keys(kind, normal, country)
        name = parse_name(normal)
        narrow = blocking_keys(name, lengths=NARROW, for_initials=False).asked
        if country is None:
            return narrow
        own = {f"{key} {country}" for key in blocking_keys(name, for_initials=False).asked}
        return own | {f"{key} None" for key in narrow} | {whole_key(name)}

    def probabilities(self, pairs: Sequence[tuple[Node, Node]]) -> Sequence[float]:
        """For each pair the probability that it is one entity; other than of people 1 or 0."""
        result = [0.0 if a.kind == "person" else float(_same(a, b)) for a, b in pairs]
        people = _worth_reading([i for i, (a, _) in enumerate(pairs) if a.kind == "person"], pairs)
        left, right = ([parse_name(pairs[i][side].normal) for i in people] for side in (0, 1))
        countries = [(pairs[i][0].country, pairs[i][1].country) for i in people]
        for i, probability in zip(people, probabilities(left, right, countries=countries).tolist(), strict=True):
            result[i] = probability
        return result


def _worth_reading(people: Sequence[int], pairs: Sequence[tuple[Node, Node]]) -> list[int]:
    """Those of some pairs that can be one person's: their letters are enough alike."""
    if not people:
        return []
    left, right = ([letters(parse_name(pairs[i][side].normal)) for i in people] for side in (0, 1))
    alike = process.cpdist(left, right, scorer=Indel.normalized_similarity)
    return [i for i, like in zip(people, alike.tolist(), strict=True) if like >= _least(*pairs[i])]


def _least(a: Node, b: Node) -> float:
    return ALIKE_ABROAD if a.country and b.country and a.country != b.country else ALIKE


def build_matcher(settings: Settings | None = None) -> NameMatcher:
    """The matcher of the weights that are installed, with these settings or the defaults; raises `ModelError` when the
    weights are missing."""
    weights = (folder_of(MODEL) / FILE).read_bytes()
    version = f"{MODEL} {hashlib.sha256(weights).hexdigest()[:12]}"
    return NameMatcher(version, (settings or Settings()).link.threshold)


def _same(a: Node, b: Node) -> bool:
    if a.kind == "organization":
        names = (parse_organisation(node.normal, country=node.country) for node in (a, b))
        return same_organisation(*names).same is True
    return a.normal.casefold() == b.normal.casefold() and a.country == b.country
