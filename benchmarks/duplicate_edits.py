"""Articles edited as reprints are: each edit gives a text that repeats the article."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

Edit = Callable[[str, random.Random], str]

OUTLETS = (
    "Harbour Post",
    "The Daily Meridian",
    "Lantern News Agency",
    "Northgate Times",
    "Estuary Press",
    "Plain Wire",
)
OPENINGS = (
    "You are reading a free article. Registered readers get all of our reporting without advertisements.",
    "This story was provided by a partner agency and has not been edited by our newsroom.",
    "Good morning! Here is what our foreign desk is following today, selected by the editors for our subscribers.",
)
CLOSINGS = (
    "{outlet} is an independent newspaper. Sign up for our morning letter to get the news of the day in your mailbox.",
    "Follow {outlet} on social media. All rights reserved. No part of this text may be copied without permission.",
    "Support our journalism: for the price of a coffee a month you help {outlet} to stay free for everybody to read.",
)
LINKS = (
    "Read more: The week in pictures",
    "Also read: What to expect on the markets",
    "Share this article",
    "Related news",
)
SYNONYMS = MappingProxyType({
    "said": "stated", "discussed": "talked about", "also": "as well", "stressed": "underlined", "held": "conducted",
    "will": "is going to", "noted": "pointed out", "important": "significant", "during": "in the course of",
})  # fmt: skip
SPELLINGS = (
    ("or", "our", "behavi col endeav fav favorite hon harb lab neighb neighborhood"),
    ("ize", "ise", "emphas recogn organ real util prior final author mobil modern priorit summar"),
    ("ized", "ised", "emphas recogn organ real util final author mobil modern"),
    ("izing", "ising", "emphas recogn organ real util final author mobil modern"),
    ("ization", "isation", "organ util mobil modern normal real"),
    ("er", "re", "cent theat lit"),
    ("ense", "ence", "def off lic"),
    ("am", "amme", "progr"),
    ("eled", "elled", "trav canc lab"),
    ("eling", "elling", "trav canc lab"),
)


def _spellings() -> Mapping[str, str]:
    """British spelling of each American one, and the other way round."""
    pairs = [(stem + us, stem + uk) for us, uk, stems in SPELLINGS for stem in stems.split()]
    return {**dict(pairs), **{uk: us for us, uk in pairs}}


def paragraphs(text: str) -> list[str]:
    """The lines of a text that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def headline(text: str, rng: random.Random) -> str:
    """A headline made of words of an article's longest paragraph."""
    found = re.findall(r"\b\w{4,}\b", max(paragraphs(text), key=len))
    start = rng.randrange(max(1, len(found) - 7))
    return " ".join(word.capitalize() for word in found[start : start + rng.randint(4, 7)])


def new_headline(text: str, rng: random.Random) -> str:
    """Another headline, in the place of the first line if that is short."""
    lines = paragraphs(text)
    body = lines[1:] if len(lines) > 1 and len(lines[0].split()) <= 20 and not lines[0].endswith(".") else lines
    return "\n\n".join([headline(text, rng), *body])


def reprinted(text: str, rng: random.Random) -> str:
    """Another outlet's headline and credit lines around the text."""
    outlet = rng.choice(OUTLETS)
    day = f"{rng.randint(1, 28)} {rng.choice(('March', 'June', 'October'))} 2024"
    above = rng.choice(
        (f"{outlet} | {day}", f"By {outlet} staff\n\n{day}", f"Published: {day}", f"Home » World\n\n{day} 14:35")
    )
    below = rng.choice(
        (f"Source: {outlet}", f"({outlet})", f"© {outlet}. All rights reserved.", "Photo: press service")
    )
    return "\n\n".join([headline(text, rng), rng.choice(above), *paragraphs(text), rng.choice(below)])


def truncated(text: str, rng: random.Random) -> str:
    """The first 50 to 80 % of the words."""
    spans = [match.end() for match in re.finditer(r"\S+", text)]
    return text[: spans[int(len(spans) * rng.uniform(0.5, 0.8)) - 1]] + rng.choice(
        ("", "...", "… Read more", "\n\nRead more")
    )


def _typo(word: str, rng: random.Random) -> str:
    """The word with a letter left out, doubled or swapped with the next."""
    at = rng.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return before + rng.choice((after, letter + letter + after, after[0] + letter + after[1:]))


def corrected(text: str, rng: random.Random) -> str:
    """Typing errors made or mended, words left out or put otherwise: two of them and one more each 60 words.

    In every third article there is a typing error in a word with a capital too.
    """
    places = list(re.finditer(r"\b[a-z]{3,}\b", text))
    names = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b", text))
    chosen = rng.sample(places, min(len(places), 2 + len(text.split()) // 60))
    if names and rng.random() < 1 / 3:
        chosen.append(rng.choice(names))
    for match in sorted(chosen, key=lambda match: -match.start()):
        word = match.group()
        if word in SYNONYMS:
            new = SYNONYMS[word]
        elif word in ("the", "and", "that", "for"):
            new = ""
        else:
            new = _typo(word, rng)
        text = text[: match.start()] + new + text[match.end() :]
    return text


def framed(text: str, rng: random.Random) -> str:
    """Sentences about the outlet in front and behind, and a link in between."""
    outlet = rng.choice(OUTLETS)
    lines = paragraphs(text)
    lines.insert(rng.randint(1, len(lines)), rng.choice(LINKS))
    return "\n\n".join([rng.choice(OPENINGS), *lines, rng.choice(CLOSINGS).format(outlet=outlet), rng.choice(LINKS)])


def respelt(text: str, rng: random.Random) -> str:
    """British spellings for American ones and the other way round."""
    other = _spellings()
    return re.sub(r"[a-z]+", lambda match: other.get(match.group(), match.group()), text)


def restyled(text: str, rng: random.Random) -> str:
    """Other quotation marks and dashes, blanks and line ends."""
    if "’" in text or "“" in text:
        text = text.translate(str.maketrans("’‘“”", "''\"\""))
    else:
        text = re.sub(r'"([^"\n]*)"', r"“\1”", text).replace("'", "’")
    text = text.replace(" – ", " - ").replace(" — ", " - ")
    text = rng.choice((" ", "  ", "\u00a0")).join(text.split(" "))
    return rng.choice(("\n", "\n\n", "\r\n", "\n\n\n")).join(paragraphs(text))


def combined(text: str, rng: random.Random) -> str:
    """Two to four of the others, at most one of them a change of what stands around."""
    chosen: list[Edit] = rng.sample([truncated, corrected, respelt, restyled], rng.randint(1, 3))
    for edit in sorted(chosen, key=lambda edit: edit is restyled):
        text = edit(text, rng)
    around: Sequence[Edit] = (new_headline, reprinted, framed)
    return rng.choice(around)(text, rng)


EDITS: Mapping[str, Edit] = MappingProxyType({
    "another outlet": reprinted,
    "truncated": truncated,
    "new headline": new_headline,
    "small edits": corrected,
    "boilerplate": framed,
    "spelling": respelt,
    "quotes and blanks": restyled,
    "combined": combined,
})  # fmt: skip
