"""Dating: the days an event may have taken place on, with what speaks for each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.background import is_background
from pipeline.document import Basis, CalendarDate, Document, EventDate, EventMention
from pipeline.events.facts import Context, Facts
from pipeline.events.setting import Setting, narration, path

UNKNOWN = EventDate()
_Days = tuple[dt.date | None, dt.date | None, str | None]
_CROSSED = frozenset(
    {
        "own",
        "latest",
        "previous",
        "publication",
        "none",
        "visit",
        "main",
        "companion",
        "first day of range",
        "last day of range",
    }
    | {f"age={age}" for age in ("0", "1", "2", "week", "month", "year", "old", "soon", "far", "none", "?")}
)
_LONGEST = 10  # days that a visit lasts, at most
_STALE = 45  # days before the news from which a date says nothing of other events
_FRESH = 14  # days before the publication day that a story's own news is not older than


class Dating:
    """Candidates for the dates of the drafts of one document."""

    def __init__(self, document: Document, setting: Setting) -> None:
        self.setting = setting
        self.document = document
        self.spots = [_Spot(document, setting, date) for date in document.dates]
        self.values = [_value(date) for date in document.dates]
        self.own = [_own(mentions) for mentions in setting.mentions]
        self.fresh = [self._is_fresh(date.start, date.end) for date in document.dates]
        days = [date.start for date in document.dates if date.precision in ("day", "range")]
        self.news = document.published or max(days, default=None)
        counts: Counter[EventDate] = Counter()
        for n, date in enumerate(self.own):
            if date.start is not None and setting.reality(n) == "real" and self.age(date) in ("0", "1", "2", "week"):
                counts[next((d for d in counts if _key(d) == _key(date)), date)] += 1
        self.main = max(counts, key=lambda d: counts[d]) if counts else None
        self.first = next(iter(counts), None)

    def _is_fresh(self, start: dt.date, end: dt.date) -> bool:
        published = self.document.published
        return published is None or any(abs((published - day).days) <= _FRESH for day in (start, end))

    def is_stale(self, date: EventDate) -> bool:
        """Whether a date is too old or too rough to be that of an event it does not belong to."""
        if date.start is None or date.end is None:
            return False
        old = self.news is not None and (self.news - date.end).days > _STALE
        return old or date.precision == "year"

    def age(self, date: EventDate) -> str:
        """How long before the publication day, in classes."""
        published = self.document.published
        if published is None or date.start is None or date.end is None:
            return "?"
        if date.start > published:
            return "soon" if (date.start - published).days <= 45 else "far"
        days = max((published - date.end).days, 0)
        for limit, name in ((0, "0"), (1, "1"), (2, "2"), (8, "week"), (31, "month"), (400, "year")):
            if days <= limit:
                return name
        return "old"

    def candidates(self, n: int, decided: Sequence[EventDate | None]) -> Facts[EventDate]:
        """Every day the event may have, by the facts that bear on it; `decided` are dates of other drafts."""
        setting = self.setting
        group, lead = setting.group(n), setting.leads[n]
        facts: Facts[EventDate] = Facts(_key)
        own = self.own[n]
        for mention in setting.mentions[n]:
            if mention.date.start is not None:
                facts.add(mention.date, "own", "own of lead" if mention is lead else "own of another mention")
                if "headline" in mention.cues:
                    facts.add(mention.date, "own of headline")
        if group in ("visit", "deed", "multilateral"):
            for spread, *names in self._spreads(n):
                facts.add(spread, *names)
        latest: int | None = None
        for k, date in enumerate(self.document.dates):
            value = EventDate(
                date.start, date.end, date.precision, "relative" if date.relative else "explicit", date.mention
            )
            spot = self.spots[k]
            apart = setting.sentence(lead.head) - spot.sentence
            away = date.precision == "year" or (apart != 0 and self.is_stale(value))
            if (spot.background or away) and all(m.date.mention != date.mention for m in setting.mentions[n]):
                continue
            facts.add(value, *self._position(spot, lead, date), f"fresh={self.fresh[k]}")
            if date.precision == "range" and self.fresh[k] and group != "visit":
                facts.add(EventDate(date.start, date.start, "day", "relative", date.mention), "first day of range")
                facts.add(EventDate(date.end, date.end, "day", "relative", date.mention), "last day of range")
            if apart > 0 and self.fresh[k]:
                latest = k
        if latest is not None:
            apart = setting.sentence(lead.head) - self.spots[latest].sentence
            same = self.spots[latest].paragraph == setting.paragraph(lead.head)
            facts.add(self.values[latest], "latest", f"latest {min(apart, 4)}", f"latest in paragraph={same}")
        self._from_visits(n, decided, facts)
        self._from_before(n, decided, facts)
        for name, day in (("main", self.main), ("first", self.first)):
            if day is not None:
                facts.add(day, name)
        published = self.document.published
        if published is not None:
            stamp = EventDate(published, published, "day", "publication")
            facts.add(
                stamp, "publication", "publication, fresh dates" if any(self.fresh) else "publication, no fresh dates"
            )
            if setting.sentence(lead.head) <= 2:
                facts.add(stamp, "publication at the top")
        facts.add(UNKNOWN, "none", f"none own={own.start is not None}")
        for candidate in facts.candidates():
            age = self.age(candidate) if candidate.start is not None else "none"
            facts.add(candidate, f"age={age}", f"precision={candidate.precision}")
        return facts

    def context(self, n: int) -> Context:
        """What the facts about a draft's dates are read with."""
        return self.setting.context(n, _CROSSED)

    def _spreads(self, n: int) -> Iterator[tuple[EventDate, *tuple[str, ...]]]:
        """From a day that mentions of an event give to another day of the story, before or after it."""
        own = {m.date.mention for m in self.setting.mentions[n] if m.date.precision == "day"}
        lead = self.setting.sentence(self.setting.leads[n].head)
        days = [(k, d) for k, d in enumerate(self.document.dates) if d.precision == "day"]
        for k, first in days:
            for j, last in days:
                if not 0 < (last.end - first.start).days <= _LONGEST or own.isdisjoint((first.mention, last.mention)):
                    continue
                both = "both own" if own >= {first.mention, last.mention} else "one own"
                spot = self.spots[j] if first.mention in own else self.spots[k]
                near = "in sentence" if spot.sentence == lead else "elsewhere"
                end = "until" if self.spots[j].until else "ends" if self.spots[j].ending else "other"
                date = EventDate(first.start, last.end, "range", "relative", first.mention)
                yield date, "spread", f"spread {both} {near}", f"spread {end} {near}", f"spread {self.age(date)}"

    def _position(self, spot: _Spot, lead: EventMention, date: CalendarDate) -> list[str]:
        """Where a date stands, seen from the lead mention."""
        setting = self.setting
        apart = setting.sentence(lead.head) - spot.sentence
        parse = self.document.parse
        found = [f"basis={'relative' if date.relative else 'explicit'}"]
        if apart == 0 and parse is not None:
            way = path(spot.root, parse[lead.head])
            side = "before" if spot.root.i < lead.head else "after"
            found += ["in sentence", f"in sentence {side}", f"in sentence up {min(way.up, 2)} down {min(way.down, 2)}"]
            if spot.owned - {lead.head}:
                found.append("in sentence, of another trigger")
            if spot.attributive:
                found.append("in sentence, attributive")
        else:
            near = "in paragraph" if spot.paragraph == setting.paragraph(lead.head) else "elsewhere"
            found += [f"{near} {max(-3, min(apart, 4))}"]
            if spot.owned:
                found.append(f"{near}, of a trigger")
            if spot.attributive or spot.perfect:
                found.append("background")
        return found

    def _from_visits(self, n: int, decided: Sequence[EventDate | None], facts: Facts[EventDate]) -> None:
        """Dates of the visits an event may be part of, of talks of the same people, of its like."""
        setting = self.setting
        for rank, (v, part) in enumerate(setting.visits_of(n)[:2]):
            date = decided[v] or self.own[v]
            if date.start is not None and self._reaches(date, v, n):
                facts.add(date, "visit", f"visit {rank}", f"visit {date.precision}", f"visit {part}")
        companion = setting.companion(n)
        if companion is not None:
            m, where = companion
            date = decided[m] or self.own[m]
            if date.start is not None and self._reaches(date, m, n):
                facts.add(date, "companion", f"companion {where}")
        draft = setting.drafts[n]
        for m, other in enumerate(setting.drafts):
            own = self.own[m]
            alike = (other.type, other.mode, other.everyone()) == (draft.type, draft.mode, draft.everyone())
            if m != n and own.start is not None and alike:
                facts.add(own, "twin")

    def _reaches(self, date: EventDate, source: int, n: int) -> bool:
        """Whether the date of one draft may be that of another; an old one only of what is told beside it."""
        near = self.setting.nearness(source, n) in ("sentence", "next")
        return date.precision != "year" and (near or not self.is_stale(date))

    def _from_before(self, n: int, decided: Sequence[EventDate | None], facts: Facts[EventDate]) -> None:
        """The date of the event told before, visits it may be part of left out."""
        setting = self.setting
        visits = {v for v, _ in setting.visits_of(n)}
        for m in range(n - 1, -1, -1):
            date = decided[m]
            if date is None or m in visits or setting.reality(m) != "real" or self.is_stale(date):
                continue
            near = setting.nearness(n, m)
            shared = min(setting.shares(n, m), 2)
            kind = "dated" if date.start is not None else "undated"
            whole = f"previous {near} shares {shared} {kind}"
            facts.add(date, "previous", f"previous {near}", f"previous shares {shared}", whole)
            break


class _Spot:
    """Where a date stands and what it hangs on."""

    def __init__(self, document: Document, setting: Setting, date: CalendarDate) -> None:
        parse = document.parse
        assert parse is not None
        start, end = document.mentions[date.mention].tokens
        self.root = parse[start:end].root
        self.background = is_background(self.root, start)
        self.sentence = setting.sentence(start)
        self.paragraph = setting.paragraph(start)
        self.owned = {m.head for m in document.event_mentions if m.date.mention == date.mention}
        node = self.root
        self.attributive = node.dep_ in ("compound", "nmod", "poss") or (
            node.dep_ == "pobj" and node.head.head.pos_ == "NOUN"
        )
        while node.pos_ not in ("VERB", "AUX") and node.head.i != node.i:
            node = node.head
        self.ending = node.lemma_.lower() in narration()["ending"]
        self.until = parse[start - 1].lower_ in ("until", "till", "to", "through") if start else False
        self.perfect = any(c.lower_ == "had" and c.dep_ == "aux" for c in node.children)


def _value(date: CalendarDate) -> EventDate:
    basis: Basis = "relative" if date.relative else "explicit"
    return EventDate(date.start, date.end, date.precision, basis, date.mention)


def _key(date: EventDate) -> _Days:
    """What makes two dates the same: their days and precision."""
    return date.start, date.end, date.precision


def _own(mentions: Sequence[EventMention]) -> EventDate:
    """The date that the mentions themselves give, the body before the headline."""
    dated = [m for m in mentions if m.date.start is not None]
    body = [m for m in dated if "headline" not in m.cues]
    return (body or dated)[0].date if dated else UNKNOWN
