from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.run.duplicates import Duplicates, DuplicateSettings
from pipeline.run.likeness import likeness
from pipeline.run.wording import Wording, told, unpacked

VISIT = """Foreign minister opens talks in Nairobi

NAIROBI, March 5 (Lantern News Agency) - Foreign Minister Odan Velkar opened two days of talks with his Kenyan
counterpart Wanjiru Tamba in Nairobi on Tuesday, the first visit of its kind in eleven years.

The ministers discussed trade in tea and machinery, the training of young diplomats and direct flights between the
capitals. "We are neighbours across the water," Mr Velkar said after the meeting, and thanked his host for the warm
welcome at the airport.

A joint commission is to meet in the autumn to prepare an agreement on visas. The two sides also exchanged views on
regional security and agreed to stay in touch."""

FORMULA = """The Minister of Foreign Affairs {host} received the Ambassador of {country} {guest} on {day}. The sides
exchanged views on issues of mutual interest and noted with satisfaction the high level of relations between the two
countries. They stressed the importance of contacts between the parliaments and agreed to continue the dialogue on
regional and international matters in the spirit of friendship and mutual respect."""

FLOOD = """Rescue teams reached the villages along the river on Sunday after three days of heavy rain. The governor
said that four bridges were closed and that schools would stay shut until the water falls. Neighbouring districts
sent boats, blankets and medicine, and volunteers cooked for the families in the sports hall of the town."""

HARVEST = """Farmers in the northern hills expect the best olive harvest for ten years. The cooperative bought a new
press in spring, and its members hope to sell more oil abroad. Prices rose slightly at the market last week, while
the ministry of agriculture promised cheaper loans for those who plant young trees before winter."""


def formula(**changed: str) -> str:
    usual = {"host": "Odan Velkar", "country": "Kenya", "guest": "Wanjiru Tamba", "day": "5 March"}
    return FORMULA.format(**usual | changed)


def answers(texts: Sequence[str]) -> list[str | None]:
    with Duplicates.opened() as duplicates:
        return [duplicates.duplicate_of(str(number), text) for number, text in enumerate(texts)]


def repeats(later: str, earlier: str) -> bool:
    return answers([earlier, later])[1] is not None


@pytest.mark.parametrize(
    "later",
    [
        VISIT,
        VISIT.replace("Foreign minister opens talks in Nairobi", "Velkar in Kenya: tea, machines, flights"),
        VISIT.partition("\n\n")[2],
        VISIT[: int(len(VISIT) * 0.6)] + "... Read more",
        VISIT.replace("discussed", "disscused")
        .replace("warm\nwelcome", "welcome")
        .replace("Velkar opened", "Velka opened"),
        VISIT.replace("neighbours", "neighbors"),
        f"Harbour Post | 7 March 2024\n\n{VISIT}\n\nSource: Lantern News Agency\n\n© Harbour Post",
        f"This story was provided by a partner agency and has not been edited.\n\n{VISIT}\n\nShare this article",
    ],
    ids=["same", "headline", "no headline", "truncated", "typos", "spelling", "credits", "boilerplate"],
)
def test_a_reprint_repeats_the_article(later: str) -> None:
    assert repeats(later, VISIT)


@pytest.mark.parametrize(
    "changed",
    [
        {"host": "Marel Dostin"},
        {"guest": "Ilko Brantev"},
        {"country": "Ghana"},
        {"day": "6 March"},
        {"day": "5 June"},
        {"host": "Marel Dostin", "country": "Ghana", "guest": "Ilko Brantev", "day": "6 June"},
    ],
    ids=" ".join,
)
def test_the_same_formula_about_another_event_is_no_repeat(changed: dict[str, str]) -> None:
    assert repeats(formula(), formula())
    assert not repeats(formula(**changed), formula())


def test_the_day_in_front_of_the_same_words_tells_articles_apart() -> None:
    body = formula(day="Monday")
    assert not repeats(
        f"ANKARA, June 9 (Lantern News Agency) - {body}", f"ANKARA, May 5 (Lantern News Agency) - {body}"
    )
    assert repeats(f"ANKARA, May 5 - {body}", f"ANKARA, May 5 (Lantern News Agency) - {body}")


def test_countries_with_similar_names_are_not_spellings_of_each_other() -> None:
    assert not repeats(formula(country="Austria"), formula(country="Australia"))
    assert repeats(formula(guest="Wanjiroo Tamba"), formula())


def test_an_article_that_says_much_more_is_no_repeat() -> None:
    assert not repeats(f"{HARVEST}\n\n{FLOOD}", FLOOD)
    assert not repeats(f"{HARVEST}\n\n{FLOOD.partition('. ')[2]}", FLOOD)


def test_an_update_with_news_inside_is_no_repeat() -> None:
    update = HARVEST.replace("ten years.", "ten years. Traders from Bologna, Izmir, Sfax and Patras have come to buy.")
    assert not repeats(update, HARVEST)
    assert repeats(update.replace(" from Bologna, Izmir, Sfax and Patras", ""), HARVEST)


def test_a_list_with_other_entries_left_out_is_no_repeat() -> None:
    offices = ["The Minister", "The First Deputy", "The Secretary", "The Speaker", "The Inspector", "The Adviser"]
    full = [f"{office} receives guests at noon, opens an exhibition and speaks to the press." for office in offices]
    free = [f"{office} has no public appointments today and works from the office." for office in offices]
    one = "\n\n".join(line for pair in zip(free, full, strict=True) for line in pair)
    assert not repeats("\n\n".join(free), one)
    assert repeats(one[: len(one) // 2], one)


def test_of_several_originals_the_earliest_is_named_and_chains_end_at_it() -> None:
    shorter = VISIT.partition("\n\n")[2]
    assert answers([FLOOD, VISIT, shorter, shorter.rpartition("\n\n")[0], VISIT]) == [None, None, "1", "1", "1"]


def test_a_short_text_repeats_only_the_same_words() -> None:
    assert answers(["Talks begin in Oslo on Monday.", "Talks begin in Oslo on Monday", "Talks begin in Oslo."]) == [
        None,
        "0",
        None,
    ]


def test_texts_without_a_word_repeat_nothing() -> None:
    assert answers(["", " \n", "?!", "?!"]) == [None] * 4


def test_an_article_does_not_repeat_itself_when_it_comes_again() -> None:
    with Duplicates.opened() as duplicates:
        first = [duplicates.duplicate_of(name, VISIT) for name in "ab"]
        assert first == [duplicates.duplicate_of(name, VISIT) for name in "ab"] == [None, "a"]


def test_what_is_only_looked_up_is_not_known_afterwards() -> None:
    with Duplicates.opened() as duplicates:
        assert duplicates.find(VISIT) is None
        assert duplicates.find(VISIT) is None
        assert duplicates.duplicate_of("a", VISIT) is None
        assert duplicates.find(VISIT) == "a"


def test_a_file_is_known_to_a_later_run(tmp_path: Path) -> None:
    with Duplicates.opened(tmp_path / "known.sqlite") as duplicates:
        duplicates.duplicate_of("first", VISIT)
    with Duplicates.opened(tmp_path / "known.sqlite") as duplicates:
        assert duplicates.duplicate_of("second", VISIT) == "first"


def test_a_run_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(TypeError), Duplicates.opened(tmp_path / "known.sqlite") as duplicates:  # noqa: PT012
        duplicates.duplicate_of("first", VISIT)
        duplicates.duplicate_of("second", None)  # type: ignore[arg-type]
    with Duplicates.opened(tmp_path / "known.sqlite") as duplicates:
        assert duplicates.duplicate_of("second", VISIT) is None


def test_articles_stored_with_other_settings_are_refused(tmp_path: Path) -> None:
    Duplicates.opened(tmp_path / "known.sqlite").__exit__(None, None, None)
    with pytest.raises(InputError, match="other settings"):
        Duplicates.opened(tmp_path / "known.sqlite", DuplicateSettings(shingle=5))


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "known.sqlite").write_text("no database, " * 100, encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        Duplicates.opened(tmp_path / "known.sqlite")
    with pytest.raises(InputError):
        Duplicates.opened(tmp_path / "none" / "known.sqlite")


def test_headline_and_date_line_are_not_compared_numbers_and_names_are() -> None:
    found = told(VISIT, longest=1000)
    assert found is not None
    prose = found.prose
    assert prose.words[:5] == ("foreign", "minister", "odan", "velkar", "opened")
    assert prose.days == {"3-5"}
    assert {"velkar", "kenyan", "tuesday"} <= {prose.words[i] for i in prose.names}
    assert "a" not in {prose.words[i] for i in prose.names}


def test_a_long_text_is_kept_up_to_the_bound() -> None:
    found = told(f"{FLOOD}\n\n{HARVEST}", longest=30)
    assert found is not None
    assert len(found.prose.words) == 30
    assert unpacked(found.prose.packed()) == found.prose


def test_likeness_measures_shares_of_shingles() -> None:
    one = Wording(tuple("abcdefgh"), frozenset(), (0,))
    other = Wording(tuple("abcdexyz"), frozenset(), (0,))
    found = likeness(one, other, size=3, least=0.0)
    assert found is not None
    assert (found.contained, found.own, found.jaccard) == (0.5, 0.5, 1 / 3)
    assert found.replaced == 3 / 8
    assert likeness(one, other, size=3, least=0.6) is None


BLANKS = st.sampled_from([" ", "  ", "\u00a0", "\n", "\n\n", "\t", " \r\n"])
QUOTES = st.sampled_from(["'", "’", "ʼ"])
DOUBLE_QUOTES = st.sampled_from(['"', "“", "”", "«", "„"])
ARTICLES = st.lists(
    st.sampled_from([VISIT, FLOOD, HARVEST, formula(), formula(day="6 March"), "Talks begin."]), max_size=6
)


@settings(deadline=None, max_examples=50)
@given(st.data(), st.sampled_from([VISIT, FLOOD, HARVEST, formula(), 'Odan\'s "talks" begin in Oslo.']))
def test_other_blanks_and_quotes_never_hide_a_repeat(data: st.DataObject, text: str) -> None:
    later = re.sub(r"\s+", lambda _: data.draw(BLANKS), text)
    later = re.sub("'", lambda _: data.draw(QUOTES), later)
    later = re.sub('"', lambda _: data.draw(DOUBLE_QUOTES), later)
    assert repeats(later, text)


@settings(deadline=None, max_examples=50)
@given(st.permutations([VISIT, FLOOD, HARVEST, formula(), formula(country="Ghana"), formula(day="6 March")]))
def test_the_order_of_unrelated_articles_does_not_matter(texts: list[str]) -> None:
    assert answers(texts) == [None] * len(texts)
    assert answers([*texts, VISIT])[-1] == str(texts.index(VISIT))


@settings(deadline=None, max_examples=50)
@given(ARTICLES, ARTICLES)
def test_saving_and_loading_changes_nothing(before: list[str], after: list[str]) -> None:
    expected = answers([*before, *after])
    with Duplicates.opened() as duplicates:
        found = [duplicates.duplicate_of(str(number), text) for number, text in enumerate(before)]
        saved = duplicates.dumped()
    with Duplicates.loaded(saved) as duplicates:
        found += [duplicates.duplicate_of(str(number), text) for number, text in enumerate(after, len(before))]
    assert found == expected


@settings(deadline=None, max_examples=50)
@given(ARTICLES, st.lists(st.integers(40, 100), min_size=6, max_size=6))
def test_what_is_named_is_itself_no_repeat(texts: list[str], shares: list[int]) -> None:
    cut = [text[: len(text) * share // 100] for text, share in zip(texts, shares, strict=False)]
    found = answers(cut)
    assert all(found[int(earlier)] is None for earlier in found if earlier is not None)


@settings(deadline=None, max_examples=50)
@given(st.text(), st.text())
@example("0´A", "")  # letters that are taken apart may give a space
@example("ﷺ", "")
def test_any_text_is_read_and_repeats_itself(text: str, other: str) -> None:
    found = told(text, longest=1000)
    assert answers([text, other, text])[2] == (None if found is None else "0")
    if found is not None and found.prose.words:
        assert unpacked(found.prose.packed()) == found.prose


def test_what_cannot_be_read_repeats_nothing() -> None:
    assert told("Talks &" + "amp;" * 99, longest=1000) is None


def test_a_database_made_with_other_settings_can_begin_anew() -> None:
    connection = sqlite3.connect(":memory:")
    text = "The Foreign Minister met the Prime Minister in Oslo."
    assert Duplicates(connection, DuplicateSettings(shingle=5)).duplicate_of("a", text) is None
    renewed = Duplicates(connection, DuplicateSettings(), renew=True)
    assert renewed.duplicate_of("b", text) is None
    assert Duplicates(connection, DuplicateSettings(), renew=True).duplicate_of("c", text) == "b"
