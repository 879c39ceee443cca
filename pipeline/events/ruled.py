"""What the rules say of the parties of an event that the encoder reads.

Where both name a party it takes part in 95 of 100 cases, where one alone does in half of them (docs/model.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from pipeline.data import table
from pipeline.document import EventMention, Guess
from pipeline.reading.reading import Range

_UNREAD = 0.004
"""The probability of each role of a party that the encoder leaves out as next to impossible."""
_LEAST = 0.02
"""Parties less probable than this are left out again."""


def with_rules(guess: Guess, trigger: Range, ruled: Sequence[EventMention]) -> Guess:
    """A guess whose parties are more probable in the role that the rules give them in an event of this type and
    trigger, and less where the rules leave them out; as it is where the rules find no such event or no party of it."""
    type_ = max(guess.kinds, key=lambda kind: guess.kinds[kind]).partition("/")[0]
    found = next((m for m in ruled if m.type == type_ and _overlap(m.tokens, trigger)), None)
    if found is None or not (found.actors or found.recipients):
        return guess
    weight = table("reading")["parties"]
    unnamed = math.exp(weight["unnamed"])
    read = {key for key, (actor, recipient, _) in guess.roles.items() if actor + recipient > 0.5}
    roles = {}
    for key in dict.fromkeys((*guess.roles, *found.actors, *found.recipients)):
        actor, recipient, optional = guess.roles.get(key, (_UNREAD,) * 3)
        none = max(1 - actor - recipient - optional, 0.0)
        named = math.exp(weight["named" if len(read - {key}) > 1 else "lone"])
        if key in found.actors:
            actor *= named
        elif key in found.recipients:
            recipient *= named
        else:
            none *= unnamed
        total = actor + recipient + optional + none
        if total - none > _LEAST * total:
            roles[key] = (actor / total, recipient / total, optional / total)
    return replace(guess, roles=roles)


def _overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]
