"""Event mentions as the encoder reads them: triggers with kind, status, parties, dates and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from pipeline.document import Document, EventMention, Guess, Status
from pipeline.events.cues import cues_of
from pipeline.events.ruled import with_rules
from pipeline.reading.entities import chances, choices, grouped, label_numbers
from pipeline.reading.heads import Floats
from pipeline.reading.reading import Read, Reading

_ACTING = ("actor", "recipient", "optional")


@dataclass(frozen=True, slots=True)
class _Offered:
    """What a document offers as parties, dates and places: keys with the mentions that stand for them."""

    parties: Mapping[str, Sequence[int]]
    dates: Mapping[str, Sequence[int]]
    countries: Mapping[str, Sequence[int]]
    cities: Mapping[str, Sequence[int]]


def _offered(document: Document) -> _Offered:
    parties: dict[str, list[int]] = {}
    countries: dict[str, list[int]] = {}
    cities: dict[str, list[int]] = {}
    for e in document.entities:
        if e.kind in ("person", "organization"):
            parties[e.key] = sorted({*e.mentions, *e.referring})
        elif e.kind == "country":
            parties.setdefault(e.key, []).extend((*e.mentions, *e.referring))
            countries.setdefault(e.key, []).extend(e.mentions)
        elif e.kind == "city":
            cities[e.key] = list(e.mentions)
            if e.country:
                parties.setdefault(e.country, []).extend(e.mentions)
                countries.setdefault(e.country, []).extend(e.mentions)
    dates = {str(i): [i] for i, m in enumerate(document.mentions) if m.label == "date"}
    return _Offered(parties, dates, countries, cities)


def read_events(document: Document, reading: Reading, ruled: Iterable[EventMention]) -> Iterator[EventMention]:
    """The event mentions of a document, in the order of the text; mention n is trigger n of the reading.

    `ruled` are those that the rules find, not looked for where the encoder finds none.
    """
    parse, view = document.parse, document.view
    triggers = reading.triggers()
    if parse is None or view is None or not triggers:
        return
    found_by_rules = tuple(ruled)
    guesses = _guesses(document, reading, triggers)
    for trigger, read in zip(triggers, guesses, strict=True):
        guess = with_rules(read, trigger.tokens, found_by_rules)
        start, end = trigger.tokens
        head = parse[start:end].root
        kind = max(guess.kinds, key=lambda k: guess.kinds[k])
        type_, _, mode = kind.partition("/")
        verb = head.pos_ in ("VERB", "AUX")
        first, last = parse[start], parse[end - 1]
        yield EventMention(
            tokens=(start, end),
            head=head.i,
            span=view.raw(first.idx, last.idx + len(last)),
            type=type_,
            mode=mode or None,
            status=cast(Status, max(guess.statuses, key=lambda s: guess.statuses[s])),
            frame=f"model:{head.lemma_.lower()}:{kind}",
            actors=tuple(k for k, (a, r, o) in guess.roles.items() if a > max(r, o, 1 - a - r - o)),
            recipients=tuple(k for k, (a, r, o) in guess.roles.items() if r > max(a, o, 1 - a - r - o)),
            definite=not verb and any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an") for c in head.children),
            cues=cues_of(document, head, None if verb else head.head, verb=verb),
            guess=guess,
        )


def _guesses(document: Document, reading: Reading, triggers: Sequence[Read]) -> Iterator[Guess]:
    where = [trigger.tokens for trigger in triggers]
    heads = reading.heads
    labels = heads.labels
    spans = reading.spans("trigger", where)
    offered = _offered(document)
    named = [m.tokens for m in document.mentions]
    scores = reading.roles(where, named, label_numbers((m.label for m in document.mentions), labels))
    apart = ~reading.together(where, named)

    def chosen(role: str, groups: Mapping[str, Sequence[int]]) -> Floats:
        return choices(scores[..., labels.roles.index(role)], list(groups.values()))

    kinds, statuses, bases = (
        chances(s) for s in (heads.kinds(spans), heads.linear("status", spans), heads.linear("basis", spans))
    )
    core = 1 / (1 + np.exp(-heads.linear("core", spans)[:, 0]))
    contexts = 1 / (1 + np.exp(-heads.linear("context", spans)))
    groups = list(offered.parties.values())
    acting = [
        grouped(np.where(apart, np.float32(-1e4), scores[..., labels.roles.index(role)]), groups) for role in _ACTING
    ]
    roles = chances(np.stack([np.zeros_like(acting[0]), *acting], axis=-1))
    same = 1 / (1 + np.exp(-np.clip(reading.same(where), -50, 50)))
    dates, countries, cities = (
        chosen("date", offered.dates),
        chosen("country", offered.countries),
        chosen("city", offered.cities),
    )
    for n, trigger in enumerate(triggers):
        yield Guess(
            probability=trigger.probability,
            kinds=_named(labels.kinds, kinds[n]),
            statuses=_named(labels.statuses, statuses[n]),
            bases=_named(labels.bases, bases[n]),
            core=float(core[n]),
            contexts=_named(labels.contexts, contexts[n]),
            roles={
                key: (float(p[1]), float(p[2]), float(p[3]))
                for key, p in zip(offered.parties, roles[n], strict=True)
                if p[0] < 0.98
            },
            dates={int(key): float(p) for key, p in zip(offered.dates, dates[n], strict=False) if p > 0.01},
            countries=_named(tuple(offered.countries), countries[n]),
            cities=_named(tuple(offered.cities), cities[n]),
            same={m: float(same[n, m]) for m in range(len(triggers)) if m != n},
        )


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    """Values by name, without those that are next to nothing."""
    return {name: float(value) for name, value in zip(names, values, strict=False) if value > 0.01}
