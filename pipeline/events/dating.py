"""Dating: the days an event may have taken place on, with what speaks for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.document import CalendarDate, Document, EventDate, EventMention
from pipeline.events.setting import Setting, path

UNKNOWN = EventDate()
_FRESH = 14  # days before the publication day that a story's own news is not older than


class Dating:
    """Candidates for the dates of the drafts of one document."""

    def __init__(self, document: Document, setting: Setting) -> None:
        self.setting = setting
        self.document = document
        self.spots = [_Spot(document, setting, date) for date in document.dates]
        self.own = [_own(mentions) for mentions in setting.mentions]
        self.fresh = [self._is_fresh(date.start, date.end) for date in document.dates]
        counts: dict[EventDate, int] = defaultdict(int)
        for n, date in enumerate(self.own):
            if date.start is not None and setting.reality(n) == "real" and self.age(date) in ("0", "1", "2", "week"):
                counts[_key(date)] += 1
        self.main = max(counts, key=lambda d: counts[d]) if counts else None
        self.first = next(iter(counts), None)

    def _is_fresh(self, start: object, end: object) -> bool:
        published = self.document.published
        return published is None or any(abs((published - day).days) <= _FRESH for day in (start, end))  # type: ignore[operator]

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

    def candidates(self, n: int, decided: Sequence[EventDate | None]) -> Mapping[EventDate, frozenset[str]]:
        """Every day the event may have, by the facts that bear on it; `decided` are dates of other drafts."""
        setting = self.setting
        group, reality, lead = setting.group(n), setting.reality(n), setting.leads[n]
        facts: dict[EventDate, set[str]] = {}

        def add(date: EventDate, *names: str) -> None:
            facts.setdefault(self._known(date, facts), set()).update(names)

        own = self.own[n]
        for mention in setting.mentions[n]:
            if mention.date.start is not None:
                add(mention.date, "own", "own of lead" if mention is lead else "own of another mention")
                if "headline" in mention.cues:
                    add(mention.date, "own of headline")
        for spread in _spreads(setting.mentions[n]) if group == "visit" else ():
            add(spread, "spread")
        latest: int | None = None
        for k, date in enumerate(self.document.dates):
            value = EventDate(date.start, date.end, date.precision, "relative" if date.relative else "explicit", date.mention)
            spot = self.spots[k]
            add(value, *self._position(spot, lead, date), f"fresh={self.fresh[k]}")
            if spot.sentence < setting.sentence(lead.head) and self.fresh[k]:
                latest = k
        if latest is not None:
            date = self.document.dates[latest]
            apart = setting.sentence(lead.head) - self.spots[latest].sentence
            same = self.spots[latest].paragraph == setting.paragraph(lead.head)
            add(
                EventDate(date.start, date.end, date.precision, "relative", date.mention),
                "latest", f"latest {min(apart, 4)}", f"latest in paragraph={same}",
            )  # fmt: skip
        self._from_others(n, decided, add)
        for name, day in (("main", self.main), ("first", self.first)):
            if day is not None:
                add(day, name)
        published = self.document.published
        if published is not None:
            stamp = EventDate(published, published, "day", "publication")
            add(stamp, "publication", "publication, fresh dates" if any(self.fresh) else "publication, no fresh dates")
            if setting.sentence(lead.head) <= 2:
                add(stamp, "publication at the top")
        add(UNKNOWN, "none", f"none own={own.start is not None}")
        return self._crossed(n, facts, f"{group}", reality, lead)

    def _known(self, date: EventDate, facts: Mapping[EventDate, set[str]]) -> EventDate:
        """The candidate that already stands for the same days."""
        key = _key(date)
        return next((known for known in facts if _key(known) == key), date)

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

    def _from_others(self, n: int, decided: Sequence[EventDate | None], add: object) -> None:
        setting = self.setting
        lead = setting.leads[n].head
        visits = setting.visits_of(n)
        for rank, v in enumerate(visits[:2]):
            date = decided[v] or self.own[v]
            if date.start is not None:
                add(date, "visit", f"visit {rank}", f"visit {date.precision}")  # type: ignore[operator]
        before = [m for m in range(n) if m not in visits]
        for m in reversed(before):
            date = decided[m]
            if date is None or setting.reality(m) not in ("real",):
                continue
            apart = abs(setting.sentence(lead) - setting.sentence(setting.leads[m].head))
            near = "sentence" if apart == 0 else "next" if apart == 1 else "near" if apart <= 3 else "far"
            shared = min(setting.shares(n, m), 2)
            kind = "dated" if date.start is not None else "undated"
            add(date, "previous", f"previous {near}", f"previous shares {shared}", f"previous {near} shares {shared} {kind}")  # type: ignore[operator]
            break

    def _crossed(
        self, n: int, facts: Mapping[EventDate, set[str]], group: str, reality: str, lead: EventMention
    ) -> Mapping[EventDate, frozenset[str]]:
        """The facts by themselves, and with the kind and status of the event and its ordering words."""
        words = self.setting.words(n)
        cues = {c for c in ("past perfect", "ordinal", "quoted", "definite", "headline", "bare") if c in lead.cues}
        found = {}
        for date, names in facts.items():
            age = self.age(date) if date.start is not None else "none"
            names = names | {f"age={age}", f"precision={date.precision}"}
            crossed = {f"{name} | {reality}" for name in names} | {f"{name} | {group}" for name in names}
            few = [x for x in names if x in ("own", "latest", "previous", "publication", "none", "visit", "main")]
            crossed |= {f"{name} | {word}" for name in (*few, f"age={age}") for word in (*words, *cues)}
            found[date] = frozenset(names | crossed)
        return found


class _Spot:
    """Where a date stands and what it hangs on."""

    def __init__(self, document: Document, setting: Setting, date: CalendarDate) -> None:
        parse = document.parse
        assert parse is not None
        start, end = document.mentions[date.mention].tokens
        self.root = parse[start:end].root
        self.sentence = setting.sentence(start)
        self.paragraph = setting.paragraph(start)
        self.owned = {m.head for m in document.event_mentions if m.date.mention == date.mention}
        node = self.root
        self.attributive = node.dep_ in ("compound", "nmod", "poss") or (node.dep_ == "pobj" and node.head.head.pos_ == "NOUN")
        while node.pos_ not in ("VERB", "AUX") and node.head.i != node.i:
            node = node.head
        self.perfect = any(c.lower_ == "had" and c.dep_ == "aux" for c in node.children)


def _key(date: EventDate) -> EventDate:
    return replace(date, basis="none", mention=None)


def _own(mentions: Sequence[EventMention]) -> EventDate:
    """The date that the mentions themselves give, the body before the headline."""
    dated = [m for m in mentions if m.date.start is not None]
    body = [m for m in dated if "headline" not in m.cues]
    return (body or dated)[0].date if dated else UNKNOWN


def _spreads(mentions: Sequence[EventMention]) -> list[EventDate]:
    """From the first to the last day that mentions of one visit name, when they are not the same."""
    days = sorted((m.date for m in mentions if m.date.start and m.date.precision == "day"), key=lambda d: str(d.start))
    if len(days) < 2 or days[0].start == days[-1].start:
        return []
    return [EventDate(days[0].start, days[-1].end, "range", days[0].basis, days[0].mention)]
