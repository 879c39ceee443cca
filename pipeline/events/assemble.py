"""Assemble: one event for each real-world event of the article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, cast

from pipeline.config import DetectSettings
from pipeline.document import Document, Event, Span, Status
from pipeline.events.confidence import LEAST, best_mention, features, probability
from pipeline.events.inherit import Circumstances
from pipeline.events.merge import Draft, World, merge
from pipeline.events.pool import pooled_drafts
from pipeline.events.trust import trust, trust_features
from pipeline.reading.decisions import Decisions


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft with its circumstances and the facts that its confidence rests on."""

    event: Event
    features: Mapping[str, float]


def _evidence(document: Document, draft: Draft) -> tuple[Span, ...]:
    """The sentences that mention the event."""
    parse, view = document.parse, document.view
    if parse is None or view is None:
        return ()
    spans: list[Span] = []
    for index in draft.mentions:
        words = [t for t in parse[document.event_mentions[index].head].sent if not t.is_space]
        span = view.raw(words[0].idx, words[-1].idx + len(words[-1]))
        if span not in spans:
            spans.append(span)
    return tuple(sorted(spans))


def candidates(document: Document, decisions: Decisions | None = None) -> Iterator[Candidate]:
    """Every draft of a document as an event with its features, in the order of the text.

    `decisions` are those of the model that read the document, if one did.
    """
    world = World(document)
    joined = merge(document, world) if decisions is None else pooled_drafts(document, decisions)
    drafts = [d for d in joined if d.actors and (d.mode != "visit" or d.recipients)]
    circumstances = Circumstances(document, world, drafts)
    for n, draft in enumerate(drafts):
        date, place = circumstances.dates[n], circumstances.places[n]
        if decisions is None:
            found = dict.fromkeys(features(document, world, draft, date, place), 1.0)
            likely = probability(found)
        else:
            found = trust_features(draft, [document.event_mentions[i] for i in draft.mentions])
            likely = trust(found, decisions.trust)
        event = Event(
            key=f"e{n}",
            type=draft.type,
            mode=draft.mode,
            status=cast(Status, draft.status),
            date=date,
            place=place,
            actors=tuple(draft.actors),
            recipients=tuple(draft.recipients),
            contexts=(),
            trigger=best_mention(document, draft).span,
            mentions=tuple(draft.mentions),
            evidence=_evidence(document, draft),
            confidence=round(likely, 4),
        )
        yield Candidate(event, found)


@dataclass(frozen=True, slots=True)
class Assemble:
    """Merges event mentions into events and keeps those that are likely enough."""

    settings: DetectSettings
    decisions: Decisions | None = None

    name: ClassVar[str] = "assemble"
    reads: ClassVar[frozenset[str]] = frozenset({"view", "parse", "published", "entities", "event_mentions"})
    writes: ClassVar[frozenset[str]] = frozenset({"events"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        least = self.settings.min_confidence
        if least == "auto":
            least = LEAST if self.decisions is None else self.decisions.min_confidence
        return [
            replace(
                document,
                events=tuple(c.event for c in candidates(document, self.decisions) if c.event.confidence >= least),
            )
            for document in documents
        ]
