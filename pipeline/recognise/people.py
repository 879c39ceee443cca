"""Names of people: capitalised runs weighed by what stands around them and what they are made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.data import fold, table, titles
from pipeline.recognise.gazetteer import Hit, common_words, given_names, surnames
from pipeline.recognise.headed import head_label
from pipeline.recognise.phrases import hyphenated
from pipeline.recognise.titles import Title, is_honorific
from pipeline.recognise.words import Words


class Run(NamedTuple):
    """Tokens that may be a name."""

    i: int
    j: int


@dataclass(frozen=True, slots=True)
class _Rules:
    particles: frozenset[str]
    leading: frozenset[str]
    suffixes: tuple[str, ...]
    verbs: frozenset[str]
    after: frozenset[str]
    joined: frozenset[str]
    bridges: frozenset[str]
    locative: frozenset[str]
    abbreviations: frozenset[str]
    inside: frozenset[str]
    capitalised: frozenset[str]
    place_nouns: frozenset[str]
    weights: dict[str, float]


@cache
def _rules() -> _Rules:
    data = table("names")
    return _Rules(
        frozenset(data["particles"]),
        frozenset(data["leading"]),
        tuple(data["suffixes"]),
        frozenset(data["verbs"]),
        frozenset(data["after"]),
        frozenset(data["joined"]),
        frozenset(data["bridges"]),
        frozenset(data["locative"]),
        frozenset(data["abbreviations"]),
        frozenset(data["inside"]),
        frozenset(data["capitalised"]),
        frozenset(table("places")["regions"]["after"]),
        table("person_weights"),
    )


def find_runs(words: Words, blocked: list[bool], anchors: set[int]) -> list[Run]:
    """Maximal runs of name words outside blocked tokens; `anchors` are tokens at which a name may
    begin in lower case ("President al-Sisi")."""
    rules = _rules()
    runs: list[Run] = []
    i, n = 0, len(words)
    while i < n:
        if not _starts(words, i, blocked, anchors, rules):
            i += 1
            continue
        j = _run_end(words, i, blocked, rules)
        run = _trimmed(words, i, j, anchors)
        if run is not None:
            runs.append(run)
        i = j
    return runs


def may_stand_inside(words: Words, i: int) -> bool:
    """Whether the form of address at token i can also be a part of a name ("bin Haji Omar")."""
    return words.lower[i] in _rules().inside


def _is_no_name(words: Words, i: int) -> bool:
    """Whether a common word before a name is no given name ("the Chamberlain …", "Guarantors …")."""
    return (
        head_label(words.lower[i]) is not None
        or words.lower[i] in titles()["portfolios"]
        or words.lower[i].endswith("s")
        or (i > 0 and words.lower[i - 1] in ("the", "of", "and"))
    )


def may_not_name() -> frozenset[str]:
    """Lower-case words that are always capitalised and name no one ("Islamic", "Facebook")."""
    return _rules().capitalised


def _trimmed(words: Words, i: int, j: int, anchors: set[int]) -> Run | None:
    """The run without common words at its beginning and letters of honour at its end."""

    def plain(k: int) -> bool:
        return words.lower[k] in common_words() and fold(words.text[k]) not in given_names()

    if not all(plain(k) for k in range(i, j) if words.text[k][0].isalpha()):
        while i < j - 1 and plain(i) and i not in anchors and not hyphenated(words, i + 1) and _is_no_name(words, i):
            i += 1
        while j - 1 > i + 1 and words.upper[j - 1] and len(words.text[j - 1]) <= 4 and not words.upper[i]:
            if words.lower[j - 1] in _rules().after:
                break
            j -= 1
    if all(len(words.text[k].rstrip(".")) < 2 for k in range(i, j)):
        return None
    return Run(i, j)


def _name_word(words: Words, i: int, blocked: list[bool]) -> bool:
    if blocked[i] or not words.capital[i]:
        return False
    text = words.text[i]
    if not any(c.isalpha() for c in text) or any(c.isdigit() for c in text):
        return False
    lower = words.lower[i]
    if lower in _rules().particles:
        return not words.opens[i]
    if text == "I" or lower in _rules().capitalised:
        return False
    if lower in common_words() and fold(text) not in given_names():
        if words.title_case[i]:
            return False
        if words.opens[i] and words.pos[i] != "PROPN":
            return False
        if words.pos[i] in ("DET", "ADP", "PRON", "SCONJ", "CCONJ", "AUX"):
            return False
    return True


def _starts(words: Words, i: int, blocked: list[bool], anchors: set[int], rules: _Rules) -> bool:
    if blocked[i]:
        return False
    if words.lower[i] in rules.leading and i + 1 < len(words):
        k = i + 1
        if hyphenated(words, k):
            return k + 1 < len(words) and _name_word(words, k + 1, blocked)
        return (i in anchors or words.capital[i]) and _name_word(words, k, blocked)
    if i in anchors and words.capital[i] and words.text[i].isalpha() and not words.title_case[i]:
        return words.text[i] != "I"
    return _name_word(words, i, blocked)


def _run_end(words: Words, i: int, blocked: list[bool], rules: _Rules) -> int:
    n = len(words)
    j = i + 1
    if words.lower[i] in rules.abbreviations and j + 1 < n and words.text[j] == "." and words.glued[j]:
        j += 1
        if not _name_word(words, j, blocked):
            return i + 1
        j += 1
    while j < n:
        k = _nickname(words, j)
        if k > j:
            j = k + 1 if k < n and _name_word(words, k, blocked) else k
            continue
        if words.text[j] == "'" and words.glued[j] and j + 1 < n and words.glued[j + 1] and _name_word(words, j + 1, blocked):
            j += 2
            continue
        if blocked[j]:
            break
        if words.text[j][0] == "." and words.glued[j] and words.capital[j]:
            j += 1
            continue
        if hyphenated(words, j) and j + 1 < n and not blocked[j + 1] and words.text[j] != "/":
            if words.text[j + 1][0].isalpha():
                j += 2
                continue
            break
        if _name_word(words, j, blocked):
            if words.opens[j]:
                break
            j += 1
            continue
        k = _particles(words, j, blocked, rules)
        if k > j and _name_word(words, k, blocked) and not words.opens[k]:
            j = k + 1
            continue
        if words.lower[j] in rules.after and words.capital[j]:
            j += 1
            continue
        break
    return j


def _particles(words: Words, j: int, blocked: list[bool], rules: _Rules) -> int:
    """The token after lower-case particles at token j ("bin", "al-", "van der"); j when there are none."""
    k = j
    while k < len(words) - 1 and not words.capital[k] and not blocked[k]:
        glued = hyphenated(words, k + 1)
        if words.lower[k] in rules.particles or (glued and words.lower[k] in rules.joined):
            k += 2 if glued else 1
        else:
            break
    return k if k < len(words) else j


def _nickname(words: Words, j: int) -> int:
    """The token after a nickname in quotation marks at token j; j when there is none."""
    if words.text[j] not in ('"', "'") or words.glued[j]:
        return j
    for k in range(j + 2, min(j + 4, len(words))):
        if words.text[k] == words.text[j] and words.glued[k]:
            return k + 1 if all(words.capital[m] or words.text[m] == "-" for m in range(j + 1, k)) else j
    return j


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around the runs: titles by their last and first token, known names by their
    first token and by the token after, how often each folded word ends or is a run."""

    words: Words
    before: dict[int, Title]
    after: dict[int, Title]
    hits: dict[int, Hit]
    ends: dict[int, Hit]
    last_words: Counter[str]


def score(run: Run, context: Context) -> float:
    """How much speaks for the run being a person's name: log odds, from 0 on more likely than not."""
    weights = _rules().weights
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features(run, context).items())


def features(run: Run, context: Context) -> dict[str, float]:
    """The evidence for and against a run: keys of person_weights.toml and their values."""
    words, rules = context.words, _rules()
    i, j = run
    tokens = [k for k in range(i, j) if words.text[k][0].isalpha()]
    names = [k for k in tokens if words.lower[k] not in rules.particles or words.capital[k]]
    if not names:
        return {"no_name": 1.0}
    found = _title_features(i, j, context)
    n = len(names)
    labels = [words.doc[k].ent_type_ for k in tokens]
    persons = labels.count("PERSON") / len(labels)
    if persons > 0.5:
        found["entity_person" if persons == 1 else "entity_person_part"] = 1.0
    elif not any(not label for label in labels):
        if labels.count("GPE") + labels.count("LOC") == len(labels):
            found["entity_place"] = 1.0
        else:
            found["entity_other"] = 1.0
    elif not any(labels):
        found["entity_none"] = 1.0
    found["one_word" if n == 1 else "two_words" if n == 2 else "three_words" if n <= 4 else "many_words"] = 1.0
    folded = [fold(words.text[k]) for k in names]
    if folded[0] in given_names():
        found["given_alone" if n == 1 else "given_first"] = 1.0
    if folded[-1] in surnames():
        found["surname_alone" if n == 1 else "surname"] = 1.0
    if _has_inner_capital(words.text[names[-1]]):
        found["inner_capital"] = 1.0
    if any(len(words.text[k]) >= 6 and words.lower[k].endswith(rules.suffixes) for k in names):
        found["suffix"] = 1.0
    if any(k > i and words.lower[k] in rules.particles and not words.capital[k] for k in tokens):
        found["particle"] = 1.0
    if any("." in words.text[k][1:-1] and words.text[k][-1].islower() for k in names):
        found["glued_initial"] = 1.0
    elif n > 1 and any(len(words.text[k].rstrip(".")) == 1 for k in names):
        found["initial"] = 1.0
    common = [k for k, word in zip(names, folded, strict=True) if word in common_words() and word not in given_names()]
    if common:
        found["common" if n > len(common) else "all_common"] = float(len(common))
    if head_label(words.lower[j - 1]) is not None or head_label(words.lower[i]) is not None:
        found["head_noun"] = 1.0
    if n == 1 and words.upper[i] and len(words.text[i]) <= 6:
        found["acronym"] = 1.0
    if any(hyphenated(words, k) for k in range(i + 1, j - 1)):
        found["hyphen"] = 1.0
    if any(k in context.hits and context.hits[k].kind == "city" for k in range(i, j)):
        found["city"] = 1.0
    if all(words.title_case[k] for k in tokens):
        found["title_case"] = 1.0
    elif words.opens[i]:
        found["opens_one" if n == 1 else "opens"] = 1.0
    again = context.last_words[folded[-1]] - 1
    if again > 0:
        found["again_one" if n == 1 else "again"] = min(again, 3) / 3
    _grammar_features(run, context, n, found)
    return found


def _has_inner_capital(text: str) -> bool:
    """Whether a brand-like capital stands inside the word ("BelTA"); not in "McDonald", "Sing'Oei"."""
    inner = [k for k in range(1, len(text)) if text[k].isupper() and text[k - 1].islower()]
    return bool(inner) and inner[0] > 3 and not text.isupper()


def _title_features(i: int, j: int, context: Context) -> dict[str, float]:
    words = context.words
    found: dict[str, float] = {}
    k = i - 1
    while k >= 0 and (is_honorific(words, k) or (words.text[k] == "." and k > 0 and is_honorific(words, k - 1))):
        if k in context.before and context.before[k].head != "general":
            break
        found["honorific"] = 1.0
        k -= 1
    title = context.before.get(k)
    if title is not None:
        found["title_before" if not title.weak or title.capital else "weak_title_before"] = 1.0
    elif k > 0 and words.text[k] == "," and k - 1 in context.before:
        found["title_comma"] = 1.0
    elif k > 0 and "honorific" not in found and _title_chain(k, context):
        found["title_chain"] = 1.0
    if _title_follows(j, context):
        found["title_after"] = 1.0
    return found


def _title_chain(k: int, context: Context) -> bool:
    """Whether "ambassador of A to B" ends at token k."""
    words = context.words
    seen = False
    for _ in range(7):
        if k < 0:
            return False
        if k in context.before:
            return seen
        hit = context.ends.get(k + 1)
        if hit is not None:
            seen, k = True, hit.i - 1
        elif words.lower[k] in ("of", "the", "to", "in", "for", ",", "and", "at", ")", "("):
            k -= 1
        else:
            return False
    return False


def _title_follows(j: int, context: Context) -> bool:
    """Whether ", Azerbaijan's Deputy Minister …" or the like stands after the run."""
    words, bridges = context.words, _rules().bridges
    n = len(words)
    if j >= n or words.text[j] not in (",", "(", "-"):
        return False
    k = j + 1
    for step in range(8):
        if k >= n:
            return False
        if k in context.after:
            return True
        hit = context.hits.get(k)
        if hit is not None:
            k = hit.j
        elif words.lower[k] in bridges or (words.capital[k] and step < 4):
            k += 1
        else:
            return False
    return False


def _grammar_features(run: Run, context: Context, n: int, found: dict[str, float]) -> None:
    words, rules = context.words, _rules()
    i, j = run
    after = words.lower[j : j + 3]
    if after[:1] == ["who"] or after[:2] == [",", "who"]:
        found["who"] = 1.0
    if len(after) == 3 and after[0] == "," and after[1].isdigit() and after[2] == ",":
        found["age"] = 1.0
    if after[:1] == ["of"] and j + 1 < len(words):
        k = j + 2 if after[1] == "the" else j + 1
        if k in context.hits and context.hits[k].kind == "country":
            found["of_country"] = 1.0
    if after and after[0] in rules.place_nouns:
        found["place_noun"] = 1.0
    root = words.doc[i:j].root
    verb = root.head.lemma_.lower()
    if root.dep_ in ("nsubj", "nsubjpass") and verb in rules.verbs:
        found["subject_one" if n == 1 else "subject"] = 1.0
    if i == 0:
        return
    before = words.lower[i - 1]
    if before in ("told", "to") and after[:1] in ([")"], [","], ["."], []) or after[:1] in (["reports"], ["reported"]):
        found["outlet_one" if n == 1 else "outlet"] = 1.0
    if before == "(" and after[:1] == [")"]:
        found["in_brackets"] = 1.0
    if before == "the":
        found["the"] = 1.0
    elif before in rules.locative:
        found["locative"] = 1.0
    elif before in ("by", "with"):
        found["by_with"] = 1.0
    elif before in ("'s", "'") and i > 1 and i - 1 in context.ends:
        found["country_possessive"] = 1.0
    elif before in ("of", "from", "to"):
        found["of_from_to"] = 1.0
