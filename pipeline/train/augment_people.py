"""New names for the people of an article."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.data import fold
from pipeline.gold.model import GoldArticle, GoldEntity, GoldMention
from pipeline.train.augment_edits import Edit, apply, indefinite
from pipeline.train.augment_names import GENDERS, Culture, Gender, Name, new_name

ATTEMPTS = 20
PRONOUN: Mapping[str, Gender] = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
ADDRESS: Mapping[str, Gender] = {
    "mr": "male", "sir": "male", "lord": "male", "monsieur": "male", "sheikh": "male", "shaikh": "male", "imam": "male",
    "mullah": "male", "don": "male", "tuan": "male", "ayatollah": "male", "bishop": "male", "cardinal": "male",
    "mrs": "female", "ms": "female", "miss": "female", "madam": "female", "madame": "female", "mme": "female",
    "dame": "female", "lady": "female", "sheikha": "female", "begum": "female", "puan": "female", "daw": "female",
}  # fmt: skip
TITLED: tuple[tuple[re.Pattern[str], Gender], ...] = (
    (re.compile(r"woman\b|\bqueen|princess|first lady|empress|duchess|\b(?:sister|wife|mother)\b", re.I), "female"),
    (re.compile(r"(?<!wo)man\b|\b(?:king|prince|emir|amir|sultan|pope|duke|father|husband)\b", re.I), "male"),
)
WORD = re.compile(r"[^\W_]+(?:['’ʻ`.-][^\W_]+)*\.?")
SMALL = 3
"""Words of a name so short, and lower-case ones, may stand elsewhere in the text."""


@dataclass(frozen=True, slots=True)
class OldName:
    """How an article names a person: the words of the whole name, and at which end of it the short form stands."""

    words: tuple[str, ...]
    short_first: bool


def rename(
    article: GoldArticle,
    cultures: Sequence[Culture],
    known: Mapping[str, Gender],
    rng: random.Random,
    *,
    share: float,
    always: Collection[str] = (),
) -> GoldArticle:
    """The article with new names for a `share` of its people, and for those of the keys `always`.

    `known` is the gender of given names in lower case.

    A person keeps the name when a form of it cannot be carried over, when words of it stand in the text where it is
    not marked, and when the text leaves the gender open in spite of pronouns.
    """
    edits: list[Edit] = []
    names: dict[str, Callable[[str], str]] = {}
    taken = {word.casefold() for word in WORD.findall(article.text)}
    for person in article.entities:
        if person.kind != "person" or (rng.random() >= share and person.key not in always):
            continue
        mentions = [m for m in article.mentions if m.label == "PER" and m.entities == [person.key]]
        old = _old_name(article, person, mentions)
        if old is None or _stands_elsewhere(article, old, mentions):
            continue
        choice = _genders(article, person.key, old, mentions, known)
        if not choice:
            continue
        name = _fresh(cultures, taken, rng, gender=rng.choice(choice), country=country_of(article, person.key))
        if name is None:
            continue
        taken |= {word.casefold() for word in WORD.findall(name.full)}
        renamed = _renderer(old, name)
        names[person.key] = renamed
        edits += [Edit(m.start, m.end, renamed(m.text)) for m in mentions]
    entities = [_renamed(entity, names.get(entity.key)) for entity in article.entities]
    return apply(article, indefinite(article.text, edits), {"entities": entities})


def _renamed(entity: GoldEntity, renamed: Callable[[str], str] | None) -> GoldEntity:
    if renamed is None:
        return entity
    aliases = [renamed(alias) for alias in entity.aliases]
    return entity.model_copy(update={"name": renamed(entity.name), "aliases": aliases})


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in name.split())


def _old_name(article: GoldArticle, person: GoldEntity, mentions: Sequence[GoldMention]) -> OldName | None:
    """How the article names the person; None when a form of the name is no part of the whole."""
    words = _words(person.name)
    shared = any(m.label == "PER" and person.key in m.entities and len(m.entities) > 1 for m in article.mentions)
    if not mentions or shared:
        return None
    surfaces = [m.text for m in mentions]
    ends = Counter(_is_first(_words(surface), words) for surface in surfaces)
    old = OldName(words, short_first=ends[True] > ends[False])
    known = all(_roles(surface, old) is not None for surface in (*surfaces, *person.aliases))
    return old if known else None


def _is_first(surface: tuple[str, ...], words: tuple[str, ...]) -> bool | None:
    """Whether a short form is the beginning of the name, rather than a piece without it; None for a whole name."""
    if surface[0] == words[0]:
        return None if surface[-1] == words[-1] else True
    return False if _contained(surface, words) else None


def _contained(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def _roles(surface: str, old: OldName) -> str | None:
    """What a form of the name is: "full", "shorter" (without what is in the middle), "initial", "short" or "other".

    None when it is no part of the whole name.
    """
    words = _words(surface)
    if sorted(words) == sorted(old.words):
        return "full"
    if len(words) > 1 and words[-1] == old.words[-1]:
        if words[0].rstrip(".") == old.words[0][0] and not old.short_first:
            return "initial"
        if words[0] == old.words[0]:
            return "shorter" if set(words) <= set(old.words) else None
    if not _contained(words, old.words):
        return None
    return "short" if (words[0] == old.words[0]) == old.short_first else "other"


def _renderer(old: OldName, name: Name) -> Callable[[str], str]:
    """What turns a form of the old name into one of the new, in the same case."""

    def render(surface: str) -> str:
        role = _roles(surface, old)
        parts = list(name.parts)
        if role == "short":
            return _cased(name.short, surface)
        if role == "other":
            return _cased(name.written(["family"] if "given" in name.short_roles else ["given"]), surface)
        if role == "initial" and (given := name.part("given")) and (family := name.part("family")):
            dot = "." if surface.split(maxsplit=1)[0].endswith(".") else ""
            return _cased(f"{given[0]}{dot} {family}", surface)
        if role == "shorter":
            parts = [(role, text) for role, text in parts if role != "middle"]
        if (loud := _loud_word(surface)) is not None:
            family_first = not old.short_first if loud else old.short_first
            parts = [(role, text.upper() if role == "family" else text) for role, text in parts]
            parts.sort(key=lambda part: (part[0] == "family") != family_first)
        return _cased(" ".join(text for _, text in parts), surface)

    return render


def _loud_word(surface: str) -> bool | None:
    """Whether the one end of the name that is in capitals is the last; None when not just one of them is."""
    words = surface.split()
    first, last = (len(word) > 2 and word.isupper() for word in (words[0], words[-1]))
    return None if first == last else last


def _cased(name: str, like: str) -> str:
    letters = sum(map(str.isalpha, like))
    if like.isupper() and letters > 2:
        return name.upper()
    return name.lower() if like.islower() else name


def _stands_elsewhere(article: GoldArticle, old: OldName, mentions: Sequence[GoldMention]) -> bool:
    """Whether words of the name stand in the text where no mention names the person."""
    own = [(m.start, m.end) for m in mentions]
    words = {word for whole in old.words for word in (whole, *re.split(r"['’-]", whole)) if len(word) > SMALL}
    return any(
        fold(match[0]).rstrip(".") in words and not any(a <= match.start() and match.end() <= b for a, b in own)
        for match in re.finditer(r"[^\W\d_][\w'’-]*[^\W_]", article.text)
        if match[0][0].isupper()
    )


def country_of(article: GoldArticle, key: str) -> str | None:
    """The country of the person's first office: that of the state or of the organisation."""
    for relation in article.relations:
        if relation.subject == key and relation.object is not None:
            entity = article.entity(relation.object)
            return relation.object if entity is None else entity.country
    return None


def _fresh(
    cultures: Sequence[Culture], taken: set[str], rng: random.Random, *, gender: Gender, country: str | None
) -> Name | None:
    """A new name of which the text has no word yet."""
    for _ in range(ATTEMPTS):
        name = new_name(cultures, rng, gender=gender, country=country)
        words = [word.casefold() for word in WORD.findall(name.full)]
        if not any(word in taken for word in words if len(word) > SMALL):
            return name
    return None


def _genders(
    article: GoldArticle, key: str, old: OldName, mentions: Sequence[GoldMention], known: Mapping[str, Gender]
) -> Sequence[Gender]:
    """The genders that the new name may have; none when the text tells two or leaves it open in spite of pronouns."""
    told = set(_told(article, key, mentions))
    if told:
        return sorted(told) if len(told) == 1 else ()
    given = {known[word] for word in old.words if word in known}
    around = _around(article.text, mentions)
    if len(given) == 1 and around <= given:
        return sorted(given)
    if len(around) > 1:
        return sorted(given) if len(given) == 1 else ()
    return sorted(around) or GENDERS


def _told(article: GoldArticle, key: str, mentions: Sequence[GoldMention]) -> list[Gender]:
    """Genders told by pronouns for the person, by forms of address before the name, and by titles."""
    found = []
    for mention in article.mentions:
        if mention.entities == [key] and mention.label in ("NOM", "TITLE"):
            if (pronoun := PRONOUN.get(mention.text.casefold())) is not None:
                found.append(pronoun)
            found += [gender for pattern, gender in TITLED if pattern.search(mention.text)]
    for mention in mentions:
        before = re.search(r"(\w+)\.?[ \xa0]+\Z", article.text[: mention.start])
        if before is not None and before[1].casefold() in ADDRESS:
            found.append(ADDRESS[before[1].casefold()])
    return found


def _around(text: str, mentions: Sequence[GoldMention]) -> set[Gender]:
    """The genders of the pronouns in the paragraphs that name the person."""
    found: set[Gender] = set()
    for start in {text.rfind("\n", 0, m.start) + 1 for m in mentions}:
        end = text.find("\n", start)
        words = re.findall(r"\w+", text[start : end if end >= 0 else len(text)])
        found |= {PRONOUN[word.casefold()] for word in words if word.casefold() in PRONOUN}
    return found
