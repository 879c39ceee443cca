"""Changed copies of gold articles: every label still holds."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.data import countries
from pipeline.gold.checks import problems
from pipeline.gold.json_lines import read
from pipeline.gold.marked import parse
from pipeline.gold.model import GoldArticle, GoldMention
from pipeline.train.augment import Pools, Rates, augment, load_pools
from pipeline.train.augment_countries import swap_country
from pipeline.train.augment_dates import Unchangeable, shift_dates, shifted
from pipeline.train.augment_edits import Edit, Unmovable, apply, begins_with_vowel, edited, in_order, indefinite, moved
from pipeline.train.augment_names import GENDERS, Culture, new_name
from pipeline.train.augment_people import rename
from pipeline.train.augment_surface import (
    add_line,
    drop_headline,
    join_paragraphs,
    restyle_dashes,
    restyle_headline,
    restyle_quotes,
    split_paragraphs,
)
from pipeline.train.augment_titles import swap_titles

CORPUS = Path(__file__).parents[2] / "models" / "corpus"
HEAD = """---
id: x-1
outlet: Caspian Wire
published: 2024-03-12
title: Kenyan minister in Baku
cited: []
people:
  wekesa: {name: Asha Wekesa, positions: [{title: Foreign Minister, of: KEN}]}
  rafiyev: {name: Elkhan Rafiyev, positions: [{title: President, of: AZE}]}
orgs:
  bank: {name: Bank of Kenya, country: KEN}
events:
  e1: {type: CONSULT, mode: visit, status: occurred, date: 2024-03-11, date_basis: explicit, place: {city: Baku, country: AZE, facility: null}, actors: [wekesa], recipients: [AZE], optional: [KEN], contexts: [diplomatic], core: true}
---
"""  # noqa: E501
BODY = """[[Kenyan|NORP#KEN]] [[minister|NOM#wekesa]] in [[Baku|GPE#AZE:Baku]]

A [[Kenyan|NORP#KEN]] delegation led by [[Foreign Minister|TITLE#wekesa]] [[Asha Wekesa|PER#wekesa]] [[arrived|EV#e1]] in [[Baku|GPE#AZE:Baku]] on [[March 11|DATE#2024-03-11]]. Ms. [[Wekesa|PER#wekesa]] met with [[President|TITLE#rafiyev]] [[Elkhan Rafiyev|PER#rafiyev]] of [[Azerbaijan|GPE#AZE]].

[[She|NOM#wekesa]] said that the [[Bank of Kenya|ORG#bank]] would open an office in [[Ganja|GPE#AZE:Ganja]] [[next month|DATE#2024-04]]. [[Kenya|GPE#KEN]] "is ready", [[Wekesa|PER#wekesa]] said."""  # noqa: E501


@cache
def articles() -> tuple[GoldArticle, ...]:
    return tuple(item for item in read(CORPUS / "train.jsonl") if isinstance(item, GoldArticle))


@cache
def pools() -> Pools:
    return load_pools(CORPUS, articles())


@pytest.fixture(scope="module")
def article() -> GoldArticle:
    return parse(HEAD + BODY)


def checked(article: GoldArticle) -> GoldArticle:
    """The article, its model validated anew and nothing wrong with it."""
    again = GoldArticle.model_validate(article.model_dump())
    assert [str(problem) for problem in problems(again, file="x") if not problem.warning] == []
    return again


def surfaces(article: GoldArticle, label: str) -> list[str]:
    return [mention.text for mention in article.mentions if mention.label == label]


@given(st.text("ab .\n", max_size=40), st.data())
def test_spans_keep_their_text_through_edits_outside_of_them(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=12, unique=True).filter(bool))
                  if len(text) > 12 else range(min(4, len(text) + 1)))  # fmt: skip
    if len(cuts) < 4:
        return
    start, end = cuts[1], cuts[2]
    edits = [Edit(cuts[0], start, data.draw(st.text("xy", max_size=5))), Edit(end, cuts[3], "z")]
    a, b = moved(start, end, edits)
    assert edited(text, edits)[a:b] == text[start:end]


@given(st.text("abc ", min_size=3, max_size=30), st.data())
def test_an_edit_of_the_whole_span_is_its_new_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new = data.draw(st.text("xyz", min_size=1, max_size=6))
    edits = in_order([Edit(start, end, new), Edit(start, start, "<"), Edit(end, end, ">")])
    a, b = moved(start, end, edits)
    assert edited(text, edits)[a:b] == new


def test_what_cannot_be_moved_is_refused() -> None:
    for edits in ([Edit(1, 3, "x")], [Edit(0, 9, "x")], [Edit(2, 6, "")]):
        with pytest.raises(Unmovable):
            moved(2, 6, edits)
    with pytest.raises(Unmovable):
        in_order([Edit(0, 4, "x"), Edit(3, 5, "y")])


def test_apply_takes_mentions_triggers_and_the_headline_along(article: GoldArticle) -> None:
    at = article.text.index("in Baku")
    changed = checked(apply(article, [Edit(at, at, "soon "), Edit(0, 0, "NEWS\n\n")]))
    assert changed.title == "Kenyan minister soon in Baku"
    assert surfaces(changed, "GPE") == surfaces(article, "GPE")
    assert changed.events[0].triggers[0].text == "arrived"


def test_a_and_an_follow_what_comes_after() -> None:
    for text, old, new, expected in (
        ("A Kenyan envoy", "Kenyan", "Iraqi", "An Iraqi envoy"),
        ("an Iraqi envoy", "Iraqi", "Ugandan", "a Ugandan envoy"),
        ("a UN envoy", "UN", "EU", "an EU envoy"),
        ("Vitamin A Kenyan", "Kenyan", "Kenian", "Vitamin A Kenian"),
        ("an honorary consul", "honorary consul", "envoy", "an envoy"),
    ):
        start = text.index(old)
        edits = indefinite(text, [Edit(start, start + len(old), new)])
        assert edited(text, in_order(edits)) == expected
    assert [word for word in ("MP", "UK", "Uzbek", "union", "European") if begins_with_vowel(word)] == ["MP", "Uzbek"]


def test_every_culture_has_names_enough() -> None:
    cultures = pools().cultures
    assert len(cultures) >= 35
    for culture in cultures:
        assert min(len(culture.given[gender]) for gender in GENDERS) >= 25, culture.name
        assert len(culture.family) >= 40, culture.name
        assert culture.countries <= countries().keys(), culture.name


@pytest.mark.parametrize("culture", pools().cultures, ids=lambda culture: culture.name)
def test_names_of_a_culture_are_whole(culture: Culture) -> None:
    rng = random.Random(1)
    for _ in range(30):
        name = new_name([culture], rng, gender=rng.choice(GENDERS), country=None)
        assert name.full == " ".join(name.full.split())
        assert not set("{}/|") & set(name.full)
        assert name.short
        assert set(name.short.split()) <= set(name.full.split())


def test_a_person_is_renamed_everywhere(article: GoldArticle) -> None:
    seen = set()
    for seed in range(30):
        changed = checked(rename(article, pools().cultures, pools().genders, random.Random(seed), share=1.0))
        assert "Wekesa" not in changed.text
        assert "Rafiyev" not in changed.text
        person = changed.entity("wekesa")
        assert person is not None
        names = [m.text for m in changed.mentions if m.label == "PER" and m.entities == ["wekesa"]]
        assert names[0] == person.name
        assert len(set(names[1:])) == 1
        assert set(names[1].split()) <= set(person.name.split())
        seen.add(person.name)
    assert len(seen) > 20


def test_the_gender_that_the_text_tells_stays(article: GoldArticle) -> None:
    female = {s for c in pools().cultures for name in c.given["female"] for s in name}
    male = {s for c in pools().cultures for name in c.given["male"] for s in name}
    told = 0
    for seed in range(40):
        changed = rename(article, pools().cultures, pools().genders, random.Random(seed), share=1.0)
        words = set(surfaces(changed, "PER")[0].split())
        told += bool(words & (female - male))
        family = {s for c in pools().cultures for name in c.family for s in name}
        fathers = not words & (male - female - family)
        assert words & (female - male) or fathers
    assert told > 20


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("Seo Jung-hwan", ["Seo Jung-hwan", "Seo"], lambda full, forms: forms[1] != full),
        ("HASANLI Ilgar", ["HASANLI Ilgar", "Hasanli"], lambda full, forms: any(w.isupper() for w in full.split())),
        ("Ilgar Hasanli", ["Ilgar Hasanli", "ILGAR HASANLI"], lambda full, forms: forms[1] == full.upper()),
        ("Ilgar Vali Hasanli", ["Ilgar Vali Hasanli", "I. Hasanli"], lambda full, forms: forms[1] != forms[0]),
    ],
)
def test_the_form_of_a_name_is_kept(name: str, said: list[str], expected) -> None:  # type: ignore[no-untyped-def]
    body = ". ".join(f"[[{form}|PER#p]] spoke" for form in said)
    head = (
        "---\nid: x\noutlet: null\npublished: null\ntitle: null\ncited: []\n"
        f"people:\n  p: {{name: {name}, positions: []}}\norgs: {{}}\nevents: {{}}\n---\n"
    )
    changed = rename(parse(head + body), pools().cultures, pools().genders, random.Random(3), share=1.0)
    forms = surfaces(changed, "PER")
    assert forms != said
    assert expected(forms[0], forms), forms


def test_who_is_named_without_a_mark_keeps_the_name() -> None:
    head = HEAD.replace("Kenyan minister in Baku", "Wekesa in Baku")
    article = parse(head + BODY.replace("[[Kenyan|NORP#KEN]] [[minister|NOM#wekesa]] in", "Wekesa in", 1))
    changed = rename(article, pools().cultures, pools().genders, random.Random(1), share=1.0)
    assert surfaces(changed, "PER")[0] == "Asha Wekesa"
    assert "Rafiyev" not in changed.text


def test_a_country_is_swapped_with_all_that_is_its(article: GoldArticle) -> None:
    for seed in range(12):
        changed = checked(swap_country(article, pools().places, random.Random(seed)))
        keys = {key[:3] for m in changed.mentions if m.label in ("GPE", "NORP") for key in m.entities}
        (old,), (new,) = {"KEN", "AZE"} - keys, keys - {"KEN", "AZE"}
        state = countries()[new]
        assert changed.events[0].place.country == (new if old == "AZE" else "AZE")
        assert changed.relations[0].object == (new if old == "KEN" else "KEN")
        if old == "KEN":
            assert changed.entities[-1].name == f"Bank of {state.name}"
            assert changed.entities[-1].country == new
            assert changed.events[0].optional == [new]
            article_word = "An" if begins_with_vowel(state.demonyms[0]) else "A"
            assert f"{article_word} {state.demonyms[0]} delegation" in changed.text
            assert "Keny" not in changed.text
        else:
            assert changed.events[0].place.city == state.capital
            assert changed.events[0].recipients == [new]
            assert changed.title == f"Kenyan minister in {state.capital}"
            assert not {"Baku", "Azerbaijan", "Ganja"} & set(changed.text.replace(".", " ").split())


def test_a_country_with_a_word_made_of_its_name_stays(article: GoldArticle) -> None:
    kept = parse(HEAD + BODY + " Kenyatrade and Azerishiq signed.")
    assert swap_country(kept, pools().places, random.Random(1)) is kept


def test_a_body_that_only_one_country_has_keeps_its_country() -> None:
    kept = parse(HEAD + BODY.replace("Kenyan|NORP#KEN]] delegation", "Kenyan|NORP#KEN]] delegation from Harambee House")
                 + " The Milli Majlis sat.")  # fmt: skip
    for seed in range(8):
        assert "Azerbaijan" in swap_country(kept, pools().places, random.Random(seed)).text


def test_dates_move_by_whole_weeks(article: GoldArticle) -> None:
    later = checked(shifted(article, 28))
    assert later.published == dt.date(2024, 4, 9)
    assert [(m.text, m.value) for m in later.mentions if m.label == "DATE"] == [
        ("April 8", "2024-04-08"),
        ("next month", "2024-05"),
    ]
    assert later.events[0].date == "2024-04-08"
    assert shifted(later, -28) == article
    with pytest.raises(Unchangeable):
        shifted(article, 3)


@pytest.mark.parametrize(
    ("surface", "value", "days", "expected"),
    [
        ("11.03.2024", "2024-03-11", 364, "10.03.2025"),
        ("3/5/2024", "2024-03-05", 7, "3/12/2024"),
        ("03/03/2024", "2024-03-03", 7, "10/03/2024"),
        ("2024-03-03", "2024-03-03", 7, "2024-03-10"),
        ("3 March 2024", "2024-03-03", 7, "10 March 2024"),
        ("05/03/2024", "2024-03-05", -28, "06/02/2024"),
        ("2024-03-11", "2024-03-11", 70, "2024-05-20"),
        ("Monday, 11th March 2024", "2024-03-11", 21, "Monday, 1st April 2024"),
        ("MARCH 11", "2024-03-11", 28, "APRIL 8"),
        ("Mar. 11, 2024", "2024-03-11", 56, "May 6, 2024"),
        ("March 11-13", "2024-03-11/2024-03-13", 7, "March 18-20"),
        ("30 March to 2 April", "2024-03-30/2024-04-02", 63, "1 June to 4 June"),
        ("October 2022", "2022-10", 28, "November 2022"),
        ("2019", "2019", 364, "2020"),
        ("Tuesday", "2024-03-12", 7, "Tuesday"),
    ],
)
def test_a_date_is_written_in_its_own_way(surface: str, value: str, days: int, expected: str) -> None:
    text = f"On {surface} they met."
    date = GoldMention(start=3, end=3 + len(surface), text=surface, label="DATE", value=value)
    article = GoldArticle(
        id="x", published=dt.date(2024, 3, 12), annotates=["DATE"], cited=[], text=text,
        entities=[], mentions=[date], relations=[], events=[],
    )  # fmt: skip
    assert shifted(article, days).mentions[0].text == expected


@pytest.mark.parametrize(
    ("surface", "value", "days"),
    [
        ("March 11-29", "2024-03-11/2024-03-29", 7),
        ("the 1990s", "1990/1999", 364),
        ("March 14", "2024-03-11", 7),
        ("this spring", "2024-03/2024-05", 91),
    ],
)
def test_a_date_that_cannot_be_written_anew_is_refused(surface: str, value: str, days: int) -> None:
    date = GoldMention(start=0, end=len(surface), text=surface, label="DATE", value=value)
    article = GoldArticle(
        id="x", published=dt.date(2024, 3, 12), annotates=["DATE"], cited=[], text=surface,
        entities=[], mentions=[date], relations=[], events=[],
    )  # fmt: skip
    with pytest.raises(Unchangeable):
        shifted(article, days)


def test_an_unmarked_stamp_follows_and_another_unmarked_date_forbids(article: GoldArticle) -> None:
    stamped = apply(article, [Edit(0, 0, "date 2024-03-12 +\n\n")])
    assert shifted(stamped, 28).text.startswith("date 2024-04-09 +")
    dated = apply(article, [Edit(len(article.text), len(article.text), " In 1991 it began.")])
    with pytest.raises(Unchangeable):
        shifted(dated, 28)


def test_a_title_is_swapped_for_one_of_its_kind(article: GoldArticle) -> None:
    seen = set()
    for seed in range(20):
        changed = checked(swap_titles(article, pools().titles, random.Random(seed), share=1.0))
        title = changed.relations[0].title
        assert title in surfaces(changed, "TITLE")
        assert title is not None
        assert "minister" in title.lower()  # the headline says "minister"
        seen.add((title, changed.relations[1].title))
    assert len(seen) > 5


def test_an_ambassador_and_an_office_of_two_stay(article: GoldArticle) -> None:
    for head in (
        HEAD.replace("Foreign Minister", "Ambassador"),
        HEAD.replace("title: Foreign Minister", "title: President"),
    ):
        title = "Ambassador" if "Ambassador" in head else "President"
        kept = parse(head + BODY.replace("Foreign Minister", title))
        assert swap_titles(kept, pools().titles, random.Random(1), share=1.0).relations[0] == kept.relations[0]


def test_quotes_become_curly_and_straight_again(article: GoldArticle) -> None:
    both = {restyle_quotes(article, random.Random(seed)).text for seed in range(10)}
    assert both == {article.text, article.text.replace('"is ready"', "“is ready”")}


def test_the_headline_changes_its_case_or_goes(article: GoldArticle) -> None:
    titles = {restyle_headline(article, random.Random(seed)).title for seed in range(10)}
    assert titles == {"KENYAN MINISTER IN BAKU", "Kenyan Minister in Baku"}
    gone = checked(drop_headline(article))
    assert gone.title is None
    assert gone.text.startswith("A Kenyan delegation")


def test_a_headline_that_says_something_alone_stays(article: GoldArticle) -> None:
    alone = parse(
        HEAD + BODY.replace("in [[Baku|GPE#AZE:Baku]]", "in [[Turin|GPE#ITA:Turin]]", 1).replace("in Baku", "")
    )
    alone = alone.model_copy(update={"title": "Kenyan minister in Turin"})
    assert drop_headline(alone) is alone


def test_lines_are_added_and_stamps_marked(article: GoldArticle) -> None:
    stamped = 0
    for seed in range(60):
        changed = checked(add_line(article, pools().furniture, random.Random(seed)))
        assert len(changed.text) > len(article.text)
        if len(changed.mentions) > len(article.mentions):
            stamped += 1
            (day,) = (m for m in changed.mentions if m.value == "2024-03-12")
            assert day.label == "DATE"
    assert stamped


def test_paragraphs_are_joined_and_split(article: GoldArticle) -> None:
    joined = checked(join_paragraphs(article, random.Random(1)))
    assert joined.text.count("\n\n") == article.text.count("\n\n") - 1
    assert joined.text.split() == article.text.split()
    split = {checked(split_paragraphs(article, random.Random(seed))).text for seed in range(10)}
    assert all(text.split() == article.text.split() for text in split)
    assert max(text.count("\n\n") for text in split) > article.text.count("\n\n")


def test_dashes_in_names_stay() -> None:
    article = parse(HEAD + BODY + " It was – they said — late at the [[Baku – Ganja road|FAC#-]].")
    for seed in range(8):
        changed = checked(restyle_dashes(article, random.Random(seed)))
        assert "Baku – Ganja road" in changed.text


@pytest.mark.parametrize("number", range(0, len(articles()), 12))
def test_labels_hold_in_copies_of_the_corpus(number: int) -> None:
    article = articles()[number]
    before = list(problems(article, file="x"))
    changed = checked(augment(article, pools(), random.Random(number)))
    assert len(list(problems(changed, file="x"))) <= len(before)
    assert changed.id == article.id
    assert [e.key for e in changed.entities] == [e.key for e in article.entities]
    assert [(e.id, e.type, e.mode, e.status) for e in changed.events] == [
        (e.id, e.type, e.mode, e.status) for e in article.events
    ]
    assert changed == augment(article, pools(), random.Random(number))


def test_nothing_changes_at_rates_of_zero(article: GoldArticle) -> None:
    rates = Rates(
        countries=0, people=0, titles=0, dates=0, quotes=0, dashes=0, headline_case=0, headline_dropped=0, lines=0,
        joined=0, split=0,
    )  # fmt: skip
    assert augment(article, pools(), random.Random(1), rates=rates) == article


def test_an_article_without_a_day_keeps_its_dates(article: GoldArticle) -> None:
    undated = article.model_copy(update={"published": None})
    assert shift_dates(undated, random.Random(1)) is undated
