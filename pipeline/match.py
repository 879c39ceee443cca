"""Match: what the registry is told of names. It joins the steps names and link, which do not know each other."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.document import EntityKind
from pipeline.link.sighting import Node
from pipeline.names.keys import blocking_keys
from pipeline.names.model import FILE, MODEL
from pipeline.names.organisations import normal_form, organisation_keys, parse_organisation, same_organisation
from pipeline.names.parse import parse_name
from pipeline.names.similarity import probabilities
from pipeline.weights import folder_of

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
        """Whether a name tells whom it means anywhere: of people one of two words."""
        if kind == "organization":
            return parse_organisation(normal).is_full
        return kind != "person" or len(parse_name(normal).strong) > 1

    def keys(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        """The blocking keys that a name is kept under."""
        if kind == "organization":
            return organisation_keys(parse_organisation(normal, country=country))
        return blocking_keys(parse_name(normal)).stored if kind == "person" else (normal.casefold(),)

    def asks(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        """The blocking keys of the names that a name is compared with."""
        return blocking_keys(parse_name(normal)).asked if kind == "person" else self.keys(kind, normal, country)

    def probabilities(self, pairs: Sequence[tuple[Node, Node]]) -> Sequence[float]:
        """For each pair the probability that it is one entity; other than of people 1 or 0."""
        people = [i for i, (a, _) in enumerate(pairs) if a.kind == "person"]
        result = [0.0 if a.kind == "person" else float(_same(a, b)) for a, b in pairs]
        if people:
            left, right = ([parse_name(pairs[i][side].normal) for i in people] for side in (0, 1))
            countries = [(pairs[i][0].country, pairs[i][1].country) for i in people]
            for i, probability in zip(people, probabilities(left, right, countries=countries).tolist(), strict=True):
                result[i] = probability
        return result


def name_matcher(threshold: float) -> NameMatcher:
    """The matcher of the weights that are installed; raises `ModelError` when they are missing."""
    weights = (folder_of(MODEL) / FILE).read_bytes()
    return NameMatcher(f"{MODEL} {hashlib.sha256(weights).hexdigest()[:12]}", threshold)


def _same(a: Node, b: Node) -> bool:
    if a.kind == "organization":
        names = (parse_organisation(node.normal, country=node.country) for node in (a, b))
        return same_organisation(*names).same is True
    return a.normal.casefold() == b.normal.casefold() and a.country == b.country
