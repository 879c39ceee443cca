"""Whether a capitalised run is a person's name: evidence from what stands around it and what it is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.data import fold, table
from pipeline.lookup.gazetteer import Known
from pipeline.lookup.words import Words
from pipeline.recognise.heads import head_label
from pipeline.recognise.lexicon import common_words, given_names, glue, surnames
from pipeline.recognise.runs import Run, name_parts
from pipeline.recognise.title_grammar import is_honorific
from pipeline.recognise.titles import Title
from pipeline.weights import weights


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around the runs: titles by their last and by their first token, known names,
    and how many runs end with each folded word."""

    words: Words
    title_ends: dict[int, Title]
    title_starts: dict[int, Title]
    known: Known
    last_words: Counter[str]


@dataclass(frozen=True, slots=True)
class _Lists:
    suffixes: tuple[str, ...]
    verbs: frozenset[str]
    place_nouns: frozenset[str]


@cache
def _lists() -> _Lists:
    names = table("names")
    places = frozenset(table("places")["regions"]["after"])
    return _Lists(tuple(names["suffixes"]), frozenset(names["verbs"]), places)


def score(run: Run, context: Context) -> float:
    """How much speaks for the run being a person's name: log odds, from 0 on more likely than not."""
    known: Mapping[str, float] = weights("persons")
    return known["bias"] + sum(known.get(name, 0.0) * value for name, value in features(run, context).items())


def features(run: Run, context: Context) -> dict[str, float]:
    """The evidence for and against a run: the facts that models/ has weights for and their values."""
    words = context.words
    tokens = [k for k in range(run.i, run.j) if words.text[k][0].isalpha()]
    names = [k for k in tokens if words.lower[k] not in name_parts().particles or words.capital[k]]
    if not names:
        return {"no_name": 1.0}
    one = len(names) == 1
    found = _from_entities(words, tokens) | _from_lists(words, names) | _from_shape(run, words, tokens, names)
    if any(k in context.known.at and context.known.at[k].kind == "city" for k in range(run.i, run.j)):
        found.add("city")
    found |= _from_titles(run, context) | _from_words_around(run, context, one=one) | _from_syntax(run, words, one=one)
    values = dict.fromkeys(found, 1.0)
    folded = [fold(words.text[k]) for k in names]
    common = sum(word in common_words() and word not in given_names() for word in folded)
    if common:
        values["common" if len(names) > common else "all_common"] = float(common)
    again = context.last_words[folded[-1]] - 1
    if again > 0:
        values["again_one" if one else "again"] = min(again, 3) / 3
    return values


def _from_entities(words: Words, tokens: list[int]) -> set[str]:
    """What spaCy's named entities say."""
    labels = [words.doc[k].ent_type_ for k in tokens]
    persons = labels.count("PERSON")
    if persons * 2 > len(labels):
        return {"entity_person" if persons == len(labels) else "entity_person_part"}
    if not any(labels):
        return {"entity_none"}
    if not all(labels):
        return set()
    places = labels.count("GPE") + labels.count("LOC")
    return {"entity_place" if places == len(labels) else "entity_other"}


def _from_lists(words: Words, names: list[int]) -> set[str]:
    """Known given names, surnames and ends of surnames."""
    one = len(names) == 1
    found = set()
    if fold(words.text[names[0]]) in given_names():
        found.add("given_alone" if one else "given_first")
    if fold(words.text[names[-1]]) in surnames():
        found.add("surname_alone" if one else "surname")
    if any(len(words.text[k]) >= 6 and words.lower[k].endswith(_lists().suffixes) for k in names):
        found.add("suffix")
    return found


def _from_shape(run: Run, words: Words, tokens: list[int], names: list[int]) -> set[str]:
    """Length, capitals, hyphens, initials and particles."""
    i, j = run
    n = len(names)
    found = {"one_word" if n == 1 else "two_words" if n == 2 else "three_words" if n <= 4 else "many_words"}
    if _has_inner_capital(words.text[names[-1]]):
        found.add("inner_capital")
    if any(k > i and words.lower[k] in name_parts().particles and not words.capital[k] for k in tokens):
        found.add("particle")
    if any("." in words.text[k][1:-1] and words.text[k][-1].islower() for k in names):
        found.add("glued_initial")
    elif n > 1 and any(len(words.text[k].rstrip(".")) == 1 for k in names):
        found.add("initial")
    if head_label(words.lower[j - 1]) is not None or head_label(words.lower[i]) is not None:
        found.add("head_noun")
    if all(words.upper[k] and len(words.text[k]) <= 6 for k in names) and not words.title_case[i]:
        found.add("acronym")
    if any(words.hyphenated(k) for k in range(i + 1, j - 1)):
        found.add("hyphen")
    if all(words.title_case[k] for k in tokens):
        found.add("title_case")
    elif words.opens[i]:
        found.add("opens_one" if n == 1 else "opens")
    return found


def _has_inner_capital(text: str) -> bool:
    """Whether a brand-like capital stands inside the word ("BelTA"); not in "McDonald", "Sing'Oei"."""
    inner = [k for k in range(1, len(text)) if text[k].isupper() and text[k - 1].islower()]
    return bool(inner) and inner[0] > 3 and not text.isupper()


def _from_titles(run: Run, context: Context) -> set[str]:
    """Titles and forms of address before the run, titles behind a comma after it."""
    words, titles = context.words, context.title_ends
    found = set()
    k = run.i - 1
    while k >= 0 and (is_honorific(words, k) or (words.text[k] == "." and k > 0 and is_honorific(words, k - 1))):
        if k in titles and titles[k].head != "general":
            break
        found.add("honorific")
        k -= 1
    title = titles.get(k)
    if title is not None:
        found.add("title_before" if not title.weak or title.capital else "weak_title_before")
    elif k > 0 and words.text[k] == "," and k - 1 in titles:
        found.add("title_comma")
    elif k > 0 and not found and _title_chain(k, context):
        found.add("title_chain")
    if _title_follows(run.j, context):
        found.add("title_after")
    return found


def _title_chain(k: int, context: Context) -> bool:
    """Whether "ambassador of A to B" ends at token k."""
    seen = False
    for _ in range(7):
        if k < 0:
            return False
        if k in context.title_ends:
            return seen
        hit = context.known.until.get(k + 1)
        if hit is not None:
            seen, k = True, hit.i - 1
        elif context.words.lower[k] in glue("chain"):
            k -= 1
        else:
            return False
    return False


def _title_follows(j: int, context: Context) -> bool:
    """Whether ", Azerbaijan's Deputy Minister …" or the like stands at token j."""
    words, n = context.words, len(context.words)
    if j >= n or words.text[j] not in (",", "(", "-"):
        return False
    k = j + 1
    for step in range(8):
        if k >= n:
            return False
        if k in context.title_starts:
            return True
        if k in context.known.at:
            k = context.known.at[k].j
        elif words.lower[k] in glue("bridges") or (words.capital[k] and step < 4):
            k += 1
        else:
            return False
    return False


def _from_words_around(run: Run, context: Context, *, one: bool) -> set[str]:
    """Prepositions, possessives and relative clauses around the run."""
    words = context.words
    after = [*words.lower[run.j : run.j + 3], "", "", ""][:3]
    before = words.lower[run.i - 1] if run.i else ""
    found = set()
    if after[0] == "who" or after[:2] == [",", "who"]:
        found.add("who")
    if after[0] == "," == after[2] and after[1].isdigit():
        found.add("age")
    hit = context.known.at.get(words.after_the(run.j + 1)) if after[0] == "of" else None
    if hit is not None and hit.kind == "country":
        found.add("of_country")
    places = _lists().place_nouns
    if after[0] in places or (before == "of" and run.i > 1 and words.lower[run.i - 2] in places):
        found.add("place_noun")
    if (before in ("told", "to") and after[0] in (")", ",", ".", "")) or after[0] in ("reports", "reported"):
        found.add("outlet_one" if one else "outlet")
    if before == "(" and after[0] == ")":
        found.add("in_brackets")
    if before == "the":
        found.add("the")
    elif before in glue("locative"):
        found.add("locative")
    elif before in ("by", "with"):
        found.add("by_with")
    elif before in glue("possessive") and run.i - 1 in context.known.until:
        found.add("country_possessive")
    elif before in ("of", "from", "to"):
        found.add("of_from_to")
    return found


def _from_syntax(run: Run, words: Words, *, one: bool) -> set[str]:
    """Whether the run is the subject of a verb that people do."""
    root = words.doc[run.i : run.j].root
    if root.dep_ in ("nsubj", "nsubjpass") and root.head.lemma_.lower() in _lists().verbs:
        return {"subject_one" if one else "subject"}
    return set()
