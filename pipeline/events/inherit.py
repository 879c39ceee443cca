"""Inherit: the date and place that an event takes from the visit, the talks or the story it belongs to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from pipeline.document import Document, EventDate, EventMention, Place
from pipeline.events.merge import Draft, World


_AT_A_DISTANCE = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION", "AGREE", "ASSAULT", "COERCE", "CONCEDE", "RETREAT", "MOBILIZE", "AID", "COOPERATE"})
"""Types whose actor and recipient need not be in one place."""


def _own_date(mentions: list[EventMention]) -> EventDate:
    dated = [m for m in mentions if m.date.start is not None]
    body = [m for m in dated if "headline" not in m.cues]
    return (body or dated)[0].date if dated else EventDate()


def _own_place(mentions: list[EventMention]) -> Place:
    """The most specific place that any mention has."""
    best = Place()
    for m in mentions:
        if (m.place.country, m.place.city, m.place.facility) == (None, None, None):
            continue
        if best.country is None:
            best = m.place
        elif best.city is None and m.place.city and m.place.country == best.country:
            best = replace(m.place, facility=m.place.facility or best.facility)
        elif best.facility is None and m.place.facility:
            best = replace(best, facility=m.place.facility)
    return best


class Circumstances:
    """Dates and places of all drafts of one document, completed from each other."""

    def __init__(self, document: Document, drafts: list[Draft]) -> None:
        self.document = document
        self.world = World(document)
        self.drafts = drafts
        mentions = document.event_mentions
        self.dates = [_own_date([mentions[i] for i in d.mentions]) for d in drafts]
        self.places = [_own_place([mentions[i] for i in d.mentions]) for d in drafts]
        self.order = [self.world.sentence.get(mentions[d.mentions[0]].head, 0) for d in drafts]
        for n, draft in enumerate(drafts):
            self._place(n, draft)
        for n, draft in enumerate(drafts):
            self._inherit_place(n, draft)
        own = list(self.dates)
        for n, draft in enumerate(drafts):
            if own[n].start is None:
                self.dates[n] = self._inherit_date(n, draft, own)

    def _place(self, n: int, draft: Draft) -> None:
        if draft.mode == "visit" and draft.recipients:
            country = draft.recipients[0]
            if self.places[n].country != country:
                self.places[n] = Place(country=country)

    def _real(self, draft: Draft) -> bool:
        return draft.status in ("occurred", "ongoing")

    def _visits_of(self, n: int, draft: Draft) -> list[int]:
        """Visits that an event can be part of, the best first: same people, same reality, near before it."""
        found = []
        for v, visit in enumerate(self.drafts):
            if v == n or visit.mode != "visit" or not visit.recipients:
                continue
            if self._real(visit) != self._real(draft):
                continue
            travellers = set(visit.actors) & draft.everyone()
            host = any(self.world.state(k) in visit.recipients for k in draft.everyone() - set(visit.actors))
            if not travellers and not (visit.status == "planned" and draft.status == "planned"):
                continue
            own = self.dates[n]
            if own.start and self.dates[v].start and own.end and self.dates[v].end:
                if own.start > self.dates[v].end or own.end < self.dates[v].start:
                    continue
            found.append((-int(host), -len(travellers), abs(self.order[n] - self.order[v]), v))
        return [v for *_, v in sorted(found)]

    def _inherit_place(self, n: int, draft: Draft) -> None:
        """Own place, else that of the visit it belongs to, of the host, of the events around it, of the actor."""
        if self.places[n].country is not None or draft.mode in ("phone", "visit"):
            return
        facility = self.places[n].facility
        sources = (self._of_visit, self._of_host, self._of_neighbours, self._of_actor, self._of_scene)
        found = next((place for source in sources if (place := source(n, draft)) is not None), Place())
        self.places[n] = replace(found, facility=facility, mention=None)

    def _of_visit(self, n: int, draft: Draft) -> Place | None:
        return next((self.places[v] for v in self._visits_of(n, draft) if self.places[v].country), None)

    def _of_host(self, n: int, draft: Draft) -> Place | None:
        host = self._host(draft)
        return Place(country=host) if host is not None else None

    def _of_neighbours(self, n: int, draft: Draft) -> Place | None:
        """The nearest event before it, then after it, that has a place and the same reality."""
        for others, reach in ((range(n - 1, -1, -1), 6), (range(n + 1, len(self.drafts)), 3)):
            for m in others:
                if abs(self.order[n] - self.order[m]) > reach:
                    break
                other = self.drafts[m]
                if not self.places[m].country or other.mode == "phone" or self._real(other) != self._real(draft):
                    continue
                shared = sum(any(self.world.same_party(a, b) for b in other.everyone()) for a in draft.everyone())
                if shared >= (len(draft.everyone()) if draft.type in _AT_A_DISTANCE else 1):
                    return self.places[m]
        return None

    def _of_actor(self, n: int, draft: Draft) -> Place | None:
        """What a state does on its own ground happens there."""
        summons = any(":summon" in self.document.event_mentions[i].frame for i in draft.mentions)
        if draft.actors and (draft.type in ("COERCE", "PROTEST") or summons):
            country = self.world.state(draft.actors[0])
            return Place(country=country) if country else None
        return None

    def _of_scene(self, n: int, draft: Draft) -> Place | None:
        """The country where most of the article's events take place."""
        if draft.type in _AT_A_DISTANCE or not self._real(draft):
            return None
        counts = Counter(p.country for p, d in zip(self.places, self.drafts, strict=True) if p.country and self._real(d))
        return Place(country=min(counts, key=lambda c: (-counts[c], c))) if counts else None

    def _host(self, draft: Draft) -> str | None:
        """The state of whoever receives or hosts."""
        for i in draft.mentions:
            mention = self.document.event_mentions[i]
            verb = mention.frame.split(":")[1]
            if verb in ("receive", "host", "welcome") and mention.mode == "meeting" and mention.actors:
                return self.world.state(mention.actors[0])
        return None

    def _inherit_date(self, n: int, draft: Draft, own: list[EventDate]) -> EventDate:
        if draft.status in ("planned", "hypothetical"):
            return EventDate()
        mentions = [self.document.event_mentions[i] for i in draft.mentions]
        background = all("past perfect" in m.cues or "ordinal" in m.cues for m in mentions)
        for v in self._visits_of(n, draft):
            if own[v].start is not None and not background:
                return replace(own[v], mention=own[v].mention)
        if background:
            return EventDate()
        for m in range(n - 1, -1, -1):
            if own[m].start is not None and self._real(self.drafts[m]) and self._fresh(own[m].end):
                if self.order[n] - self.order[m] <= 2:
                    return own[m]
                break
        main = next((d for d, x in zip(own, self.drafts, strict=True) if d.start and self._real(x) and self._fresh(d.end)), None)
        if main is not None:
            return main
        published = self.document.published
        if published is None:
            return EventDate()
        return EventDate(published, published, "day", "publication")

    def _fresh(self, day: dt.date | None) -> bool:
        """Whether a day is within two weeks of the publication day (always, when that is unknown)."""
        published = self.document.published
        return day is not None and (published is None or abs((published - day).days) <= 14)
