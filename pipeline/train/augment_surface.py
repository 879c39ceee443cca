"""How the page of an article looks: quotes, dashes, headline, lines around the text, paragraphs."""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.gold.model import GoldArticle, GoldEntity, GoldMention, GoldRelation
from pipeline.train.augment_edits import Edit, Unmovable, apply

STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "„": '"'})
OPENING = re.compile(r"(?<![^\s(\[“‘—–-])[\"'](?=\S)")
DASH = re.compile(r"(?<=[^\s\d]) (?:[-–—]|--) (?=[^\s\d])")
DASHES = (" - ", " – ", " — ", " -- ", "—")
BREAK = re.compile(r"(?<=[.!?”\"’])(?P<break>\n+)(?=[A-Z“\"‘])")
SENTENCE = re.compile(r"(?<=[a-z]{4}[.!?]) (?=[A-Z“\"])|(?<=[a-z]{3}[.!?][”\"]) (?=[A-Z])|(?<=\d{4}\.) (?=[A-Z])")
SMALL_WORDS = frozenset("a an and as at but by for from in into nor of on or the to with over after".split())
SPLIT_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Furniture:
    """Forms of a day, and lines of a page before, between and after the paragraphs (models/corpus/furniture.toml)."""

    stamps: tuple[str, ...]
    before: tuple[str, ...]
    between: tuple[str, ...]
    after: tuple[str, ...]


def load_furniture(path: Path) -> Furniture:
    """The lines of a file such as furniture.toml; raises `OSError`, `ValueError` or `KeyError` for a broken one."""
    with path.open("rb") as file:
        lines = tomllib.load(file)
    return Furniture(*(tuple(lines[name]) for name in ("stamps", "before", "between", "after")))


def restyle_quotes(article: GoldArticle, rng: random.Random) -> GoldArticle:
    """The article with straight quotes and apostrophes, or with curly ones; names and titles follow."""
    change = _straight if rng.random() < 0.5 else _curly
    signs = enumerate(zip(article.text, change(article.text), strict=True))
    edits = [Edit(i, i + 1, new) for i, (old, new) in signs if old != new]

    def entity(item: GoldEntity) -> GoldEntity:
        return item.model_copy(update={"name": change(item.name), "aliases": [*map(change, item.aliases)]})

    def relation(item: GoldRelation) -> GoldRelation:
        named = item.object and (item.object if article.entity(item.object) else change(item.object))
        return item.model_copy(update={"object": named, "title": item.title and change(item.title)})

    update = {
        "entities": [entity(item) for item in article.entities],
        "relations": [relation(item) for item in article.relations],
        "cited": [value if article.entity(value) else change(value) for value in article.cited],
    }
    return apply(article, edits, update)


def _straight(text: str) -> str:
    return text.translate(STRAIGHT)


def _curly(text: str) -> str:
    opened = OPENING.sub(lambda match: "“" if match[0] == '"' else "‘", text)
    return opened.replace('"', "”").replace("'", "’")


def restyle_dashes(article: GoldArticle, rng: random.Random) -> GoldArticle:
    """The article with all dashes between words written in one way."""
    dash = rng.choice(DASHES)
    found = [Edit(match.start(), match.end(), dash) for match in DASH.finditer(article.text)]
    spans = _spans(article)
    return apply(article, [edit for edit in found if not any(a < edit.end and edit.start < b for a, b in spans)])


def _spans(article: GoldArticle) -> list[tuple[int, int]]:
    triggers = [(t.start, t.end) for event in article.events for t in event.triggers]
    return [(m.start, m.end) for m in article.mentions] + triggers


def restyle_headline(article: GoldArticle, rng: random.Random) -> GoldArticle:
    """The article with its headline in capitals or with capital initials."""
    if article.title is None or (at := article.text.find(article.title)) < 0:
        return article
    new = article.title.upper() if rng.random() < 0.5 else _title_case(article.title)
    if len(new) != len(article.title):
        return article
    edits = [Edit(at + i, at + i + 1, b) for i, (a, b) in enumerate(zip(article.title, new, strict=True)) if a != b]
    return apply(article, edits)


def _title_case(title: str) -> str:
    words = title.split(" ")
    return " ".join(word if i and word in SMALL_WORDS else word[:1].upper() + word[1:] for i, word in enumerate(words))


def drop_headline(article: GoldArticle) -> GoldArticle:
    """The article without its headline; the same when the headline says something that the rest does not."""
    title = article.title
    if title is None or not (article.text.startswith(f"{title}\n") or f"\n{title}\n" in article.text):
        return article
    start = article.text.find(title) if article.text.startswith(f"{title}\n") else article.text.find(f"\n{title}\n") + 1
    end = start + len(title)
    end += len(article.text[end:]) - len(article.text[end:].lstrip("\n"))

    def outside(a: int, b: int) -> bool:
        return b <= start or end <= a

    kept = [m for m in article.mentions if outside(m.start, m.end)]
    events = [
        e.model_copy(update={"triggers": [t for t in e.triggers if outside(t.start, t.end)]}) for e in article.events
    ]
    lost = {(m.label, key) for m in article.mentions for key in (*m.entities, m.value) if key is not None}
    lost -= {(m.label, key) for m in kept for key in (*m.entities, m.value) if key is not None}
    names = {e.name for e in article.entities if e.name in article.text} - {
        e.name for e in article.entities if e.name in article.text[:start] + article.text[end:]
    }
    nameless = any(m not in kept and not m.entities and m.value is None for m in article.mentions)
    if lost or names or nameless or not all(e.triggers for e in events):
        return article
    return apply(article, [Edit(start, end, "")], {"mentions": kept, "events": events, "title": None})


def add_line(article: GoldArticle, furniture: Furniture, rng: random.Random) -> GoldArticle:
    """The article with a line of page furniture as a paragraph of its own; a day in it is marked as a date."""
    gap = "\n\n" if "\n\n" in article.text else "\n"
    where = rng.choice(("before", "between", "after"))
    breaks = [match.start("break") for match in BREAK.finditer(article.text)]
    if where == "between" and not breaks:
        where = "after"
    lines: tuple[str, ...] = getattr(furniture, where)
    line = rng.choice([line for line in lines if article.published is not None or "{day}" not in line])
    stamp = "" if article.published is None else _stamp(article.published, rng.choice(furniture.stamps))
    shown = line.replace("{day}", stamp)
    if where == "before":
        at, before, after = 0, "", gap
    else:
        at = rng.choice(breaks) if where == "between" else len(article.text.rstrip())
        before, after = gap, ""
    changed = apply(article, [Edit(at, at, before + shown + after)])
    if "{day}" not in line or article.published is None or "DATE" not in article.annotates:
        return changed
    start = at + len(before) + line.index("{day}")
    day = GoldMention(
        start=start, end=start + len(stamp), text=stamp, label="DATE", value=article.published.isoformat()
    )
    return changed.model_copy(update={"mentions": sorted((*changed.mentions, day), key=lambda m: m.start)})


def _stamp(day: dt.date, form: str) -> str:
    return day.strftime(form.replace("{d}", str(day.day)).replace("{m}", str(day.month)))


def join_paragraphs(article: GoldArticle, rng: random.Random) -> GoldArticle:
    """The article with two neighbouring paragraphs of sentences made one."""
    return _one_of(article, rng, lambda text: [Edit(*m.span("break"), " ") for m in BREAK.finditer(text)])


def split_paragraphs(article: GoldArticle, rng: random.Random) -> GoldArticle:
    """The article with some of its sentences in paragraphs of their own."""
    gap = "\n\n" if "\n\n" in article.text else "\n"
    spans = _spans(article)
    found = [Edit(m.start(), m.end(), gap) for m in SENTENCE.finditer(article.text)]
    kept = [e for e in found if rng.random() < SPLIT_SHARE and not any(a < e.end and e.start < b for a, b in spans)]
    return apply(article, kept)


def _one_of(article: GoldArticle, rng: random.Random, find: Callable[[str], list[Edit]]) -> GoldArticle:
    found = find(article.text)
    try:
        return apply(article, [rng.choice(found)]) if found else article
    except Unmovable:
        return article
