"""Normalise: one spelling of quotes, spaces, line ends and accents, with the way back to the raw text."""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from pipeline.errors import RejectArticle

MARKS = 30
"""The most marks on one letter that are kept (stream-safe in UAX #15): composing takes the square of their number."""

ROUNDS = 30
"""How often a text may show something new to normalise: entities that decode to entities are one deeper each time."""

_SAME = {  # one spelling for characters
    **dict.fromkeys("’‘ʼʻ‛＇`´", "'"),
    **dict.fromkeys("“”„‟«»〝〞＂", '"'),
    **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u2010": "-", "\u2011": "-"},
}
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_DROPPED = (  # controls, soft hyphen, invisible and bidirectional marks, fillers, variation selectors, surrogates
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff"
)

_FAULT = re.compile(
    rf"[ \n{_SPACES}{_BREAKS}{_DROPPED}]{{2,}}|[{_SPACES}{_BREAKS}{_DROPPED}]|[ \n](?:\Z|(?<=\A[ \n]))"
    rf"|[{''.join(set(_SAME) - set('`´'))}]|[`´](?<=[^\W\d_].)(?=[^\W\d_])"
    r"|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
)
# Whatever is no letter or mark of European scripts, and blanks that stand together: quick to search for.
_SUSPECT = re.compile(r"[^\n -%'-_a-~¡-ª®-³µ-ºÀ-ɏͰ-ӿ–—…]| [ \n]|\n |\n\n\n")
_BREAK = re.compile(rf"\r\n|[\n{_BREAKS}]")
_SPACE = re.compile(rf"[ {_SPACES}]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_CLUSTER_RUN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_MAYBE_MOJIBAKE = re.compile(r"[\u00c2-\u00f4][^\x00-\x7f]")

_PILE = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS + 1},}}")  # marks are among what is neither letter nor blank

_Edit = tuple[int, int, str]  # replace text[start:end] by the string


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text; character i stands for raw characters `starts[i]` to `ends[i]`.

    Lines carry no outer blanks, a paragraph break is exactly two line feeds, any other run of
    blanks is one space.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def edited(self, edits: Sequence[_Edit]) -> Normalised:
        """A copy with the edits (ascending, apart) applied and the map carried on."""
        pieces: list[str] = []
        starts, ends = array("I"), array("I")
        done = 0
        for start, end, new in edits:
            pieces += (self.text[done:start], new)
            starts.extend(self.starts[done:start])
            ends.extend(self.ends[done:start])
            starts.extend([self.starts[start]] * len(new))
            ends.extend([self.ends[end - 1]] * len(new))
            done = end
        pieces.append(self.text[done:])
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        return Normalised("".join(pieces), starts, ends)


def normalise(text: str, *, fix_mojibake: bool = True) -> Normalised:
    """Normalise raw text: NFC, straight quotes, plain blanks, no invisible characters, entities decoded.

    Mojibake is repaired only in text that ftfy's badness heuristic (Speer, MIT) finds bad. Doing it
    again changes nothing. Raises `RejectArticle` (`unsettled`) when `ROUNDS` of it have not settled the text.
    """
    done = Normalised(text, range(len(text)), range(1, len(text) + 1))
    for _ in range(ROUNDS):
        before = done
        for find in (_mojibake, *_FINDERS) if fix_mojibake else _FINDERS:
            if edits := list(find(done.text)):
                done = done.edited(edits)
        if done is before:
            return done
    raise RejectArticle("unsettled", f"entities stand in entities, over {ROUNDS} deep")


def _faults(text: str) -> Iterator[_Edit]:
    if not _SUSPECT.search(text) and text == text.strip(" \n"):
        return
    for match in _FAULT.finditer(text):
        old = match.group()
        if old in _SAME:
            new = _SAME[old]
        elif old[0] == "&":
            new = unescape(old)
        else:
            new = _blank(old) if match.start() > 0 and match.end() < len(text) else ""
        if new != old:
            yield *match.span(), new


def _blank(old: str) -> str:
    breaks = len(_BREAK.findall(old))
    if breaks:
        return "\n" if breaks == 1 else "\n\n"
    return " " if _SPACE.search(old) else ""


def _piled(text: str) -> Iterator[_Edit]:
    """Marks on one letter beyond the most."""
    for run in _PILE.finditer(text):
        piled = 0
        for at, character in enumerate(run.group(), run.start()):
            piled = piled + 1 if unicodedata.combining(character) else 0
            if piled > MARKS:
                yield at, at + 1, ""


def _decomposed(text: str) -> Iterator[_Edit]:
    """NFC, character cluster by character cluster so that the map stays exact."""
    if unicodedata.is_normalized("NFC", text):
        return
    for run in _CLUSTER_RUN.finditer(text):
        whole = unicodedata.normalize("NFC", run.group())
        if whole == run.group():
            continue
        bounds = [i for i in range(run.start() + 1, run.end()) if not unicodedata.combining(text[i])]
        bounds = [run.start(), *bounds, run.end()]
        clusters = [(a, b, unicodedata.normalize("NFC", text[a:b])) for a, b in itertools.pairwise(bounds)]
        if "".join(new for _, _, new in clusters) != whole:  # clusters that compose with each other: Hangul, Indic
            clusters = [(run.start(), run.end(), whole)]
        yield from ((a, b, new) for a, b, new in clusters if new != text[a:b])


def _mojibake(text: str) -> Iterator[_Edit]:
    """UTF-8 read as a one-byte encoding: each of its characters became a run of non-ASCII characters."""
    if text.isascii() or not _MAYBE_MOJIBAKE.search(text):
        return
    import ftfy  # costs 70 ms and is rarely needed
    import ftfy.badness

    if not ftfy.badness.is_bad(text):
        return
    for run in _NOT_ASCII.finditer(text):
        old = run.group()
        new = ftfy.fix_encoding(old)
        if new == old:
            try:
                new = old.encode("sloppy-windows-1252").decode("utf-8")
            except UnicodeError:
                continue
        if new != old:
            yield *run.span(), new


_FINDERS = (_faults, _piled, _decomposed)
