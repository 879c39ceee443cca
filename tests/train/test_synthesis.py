"""Articles made of plans: their labels are whole, the same seed gives the same, and wrong plans are told."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.gold.checks import problems
from pipeline.gold.marked import marked_up
from pipeline.gold.model import GoldArticle
from pipeline.gold.read import read_gold
from pipeline.record import MODES
from pipeline.train.synthesis import Plans, load_plans, main, synthesise
from pipeline.train.synthesis_days import DateStyle, Day, draw_day, tell
from pipeline.train.synthesis_plans import read_plans
from pipeline.train.synthesis_syntax import BadPlan, Plan, parse_plan, parse_roles
from pipeline.train.synthesis_text import neat, quoted, with_starts

FOLDER = Path(__file__).parents[2] / "models" / "corpus" / "plans"
MEETING = '''
[[scene]]
name = "meeting"
cast = """a = fm; b = like a; m = mfa of A; e: CONSULT/meeting a+b ~ A+B @B :diplomatic"""
leads = ["{a} [met] {b} {in} {on}."]
follows = ["At the [meeting], {two a b} [agreed#f] on a bridge. // f: AGREE a+b"]
'''


@pytest.fixture(scope="module")
def plans() -> Plans:
    return load_plans(FOLDER)


@pytest.fixture(scope="module")
def articles(plans: Plans) -> list[GoldArticle]:
    return [synthesise(plans, random.Random(seed), id=f"s{seed}") for seed in range(300)]


def folder_of(tmp_path: Path, text: str) -> Path:
    """A folder with the plans of the text, the real vocabulary, and the real names beside it."""
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a.toml").write_text(text, encoding="utf-8")
    for file in (FOLDER / "vocabulary.toml", FOLDER.parent / "names.toml"):
        place = folder if file.parent == FOLDER else tmp_path
        (place / file.name).write_bytes(file.read_bytes())
    return folder


def test_there_are_hundreds_of_distinct_plans(plans: Plans) -> None:
    told = [plan for plan in plans.book.sentences() if plan not in (*plans.book.fillers, *plans.book.talks)]
    assert len({plan.text for plan in told}) >= 500
    assert len({plan.text for plan in (*plans.book.fillers, *plans.book.talks)}) >= 120


def test_all_types_and_modes_have_plans(plans: Plans) -> None:
    events = [event for scene in plans.book.scenes for event in scene.events]
    events += [event for plan in plans.book.sentences() for event in plan.events]
    told = {(event.type, event.mode) for event in events}
    missing = {(kind, mode) for kind, modes in MODES.items() for mode in modes} - told
    assert missing <= {("ASSAULT", "sexual")}


def letters_said(plan: Plan) -> set[str]:
    """The roles that the slots of a plan name."""
    found: set[str] = set()
    for slot in re.findall(r"\{([^{}]+)\}", plan.text):
        name, *rest = slot.split()
        if name in ("both", "two", "they"):
            found |= set(rest)
        elif len(name.partition(".")[0]) == 1:
            found.add(name[0])
    return found


def test_sentences_name_whoever_takes_part(plans: Plans) -> None:
    """A later sentence may lean on the first one of its scene."""
    unnamed = []
    for scene in plans.book.scenes:
        shared = {event.id: event for event in scene.events}
        for lead in scene.leads:
            told = [(lead, event, letters_said(lead)) for event in (*lead.events, *map(shared.get, sorted(lead.tells)))]
            for plan in scene.follows:
                if plan.tells <= lead.tells:
                    told += [(plan, event, letters_said(lead) | letters_said(plan)) for event in plan.events]
            for plan, event, said in told:
                city = {event.place} if event and "{city" in lead.text else set()
                unnamed += [plan.where] if event and {*event.actors, *event.recipients} - said - city else []
    for plan in plans.book.sides:
        said = letters_said(plan)
        unnamed += [plan.where for event in plan.events if {*event.actors, *event.recipients} - said]
    assert unnamed == []


@given(st.integers(0, 1 << 32))
@settings(max_examples=40, deadline=None)
def test_nothing_is_wrong_with_an_article(plans: Plans, seed: int) -> None:
    article = synthesise(plans, random.Random(seed), id="s")
    assert [str(problem) for problem in problems(article, file="s")] == []
    marked_up(article)


@given(st.integers(0, 1 << 32))
@settings(max_examples=10, deadline=None)
def test_the_same_seed_gives_the_same_article(plans: Plans, seed: int) -> None:
    assert synthesise(plans, random.Random(seed), id="s") == synthesise(plans, random.Random(seed), id="s")


def test_everybody_who_takes_part_is_named(articles: list[GoldArticle]) -> None:
    for article in articles:
        named = {key for mention in article.mentions for key in mention.entities if mention.label in ("PER", "ORG")}
        listed = {entity.key for entity in article.entities}
        assert named == listed
        for event in article.events:
            assert {*event.actors, *event.recipients, *event.optional} - listed <= {
                key for key in (*event.actors, *event.recipients, *event.optional) if re.fullmatch("[A-Z]{3}", key)
            }


def test_text_is_neat(articles: list[GoldArticle]) -> None:
    for article in articles:
        assert not re.search(r"[\[\]{}#\x01]|\(n\)|\w  +\w|,,| ,|,\.|\.\.(?!\.)|\bthe the\b|\ba a\b", article.text), (
            article.text
        )
        assert article.title is None or article.title in article.text
        assert all(line[0].isupper() or not line[0].isalpha() for line in article.text.splitlines() if line)


def test_articles_differ(articles: list[GoldArticle]) -> None:
    assert len({article.text for article in articles}) == len(articles)
    kinds = Counter((event.type, event.status) for article in articles for event in article.events)
    assert {status for _, status in kinds} == {
        "occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated",
    }  # fmt: skip
    assert any(not article.events for article in articles)
    assert any(article.published is None for article in articles)


def test_undated_articles_take_nothing_from_publication(articles: list[GoldArticle]) -> None:
    for article in articles:
        if article.published is None:
            assert {event.date_basis for event in article.events} <= {"explicit", "none"}


def test_what_happens_along_has_the_day_and_place_of_the_main_event(tmp_path: Path) -> None:
    plans = load_plans(folder_of(tmp_path, MEETING))
    both = 0
    for seed in range(40):
        article = synthesise(plans, random.Random(seed), id="s")
        events = {event.type: event for event in article.events}
        if "AGREE" in events:
            both += 1
            meeting, agreed = events["CONSULT"], events["AGREE"]
            assert (agreed.date, agreed.date_basis, agreed.place) == (meeting.date, meeting.date_basis, meeting.place)
            assert agreed.actors == meeting.actors
            assert len(meeting.triggers) == 2
    assert both > 10


def test_people_are_named_in_full_first_and_shorter_later(articles: list[GoldArticle]) -> None:
    shorter = 0
    for article in articles:
        start = article.text.find(article.title or "") + len(article.title or "")
        body = [mention for mention in article.mentions if mention.label == "PER" and mention.start >= start]
        first: dict[str, str] = {}
        for mention in body:
            shorter += first.setdefault(mention.entities[0], mention.text) != mention.text
        assert first.items() <= {(entity.key, entity.name) for entity in article.entities}
    assert shorter > len(articles) / 2


def test_people_of_a_meeting_come_from_two_countries(tmp_path: Path) -> None:
    plans = load_plans(folder_of(tmp_path, MEETING.replace("fm;", "head;")))
    for seed in range(150):
        article = synthesise(plans, random.Random(seed), id="s")
        offices = {relation.subject: relation.object for relation in article.relations}
        assert len(offices) == len(set(offices.values()))


def test_the_date_of_an_event_is_the_one_that_the_sentence_names(tmp_path: Path) -> None:
    plans = load_plans(folder_of(tmp_path, MEETING))
    for seed in range(40):
        article = synthesise(plans, random.Random(seed), id="s")
        lead = next((p for p in article.text.split("\n\n") if " met " in p), "")
        start = article.text.index(lead)
        days = [m.value for m in article.mentions if m.label == "DATE" and m.start > article.text.find(" met ", start)]
        for event in article.events:
            if event.mode == "meeting" and event.date_basis in ("explicit", "relative"):
                assert event.date in days


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{a} met {z}.", "z"),
        ("{a} [met#f] {b}.", "no event f"),
        ("{a} met {b}. // f: AGREE a+b", "no mark names the event"),
        ("{a} [met#f] {b}. // f: CONSULT/dinner a+b", "no mode"),
        ("{a} [met#f] {b}. // f: MEET a+b", "no type"),
        ("{a} [met#f] {b}. // f: AGREE > b", "no actors"),
        ("{a} [met {b}#f]. // f: AGREE a+b", "holds no slots"),
        ("{a.shoe} met {b}.", "no such slot"),
        ("{on g} {a} met {b}.", "no such event"),
        ("{a} met {b}. // what", "neither a role nor an event"),
        ("[Alps#HILL] {a} met {b}.", "no label HILL"),
        ("{a met} {b}.", "no such slot"),
        ("a} met {b}.", "stands alone"),
        ("{a} [met {b}.", "square bracket"),
        ("{a} held|had talks.", "outside brackets"),
        ("{a} saw {a}. // a = fm", "already"),
        ("[met] {a}. // e2: AGREE a", "no event e"),
    ],
)
def test_malformed_plans_are_told(line: str, reason: str) -> None:
    with pytest.raises(BadPlan, match=reason):
        parse_plan(line, "here", parse_roles("a = fm; b = like a"), ())


def test_the_error_names_file_and_plan(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.toml: scene meeting, leads 1: .*no such slot"):
        load_plans(folder_of(tmp_path, MEETING.replace("{on}", "{when}")))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sides = [", "is no TOML"),
        ("shoes = ['{A} sleeps.']", "there are scene"),
        ("fillers = ['It rained.', 'It rained.']", "the same text as"),
        ("[[scene]]\nname = 'x'\nleads = []", "has name, cast, leads"),
        ("[[scene]]\nname = 'x'\ncast = 'a = fm; e: AGREE a+z'\nleads = ['{a} [ran].']", "nobody has this letter"),
    ],
)
def test_malformed_files_are_told(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_plans(folder_of(tmp_path, text))


def test_a_folder_without_plans_or_names_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no plans"):
        read_plans(tmp_path)
    folder = folder_of(tmp_path, MEETING)
    (tmp_path / "names.toml").unlink()
    with pytest.raises(InputError, match=r"names\.toml"):
        load_plans(folder)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a(n) [[Omani|NORP#OMN]] ship. it sank.", "An [[Omani|NORP#OMN]] ship. it sank."),
        ("a(n) [[Ugandan|NORP#UGA]] ship", "A [[Ugandan|NORP#UGA]] ship"),
        ("a(n) [[EU|ORG#eu]] envoy", "An [[EU|ORG#eu]] envoy"),
        ("a(n) [[US|GPE#USA]] envoy", "A [[US|GPE#USA]] envoy"),
        ("a(n) 8th and a(n) 9th", "An 8th and a 9th"),
        ("[[X|PER#x]], minister,, left  {gap} .".replace("{gap}", ""), "[[X|PER#x]], minister, left."),
        (" , the end", "The end"),
        ("the [[Maldives|GPE#MDV]]'s port", "The [[Maldives|GPE#MDV]]' port"),
    ],
)
def test_neat(text: str, wanted: str) -> None:
    assert neat(with_starts(text)) == wanted


def test_one_kind_of_quotes() -> None:
    assert quoted("“Yes,” said [[Iran|GPE#IRN]]'s man", curly=False) == '"Yes," said [[Iran|GPE#IRN]]\'s man'
    assert quoted("“Yes,” said [[Iran|GPE#IRN]]'s man", curly=True) == "“Yes,” said [[Iran|GPE#IRN]]’s man"


WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1}


@given(st.integers(0, 1 << 32), st.sampled_from(["recent", "past", "month", "years", "soon", "next", "later"]))
def test_words_for_days_mean_the_day(seed: int, kind: str) -> None:
    rng = random.Random(seed)
    published = dt.date(2024, 1, 1) + dt.timedelta(rng.randrange(900))
    style = DateStyle(rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.5)
    day = draw_day(kind, published, rng)
    when = tell(day, published, style, rng)
    first, _, last = when.value.partition("/")
    assert first <= day.first.isoformat()
    assert day.first.isoformat()[: len(last or first)] <= (last or first)
    if when.words in WORDS:
        assert day.first == published + dt.timedelta(WORDS[when.words])
    if when.words.isalpha() and when.words.endswith("day") and when.words not in WORDS:
        assert f"{day.first:%A}" == when.words
        assert abs((day.first - published).days) < 7


@given(st.integers(0, 1 << 32), st.sampled_from(["past", "span", "spell", "years"]))
def test_without_publication_dates_are_whole(seed: int, kind: str) -> None:
    rng = random.Random(seed)
    day = draw_day(kind, dt.date(2024, 5, 17), rng)
    when = tell(day, None, DateStyle(True, False, False, True), rng)
    assert when.basis == "explicit"
    assert re.search(r"\b20\d\d$", when.words)
    assert Day(*(dt.date.fromisoformat(part) for part in (when.value.split("/") * 2)[:2])) == day


def test_the_command_writes_gold(tmp_path: Path) -> None:
    out = tmp_path / "made.jsonl"
    main(["--plans", str(FOLDER), "--count", "5", "--seed", "3", "--out", str(out)])
    made = list(read_gold(out))
    assert [article.id for article in made if isinstance(article, GoldArticle)] == [
        f"synthetic-3-{number:05}" for number in range(5)
    ]
    first = out.read_bytes()
    main(["--plans", str(FOLDER), "--count", "5", "--seed", "3", "--out", str(out)])
    assert out.read_bytes() == first


def test_a_plan_knows_whom_it_needs() -> None:
    plan = parse_plan("{a} [met#f] {c}. // c = fm of B; f: CONSULT/meeting a+c; a is head", "here")
    assert isinstance(plan, Plan)
    assert plan.needs == {"a", "B"}
    assert plan.kinds == {"a": {"head"}}
