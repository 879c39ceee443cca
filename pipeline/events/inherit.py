"""Inherit: the date and place that an event takes from its clause, the visit, the talks or the story it belongs to."""

from __future__ import annotations

from pipeline.document import Document, EventDate, Place
from pipeline.events.choice import choose
from pipeline.events.dating import Dating
from pipeline.events.guessed import guessed_date, guessed_place
from pipeline.events.merge import Draft, World
from pipeline.events.placing import Placing
from pipeline.events.setting import Setting


class Circumstances:
    """Dates and places of all drafts of one document, decided in the order of the text.

    Each date, country and city is the likeliest of those the document offers (see `choose`);
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
        def by_facts() -> EventDate:
            return choose("date", self.dating.candidates(n, decided), self.dating.context(n))

        return guessed_date(self.setting.document, self.setting.mentions[n], otherwise=by_facts)

    def place(self, n: int, decided: list[Place | None]) -> Place:
        placing = self.placing

        def by_facts() -> tuple[str | None, str | None]:
            country = choose("country", placing.countries(n, decided, self.dates), placing.context(n, "country"))
            if country is None:
                return None, None
            city = choose("city", placing.cities(n, country, decided, self.dates), placing.context(n, "city"))
            return country, city

        country, city = guessed_place(self.setting.mentions[n], self.names, otherwise=by_facts)
        return placing.complete(n, country, city)
