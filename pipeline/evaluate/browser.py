"""What the article browser of report.html is given: texts cut at the edges of all spans, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.evaluate.model import Prediction, Verdict
from pipeline.evaluate.report import ArticleReport, DifferenceLine, EventOutcome, EventSketch
from pipeline.evaluate.spans import type_of
from pipeline.gold.model import GoldArticle, GoldSpan
from pipeline.record import SpanRecord

WORST_FIRST: tuple[Verdict, ...] = ("missed", "extra", "wrong", "partly", "right", "ignored")

UNSCORED = {"TITLE": "title", "DOC": "document", "NOM": "reference"}
"""What the page calls gold mentions that are not scored; all others are places."""


@dataclass(frozen=True, slots=True)
class Errors:
    """The differences in mentions of an article, which say a mention as `person: Bo Rask`."""

    lines: Sequence[DifferenceLine]

    def of_gold(self, span: GoldSpan, label: str) -> str | None:
        """The kind of the difference that a gold mention is."""
        said = f"{label}: {span.text}"
        at = (span.start, span.end)
        return next((line.kind for line in self.lines if line.gold == said and (line.start, line.end) == at), None)

    def of_predicted(self, span: SpanRecord, label: str) -> str | None:
        """The kind of the difference that a predicted mention is; where it has gold, the offsets are the gold's."""
        said = f"{label}: {span.text}"
        for line in self.lines:
            start, end = (line.start, line.end) if line.predicted == said else (None, None)
            if start is not None and end is not None and span.start < end and start < span.end:
                return line.kind
        return None


@dataclass(frozen=True, slots=True)
class Mark:
    """A span as the page shows it.

    `name` is whom or what it names and `note` what more there is to say; `entity` is equal for mentions of one entity;
    `outcome` is the number of the event's outcome if the span is a trigger; `error` is the kind of difference it is.
    """

    start: int
    end: int
    label: str
    name: str
    note: str = ""
    entity: str | None = None
    outcome: int | None = None
    error: str | None = None


def article_data(report: ArticleReport, gold: GoldArticle, prediction: Prediction | None) -> dict[str, Any]:
    """An article as JSON values.

    `paragraphs` are the text's lines, each a list of pieces [text, gold marks, predicted marks] with marks as indices
    into the lists `gold` and `predicted`; joined by line breaks they are the text. `misplaced` counts predicted spans
    that are not in the text where they say, which cannot be shown.
    """
    outcomes = sorted(report.events, key=lambda outcome: (WORST_FIRST.index(outcome.verdict), _place(outcome)))
    errors = Errors([line for line in report.differences if line.layer == "mentions"])
    gold_marks = _marks(_of_gold(gold, outcomes, errors), gold.text)
    wanted = list(_of_prediction(prediction, outcomes, errors)) if prediction else []
    predicted_marks = _marks((mark for mark, text in wanted if gold.text[mark.start : mark.end] == text), gold.text)
    return {
        "id": report.id,
        "title": gold.title,
        "outlet": report.outlet,
        "published": gold.published and gold.published.isoformat(),
        "words": report.words,
        "rejected": report.rejected,
        "paragraphs": paragraphs(gold.text, gold_marks, predicted_marks),
        "gold": [_values(mark) for mark in gold_marks],
        "predicted": [_values(mark) for mark in predicted_marks],
        "misplaced": sum(gold.text[mark.start : mark.end] != text for mark, text in wanted),
        "confusion": [[pair.gold, pair.predicted] for pair in report.confusion],
        "outcomes": [outcome.model_dump(mode="json") for outcome in outcomes],
        "differences": [_difference(line, gold_marks, predicted_marks) for line in report.differences],
    }


def paragraphs(text: str, gold: Sequence[Mark], predicted: Sequence[Mark]) -> list[list[list[Any]]]:
    """The lines of a text, cut at every edge of a mark: see `article_data`."""
    breaks = [at for at, sign in enumerate(text) if sign == "\n"]
    edges = {0, len(text), *breaks, *(at + 1 for at in breaks)}
    edges.update(edge for mark in (*gold, *predicted) for edge in (mark.start, mark.end))
    cuts = sorted(edges)
    lines: list[list[list[Any]]] = [[]]
    for start, end in pairwise(cuts):
        if text[start:end] == "\n":
            lines.append([])
        else:
            lines[-1].append([text[start:end], _covering(gold, start, end), _covering(predicted, start, end)])
    return lines


def _covering(marks: Sequence[Mark], start: int, end: int) -> list[int]:
    return [number for number, mark in enumerate(marks) if mark.start <= start and end <= mark.end]


def _marks(marks: Iterable[Mark], text: str) -> list[Mark]:
    """In the order of the text, the longer first."""
    inside = (mark for mark in marks if 0 <= mark.start < mark.end <= len(text))
    return sorted(inside, key=lambda mark: (mark.start, -mark.end, mark.label))


def _of_gold(article: GoldArticle, outcomes: Sequence[EventOutcome], errors: Errors) -> Iterator[Mark]:
    for mention in article.mentions:
        names = [entity.name if (entity := article.entity(key)) else key for key in mention.entities]
        label = type_of(mention) or UNSCORED.get(mention.label, "place")
        yield Mark(
            mention.start,
            mention.end,
            label,
            ", ".join(names) or mention.value or "",
            f"labelled {mention.label}",
            entity=" ".join(sorted(mention.entities)) or None,
            error=errors.of_gold(mention, label),
        )
    numbers = {outcome.gold.id: number for number, outcome in enumerate(outcomes) if outcome.gold}
    for event in article.events:
        for trigger in event.triggers:
            yield _trigger(trigger, event.type, event.mode, numbers.get(event.id), outcomes)


def _of_prediction(
    prediction: Prediction, outcomes: Sequence[EventOutcome], errors: Errors
) -> Iterator[tuple[Mark, str]]:
    """The marks and the words that should stand there."""
    document = prediction.document
    if document:
        names = {entity.entity: entity.name for entity in document.entities}
        taken = {(span.start, span.end) for entity in document.entities for span in entity.mentions}
        for entity in document.entities:
            for span in entity.mentions:
                error = errors.of_predicted(span, entity.kind)
                note = entity.country or ""
                yield Mark(span.start, span.end, entity.kind, entity.name, note, entity.entity, error=error), span.text
        for date in document.dates:
            span = date.mention
            value = date.start.isoformat() if date.start == date.end else f"{date.start}/{date.end}"
            error = errors.of_predicted(span, "date")
            yield Mark(span.start, span.end, "date", value, f"precision {date.precision}", error=error), span.text
        for relation in document.relations:
            span = relation.mention
            if relation.type == "holds_position" and (span.start, span.end) not in taken:
                name = names.get(relation.subject, relation.subject)
                note = f"{relation.title or ''} of {names.get(relation.object, relation.object)}"
                yield Mark(span.start, span.end, "title", name, note, relation.subject), span.text
    numbers = {outcome.predicted.id: number for number, outcome in enumerate(outcomes) if outcome.predicted}
    for event in prediction.events:
        yield _trigger(event.trigger, event.type, event.mode, numbers.get(event.id), outcomes), event.trigger.text


def _trigger(
    span: GoldSpan | SpanRecord, kind: str, mode: str | None, number: int | None, outcomes: Sequence[EventOutcome]
) -> Mark:
    note = "" if number is None else outcomes[number].verdict
    return Mark(span.start, span.end, "trigger", f"{kind}/{mode or '-'}", note, outcome=number)


def _difference(line: DifferenceLine, gold: Sequence[Mark], predicted: Sequence[Mark]) -> dict[str, Any]:
    """A difference as JSON values, with the marks of both sides that are where it says."""

    def spots(marks: Sequence[Mark]) -> list[int]:
        if line.start is None or line.end is None:
            return []
        return [n for n, mark in enumerate(marks) if mark.start < line.end and line.start < mark.end]

    return {**line.model_dump(mode="json"), "spots": {"gold": spots(gold), "predicted": spots(predicted)}}


def _place(outcome: EventOutcome) -> int:
    """Where an outcome's trigger starts, in the gold if there is any."""
    sketch: EventSketch | None = outcome.gold or outcome.predicted
    return sketch.trigger.start if sketch else 0


def _values(mark: Mark) -> dict[str, Any]:
    values = {
        "label": mark.label,
        "name": mark.name,
        "note": mark.note,
        "entity": mark.entity,
        "outcome": mark.outcome,
        "error": mark.error,
    }
    return {key: value for key, value in values.items() if value not in (None, "")}
