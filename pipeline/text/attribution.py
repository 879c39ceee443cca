"""Attribution: which outlet publishes the article, and whom it cites for the whole story."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.data import countries, country_names, fold, table
from pipeline.text.calendar_day import months
from pipeline.text.line_kind import is_outlet_name

_NO_OUTLET = re.compile(
    r"\d|\b(?:reporter|journalist|correspondent|writer|editor|staff|desk|team|end|enditem)s?\b", re.IGNORECASE
)
# What a line adds to the name: "Daily Post report", "Wire and agencies", "Wire Agency WORLD" (a section).
_NOT_IN_NAME = re.compile(r"'s?$| reports?$|[ ,/&]+(?:and )?(?:other )?[Aa]gencies$|(?<=[a-z]) [A-Z]{4,}$")
_IN_CITY = re.compile(r" \([^()]+\)$")
ENOUGH = 2
LEAD = 3
"""Paragraphs in which sources of the whole story are named."""
_NAME = r"(?:[Tt]he )?[^\W\d_a-z][\w'.-]*(?:[ -](?:of |de |du |and |for )?[^\W\d_a-z][\w'.-]*){0,4}"
_SOURCE = "source|izvor|fuente|fonte|quelle|kaynak|sumber|zdroj"
_VIA = r"citing|referring to|with reference to|quoting|via|on \w+"


@functools.cache
def _outlet_patterns() -> tuple[tuple[int, re.Pattern[str], re.Pattern[str]], ...]:
    """Weight, pattern and what must occur in a text for the pattern to be worth trying."""
    said = "|".join(table("furniture")["outlet"]["reports"].split())
    told = "told|tells|statement to|interview with|conversation with|spoke to|speaking to"
    by = r"(?:'s [\w ]{0,24}correspondent)?"
    return (
        (
            3,
            re.compile(rf"(?:^|[,.;:\"'] )({_NAME}?){by} (?:{said})(?=[,.:]| (?:{_VIA})|$)"),
            re.compile(rf" (?:{said})(?=[,.:]| (?:{_VIA})|$)"),
        ),
        (
            3,
            re.compile(rf"\b({_NAME})'s (?:\w+ ){{0,2}}(?:correspondent|reporter)\b"),
            re.compile(r" (?:correspondent|reporter)\b"),
        ),
        (
            1,
            re.compile(rf"\b(?:{told}) ({_NAME})(?=[.,;:\"]|'s| (?:that|on|in|about|by)\b|$)"),
            re.compile(rf"\b(?:{told}) "),
        ),
    )


def find_outlet(paragraphs: Sequence[str], furniture: Sequence[tuple[str, str]], agencies: Iterable[str]) -> str | None:
    """The outlet's name as the page gives it; None without enough evidence.

    `furniture` holds kind and text of the page furniture in page order, `agencies` what datelines
    name. Signatures, copyright lines and "X reports" count most, "told X" needs a second sign.
    """
    votes: dict[str, list[tuple[int, str]]] = {}
    for weight, name in _votes(paragraphs, furniture, agencies):
        name = _NOT_IN_NAME.sub("", name.strip(" .,;:–—-/|*()[]#\"'"))
        key = re.sub(r"^the | (?:news )?agency$", "", fold(name))
        if (
            len(key) >= 2
            and not _is_label(key)
            and key not in country_names()
            and key not in _seats()
            and sum(map(str.isdigit, key)) <= 2
        ):
            votes.setdefault(key, []).append((weight + is_outlet_name(name) * (weight < ENOUGH), name))
    if not votes:
        return None
    best = max(votes.values(), key=lambda cast: sum(weight for weight, _ in cast))
    return best[0][1] if sum(weight for weight, _ in best) >= ENOUGH else None


def _votes(
    paragraphs: Sequence[str], furniture: Sequence[tuple[str, str]], agencies: Iterable[str]
) -> Iterator[tuple[int, str]]:
    for agency in agencies:
        yield 3, agency
    for kind, text in furniture:
        yield from _furniture_votes(kind, text)
    for text in paragraphs:
        for weight, pattern, needed in _outlet_patterns():
            for match in pattern.finditer(text) if needed.search(text) else ():
                name = match[1]
                opening = fold(name).removeprefix("the ").split()[0].rstrip(".")
                if opening not in _not_outlets() and not fold(name).endswith(("ministry", "minister")):
                    yield weight, name


def _furniture_votes(kind: str, text: str) -> Iterator[tuple[int, str]]:
    if match := re.match(rf"(?i:(?:first )?published in) ({_NAME}),", text):
        yield 4, match[1]
    elif match := re.match(
        r".*?(?:©|\(c\)|copyright)[\s©]*(?:[\d–, -]+)?(?:by )?([^\W\d_][^.,|]*)", text, re.IGNORECASE
    ):
        name = re.split(r"(?i)\s*\ball rights\b|\s+\d{4}|\s+(?:content|follow|website)", match[1])[0].strip()
        if 0 < len(name.split()) <= 5 and not re.match(r"(?i)contents?\b|photo", name):
            yield 3, name
    elif match := re.match(rf".*?\b(?i:follow) ({_NAME}) on\b", text):
        if fold(match[1]) not in ("us", "me", "our", "the author"):
            yield 2, match[1]
    elif match := re.match(
        rf"(?i:{_SOURCE}|download the)\W+({_NAME})(?: app\b|\s*$|\s*\|)",
        text,
    ):
        yield 2, match[1]
    elif match := re.match(rf"({_NAME}) website contains", text):
        yield 3, match[1]
    elif match := re.fullmatch(rf"\(({_NAME}?)\s?-\s?{_NAME}\)", text):  # passed on by another outlet
        yield 4, match[1]
    elif match := re.fullmatch(rf"[Bb]y .*(?: [|–—-]|,) ?({_NAME}):", text):
        yield 3, match[1]
    elif kind == "outlet":
        name = _IN_CITY.sub("", text).strip(" .,:–—-/|*()[]#=")
        if len(name.split()) <= 5 and re.fullmatch(r"[^\W\d_][\w .&'-]{2,}", name) and not _NO_OUTLET.search(name):
            yield 3 if is_outlet_name(name) else 2, name
    elif kind in ("stamp", "byline", "menu"):
        for part in re.split(r"\s*[|/,•·–—]\s*|\s+-\s+|\s(?=\d)|\.\s|\bfor\s", text):
            opening = fold(part.split()[0]) if part and part[0].isupper() else "by"
            if ": " in part or (kind == "menu" and len(part.split()) == 1 and "." not in part):
                continue
            if is_outlet_name(part) and opening not in _not_outlets() and not _NO_OUTLET.search(part):
                yield 2, part


def _is_label(key: str) -> bool:
    """Whether a name is nothing but words for kinds of news: "news", "world news story"."""
    return all(word in table("furniture")["outlet"]["labels"].split() for word in key.split())


@functools.cache
def _seats() -> frozenset[str]:
    """Folded names of the seats of government, which stand for governments and never for outlets."""
    return frozenset(fold(spelling) for country in countries().values() for seat in country.seats for spelling in seat)


@functools.cache
def _not_outlets() -> frozenset[str]:
    clock = table("furniture")["stamp"]["words"].split()
    days = [*table("dates")["weekdays"], *months()]
    return frozenset([*table("furniture")["outlet"]["never"].split(), *clock, *days])


@functools.cache
def _source_patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Patterns with what must occur in a text for the pattern to be worth trying."""
    cited = table("furniture")["cited"]
    heads = "|".join(cited["institutions"].split())
    word = r"[^\W\d_a-z][\w'-]*"
    joint = r"(?:'s)? (?:of|for|on|and|the|in|&|to|under|,(?= [A-Z][\w-]+ (?:and|Affairs)))(?= )"
    # a name with a noun for an institution in it: "Azerbaijani Foreign Ministry", "Office of the President"
    name = (
        rf"(?P<name>(?:{word} ){{0,6}}(?:(?:{cited['modifiers']}) ){{0,2}}(?i:{heads})\b"
        rf"(?:{joint}|,? {word}){{0,9}})"
    )
    body = rf"(?:(?:the|a|its|his|her|their) )?{name}(?: \([A-Z]{{2,8}}\))?"
    press = rf"(?:the (?:{cited['press']}) of )?"
    paper = r"statement|press release|message|report|communique|communiqué|readout"
    from_paper = rf"(?:(?:a|the) (?:{paper}|press service|website) (?:of|from|by|issued by) )?"
    said = rf" (?:{cited['said']})"
    parts = (
        (
            r"\b(?:citing|referring to|with reference to|quoting|(?:reports?|informs?) via|according to)",
            rf" {from_paper}{body}",
            "",
        ),
        (r", ", body, rf"{said}(?= [^.]{{0,60}}[.]|[.,])"),
        (r"^", body, rf"{said}\b"),
        (r"\b(?:reported|announced|confirmed|disclosed)(?: on \w+)? by ", press + body, ""),
        (r", (?:said|announced|reported) ", body, r"(?= in | on |[.,])"),
        (rf"\b(?:{paper}) (?:of|from|by|issued by) ", body, ""),
        (r"\b", body, r" (?:told|said in (?:an?|its)\b|reports?\b|wrote on)"),
        (r"\b", body, rf" (?:{paper}) said"),
        (r"[Aa]ttributable to ", rf"(?P<name>(?:{word} ?){{1,6}})", ""),
    )
    return tuple((re.compile(before + middle + after), re.compile(after or before)) for before, middle, after in parts)


def find_cited(paragraphs: Sequence[str], outlet: str | None) -> tuple[str, ...]:
    """Whom the outlet cites for the story, in order, without articles: "Azerbaijani Foreign Ministry"."""
    found: dict[str, str] = {}
    for text in paragraphs[:LEAD]:
        hits = sorted(
            (match.start("name"), match["name"])
            for pattern, needed in _source_patterns()
            if needed.search(text)
            for match in pattern.finditer(text)
        )
        for _, name in hits:
            name = re.sub(
                r"^(?:the|a|its|his|her|their) |(?:'s)?[ ,]+(?:of|for|on|and|the|in|to|under)?$", "", name
            ).strip(" ,.'")
            if not re.search(r"(?i)\b(?:embassy|consulate|mission)\b", name):
                name = re.sub(r" in [^\W\d_a-z][\w'-]*$", "", name)
            key = fold(name)
            if (
                (" " in key or key in table("furniture")["cited"]["alone"].split() or name.isupper())
                and (outlet is None or fold(outlet) not in key)
                and not any(key in k or k in key for k in found)
            ):
                found[key] = name
    return tuple(found.values())
