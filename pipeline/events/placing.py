"""Placing: the countries and cities an event may have taken place in, with what speaks for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.data import cities, fold
from pipeline.document import Document, EventDate, Place
from pipeline.events.facts import Context, Facts
from pipeline.events.setting import Setting, seat_of

_Name = tuple[int, str, str, str | None]  # sentence, label, country, city
_HOSTING = ("receive", "host", "welcome")
_COUNTRY = frozenset(
    {"own", "visit", "host", "previous", "none", "actor", "recipient", "scene", "in sentence", "companion"}
)
_CITY = frozenset({"own", "visit", "previous", "none", "in sentence", "only", "seat", "most", "seat unnamed"})


class Placing:
    """Candidates for the countries and cities of the drafts of one document."""

    def __init__(self, document: Document, setting: Setting) -> None:
        self.setting = setting
        self.document = document
        self.own = [
            [(m.place.country, m.place.city) for m in mentions if m.place.country is not None]
            for mentions in setting.mentions
        ]
        self.named: list[_Name] = [
            (setting.sentence(m.tokens[0]), m.label, m.code, m.name if m.label == "city" else None)
            for m in document.mentions
            if m.label in ("city", "country", "nationality") and m.code is not None
        ]
        self.named += _capitals(document, setting)
        self.named.sort(key=lambda name: name[0])
        self.hosts = {
            r
            for n, d in enumerate(setting.drafts)
            if d.mode == "visit" and setting.reality(n) == "real"
            for r in d.recipients
        }
        self.guests = {a for d in setting.drafts if d.mode == "visit" for a in d.actors}
        scenes = Counter(
            code for n, places in enumerate(self.own) for code, _ in places[:1] if code and setting.reality(n) == "real"
        )
        self.scene = scenes.most_common(1)[0][0] if scenes else None
        counts = Counter(code for _, label, code, _ in self.named if label == "city")
        self.most = counts.most_common(1)[0][0] if counts else None
        self.envoys = {r.subject for r in document.relations if r.title is not None and "ambassador" in r.title.lower()}
        self.dateline = _dateline(document)

    def countries(self, n: int, decided: Sequence[Place | None], dates: Sequence[EventDate]) -> Facts[str | None]:
        """Every country the event may have, or None for no country, by the facts that bear on it."""
        draft = self.setting.drafts[n]
        lemma = self.setting.leads[n].word
        facts: Facts[str | None] = Facts()
        for code, city in self.own[n]:
            facts.add(code, "own", "own with city" if city else "own country only")
        self._parties(facts, n, lemma)
        self._visits(facts, n)
        self._others(facts, n, decided, dates)
        self._named(facts, n)
        for name, value in (("scene", self.scene), ("most", self.most)):
            if value is not None:
                facts.add(value, name)
        if self.dateline is not None:
            facts.add(self.dateline[1], "dateline")
        facts.add(None, "none", f"none {draft.type}", f"none {draft.type}/{draft.mode}", f"none of {lemma}")
        facts.add(None, f"none basis={dates[n].basis}")
        return facts

    def _visits(self, facts: Facts[str | None], n: int) -> None:
        """Countries of the visits an event is, may be part of, or is told after."""
        setting, draft = self.setting, self.setting.drafts[n]
        if draft.mode == "visit":
            for code in draft.recipients:
                facts.add(code, "visited")
        for code in sorted(self.hosts):
            facts.add(code, "visited in the story", f"visited in the story, only={len(self.hosts) == 1}")
        for rank, (v, part) in enumerate(setting.visits_of(n)[:2]):
            facts.add(setting.drafts[v].recipients[0], "visit", f"visit {rank}", f"visit {part}")
        for v in range(n - 1, -1, -1):
            if setting.drafts[v].mode == "visit" and setting.reality(v) == setting.reality(n):
                facts.add(setting.drafts[v].recipients[0], "latest visit")
                break

    def _parties(self, facts: Facts[str | None], n: int, lemma: str) -> None:
        """States of the participants, by their part in the event and in the story."""
        setting, world, draft = self.setting, self.setting.world, self.setting.drafts[n]
        for mention in setting.mentions[n]:
            if mention.word in _HOSTING and mention.actors:
                host = world.state(mention.actors[0])
                if host is not None:
                    facts.add(host, "host", f"host {mention.mode}")
        parties = [world.state(k) for k in (*draft.actors, *draft.recipients)]
        for role, keys in (("actor", draft.actors), ("recipient", draft.recipients)):
            for rank, key in enumerate(keys[:4]):
                code = world.state(key)
                if code is None:
                    continue
                kind = "guest" if key in self.guests else "host" if code in self.hosts else "other"
                what = world.kind.get(key, "country")
                facts.add(
                    code, role, f"{role} {min(rank, 2)}", f"{role} {kind}", f"{role} {what}", f"{role} of {lemma}"
                )
                if key in self.envoys:
                    facts.add(code, "envoy's", f"envoy's {draft.type}")
                elif self.envoys & draft.everyone():
                    facts.add(code, "beside an envoy", f"beside an envoy {draft.type}")
                if all(c == code for c in parties):
                    facts.add(code, "every party")

    def _named(self, facts: Facts[str | None], n: int) -> None:
        """Countries of the places named in the sentence of an event and near it."""
        here = self.setting.sentence(self.setting.leads[n].head)
        for sentence, kind, code, _ in self.named:
            apart = here - sentence
            if apart == 0:
                facts.add(code, "in sentence", f"in sentence {kind}")
            elif 0 < apart <= 2:
                facts.add(code, f"{kind} {apart} before")
            elif apart == -1:
                facts.add(code, f"{kind} after")
        last = self._latest_city(n)
        if last is not None:
            facts.add(last[0], "latest city")

    def cities(
        self, n: int, country: str | None, decided: Sequence[Place | None], dates: Sequence[EventDate]
    ) -> Facts[str | None]:
        """Every city of a country the event may have, or None for no city, by the facts that bear on it."""
        setting, lead = self.setting, self.setting.leads[n]
        facts: Facts[str | None] = Facts()
        for code, city in self.own[n]:
            if city and code == country:
                facts.add(city, "own")
        for rank, (v, _) in enumerate(setting.visits_of(n)[:2]):
            places = [p for p in (*((decided[v].country, decided[v].city) if decided[v] else (),), *self.own[v]) if p]  # type: ignore[union-attr]
            for place in places:
                if place[0] == country and place[1]:
                    facts.add(place[1], "visit", f"visit {rank}")
        self._others(facts, n, decided, dates, country=country)
        inside = [(s, city) for s, _, code, city in self.named if city and code == country]
        here = setting.sentence(lead.head)
        seat = seat_of(country) if country else None
        counts = Counter(city for _, city in inside)
        for sentence, city in inside:
            apart = here - sentence
            facts.add(city, "in sentence" if apart == 0 else f"city {max(-2, min(apart, 3))} before")
            if len(counts) == 1:
                facts.add(city, "only")
            if counts[city] == max(counts.values()):
                facts.add(city, "most")
            if city == seat:
                facts.add(city, "seat")
        last = self._latest_city(n)
        if last is not None and last[0] == country:
            facts.add(last[1], "latest city")
        if self.dateline is not None and self.dateline[1] == country:
            facts.add(self.dateline[0], "dateline")
        if seat is not None and seat not in counts:
            facts.add(seat, "seat unnamed")
        facts.add(
            None, "none", f"none cities={min(len(counts), 2)}", f"none own={any(c == country for c, _ in self.own[n])}"
        )
        return facts

    def _latest_city(self, n: int) -> tuple[str, str] | None:
        """Country and city of the last city named in a sentence before an event."""
        here = self.setting.sentence(self.setting.leads[n].head)
        found = [(code, city) for sentence, _, code, city in self.named if city and sentence < here]
        return found[-1] if found else None

    def complete(self, n: int, country: str | None, city: str | None) -> Place:
        """The place of a draft: country and city with coordinates, and the facility its own clause gives."""
        own = [m.place for m in self.setting.mentions[n]]
        place = next((p for p in own if country is not None and (p.country, p.city) == (country, city)), None)
        if place is None:
            place = _located(country, city)
        visit = self.setting.drafts[n].mode == "visit"
        return replace(place, facility=None if visit else next((p.facility for p in own if p.facility), None))

    def context(self, n: int, question: str) -> Context:
        """What the facts about a draft's country or city are read with."""
        return self.setting.context(n, _COUNTRY if question == "country" else _CITY)

    def _others(
        self,
        facts: Facts[str | None],
        n: int,
        decided: Sequence[Place | None],
        dates: Sequence[EventDate],
        *,
        country: str | None = None,
    ) -> None:
        """What the events before and after are known to have; the city with `country`, else the country."""
        setting = self.setting
        companion = setting.companion(n)
        if companion is not None:
            m, where = companion
            known = decided[m]
            pairs = [(known.country, known.city)] if known is not None else self.own[m][:1]
            for code, city in pairs:
                if country is None or (code == country and city is not None):
                    facts.add(code if country is None else city, "companion", f"companion {where}")
        seen = 0
        for m in range(n - 1, -1, -1):
            place = decided[m]
            if place is None or setting.drafts[m].mode == "phone":
                continue
            value = place.country if country is None else place.city if place.country == country else None
            near = setting.nearness(n, m)
            shared = min(setting.shares(n, m), 2)
            same = "same day" if dates[n].start and dates[n].start == dates[m].start else "other day"
            name = "previous" if seen == 0 else "before previous"
            if country is None or value is not None:
                facts.add(
                    value,
                    name,
                    f"{name} {near}",
                    f"{name} shares {shared}",
                    f"{name} {same}",
                    f"{name} {near} shares {shared}",
                    f"{name} reality={setting.reality(m) == setting.reality(n)}",
                    f"{name} {setting.group(m)}",
                )
            seen += 1
            if seen == 2:
                break
        for m in range(n + 1, len(setting.drafts)):
            for code, city in self.own[m][:1]:
                value = code if country is None else city if code == country else None
                if value is not None:
                    shared = min(setting.shares(n, m), 2)
                    facts.add(value, "next", f"next shares {shared}")
                    return


def _located(country: str | None, city: str | None) -> Place:
    """A place with the coordinates of its city, when the gazetteer's city of that name is in the country."""
    known = cities().get(fold(city)) if city is not None else None
    if known is None or known.country != country or not known.geonames_id:
        return Place(city=city, country=country)
    return Place(
        city=city,
        country=country,
        latitude=known.latitude,
        longitude=known.longitude,
        geonames_id=known.geonames_id,
    )


def _capitals(document: Document, setting: Setting) -> list[_Name]:
    """Seats of government that the text names as such: "the Lao capital", "Peru's capital"."""
    parse = document.parse
    found: list[_Name] = []
    for mention in document.mentions:
        if parse is None or mention.label not in ("country", "nationality") or mention.code is None:
            continue
        after = mention.tokens[1]
        if after < len(parse) and parse[after].lower_ in ("'s", "’s"):
            after += 1
        if after < len(parse) and parse[after].lower_ == "capital" and (seat := seat_of(mention.code)) is not None:
            found.append((setting.sentence(after), "city", mention.code, seat))
    return found


def _dateline(document: Document) -> tuple[str, str] | None:
    """City and country of the place that an article's dateline names."""
    for furniture in document.furniture:
        if furniture.kind == "dateline":
            words = document.article.text[furniture.span.start : furniture.span.end]
            known = cities().get(fold(words.split(",")[0].split(".")[0].split("/")[0].strip(" (-–—")))
            if known is not None:
                return known.name, known.country
    return None
