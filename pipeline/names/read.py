"""Whom pronouns and role nouns stand for, as the encoder links them."""

from __future__ import annotations

import numpy as np

from pipeline.document import Document
from pipeline.reading.entities import grouped, label_numbers
from pipeline.reading.reading import Reading

LIKELY = 0.5
"""Probability from which an entity is one that a phrase stands for."""


def antecedents(document: Document, reading: Reading) -> dict[int, tuple[str, ...]]:
    """By number of a nominal mention, the keys of the entities it stands for; the encoder leaves the others open."""
    mentions = document.mentions
    nominal = [i for i, mention in enumerate(mentions) if mention.label == "nominal"]
    groups = {
        e.key: [*e.mentions, *e.referring] for e in document.entities if e.kind in ("person", "organization", "country")
    }
    if not nominal or not groups:
        return {}
    labels = reading.heads.labels
    where = [m.tokens for m in mentions]
    scores = reading.links([where[i] for i in nominal], where, label_numbers((m.label for m in mentions), labels))
    likely = grouped(scores[..., labels.links.index("antecedent")], list(groups.values())) > np.log(
        LIKELY / (1 - LIKELY)
    )
    return {
        i: keys for i, row in zip(nominal, likely, strict=True) if (keys := tuple(np.array([*groups])[row].tolist()))
    }
