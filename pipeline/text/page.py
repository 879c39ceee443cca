"""Page: the parts of a normalised page, in order: prose, headline and each piece of furniture."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from pipeline.data import cities, fold
from pipeline.document import FurnitureKind
from pipeline.text.dateline import Dateline, find_dateline
from pipeline.text.furniture import find_furniture, is_prose
from pipeline.text.layout import blocks
from pipeline.text.line_kind import is_outlet_name, leading_crumbs, leading_relay, leading_stamp

LONGEST_HEADLINE = 28
SECTION_WORDS = 2
TOP = 6
CAPTIONS = 3
"""Paragraphs that a dateline is looked for in; those before it are captions in the form of prose."""
_SIGNATURE = re.compile(
    r"(?<=[.!?\"'])(?:"
    r"(?:\s[–—-]{1,2}\s?|—(?=[A-Z])|[–-]{1,2}(?=[A-Z]{2,6}\.?$))(?P<dashed>[^\W\d_][\w.&'-]*(?: [\w.&'-]+){0,3})"
    r"|[\s–—-]{1,2}\((?P<bracketed>[^()]{2,40})\)"
    r"|\s(?P<capitals>[A-Z]{2,6}(?:[ /][A-Z]{2,4}){0,3})"
    r"|\s?(?:-0-|\(?END\)?|Enditem|Endit?|###?|\*{2,4})"
    r")\.?$|(?<=\.)/\.$"
)
_CREDIT = re.compile(r"(?:file )?(?:photo|image|picture|video|with inputs|with agenc|source|agencies)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """Range of a normalised text with its kind; None for prose and the headline."""

    start: int
    end: int
    kind: FurnitureKind | None
    dateline: Dateline | None = None
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, wrapped lines joined (offsets unchanged), and its parts."""

    text: str
    parts: tuple[Part, ...]

    def prose(self) -> list[Part]:
        return [part for part in self.parts if part.kind is None]

    def of(self, part: Part) -> str:
        return self.text[part.start : part.end]


def read_page(text: str, title: str | None, *, foreign: Callable[[str], bool] = lambda _: False) -> Page:
    """Take a normalised text apart; `title` is the article's title when its metadata has one.

    Blocks that are `foreign` to the article's language are furniture.
    """
    ranges = list(_ranges(text))
    joined = list(text)
    for start, end in ranges:
        for at in range(text.find("\n", start, end) if "\n" in text[start:end] else end, end):
            if joined[at] == "\n":
                joined[at] = " "
    flat = "".join(joined)
    kinds = find_furniture([flat[start:end] for start, end in ranges], foreign=foreign)
    parts = [Part(start, end, kind) for (start, end), kind in zip(ranges, kinds, strict=True)]
    parts = list(_mark_captions(flat, list(_mark_repeats(flat, list(_cut_datelines(flat, parts))))))
    parts = list(_cut_signatures(flat, parts))
    return Page(flat, tuple(_mark_headline(flat, parts, title)))


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for i, (start, end) in enumerate(blocks(text)):
        for find in (leading_stamp, leading_crumbs, leading_relay) if i < TOP else ():
            if length := find(text[start:end]):
                yield start, start + length
                start += length
                start += len(text[start:end]) - len(text[start:end].lstrip(" -–—|,"))
        if start < end:
            yield start, end


def _opens_in_capitals(text: str) -> bool:
    """ "MANILA, Philippines — ": a city in capitals in front of a dash."""
    match = re.match(r"([^\W\d_a-z][^a-z]{2,30}?)(?:, [^—–]{3,30})? (?:[—–]|--) ", text)
    return match is not None and match[1].isupper() and fold(match[1]) in cities()


def _cut_datelines(text: str, parts: Sequence[Part]) -> Iterator[Part]:
    before = 0  # paragraphs before the dateline: none, or captions that look like prose
    for part in parts:
        block = text[part.start : part.end]
        prose = part.kind is None and is_prose(block)
        first = prose and (before == 0 or (before < CAPTIONS and _opens_in_capitals(block)))
        found = find_dateline(block, first=first) if part.kind in (None, "stamp", "byline") else None
        before = CAPTIONS if found and prose else before + prose
        if found is None or (part.kind is not None and found.length < len(block)):
            yield part
            continue
        cut = part.start + len(block[: found.length].rstrip())
        rest = block[found.length :]
        if not prose and (len(rest.split()) <= 4 and not rest.endswith((".", "!", "?"))):
            yield replace(part, kind="dateline", dateline=found)
        else:
            yield Part(part.start, cut, "dateline", found)
            yield replace(part, start=part.start + found.length)


def _mark_repeats(text: str, parts: Sequence[Part]) -> Iterator[Part]:
    """A paragraph that opens a later one, behind its dateline or with more sentences, is a teaser of it."""
    prose = [(part, text[part.start : part.end].strip()) for part in parts if part.kind is None]
    prose = [(part, block) for part, block in prose if is_prose(block)]
    teasers = {
        part
        for (part, block), (_, following) in itertools.pairwise(prose[: TOP + 1])
        if following.startswith(block.rstrip("."))
    }
    for part in parts:
        yield replace(part, kind="repeat") if part in teasers else part


def _mark_captions(text: str, parts: Sequence[Part]) -> Iterator[Part]:
    """A single sentence with an agency's signature that other paragraphs follow is a caption."""
    last = max((i for i, p in enumerate(parts) if p.kind is None and is_prose(text[p.start : p.end])), default=0)
    for i, part in enumerate(parts):
        match = _SIGNATURE.search(text, part.start, part.end) if part.kind is None and i < last else None
        if match and (match["capitals"] or match["bracketed"] or match["dashed"]) and _is_signed(match):
            sentence = text[part.start : match.start()]
            yield part if re.search(r"[.!?][\"']? [A-Z][a-z]", sentence) else replace(part, kind="caption")
        else:
            yield part


def _cut_signatures(text: str, parts: Sequence[Part]) -> Iterator[Part]:
    prose = [i for i, part in enumerate(parts) if part.kind is None]
    last = {prose[-1], *[i for i in prose if is_prose(text[parts[i].start : parts[i].end])][-1:]} if prose else ()
    for i, part in enumerate(parts):
        match = _SIGNATURE.search(text, part.start, part.end) if i in last else None
        if match is None or match.start() == part.start or not _is_signed(match):
            yield part
            continue
        yield replace(part, end=match.start())
        start = match.end() - len(match.group().lstrip())
        yield Part(start, part.end, "credit" if match["bracketed"] and _CREDIT.match(match["bracketed"]) else "outlet")


def _is_signed(match: re.Match[str]) -> bool:
    name = match["dashed"] or match["bracketed"]
    if name is None or is_outlet_name(name) or (match["bracketed"] and _CREDIT.match(name)):
        return True
    return len(name.split()) <= 3 and all(word[0].isupper() for word in name.split())


def _mark_headline(text: str, parts: Sequence[Part], title: str | None) -> Iterator[Part]:
    """Marks the headline; lines of one or two words above one that the page gives itself are a menu."""
    blocks = [text[part.start : part.end] for part in parts]
    prose = [i for i, part in enumerate(parts) if part.kind is None]
    if title is not None:
        marked = next((i for i in prose[:TOP] if _key(blocks[i]) == _key(title)), None)
    else:
        marked = _headline(blocks, prose, {tuple(_key(blocks[i])) for i, p in enumerate(parts) if p.kind == "repeat"})
    for i, part in enumerate(parts):
        if i == marked:
            yield replace(part, headline=True)
        elif marked and i < marked and part.kind is None and len(blocks[i].split()) <= SECTION_WORDS:
            yield replace(part, kind="menu")
        else:
            yield part


def _headline(blocks: Sequence[str], prose: Sequence[int], repeated: Set[tuple[str, ...]]) -> int | None:
    """The line above the first paragraph that is repeated, else the first of more than two words, else the first."""
    first = next((i for i in prose if is_prose(blocks[i]) and not _is_line(blocks[i])), 0)
    longest = max((len(blocks[i]) for i in prose if i >= first), default=0)
    lines = [i for i in prose if i < first and _is_line(blocks[i]) and len(blocks[i]) < longest]
    ranked = [
        [i for i in lines if tuple(_key(blocks[i])) in repeated],
        [i for i in lines if len(blocks[i].split()) > SECTION_WORDS],
        lines,
    ]
    return next((found[0] for found in ranked if found), None)


def _is_line(text: str) -> bool:
    """Whether a block can be a headline: some words without a full stop."""
    ends = text.rstrip("\"')").endswith((".", ":", ";", ",")) and not text.endswith("...")
    return text[0] not in "•*-–—" and 2 <= len(text.split()) <= LONGEST_HEADLINE and not ends


def _key(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))
