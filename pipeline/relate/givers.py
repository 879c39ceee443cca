"""Who gives an office that the text leaves open ("Foreign Minister Rustem Abenov"): a scored choice.

Candidates are the countries of the article and its outlet, the organisations it names, and nobody
(None: a trade or a form of address rather than an office). Their scores are sums of weights of the
facts that hold (a conditional logit; the weights, in relations.toml, come from training articles).
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from pipeline.data import table
from pipeline.document import Document, Entity
from pipeline.lookup.origins import typical_of
from pipeline.names.fold import fold
from pipeline.relate.home import Home, home_of
from pipeline.relate.title_forms import body_state
from pipeline.weights import weights

_PLACES = ("country", "nationality", "city")
_POSSESSIVES = frozenset({"its", "their", "whose"})
_PREPOSITIONS = frozenset({"to", "in", "with", "of", "from", "for", "at", "by", "between"})


@dataclass(frozen=True, slots=True)
class Case:
    """One open office: its title, its holder's name, and the token where it is stated.

    `beside` are the countries of others in its sentence, `taken` the countries whose holder of this
    title is somebody else, `peers` those with another holder of such an office, `named` the
    countries with which the text names the title elsewhere, `home` the country that the text gives
    the holder.
    """

    title: str
    name: str
    token: int
    beside: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    peers: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    home: str | None = None
    other_office: bool = False
    read: Mapping[str | None, float] | None = None


class Givers:
    """What one document tells about its countries and organisations, gathered once."""

    def __init__(self, document: Document, explicit: Mapping[str, str]) -> None:
        self.home: Home = home_of(document)
        self.explicit = Counter(explicit.values())
        parse = document.parse
        self.sentences = [s.start for s in parse.sents] if parse is not None else []
        keys = {i: e.key for e in document.entities for i in (*e.mentions, *e.referring)}
        self.organisations = {e.key: e for e in document.entities if e.kind == "organization"}
        self.parse = parse
        self.organisation_words = {
            key: {w for w in fold(e.name).split() if len(w) > 3} for key, e in self.organisations.items()
        }
        self.places: list[tuple[int, str, str]] = []
        self.organisation_ends: dict[int, str] = {}
        self.prepositions: dict[int, str] = {}
        self.counts: dict[str, Counter[str]] = {label: Counter() for label in _PLACES}
        for i, m in enumerate(document.mentions):
            if m.label in _PLACES and m.code:
                self.places.append((m.tokens[0], m.code, m.label))
                self.prepositions[m.tokens[0]] = _preposition(parse, m.tokens[0])
                self.counts[m.label][m.code] += 1
            elif m.label == "organization" and i in keys:
                self.places.append((m.tokens[0], keys[i], m.label))
                self.organisation_ends[m.tokens[1]] = keys[i]
        self.first = next((code for _, code, label in self.places if label != "organization"), None)
        codes = {code for _, code, label in self.places if label != "organization"}
        self.codes = sorted(codes | self.home.codes)

    def _near(self, token: int) -> tuple[list[tuple[int, str, str]], list[tuple[int, str, str]]]:
        """Places and organisations in the token's sentence: before it, nearest first, and after it."""
        n = max(bisect_right(self.sentences, token) - 1, 0)
        start = self.sentences[n]
        end = self.sentences[n + 1] if n + 1 < len(self.sentences) else 1 << 30
        low, at, high = (bisect_right(self.places, (t, "", "")) for t in (start, token, end))
        return self.places[low:at][::-1], self.places[at:high]

    def _words(self, token: int) -> set[str]:
        """Lower-case words a few tokens around a title: "the panel's head", "spokesman for the ministry"."""
        if self.parse is None:
            return set()
        return {t.text for t in self.parse[max(token - 4, 0) : token + 8] if t.is_lower}

    def _is_possessed(self, token: int) -> bool:
        """Whether "its", "their" or "whose" is one of the two words before a title."""
        return self.parse is not None and any(
            self.parse[i].lower_ in _POSSESSIVES for i in range(max(token - 2, 0), token)
        )

    def _opening(self, token: int) -> str | None:
        """The first place or organisation of the token's sentence ahead of it, else of the sentence before."""
        n = max(bisect_right(self.sentences, token) - 1, 0)
        for sentence, end in ((n, token), (n - 1, self.sentences[n])):
            if sentence >= 0:
                first = bisect_right(self.places, (self.sentences[sentence], "", ""))
                if first < len(self.places) and self.places[first][0] < end:
                    return self.places[first][1]
        return None

    def facts(self, case: Case) -> Iterator[tuple[str | None, dict[str, float]]]:
        """Each candidate with the facts that bear on it."""
        kind = title_class(case.title)
        before, after = self._near(case.token)
        before_states = [code for _, code, label in before if label != "organization"]
        prepositions: dict[str, set[str]] = {}
        for side, around in (("before", before), ("after", after)):
            for at, code, label in around:
                if label != "organization":
                    prepositions.setdefault(code, set()).add(f"{side} {self.prepositions[at]}")
        earlier = [(key, label) for at, key, label in self.places if at < case.token]
        last = next((code for code, label in reversed(earlier) if label != "organization"), None)
        named_before = [key for key, label in earlier if label == "organization"]
        before_organs = [key for _, key, label in before if label == "organization"]
        after_organs = [key for _, key, label in after if label == "organization"]
        names = self.counts
        group = "staff" if kind in table("relations")["staff_classes"] else "state"
        nearby = self._words(case.token)
        its = self._is_possessed(case.token)
        opening = self._opening(case.token) if its else None
        implied = table("relations")["offices"].get(fold(case.title)) or body_state(case.title)
        codes = self.codes if implied is None or implied in self.codes else [*self.codes, implied]
        typical = typical_of(case.name, codes)
        for code in codes:
            number = names["country"][code] + names["nationality"][code]
            facts = {
                f"mentions {group}": math.log1p(number),
                f"cities {group}": math.log1p(names["city"][code]),
                f"first {group}": float(code == self.first),
                "outlet": float(code == self.home.outlet),
                f"outlet {kind}": float(code == self.home.outlet),
                "dateline": float(code in self.home.dateline),
                f"dateline {kind}": float(code in self.home.dateline),
                "cited": float(code in self.home.cited),
                f"explicit {group}": float(min(self.explicit[code], 2)),
                "nearest": float(before_states[:1] == [code]),
                f"last {group}": float(code == last),
                "beside": float(code in case.beside),
                "taken": float(code in case.taken),
                f"peer {kind}": float(code in case.peers),
                "named": float(code in case.named),
                "implied": float(code == implied),
                "home": float(code == case.home),
                "its last": float(its and code == last),
                "its opening": float(code == opening),
                f"origin {group}": typical.get(code, 0.0),
            }
            facts.update(dict.fromkeys(prepositions.get(code, ()), 1.0))
            yield code, {name: value for name, value in facts.items() if value}
        for key in self.organisations:
            facts = {
                f"organisation {kind}": 1.0,
                f"organisation of no state {kind}": float(self.organisations[key].country is None),
                "organisation word": float(not nearby.isdisjoint(self.organisation_words[key])),
                "organisation before": float(key in before_organs),
                "organisation nearest": float(before_organs[:1] == [key]),
                "organisation after": float(key in after_organs),
                "organisation last": float(named_before[-1:] == [key]),
                "organisation adjacent": float(self.organisation_ends.get(case.token) == key),
                "organisation its": float(its),
                "organisation its last": float(its and named_before[-1:] == [key]),
                "organisation its opening": float(key == opening),
                "organisation mentions": math.log1p(named_before.count(key)),
            }
            yield key, {name: value for name, value in facts.items() if value}
        yield None, {f"none {kind}": 1.0, f"none other {kind}": float(case.other_office)}

    def best(self, case: Case) -> tuple[str | None, float]:
        """The likeliest giver of an office, and its probability among the candidates."""
        scores = self._scores(case)
        best = max(scores, key=lambda giver: (scores[giver], giver or ""))
        return best, _share(scores, best)

    def sureness(self, case: Case) -> float:
        """The probability of the likeliest giver."""
        scores = self._scores(case)
        return _share(scores, max(scores, key=scores.__getitem__))

    def _scores(self, case: Case) -> dict[str | None, float]:
        known = weights("givers")
        scores = {
            giver: sum(known.get(name, 0.0) * value for name, value in facts.items())
            for giver, facts in self.facts(case)
        }
        if case.read is not None:
            weight = float(table("reading")["givers"]["weight"])
            scores = {g: s + weight * math.log(max(case.read.get(g, 0.0), 1e-4)) for g, s in scores.items()}
        return scores


def _share(scores: Mapping[str | None, float], chosen: str | None) -> float:
    """The probability of one candidate (softmax)."""
    return 1.0 / sum(math.exp(score - scores[chosen]) for score in scores.values())


def _preposition(parse: Doc | None, token: int) -> str:
    """The preposition before a place, articles left out; "-" where there is none."""
    for i in (token - 1, token - 2):
        if parse is not None and i >= 0 and (word := parse[i].lower_) != "the":
            return word if word in _PREPOSITIONS else "-"
    return "-"


@functools.lru_cache(maxsize=8192)
def title_class(title: str) -> str:
    """What kind of office a title names, by its head: "minister", "ambassador", "head" …"""
    classes: Sequence[Mapping[str, Any]] = table("relations")["title_class"]
    words = fold(title).split()
    end = next((i for i, w in enumerate(words) if i and w in ("of", "for", "to", "on", "at", "in")), len(words))
    for entry in classes:
        if not set(words[:end]).isdisjoint(entry["words"]):
            return str(entry["name"])
    return "other"


def organisation_country(entities: Mapping[str, Entity], giver: str | None) -> str | None:
    """The country that an office-giver stands for: itself, or the one an organisation belongs to."""
    if giver is None:
        return None
    entity = entities.get(giver)
    return entity.country if entity is not None else giver
