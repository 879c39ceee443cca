"""Setting: where the triggers, dates and places of one document stand in its text."""

from __future__ import annotations

import bisect
import functools
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.data import countries, table
from pipeline.document import Document, EventMention
from pipeline.events.facts import Context
from pipeline.events.merge import Draft, World

_CUES = frozenset({"past perfect", "ordinal", "quoted", "definite", "headline"})


@functools.cache
def narration() -> dict[str, frozenset[str]]:
    """Word classes by which a story orders its events (narration.toml)."""
    return {name: frozenset(words) for name, words in table("narration").items()}


@functools.cache
def seat_of(country: str) -> str | None:
    """English name of a country's seat of government, the first where there are several."""
    known = countries().get(country)
    return known.seats[0][0] if known is not None and known.seats else None


class Setting:
    """Sentence and paragraph of every token, and what hangs on them."""

    def __init__(self, document: Document, world: World, drafts: list[Draft]) -> None:
        self.document = document
        self.world = world
        self.drafts = drafts
        self.mentions = [[document.event_mentions[i] for i in draft.mentions] for draft in drafts]
        self.starts = [p.start for p in document.view.paragraphs] if document.view is not None else []
        self.leads = [self._lead(mentions) for mentions in self.mentions]
        self._words = [self._ordering(lead.head) for lead in self.leads]
        self._visits: dict[int, list[tuple[int, str]]] = {}
        self._companions: dict[int, tuple[int, str] | None] = {}

    def _lead(self, mentions: list[EventMention]) -> EventMention:
        """The first mention in the body of the article, else in the headline."""
        return next((m for m in mentions if "headline" not in m.cues), mentions[0])

    def sentence(self, token: int) -> int:
        """Number of the sentence a token is in."""
        return self.world.sentence.get(token, 0)

    def paragraph(self, token: int) -> int:
        """Number of the paragraph a token is in."""
        parse = self.document.parse
        return bisect.bisect_right(self.starts, parse[token].idx) if parse is not None else 0

    def group(self, n: int) -> str:
        """What kind of event it is for questions of time and place."""
        draft = self.drafts[n]
        if draft.type == "CONSULT":
            return draft.mode if draft.mode in ("visit", "phone", "multilateral") else "talks"
        if draft.type == "SUPPORT" and draft.mode in ("sign", "relations"):
            return str(draft.mode)
        speech = draft.type in ("SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN")
        return "speech" if speech else "pledge" if draft.type == "AGREE" else "deed"

    def reality(self, n: int) -> str:
        """Status, what is going on counted as having occurred."""
        status = self.drafts[n].status
        return "real" if status in ("occurred", "ongoing") else status

    def context(self, n: int, only: frozenset[str]) -> Context:
        """Kind and status of an event, and the cues and ordering words of the sentence that leads."""
        return Context((self.group(n), self.reality(n)), self.leads[n].cues & _CUES | self._words[n], only)

    def _ordering(self, head: int) -> frozenset[str]:
        parse = self.document.parse
        if parse is None:
            return frozenset()
        present = {token.lower_ for token in parse[head].sent}
        return frozenset(name for name, listed in narration().items() if not present.isdisjoint(listed))

    def shares(self, a: int, b: int) -> int:
        """How many participants of draft `a` take part in draft `b`, a state standing for its people."""
        others = self.drafts[b].everyone()
        return sum(any(self.world.same_party(x, y) for y in others) for x in self.drafts[a].everyone())

    def nearness(self, a: int, b: int) -> str:
        """How many sentences lie between the lead mentions of two drafts, in classes."""
        apart = abs(self.sentence(self.leads[a].head) - self.sentence(self.leads[b].head))
        return "sentence" if apart == 0 else "next" if apart == 1 else "near" if apart <= 3 else "far"

    def companion(self, n: int) -> tuple[int, str] | None:
        """The nearest talks of the same reality with all participants of an event, and how near they are told."""
        if n not in self._companions:
            self._companions[n] = self._companion(n)
        return self._companions[n]

    def _companion(self, n: int) -> tuple[int, str] | None:
        found = []
        whole = len(self.drafts[n].everyone())
        for m in range(len(self.drafts)):
            talks = m != n and self.group(m) in ("talks", "multilateral")
            if talks and self.reality(m) == self.reality(n) and self.shares(n, m) == whole:
                apart = self.sentence(self.leads[n].head) - self.sentence(self.leads[m].head)
                found.append((abs(apart), m, apart))
        if not found:
            return None
        _, m, apart = min(found)
        return m, "sentence" if apart == 0 else "after" if apart > 0 else "before"

    def visits_of(self, n: int) -> list[tuple[int, str]]:
        """Visits that an event can be part of, the best first, with who of it takes part: "all", "guest" or "host"."""
        if n not in self._visits:
            self._visits[n] = self._visits_of(n)
        return self._visits[n]

    def _visits_of(self, n: int) -> list[tuple[int, str]]:
        found = []
        draft = self.drafts[n]
        for v, visit in enumerate(self.drafts):
            if v == n or visit.mode != "visit" or not visit.recipients:
                continue
            if (self.reality(v) == "real") != (self.reality(n) == "real"):
                continue
            guests = set(visit.actors) & draft.everyone()
            host = any(self.world.state(k) in visit.recipients for k in draft.everyone() - set(visit.actors))
            if not guests and not host:
                continue
            apart = abs(self.sentence(self.leads[n].head) - self.sentence(self.leads[v].head))
            part = "all" if guests and host else "guest" if guests else "host"
            found.append((part != "all", -len(guests), apart, v, part))
        return [(v, part) for *_, v, part in sorted(found)]


@dataclass(frozen=True, slots=True)
class Path:
    """The way between two tokens of a sentence: clauses left and clauses entered."""

    up: int
    down: int


def path(token: Token, head: Token) -> Path:
    """Clauses between a trigger's `head` and another token of its sentence."""
    above = {a.i: n for n, a in enumerate((head, *head.ancestors))}
    down = 0
    node = token
    while node.i not in above and node.head.i != node.i:
        down += node.pos_ in ("VERB", "AUX") and node.dep_ not in ("aux", "auxpass")
        node = node.head
    steps = [head, *head.ancestors][: above.get(node.i, 0)]
    return Path(sum(a.pos_ in ("VERB", "AUX") for a in steps), down)
