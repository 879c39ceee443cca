"""A country of an article swapped for another."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.data import Country, bodies, countries, demonyms, fold, listed_organisations
from pipeline.gold.model import GoldArticle, GoldEntity, GoldEvent, GoldMention, GoldPlace
from pipeline.train.augment_edits import Edit, Unmovable, apply, edited, indefinite
from pipeline.train.augment_places import Places, all_forms, any_of

ATTEMPTS = 12
STEM = 5
"""So many first letters of a country's name or adjective tell words made of it ("Uzbekneftegaz")."""


@dataclass(frozen=True, slots=True)
class Swap:
    """`old` becomes `new`: what becomes of each form (as written, in no capitals), and of each city."""

    old: str
    new: str
    forms: Mapping[str, str]
    towns: Mapping[str, str]
    places: Places

    def key(self, key: str) -> str:
        """A country's code or a city's key after the swap."""
        if key == self.old:
            return self.new
        if key.startswith(f"{self.old}:"):
            city = key.partition(":")[2]
            return f"{self.new}:{self.towns[city]}"
        return key

    def keys(self, keys: Iterable[str]) -> list[str]:
        """Participants after the swap."""
        return sorted({self.key(key) for key in keys})

    def edits(self, text: str) -> list[Edit]:
        """The edits that carry the swap out in a text."""
        found = list(self.places.names.finditer(text))
        taken = [match.span() for match in found]
        found += [
            match
            for match in (any_of(set(self.towns)).finditer(text) if self.towns else ())
            if not any(a < match.end() and match.start() < b for a, b in taken)
        ]
        return [Edit(m.start(), m.end(), self._form(m[0])) for m in found if self._is_old(m[0])]

    def words(self, text: str) -> str:
        """A text after the swap."""
        return edited(text, sorted(indefinite(text, self.edits(text))))

    def _is_old(self, found: str) -> bool:
        return found in self.forms or (found.isupper() and found.casefold() in self._folded())

    def _form(self, found: str) -> str:
        if found in self.forms:
            return self.forms[found]
        return self._folded()[found.casefold()].upper()

    def _folded(self) -> dict[str, str]:
        return {form.casefold(): new for form, new in self.forms.items()}


def swap_country(article: GoldArticle, places: Places, rng: random.Random) -> GoldArticle:
    """The article with one of its countries swapped for another, the same article when none can be."""
    present = sorted({m.entities[0][:3] for m in article.mentions if m.label in ("GPE", "NORP") and m.entities})
    candidates = [code for code in present if code in places.swappable and not _own_bodies(article, code)]
    rng.shuffle(candidates)
    named = _named(article, places)
    for old in candidates:
        others = [code for code in places.swappable if code not in named]
        for new in rng.sample(others, min(ATTEMPTS, len(others))):
            swap = _swap(article, places, old, new, rng)
            if swap is not None and (changed := swapped(article, swap)) is not None:
                return changed
    return article


def _own_bodies(article: GoldArticle, code: str) -> bool:
    """Whether the text names a body that belongs to the country without naming it ("Knesset")."""
    pattern = _bodies(code)
    return pattern is not None and pattern.search(article.text) is not None


@cache
def _bodies(code: str) -> re.Pattern[str] | None:
    of_country = any_of(all_forms(countries()[code]))
    names = {name for body in bodies() if body.country == code for name in (*body.own, *body.seats)}
    own = {name for name in names if of_country.search(name) is None}
    return any_of(own) if own else None


def _named(article: GoldArticle, places: Places) -> set[str]:
    """The countries that the text names, or its labels."""
    found = {key[:3] for mention in article.mentions for key in mention.entities}
    found |= {event.place.country for event in article.events if event.place.country is not None}
    return found.union(*(places.named[match[0].casefold()] for match in places.names.finditer(article.text)))


def _swap(article: GoldArticle, places: Places, old: str, new: str, rng: random.Random) -> Swap | None:
    """How to swap two countries in an article; None when a form of the old one has no like in the new."""
    one, other = countries()[old], countries()[new]
    forms = _state_forms(one, other, places)
    towns = _towns(article, places, one, other, rng)
    if towns is None:
        return None
    for seat in one.seats:
        for spelling in seat:
            if spelling in towns:
                forms[spelling] = towns[spelling]
    forms |= {city: town for city, town in towns.items() if city not in forms}
    return Swap(old, new, forms, towns, places)


def _state_forms(one: Country, other: Country, places: Places) -> dict[str, str]:
    """The forms of the one country's name, adjective and people, each with that of the other."""

    def with_the(name: str) -> bool:
        return name in places.the or (" " in name and name.startswith(places.the_before))

    forms: dict[str, str] = {}
    long = next((name for name in (other.official, other.name) if name != other.name), None)
    for name in (one.name, one.official, *one.aliases):
        formal = with_the(name) and name != one.name and " " in name
        like = long if formal else other.name
        if like is not None and with_the(like) == with_the(name):
            forms[name] = like
    adjective, people = one.demonyms[0], f"{one.demonyms[0]}s"
    if demonyms().get(fold(adjective)) == one.code and demonyms().get(fold(other.demonyms[0])) == other.code:
        forms[adjective] = other.demonyms[0]
        if people in one.demonyms and f"{other.demonyms[0]}s" in other.demonyms:
            forms[people] = f"{other.demonyms[0]}s"
    return forms


def _towns(
    article: GoldArticle, places: Places, one: Country, other: Country, rng: random.Random
) -> dict[str, str] | None:
    """The cities of the one country in an article, each with one of the other; None when there are too few."""
    keys = {key for mention in article.mentions for key in mention.entities}
    said = {key.removeprefix(f"{one.code}:") for key in keys if key.startswith(f"{one.code}:")}
    said |= {e.place.city for e in article.events if e.place.country == one.code and e.place.city is not None}
    said |= {name for name in places.cities.get(one.code, ()) if re.search(rf"\b{re.escape(name)}\b", article.text)}
    found: dict[str, str] = {}
    capitals = {spelling: other.seats[0][0] for seat in one.seats[:1] for spelling in seat}
    free = [city for city in places.cities[other.code] if city not in article.text]
    rng.shuffle(free)
    for seat in one.seats[1:]:
        if any(re.search(rf"\b{re.escape(s)}\b", article.text) or s in said for s in seat):
            if not free:
                return None
            found |= dict.fromkeys(seat, free.pop())
    for city in sorted(said - capitals.keys() - found.keys()):
        if not free or not places.no_city.isdisjoint(city.split()):
            return None
        found[city] = free.pop()
    return found | capitals


def swapped(article: GoldArticle, swap: Swap) -> GoldArticle | None:
    """The article after the swap; None when a mention of the old country stays behind."""
    people = [(m.start, m.end) for m in article.mentions if m.label == "PER"]
    edits = [edit for edit in swap.edits(article.text) if not any(a < edit.end and edit.start < b for a, b in people)]
    if not _whole(article, swap, edits):
        return None
    kept = _known_elsewhere(article, swap)

    def entity(item: GoldEntity) -> GoldEntity:
        if item.kind == "person":
            return item
        country = swap.new if item.country == swap.old and item.key not in kept else item.country
        return item.model_copy(
            update={"name": swap.words(item.name), "aliases": [*map(swap.words, item.aliases)], "country": country}
        )

    def named(value: str) -> str:
        return value if article.entity(value) is not None else swap.key(value) if _is_key(value) else swap.words(value)

    try:
        mentions = [_mention(mention, swap) for mention in article.mentions]
        events = [_event(event, swap) for event in article.events]
        update = {
            "mentions": mentions,
            "events": events,
            "entities": [entity(item) for item in article.entities],
            "cited": [named(value) for value in article.cited],
            "outlet": article.outlet and swap.words(article.outlet),
            "relations": [
                relation.model_copy(
                    update={
                        "object": relation.object and named(relation.object),
                        "title": relation.title and swap.words(relation.title),
                    }
                )
                for relation in article.relations
            ],
        }
        return apply(article, indefinite(article.text, edits), update)
    except (KeyError, Unmovable):
        return None


def _is_key(value: str) -> bool:
    return re.fullmatch(r"[A-Z]{3}(:.+)?", value) is not None


def _whole(article: GoldArticle, swap: Swap, edits: Sequence[Edit]) -> bool:
    """Whether the edits reach every mention of the old country, and words made of its name are not there."""
    spans = {(edit.start, edit.end) for edit in edits}
    for mention in article.mentions:
        if mention.label in ("GPE", "NORP") and any(key[:3] == swap.old for key in mention.entities):
            if (mention.start, mention.end) not in spans:
                return False
        elif mention.label == "GPE" and (mention.start, mention.end) in spans:
            return False
    own = countries()[swap.old]
    stems = {form[:STEM].casefold() for form in (own.name, *own.demonyms) if len(form) >= STEM}
    left = edited(article.text, [Edit(edit.start, edit.end, "") for edit in edits])
    rest = [word.casefold() for word in re.findall(r"[^\W_]+", left)]
    return not any(word.startswith(stem) for word in rest for stem in stems) and not any(
        form.casefold() in rest for form in (*own.aliases, *own.demonyms) if len(form) > 2
    )


def _known_elsewhere(article: GoldArticle, swap: Swap) -> set[str]:
    """Organisations of the old country that are known by their name, and stay what and where they are."""
    known = {fold(n) for o in listed_organisations() if o.country == swap.old for n in (o.name, *o.aliases)}
    return {e.key for e in article.entities if fold(e.name) in known and swap.words(e.name) == e.name}


def _mention(mention: GoldMention, swap: Swap) -> GoldMention:
    return mention.model_copy(update={"entities": [swap.key(key) for key in mention.entities]})


def _event(event: GoldEvent, swap: Swap) -> GoldEvent:
    place = event.place
    if place.country == swap.old or place.city in swap.towns:
        place = GoldPlace(
            city=swap.towns[place.city] if place.city is not None else None,
            country=swap.new if place.country == swap.old else place.country,
            facility=place.facility,
        )
    if place.facility is not None:
        place = place.model_copy(update={"facility": swap.words(place.facility)})
    return event.model_copy(
        update={
            "place": place,
            "actors": swap.keys(event.actors),
            "recipients": swap.keys(event.recipients),
            "optional": swap.keys(event.optional),
        }
    )
