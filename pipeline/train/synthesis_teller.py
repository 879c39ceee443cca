"""When and where: the slots of plans for days, places, numbers and gatherings."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from pipeline.train.synthesis_cast import country_of, large_cities
from pipeline.train.synthesis_days import tell
from pipeline.train.synthesis_events import EventState
from pipeline.train.synthesis_mentions import Namer
from pipeline.train.synthesis_text import mark

LEFT_OUT = 0.12
"""How often a plan's date or place is left out."""

OTHER_CITY = 0.15
"""How often something takes place outside the seat of government."""

LARGEST_SUM = 900
MONEY = "money"
NUMBERS = ("9th", "14th", "Third", "Second", "22nd", "37th", "Fifth")


@dataclass(slots=True)
class Teller:
    """Tells when and where events take place; remembers what it has said."""

    rng: random.Random
    namer: Namer
    published: dt.date | None
    today: dt.date
    _cities: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, str] = field(default_factory=dict)
    """What the headline has said, by bounds, until the text has said it too."""

    _gathering: str | None = None

    def on(self, state: EventState) -> str:
        """ "on Tuesday", the first time that it is asked for, and mostly."""
        if self.namer.headline or state.asked or state.day is None:
            return ""
        state.asked = True
        fresh = state.plan.day in (None, "today", "recent") and state.plan.status in ("occurred", "planned")
        if fresh and self.rng.random() < LEFT_OUT:
            return ""
        state.when = tell(state.day, self.published, self.namer.style.dates, self.rng)
        return state.when.before + mark(state.when.words, "DATE", state.when.value)

    def date(self, state: EventState) -> str:
        """ "Tuesday", always. Raises `ValueError` for an event without a day."""
        if state.day is None:
            raise ValueError(f"{state.plan}: has no day")
        state.asked = True
        if state.when is None:
            state.when = tell(state.day, self.published, self.namer.style.dates, self.rng)
        return mark(state.when.words, "DATE", state.when.value)

    def city_of(self, code: str) -> str:
        """Where in the country the story takes place."""
        if code not in self._cities:
            others = large_cities().get(code)
            rare = others and self.rng.random() < OTHER_CITY
            self._cities[code] = self.rng.choice(others) if rare and others else str(country_of(code).capital)
        return self._cities[code]

    def in_place(self, state: EventState) -> str:
        """ "in Nairobi", the first time that it is asked for, and mostly."""
        if self.namer.headline or state.place is None or state.city is not None or self.rng.random() < LEFT_OUT:
            return ""
        words = f"in {self.city(state)}"
        if state.place != self.namer.style.home and self.rng.random() < 0.12:
            words += f", {self.namer.country(state.place)},"
        return words

    def city(self, state: EventState) -> str:
        """ "Nairobi", always. Raises `ValueError` for an event without a place."""
        if state.place is None:
            raise ValueError(f"{state.plan}: has no place")
        state.city = self.city_of(state.place)
        return mark(state.city, "GPE", f"{state.place}:{state.city}")

    def at(self, state: EventState) -> str:
        """ "at the State House", the first time that it is asked for."""
        if self.namer.headline or state.place is None or state.facility is not None:
            return ""
        places = self.namer.vocabulary["places"]
        pattern = self.rng.choice(places["facilities"])
        state.facility = pattern.format(city=self.city_of(state.place))
        the = "" if pattern in places["without_the"] else "the "
        where = "" if "{city}" in pattern or self.rng.random() < 0.5 else f" {self.in_place(state)}"
        return f"at {the}{mark(state.facility, 'FAC', '-')}{where}"

    def gathering(self, code: str, host: str) -> str:
        """The named conference that the article knows, in a city of the country; `host` is who holds it, for short."""
        if self._gathering is None:
            pattern = self.rng.choice(self.namer.vocabulary["gatherings"]["names"])
            number = self.rng.choice(NUMBERS)
            self._gathering = pattern.format(n=number, short=host, city=self.city_of(code), year=self.today.year)
        return mark(self._gathering, "NEV", "-")

    def number(self, bounds: str) -> str:
        """A number within bounds: "2-40"."""
        if bounds in self._numbers:
            return self._numbers.pop(bounds)
        low, _, high = bounds.partition("-")
        number = f"{self.rng.randint(int(low), int(high)):,}"
        if self.namer.headline:
            self._numbers[bounds] = number
        return number

    def nth(self, bounds: str) -> str:
        """ "third" or "12th", within bounds: "2-40"."""
        number = int(self.number(bounds).replace(",", ""))
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
        words = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
        return words.get(number, f"{number}{ending}") if self.rng.random() < 0.7 else f"{number}{ending}"

    def lastyear(self) -> str:
        """ "last year" or "in 2023"."""
        year = str(self.today.year - 1)
        if self.published is None or self.rng.random() < 0.4:
            return f"in {mark(year, 'DATE', year)}"
        return mark("last year", "DATE", year)

    def money(self) -> str:
        """ "$45 million"."""
        if MONEY in self._numbers:
            return self._numbers.pop(MONEY)
        unit = self.rng.choice(["million", "million", "billion"])
        amount = self.rng.randint(2, LARGEST_SUM) if unit == "million" else self.rng.randint(1, 9)
        told = f"{self.rng.choice(['$', '$', '€'])}{amount} {unit}"
        if self.namer.headline:
            self._numbers[MONEY] = told
        return told

    def year(self) -> str:
        """A year of the last decades."""
        year = self.today.year - self.rng.randint(2, 40)
        return mark(str(year), "DATE", str(year))
