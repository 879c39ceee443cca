from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.reading.entities import GOLD
from pipeline.relate.offices import find_offices
from pipeline.relate.read import link_titles
from pipeline.relate.symbols import sentences

TWO = "[Ambassador|T] [Ann Lee|P] met the press. The [Kenyan|N|KEN] [consul|T] is to go, [Ann Lee|P] said."
APART = "[Ambassador|T] [Ann Lee|P] of [Kenya|C|KEN] spoke. The [consul|T] left."
LIST = "[Trade Board|O] [Chair|T] and [Kenyan|N|KEN] [consul|T], [Ann Lee|P] spoke."
FULLER = "[Minister|T] [Ann Lee|P] of [Kenya|C|KEN] spoke. The [Foreign Minister|T] left."
ALONE = "[Kenya|C|KEN] was praised by [Ann Lee|P]. The [consul|T] left."


def reading(document, links):
    """A reading that links titles (their number among the titles) with a text as holder or giver."""
    names = ("holder", "giver")

    def scores(titles, where, _labels):
        found = np.full((len(titles), len(where), len(names)), -9.0, dtype=np.float32)
        for title, link, text in links:
            for n, mention in enumerate(document.mentions):
                if mention.text == text:
                    found[title, n, names.index(link)] = 9.0
        return found

    labels = SimpleNamespace(links=names, mentions=tuple(GOLD.values()))
    return SimpleNamespace(heads=SimpleNamespace(labels=labels), links=scores)


def read(document, links):
    return replace(document, reading=reading(document, links))


def test_a_title_is_linked_with_holder_and_giver(marked):
    document = marked(APART)
    (linked,) = link_titles(document, reading(document, [(0, "holder", "Ann Lee"), (0, "giver", "Kenya")]))
    assert linked.holder == "p0"
    assert linked.beside
    assert linked.givers["KEN"] > 0.9
    assert linked.probability > 0.9


@pytest.mark.parametrize(
    ("text", "beside"), [(APART, [True, False]), (TWO, [True, False]), (LIST, [True, True]), (ALONE, [False])]
)
def test_a_title_is_beside_a_name_in_its_sentence_few_tokens_away(marked, text, beside):
    document = marked(text)
    links = [(n, "holder", "Ann Lee") for n in range(len(beside))]
    assert [linked.beside for linked in link_titles(document, reading(document, links))] == beside


@pytest.mark.parametrize(
    ("text", "titles"), [(APART, ["Ambassador"]), (ALONE, ["consul"]), (FULLER, ["Foreign Minister"])]
)
def test_a_title_away_from_the_name_counts_for_who_has_no_other_and_as_the_fuller_form(marked, text, titles):
    document = marked(text)
    number = text.count("|T]")
    links = [(n, link, to) for n in range(number) for link, to in (("holder", "Ann Lee"), ("giver", "Kenya"))]
    document = read(document, links)
    offices = find_offices(document, sentences(document))
    assert [office.title for office in offices.held["p0"]] == titles
    assert [office.of for office in offices.held["p0"]] == ["KEN"]
