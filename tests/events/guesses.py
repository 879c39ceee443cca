"""Event mentions as an encoder reads them, for tests."""

from __future__ import annotations

from dataclasses import replace

from pipeline.document import EventMention, Guess, Span

SURE = Guess(
    probability=0.9,
    kinds={"CONSULT/meeting": 0.9},
    statuses={"occurred": 0.9},
    bases={"none": 1.0},
    core=0.9,
    contexts={},
    roles={},
    dates={},
    countries={},
    cities={},
    same={},
)


def read(at: int = 0, *, cues: frozenset[str] = frozenset(), **said: object) -> EventMention:
    """A trigger at a token, with what is said of it beside `SURE`."""
    guess = replace(SURE, **said)  # type: ignore[arg-type]
    kind = max(guess.kinds, key=lambda key: guess.kinds[key])
    return EventMention(
        tokens=(at, at + 1),
        head=at,
        span=Span(at, at + 1),
        type=kind.partition("/")[0],
        mode=kind.partition("/")[2] or None,
        status="occurred",
        frame=f"model:meet:{kind}",
        cues=cues,
        guess=guess,
    )
