"""Batches: windows of examples as arrays, with what is to be learned from each."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.encode.inputs import Inputs, Seen, inputs_of
from pipeline.encode.pieces import Speller
from pipeline.reading.heads import Ints
from pipeline.reading.labels import Labels
from pipeline.train.choices import ACTING, Bools, Choice, antecedents_of, choices_of, members_of, mentions_by_key
from pipeline.train.examples import Example, Happening, Marked, Told

_PLACES = ("GPE", "LOC", "FAC")


@dataclass(frozen=True, slots=True)
class Window:
    """A window: what the encoder reads, and the targets of the heads over words.

    `mention_tags` is words x tags and `trigger_tags` words x 3: what is allowed. Heads are words of the window; -1
    teaches nothing.
    """

    inputs: Inputs
    mention_tags: Bools
    trigger_tags: Bools | None
    breaks: Ints
    tags: Ints
    classes: Ints
    arcs: Ints
    heads: Ints


@dataclass(frozen=True, slots=True)
class Sample:
    """An article in windows, its spans, and the targets of the heads over spans and pairs.

    Spans are rows of window, first word, last word; `mention_starts` and `trigger_starts` their first words counted
    through the article. `choices` are by role or link. `roles` is triggers x entities (0 none, else 1 + the role), with
    `entity` the members of each entity among the mentions `acting`.
    """

    source: str
    windows: tuple[Window, ...]
    mentions: Ints
    mention_starts: Ints
    mention_labels: Ints
    triggers: Ints
    trigger_starts: Ints
    kinds: Ints
    statuses: Ints
    bases: Ints
    core: Ints
    contexts: Bools
    event: Ints
    roles: Ints
    acting: Ints
    entity: Bools
    choices: dict[str, Choice]
    antecedents: tuple[Ints, Ints, Bools, Bools] | None

    def size(self) -> int:
        """Pieces of its windows, padded to the longest."""
        return len(self.windows) * max(len(window.inputs.pieces) for window in self.windows)


def sample_of(example: Example, speller: Speller, labels: Labels, *, limit: int) -> Sample:
    """The sample of an example, its windows of at most `limit` pieces each; spans across windows are left out."""
    seen = Seen(example.words, example.shapes, example.lines, example.known)
    read = inputs_of(seen, speller, limit=limit)
    ranges = [words for words, _ in read]
    inside = [m for m in example.mentions if m.label in labels.mentions and _window_of(ranges, m.start, m.end) >= 0]
    told = [t for t in example.triggers if _window_of(ranges, t.start, t.end) >= 0]
    events = [example.events[t.event] for t in told]
    acting = [n for n, m in enumerate(inside) if m.label in ACTING and m.keys]
    groups = mentions_by_key([inside[n] for n in acting])
    return Sample(
        source=example.id,
        windows=tuple(_window(example, inputs, start, end, told, labels) for (start, end), inputs in read),
        mentions=_spans(ranges, inside),
        mention_starts=np.array([m.start for m in inside], dtype=np.int64),
        mention_labels=_numbers([m.label for m in inside], labels.mentions),
        triggers=_spans(ranges, told),
        trigger_starts=np.array([t.start for t in told], dtype=np.int64),
        kinds=_numbers([e.kind for e in events], labels.kinds),
        statuses=_numbers([e.status for e in events], labels.statuses),
        bases=_numbers([e.basis for e in events], labels.bases),
        core=np.array([e.core for e in events], dtype=np.int64),
        contexts=np.array([[c in e.contexts for c in labels.contexts] for e in events], dtype=np.bool_).reshape(
            -1, len(labels.contexts)
        ),
        event=np.array([t.event for t in told], dtype=np.int64),
        roles=_roles(events, list(groups), labels),
        acting=np.array(acting, dtype=np.int64),
        entity=members_of(groups, len(acting)),
        choices=choices_of(example, inside, events),
        antecedents=antecedents_of(inside) if "NOM" in example.annotates else None,
    )


def _window_of(ranges: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """The number of the window that holds a span whole, else -1."""
    return next((n for n, (first, last) in enumerate(ranges) if first <= start and end <= last), -1)


def _spans(ranges: Sequence[tuple[int, int]], spans: Sequence[Marked | Told]) -> Ints:
    rows = []
    for span in spans:
        n = _window_of(ranges, span.start, span.end)
        rows.append((n, span.start - ranges[n][0], span.end - 1 - ranges[n][0]))
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _window(example: Example, inputs: Inputs, start: int, end: int, told: Sequence[Told], labels: Labels) -> Window:
    heads = np.array([h - start for h in example.heads[start:end]])
    inner = (heads >= 0) & (heads < end - start)
    triggers = [(t.start - start, t.end - start) for t in told if start <= t.start < end]
    return Window(
        inputs=inputs,
        mention_tags=_mention_tags(example, start, end, labels),
        trigger_tags=_trigger_tags(triggers, end - start) if "events" in example.annotates else None,
        breaks=_breaks(example, start, end),
        tags=_numbers(example.tags[start:end], labels.tags),
        classes=_numbers(example.classes[start:end], labels.classes),
        arcs=np.where(inner, _numbers(example.arcs[start:end], labels.arcs), -1),
        heads=np.where(inner, heads, -1),
    )


def _numbers(values: Iterable[str], names: Sequence[str]) -> Ints:
    """The numbers of names; -1 for one that the model does not have."""
    number = {name: n for n, name in enumerate(names)}
    return np.array([number.get(value, -1) for value in values], dtype=np.int64)


def _mention_tags(example: Example, start: int, end: int, labels: Labels) -> Bools:
    """Allowed tags: none, then beginning and inside of each label; what a source does not label stays possible."""
    size = len(labels.mentions)
    column = {label: n for n, label in enumerate(labels.mentions)}
    open_ = [n for label, n in column.items() if label not in example.annotates and not _covered(label, example)]
    allowed = np.zeros((end - start, 2 * size + 1), dtype=np.bool_)
    allowed[:, 0] = True
    for n in open_:
        allowed[:, [1 + 2 * n, 2 + 2 * n]] = True
    for mention in example.mentions:
        choice = [column[x] for x in (_PLACES if mention.label == "PLACE" else (mention.label,)) if x in column]
        for word in range(max(mention.start, start), min(mention.end, end)):
            allowed[word - start] = False
            allowed[word - start, [1 + 2 * n + (word > mention.start) for n in choice]] = True
    return allowed


def _covered(label: str, example: Example) -> bool:
    """Whether a source that does not tell kinds of places apart labels this one."""
    return "PLACE" in example.annotates and label in ("GPE", "LOC")


def _trigger_tags(spans: Sequence[tuple[int, int]], words: int) -> Bools:
    allowed = np.zeros((words, 3), dtype=np.bool_)
    allowed[:, 0] = True
    for start, end in spans:
        allowed[start:end] = False
        allowed[start, 1] = True
        allowed[start + 1 : end, 2] = True
    return allowed


def _breaks(example: Example, start: int, end: int) -> Ints:
    found = np.zeros(end - start, dtype=np.int64)
    found[0] = 1
    for n in example.breaks:
        word = -1 - n if n < 0 else n
        if start <= word < end:
            found[word - start] = 1
    return found


def _roles(events: Sequence[Happening], keys: Sequence[str], labels: Labels) -> Ints:
    number = {role: n + 1 for n, role in enumerate(labels.roles)}
    found = [[number[event.roles[key]] if key in event.roles else 0 for key in keys] for event in events]
    return np.array(found, dtype=np.int64).reshape(len(events), len(keys))


def in_batches(samples: Sequence[Sample], *, pieces: int, rng: random.Random) -> Iterator[list[Sample]]:
    """All samples once, in random order but neighbours with windows alike; a batch has about `pieces` pieces."""
    order = sorted(samples, key=lambda s: s.size() / len(s.windows) + rng.uniform(-24, 24))
    batches: list[list[Sample]] = [[]]
    full = 0
    for sample in order:
        if batches[-1] and full + sample.size() > pieces:
            batches.append([])
            full = 0
        batches[-1].append(sample)
        full += sample.size()
    rng.shuffle(batches)
    yield from batches
