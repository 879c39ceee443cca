"""One article in the making: plans rendered one after the other, and what they state."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.gold.model import GoldEvent
from pipeline.train.synthesis_cast import Cast, Entity, Group, Organisation, Person
from pipeline.train.synthesis_days import draw_day
from pipeline.train.synthesis_events import EventState, goes_along, gold_event
from pipeline.train.synthesis_groups import both, several, two
from pipeline.train.synthesis_mentions import Namer
from pipeline.train.synthesis_syntax import CHOICE, PLAIN_WORDS, WHEN_WORDS, EventPlan, Plan
from pipeline.train.synthesis_teller import Teller
from pipeline.train.synthesis_text import START, Marked, mark, neat, tokens, visible, with_starts

TOKEN = re.compile(r"\[(?P<surface>[^\[\]#]+?)(?:#(?P<ref>[^\[\]#]+))?\]|\{(?P<slot>[^{}]+)\}")
PERSON = re.compile(r"\|PER#([^\]]+)\]\]")
TABLES = {"topic": "topics", "doc": "documents"}
USUAL_DAYS = {"occurred": "recent", "negated": "recent", "ongoing": "span", "planned": "next", "cancelled": "soon"}
GRAVE = frozenset("ASSAULT COERCE RETREAT SANCTION".split())
"""Types of main events whose people do not go about their business in other sentences."""

PRONOUNS = 0.4
"""How often whoever was named last is "he" or "she" at the start of a sentence."""

NOUNS = 0.25
"""How often a person who is known is named by the office: "the minister"."""


@dataclass(slots=True)
class Story:
    """An article in the making."""

    rng: random.Random
    cast: Cast
    namer: Namer
    teller: Teller
    roles: dict[str, Entity]
    events: list[EventState] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    _main: dict[str, EventState] = field(default_factory=dict)
    _told: str = ""
    _said: set[str] = field(default_factory=set)
    _promised: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What the headline has said of a table, until the text has said it too."""

    _scope: dict[str, Entity] = field(default_factory=dict)
    _ids: dict[str, EventState] = field(default_factory=dict)
    _agency: Organisation | None = None
    _starts: bool = False
    """Does a sentence begin here?"""

    _last: str | None = None
    """The key of the person named last, if the sentence before names one."""

    def begin(self, events: Sequence[EventPlan]) -> None:
        """Take up the events of the scene, which all its plans share."""
        self._scope = self.roles
        self._main = self._declare(events, {})

    def after(self, lead: Plan) -> None:
        """From now on, what a plan adds goes along with the event that the lead has told."""
        self._told = min(lead.tells, default="")

    def render(self, plan: Plan, *, headline: bool = False, along: bool = False) -> str:
        """The plan as marked-up text; what a plan tells `along` with the main event has its date and place."""
        self.namer.headline = headline
        self._scope = {**self.roles, **self.cast.fill(plan.roles, self.roles)}
        self._ids = self._main | self._declare(plan.events, self._main, after=self._told if along else "")
        text = self._expand(with_starts(plan.text))
        if headline or not PERSON.search(text):
            self._last = None
        return neat(text)

    def fits(self, plan: Plan) -> bool:
        """Can the plan be told of these people?"""
        grave = any(state.plan.type in GRAVE for state in self._main.values())
        for letter in plan.needs:
            who = self.roles.get(letter)
            if who is None or (isinstance(who, Person) and (grave or who.kind == "none")):
                return False
        for letter, kinds in plan.kinds.items():
            who = self.roles.get(letter)
            if not isinstance(who, Person) or who.kind not in kinds:
                return False
        return True

    def gold_events(self, marks: Sequence[Marked]) -> list[GoldEvent]:
        """The events that the text names, with what it tells of them."""
        named = {m.ref for m in marks if m.label in ("PER", "ORG")}
        named |= {m.ref.partition(":")[0] for m in marks if m.label in ("GPE", "NORP")}
        found = []
        for state in self.events:
            triggers = [
                {"start": m.start, "end": m.start + len(m.surface), "text": m.surface}
                for m in marks
                if m.label == "EV" and m.ref == state.id
            ]
            if triggers:
                found.append(gold_event(state, triggers, published=self.teller.published, named=named))
        return found

    def _declare(
        self, plans: Sequence[EventPlan], known: Mapping[str, EventState], *, after: str = ""
    ) -> dict[str, EventState]:
        found: dict[str, EventState] = {}
        for plan in plans:
            place = self._scope.get(plan.place) if plan.place else None
            kind = plan.day or USUAL_DAYS.get(plan.status)
            state = EventState(
                f"e{len(self.events) + 1}", plan, self._keys(plan.actors), self._keys(plan.recipients),
                self._keys(plan.optional), place if isinstance(place, str) else None,
                draw_day(kind, self.teller.today, self.rng) if kind else None,
            )  # fmt: skip
            before = {**known, **found}.get(plan.follows or after)
            if before is not None and (plan.follows or goes_along(state, before)):
                state.follows = before
                state.day = before.day
            self.events.append(state)
            found[plan.id] = state
        return found

    def _keys(self, letters: Sequence[str]) -> tuple[str, ...]:
        keys: list[str] = []
        for letter in letters:
            entity = self._scope.get(letter)
            if isinstance(entity, Group):
                keys += [who.key for who in entity.people]
            elif entity is not None:
                keys.append(entity if isinstance(entity, str) else entity.key)
        return tuple(dict.fromkeys(keys))

    def _expand(self, text: str) -> str:
        while found := CHOICE.search(text):
            text = text[: found.start()] + self.rng.choice(found[1].split("|")) + text[found.end() :]
        out = ""
        pieces = list(tokens(text, TOKEN))
        for number, (before, token) in enumerate(pieces):
            out += before
            if token is None:
                continue
            after = pieces[number + 1][0]
            if token["slot"] is not None:
                self._starts = out.endswith(START)
                said = self._slot(token["slot"], tight=after[:2] in ("'s", "’s"))
                self._last = (PERSON.findall(said) or [self._last])[-1]
                out += said
            else:
                out += self._mark(token["surface"], token["ref"])
        return out

    def _mark(self, surface: str, ref: str | None) -> str:
        label, _, keys = (ref or "e").partition(" ")
        if label in self._ids:
            return mark(surface, "EV", self._ids[label].id)
        words = visible(self._expand(surface)) if "{" in surface else surface
        if label == "NOM":
            return mark(words, "NOM", "+".join(self._keys(keys.split("+"))))
        if label == "TITLE":
            (key,) = self._keys([keys])
            self.namer.state(key, words, str(self.cast.everybody[key].country))
            return mark(words, "TITLE", key)
        if label == "ORG":
            return mark(words, "ORG", self.cast.public(words).key)
        return mark(words, label, keys or "-")

    def _slot(self, slot: str, *, tight: bool) -> str:
        name, *rest = slot.split()
        if name in WHEN_WORDS:
            return self._when(name, self._ids[rest[0] if rest else "e"])
        if name in PLAIN_WORDS:
            return self._plain(name, *rest)
        letter, _, word = name.partition(".")
        if name in ("both", "two", "they"):
            return self._of_two(name, self._scope[rest[0]], self._scope[rest[1]])
        entity = self._scope[letter]
        if isinstance(entity, Group):
            return several(self.namer, entity)
        if isinstance(entity, str):
            return self._country(entity, word)
        if isinstance(entity, Organisation):
            return self._organisation(entity, word, tight=tight)
        other = self._scope[rest[0]] if rest else None
        return self._person(entity, word, other if isinstance(other, Person) else None, tight=tight)

    def _when(self, name: str, state: EventState) -> str:
        teller = self.teller
        tell = {"on": teller.on, "in": teller.in_place, "at": teller.at, "city": teller.city, "date": teller.date}
        return tell[name](state) if name in tell else self._from(state, TABLES[name])

    def _plain(self, name: str, *bounds: str) -> str:
        teller = self.teller
        if name in ("num", "nth"):
            return (teller.number if name == "num" else teller.nth)(*bounds)
        if name == "nev":
            code = next((state.place for state in self._main.values() if state.place), self.namer.style.home)
            hosts = [who for who in self._scope.values() if isinstance(who, Organisation) and who.country is None]
            return teller.gathering(code, (hosts[0].acronym or hosts[0].name) if hosts else "Regional Leaders'")
        say = {"src": self._source, "money": teller.money, "year": teller.year, "lastyear": teller.lastyear}
        return say[name]()

    def _country(self, code: str, word: str) -> str:
        namer = self.namer
        words = {"": namer.country, "adj": namer.adjective, "cap": namer.capital, "city": namer.city}
        return words[word](code)

    def _organisation(self, what: Organisation, word: str, *, tight: bool) -> str:
        if word == "bare":
            return self.namer.bare(what)
        if word == "nom" and what.key in self.namer.told:
            return mark(f"the {what.noun}", "NOM", what.key)
        return self.namer.organisation(what, tight=tight)

    def _person(self, who: Person, word: str, other: Person | None, *, tight: bool) -> str:
        namer = self.namer
        if word in ("he", "him", "his"):
            own = {"he": "she", "him": "her", "his": "her"}[word] if who.female else word
            return own if word == "his" else mark(own, "NOM", who.key)
        if word == "cp" and other is not None:
            return namer.counterpart(who, other)
        takes_part = any(who.key in (*state.actors, *state.recipients) for state in self._ids.values())
        plain = word == "" and takes_part and who.key in namer.told and not namer.headline and not tight
        if plain and self._starts and self._last == who.key and self.rng.random() < PRONOUNS:
            return mark("she" if who.female else "he", "NOM", who.key)
        if word == "nom" or (plain and who.title["title"] and self.rng.random() < NOUNS):
            present = [who for who in self.cast.everybody.values() if isinstance(who, Person)]
            return namer.noun(who, present) if who.key in namer.told or namer.headline else self._full(who, tight=tight)
        if word == "name":
            return namer.name(who)
        if word == "short" and (who.key in namer.told or namer.headline):
            return namer.surname(who)
        if word == "role" and who.of == who.country:
            return namer.role(who)
        return self._full(who, tight=tight)

    def _full(self, who: Person, *, tight: bool) -> str:
        body = self.cast.everybody.get(who.of)
        if isinstance(body, Organisation):
            return self.namer.of_organisation(who, body, tight=tight)
        return self.namer.person(who, tight=tight)

    def _of_two(self, word: str, one: Entity, other: Entity) -> str:
        if isinstance(one, Group) or isinstance(other, Group):
            raise ValueError(f"{word} is for two, not for groups")
        if word == "they":
            return mark("they", "NOM", "+".join(x if isinstance(x, str) else x.key for x in (one, other)))
        if word == "two" or not isinstance(one, Person) or not isinstance(other, Person):
            return two(self.namer, one, other)
        return both(self.namer, one, other)

    def _from(self, state: EventState, table: str) -> str:
        if table in self._promised:
            context, text = self._promised.pop(table)
            state.contexts.add(context)
            return self._expand(text)
        choices = [
            (context, text)
            for context, texts in self.namer.vocabulary[table].items()
            for text in texts
            if text not in self._said and all(letter in self._scope for letter in re.findall(r"\{([A-Z])", text))
        ]
        context, text = self.rng.choice(choices)
        self._said.add(text)
        if self.namer.headline:
            self._promised[table] = (context, text)
        state.contexts.add(context)
        return self._expand(text)

    def _source(self) -> str:
        choice = self.rng.random()
        if choice < 0.3:
            return ""
        office = next((x for x in self._scope.values() if isinstance(x, Organisation) and x.noun == "ministry"), None)
        if office is None or choice < 0.55:
            if self._agency is None:
                self._agency = self.cast.national("agency", self.namer.style.home)
            office = self._agency
        self.cited.append(office.key)
        name = self.namer.organisation(office)
        verb = self.rng.choice(
            ["reported", "reports", "said"] if office is self._agency else ["said", "said in a statement", "announced"]
        )
        return self.rng.choice([f", {name} {verb}", f", according to {name}"])
