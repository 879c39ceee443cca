"""How people, countries and organisations are named in a synthesised article, as marked-up text."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.train.synthesis_cast import (
    Organisation,
    Person,
    country_of,
    large_cities,
    official_name,
)
from pipeline.train.synthesis_style import Style
from pipeline.train.synthesis_text import bare, mark

STATES = ("Republic", "State")
"""Ends of titles that no country stands after: "President of the Republic of Kenya" has another."""

SHORT_TITLE = 2
"""Words of the longest title that stands before a surname alone."""


@dataclass(slots=True)
class Namer:
    """Names whoever is asked for, in full the first time; keeps which positions the text has stated."""

    vocabulary: Mapping[str, Any]
    style: Style
    rng: random.Random
    headline: bool = False
    told: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    positions: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Title and whose office it is, by the holder's key and the folded title."""

    def country(self, code: str) -> str:
        """The country by its noun."""
        names = self.vocabulary["countries"]["names"]
        chance = self.rng.random()
        if code in names and chance < (0.7 if self.headline and len(names[code][0]) < 9 else 0.3):
            name = self.rng.choice(names[code])
        elif chance > 0.95 and not self.headline:
            return self.long_country(code)
        else:
            name = country_of(code).name
        the = "the " if name.startswith("the ") else ""
        if code in self.vocabulary["countries"]["the"] and name == country_of(code).name:
            the = "the "
        if self.headline and name.isupper():
            the = ""
        return the + mark(name.removeprefix("the "), "GPE", code)

    def long_country(self, code: str) -> str:
        """The country by its long name."""
        name = official_name(code, self.vocabulary)
        first = name.split()[0]
        the = "the " if first != country_of(code).name.split()[0] or code in self.vocabulary["countries"]["the"] else ""
        return the + mark(name, "GPE", code)

    def adjective(self, code: str) -> str:
        """The country's adjective, or its name where news uses that."""
        words = self.vocabulary["countries"]["before_nouns"].get(code) or country_of(code).demonyms[:1]
        word = self.rng.choice(words)
        label = "NORP" if word in country_of(code).demonyms or word == "Macedonian" else "GPE"
        return mark(word, label, code)

    def capital(self, code: str) -> str:
        """The country's seat of government."""
        seat = str(country_of(code).capital)
        return mark(seat, "GPE", f"{code}:{seat}")

    def city(self, code: str) -> str:
        """A city of the country that is no seat of government, if it has a large one."""
        others = large_cities().get(code)
        return mark(name := self.rng.choice(others), "GPE", f"{code}:{name}") if others else self.capital(code)

    def person(self, who: Person, *, tight: bool = False) -> str:
        """The person: with office and country the first time, shorter later; `tight` for before a possessive 's."""
        if self.headline:
            return self._in_headline(who)
        if who.key in self.told:
            return self._again(who)
        self.told.add(who.key)
        return self._first(who, tight=tight)

    def name(self, who: Person) -> str:
        """The person's name alone."""
        self.told.add(who.key)
        return mark(who.full, "PER", who.key)

    def surname(self, who: Person) -> str:
        """The short form of the name, with an honorific where the newsroom uses them."""
        if who.key not in self.told and not self.headline:
            return self.person(who)
        before = self.style.honorifics[who.female] + " " if self.style.honorifics and not self.headline else ""
        return before + mark(who.short, "PER", who.key)

    def role(self, who: Person) -> str:
        """Office and name, without the country."""
        if who.key in self.told:
            return self._again(who)
        self.told.add(who.key)
        return f"{self.title(who)} {mark(who.full, 'PER', who.key)}"

    def noun(self, who: Person, others: Sequence[Person]) -> str:
        """What the person is called for short: "the minister"; `others` are people it might be taken for."""
        if who.key not in self.told and not self.headline:
            return self.person(who)
        same = any(other.noun == who.noun and other.key != who.key for other in others)
        adjective = bare(self.adjective(who.country)) + " " if same and who.country else ""
        return mark(f"the {adjective}{who.noun}", "NOM", who.key)

    def counterpart(self, who: Person, of: Person) -> str:
        """The person by the office of another: "his Kenyan counterpart"."""
        his = "her" if of.female else "his"
        if who.country is None or who.kind != of.kind:
            return self.person(who)
        if self.headline:
            return mark(f"{bare(self.adjective(who.country))} counterpart", "NOM", who.key)
        if who.key in self.told:
            return mark(f"{his} {bare(self.adjective(who.country))} counterpart", "NOM", who.key)
        self.told.add(who.key)
        self.state(who.key, of.office, who.of)
        name = mark(who.full, "PER", who.key)
        joined = self.rng.choice([f" counterpart {name}", f" counterpart {name}", f" counterpart, {name},"])
        return f"{his} {self.adjective(who.country)}{joined}"

    def organisation(self, what: Organisation, *, tight: bool = False) -> str:
        """The organisation: its country with it the first time, its acronym or short form later."""
        name = mark(what.name, "ORG", what.key)
        if self.headline:
            if what.acronym and self.rng.random() < 0.7:
                return mark(what.acronym, "ORG", what.key)
            return name if what.whole or what.country is None else f"{self.adjective(what.country)} {name}"
        the = "the " if what.the else ""
        again = what.key in self.told
        self.told.add(what.key)
        if what.country is not None and not what.whole:
            if again:
                return the + name
            choice = self.rng.random()
            if choice < 0.45 and not tight:
                return f"{self.country(what.country)}'s {name}"
            if choice < 0.85 or what.country != self.style.home:
                return f"the {self.adjective(what.country)} {name}"
            return the + name
        if what.acronym is None:
            return the + name
        short = ("the " if what.the_acronym else "") + mark(what.acronym, "ORG", what.key)
        if what.key in self.acronyms or again:
            return short
        if self.rng.random() < 0.4 and not tight:
            self.acronyms.add(what.key)
            return f"{the}{name} ({mark(what.acronym, 'ORG', what.key)})"
        if self.rng.random() < 0.5:
            return short
        return the + name

    def bare(self, what: Organisation) -> str:
        """The organisation without an article, for before a noun."""
        self.told.add(what.key)
        return mark(what.acronym or what.name, "ORG", what.key)

    def state(self, key: str, title: str, of: str) -> None:
        self.positions.setdefault((key, title.casefold()), (title, of))

    def title(self, who: Person, *, lower: bool = False) -> str:
        title = who.office
        if lower and self.style.lower_titles and " the " not in title and not title.isupper():
            title = title.lower()
        self.state(who.key, title, who.of)
        return mark(title, "TITLE", who.key)

    def untitled(self, who: Person, office: str) -> str:
        """A name whose office stands before, in the plural."""
        self.told.add(who.key)
        self.state(who.key, office, who.of)
        return mark(who.full, "PER", who.key)

    def _in_headline(self, who: Person) -> str:
        name = mark(who.short, "PER", who.key)
        title = who.title.get("short", "")
        if who.country is None or not title or who.kind in ("igohead", "boss", "spokes"):
            return name
        marked = mark(title, "TITLE", who.key)
        forms = [name, f"{self.adjective(who.country)} {marked}", f"{self.adjective(who.country)} {marked} {name}"]
        if who.country == self.style.home or title[0].isupper():
            forms.append(f"{marked} {name}")
        return self.rng.choice(forms)

    def _again(self, who: Person) -> str:
        choice = self.rng.random()
        title = who.office
        if choice < 0.12:
            return mark(who.full, "PER", who.key)
        if choice < 0.3 and len(title.split()) <= SHORT_TITLE and title[:1].isupper():
            return f"{mark(title, 'TITLE', who.key)} {mark(who.short, 'PER', who.key)}"
        return self.surname(who)

    def _first(self, who: Person, *, tight: bool) -> str:
        name = mark(who.full, "PER", who.key)
        if who.kind == "none":
            return name
        if who.of != who.country:
            raise ValueError(f"{who.key} holds an office of an organisation, which a plan names")
        code = who.of
        forms = [
            lambda: f"{self.country(code)}'s {self.title(who)} {name}",
            lambda: f"{self.adjective(code)} {self.title(who)} {name}",
        ]
        if code == self.style.home:
            forms += [lambda: f"{self.title(who)} {name}"] * 4
        if not tight:
            forms += [
                lambda: f"{name}, {self.country(code)}'s {self.title(who, lower=True)},",
                lambda: f"the {self.adjective(code)} {self.title(who, lower=True)}, {name},",
            ]
        if not who.office.endswith(STATES):
            forms.append(lambda: f"{self.title(who)} of {self.country(code)} {name}")
            if not tight:
                forms += [
                    lambda: f"{name}, {self.title(who, lower=True)} of {self.country(code)},",
                    lambda: f"the {self.title(who)} of {self.long_country(code)}, {name},",
                ]
        if who.host is not None:
            forms = self._of_ambassador(who, name, tight=tight)
        return self.rng.choice(forms)()

    def _of_ambassador(self, who: Person, name: str, *, tight: bool) -> list[Any]:
        code, host = who.of, str(who.host)
        forms: list[Any] = [
            lambda: f"{self.title(who)} of {self.country(code)} to {self.country(host)} {name}",
            lambda: f"{self.adjective(code)} {self.title(who)} {name}",
            lambda: f"{self.country(code)}'s {self.title(who)} {name}",
        ]
        if not tight:
            forms += [
                lambda: f"{self.country(code)}'s {self.title(who, lower=True)} to {self.country(host)}, {name},",
                lambda: f"the {self.adjective(code)} {self.title(who, lower=True)} in {self.capital(host)}, {name},",
                lambda: f"{name}, {self.title(who, lower=True)} of {self.country(code)} to {self.country(host)},",
            ]
        return forms

    def of_organisation(self, who: Person, what: Organisation, *, tight: bool = False) -> str:
        """An officer of an organisation, the first time with the organisation."""
        if self.headline or who.key in self.told:
            return self.person(who)
        self.told.add(who.key)
        name = mark(who.full, "PER", who.key)
        self.state(who.key, who.office, what.key)
        title = mark(who.office, "TITLE", who.key)
        plain = mark(what.name, "ORG", what.key)
        if what.country is None:
            plain = mark(what.acronym or what.name, "ORG", what.key)
        known = what.key in self.told
        forms = []
        if known or what.country is None or what.whole:
            forms.append(f"{plain} {title} {name}")
        if not known and what.country is not None and not what.whole:
            forms += [
                f"{self.adjective(what.country)} {plain} {title} {name}",
                f"{self.country(what.country)}'s {plain} {title}, {name},",
            ]
            if what.country == self.style.home:
                forms.append(f"{plain} {title} {name}")
        if not tight:
            forms.append(f"{name}, {title} of {self.organisation(what)},")
        self.told.add(what.key)
        return self.rng.choice(forms)
