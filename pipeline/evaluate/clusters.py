"""Within-article clusters of mentions: B-cubed, CEAF-e, MUC and LEA.

A cluster is the set of spans that name one person, organisation, country or city. Clusters are compared as in the
reference scorer since version 8 (Pradhan et al. 2014, Scoring Coreference Partitions of Predicted Mentions, ACL):
mentions that only one side has stay in its clusters and match nothing, singletons count, and a span is in one cluster
only. Each measure gives the sums of its precision (`right` of `predicted`) and of its recall (`found` of `gold`), so
that the figure over articles is the quotient of the summed sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipeline.evaluate.model import Difference, LayerScore, Prediction, Tally, count
from pipeline.evaluate.spans import GoldSpans, Span, gold_spans
from pipeline.gold.model import GoldArticle
from pipeline.record import DocumentRecord

LAYER = "clusters"
KINDS = frozenset({"person", "organization", "country", "city"})
Cluster = frozenset[Span]


class Sums(NamedTuple):
    """Numerator and denominator of precision, numerator and denominator of recall."""

    right: float
    predicted: float
    found: float
    gold: float


def score(gold: GoldArticle, prediction: Prediction) -> LayerScore:
    """Count `clusters.b_cubed`, `.ceaf_e`, `.muc` and `.lea` over the kinds whose mentions are labelled completely.

    What is left out of mentions is left out here; so is an organisation's mention without a key.
    """
    labelled = gold_spans(gold)
    if not labelled.types & KINDS:
        return LayerScore({})
    names = _gold_clusters(labelled)
    key = list(names)
    response = _predicted_clusters(labelled, prediction.document)
    tally: Tally = {}
    for name, measure in MEASURES.items():
        count(tally, f"{LAYER}.{name}", **measure(key, response)._asdict())
    return LayerScore(tally, tuple(_differences(gold.text, names, response)))


def b_cubed(key: Sequence[Cluster], response: Sequence[Cluster]) -> Sums:
    """Bagga and Baldwin 1998: each mention's share of its cluster that is with it on the other side."""

    def share(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> float:
        return sum(size**2 / len(cluster) for cluster in clusters for size in _parts(cluster, others).values())

    return Sums(share(response, key), _mentions(response), share(key, response), _mentions(key))


def ceaf_e(key: Sequence[Cluster], response: Sequence[Cluster]) -> Sums:
    """Luo 2005: the best one-to-one assignment of clusters under the similarity φ4 = 2|K ∩ R| / (|K| + |R|)."""
    if not key or not response:
        return Sums(0, len(response), 0, len(key))
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    similar = np.zeros((len(key), len(response)))
    for row, cluster in enumerate(key):
        for column, size in _parts(cluster, response).items():
            similar[row, column] = 2 * size / (len(cluster) + len(response[column]))
    total = float(similar[linear_sum_assignment(similar, maximize=True)].sum())
    return Sums(total, len(response), total, len(key))


def muc(key: Sequence[Cluster], response: Sequence[Cluster]) -> Sums:
    """Vilain et al. 1995: the links of a spanning tree of each cluster that the other side keeps."""

    def kept(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> int:
        return sum(size - 1 for cluster in clusters for size in _parts(cluster, others).values())

    def links(clusters: Sequence[Cluster]) -> int:
        return _mentions(clusters) - len(clusters)

    return Sums(kept(response, key), links(response), kept(key, response), links(key))


def lea(key: Sequence[Cluster], response: Sequence[Cluster]) -> Sums:
    """Moosavi and Strube 2016: of each cluster, weighted by its size, the share of links the other side has too.

    A singleton has one link, to itself, and only another singleton has it too.
    """

    def resolved(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> float:
        total = 0.0
        for cluster in clusters:
            parts = _parts(cluster, others)
            if len(cluster) == 1:
                total += any(len(others[other]) == 1 for other in parts)
            else:
                common = sum(size * (size - 1) for size in parts.values())
                total += common / (len(cluster) - 1)
        return total

    return Sums(resolved(response, key), _mentions(response), resolved(key, response), _mentions(key))


MEASURES: dict[str, Callable[[Sequence[Cluster], Sequence[Cluster]], Sums]] = {
    "b_cubed": b_cubed,
    "ceaf_e": ceaf_e,
    "muc": muc,
    "lea": lea,
}


def _mentions(clusters: Iterable[Cluster]) -> int:
    return sum(len(cluster) for cluster in clusters)


def _parts(cluster: Cluster, others: Sequence[Cluster]) -> dict[int, int]:
    """How many of a cluster's mentions each of the other clusters has, by its index, where it has any."""
    sizes = ((index, len(cluster & other)) for index, other in enumerate(others))
    return {index: size for index, size in sizes if size}


def _gold_clusters(labelled: GoldSpans) -> dict[Cluster, str]:
    """The gold's clusters and the keys they stand for."""
    spans: dict[str, set[Span]] = {}
    for mention, labels in labelled.counted.items():
        if mention.type in KINDS and labels.entities:
            spans.setdefault(labels.entities[0], set()).add(mention.span)
    return {cluster: name for name, cluster in _disjoint(spans)}


def _predicted_clusters(labelled: GoldSpans, document: DocumentRecord | None) -> list[Cluster]:
    without_key = {mention.span for mention, labels in labelled.counted.items() if not labels.entities}
    spans = {
        entity.entity: {
            span
            for mention in entity.mentions
            for span in [(mention.start, mention.end)]
            if span not in without_key and not labelled.is_neutral(span)
        }
        for entity in (document.entities if document else ())
        if entity.kind in labelled.types & KINDS
    }
    return [cluster for _, cluster in _disjoint(spans)]


def _disjoint(spans: dict[str, set[Span]]) -> list[tuple[str, Cluster]]:
    """Clusters that share no span: it stays with the cluster that comes first by its spans."""
    taken: set[Span] = set()
    clusters = []
    for name, members in sorted(spans.items(), key=lambda item: sorted(item[1])):
        cluster = frozenset(members - taken)
        if cluster:
            clusters.append((name, cluster))
            taken |= cluster
    return clusters


def _differences(text: str, names: dict[Cluster, str], response: Sequence[Cluster]) -> Iterable[Difference]:
    """Clusters that were split, or merged with others; the mentions that were missed are a matter of mentions."""
    for cluster, name in names.items():
        parts = _parts(cluster, response)
        if len(parts) > 1:
            shown = " | ".join(_show(text, cluster & response[index]) for index in parts)
            yield Difference(LAYER, "wrong", f"{name}: {_show(text, cluster)}", shown, *min(cluster))
    for cluster in response:
        merged = [name for other, name in names.items() if cluster & other]
        if len(merged) > 1:
            yield Difference(LAYER, "wrong", " | ".join(merged), _show(text, cluster), *min(cluster))


def _show(text: str, cluster: Iterable[Span]) -> str:
    counts = Counter(text[slice(*span)] for span in sorted(cluster))
    return ", ".join(f"{word} ×{n}" if n > 1 else word for word, n in counts.items())
