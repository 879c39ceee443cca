"""Inherit: the date and place that an event takes from its clause, the visit, the talks or the story it belongs to."""

from __future__ import annotations

from pipeline.document import Document, EventDate, Place
from pipeline.events.choice import scores_of
from pipeline.events.dating import Dating
from pipeline.events.guessed import guessed_city, guessed_country, guessed_date
from pipeline.events.merge import Draft, World
from pipeline.events.placing import Placing
from pipeline.events.setting import Setting


class Circumstances:
    """Dates and places of all drafts of one document, decided in the order of the text.

    Each date, country and city is the likeliest of those the document offers (see `choice`, `guessed`);
    what is decided for one draft speaks for those after it.
    """

    def __init__(self, document: Document, world: World, drafts: list[Draft]) -> None:
        self.setting = Setting(document, world, drafts)
        self.names = {e.key: e.name for e in document.entities if e.kind == "city"}
        self.dating = Dating(document, self.setting)
        self.placing = Placing(document, self.setting)
        dates: list[EventDate | None] = [None] * len(drafts)
        for n in range(len(drafts)):
            dates[n] = self.date(n, dates)
        self.dates = [date for date in dates if date is not None]
        places: list[Place | None] = [None] * len(drafts)
        for n in range(len(drafts)):
            places[n] = self.place(n, places)
        self.places = [place for place in places if place is not None]

    def date(self, n: int, decided: list[EventDate | None]) -> EventDate:
        ruled = scores_of("date", self.dating.candidates(n, decided), self.dating.context(n))
        return guessed_date(self.setting.document, self.setting.mentions[n], ruled)

    def place(self, n: int, decided: list[Place | None]) -> Place:
        placing, mentions = self.placing, self.setting.mentions[n]
        ruled = scores_of("country", placing.countries(n, decided, self.dates), placing.context(n, "country"))
        country = guessed_country(mentions, ruled)
        city = None
        if country is not None:
            ruled = scores_of("city", placing.cities(n, country, decided, self.dates), placing.context(n, "city"))
            city = guessed_city(mentions, self.names, ruled)
        return placing.complete(n, country, city)
