"""Value labels: quotes become spans, and the same labels come back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import CannotWrite, InputError
from pipeline.gold import marked, values
from pipeline.gold.checks import problems
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem
from pipeline.gold.values_file import ValueLabels, as_yaml
from tests.gold.reference import CORPUS, ROOT, needs_corpus
from tests.golds import visit

SEEDS = ROOT / "seeds" / "gold"
EVENT = {
    "type": "CONSULT", "mode": "meeting", "status": "occurred", "date": None, "date_basis": "none", "core": True,
    "place": {"city": None, "country": None, "facility": None}, "actors": ["a"], "recipients": [], "optional": [],
    "contexts": [], "trigger": "met",
}  # fmt: skip


def labels(**fields: Any) -> ValueLabels:
    empty = {"id": "x", "outlet": None, "url": None, "published": None, "title": None}
    lists = dict.fromkeys(("sources", "people", "orgs", "places", "facilities", "named_events", "dates", "events"))
    return ValueLabels.model_validate(empty | lists | fields)


def person(key: str, *surfaces: str, positions: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"key": key, "name": surfaces[0], "surfaces": list(surfaces), "positions": list(positions)}


def org(key: str, *surfaces: str) -> dict[str, Any]:
    return {"key": key, "name": surfaces[0], "surfaces": list(surfaces), "country": None}


def spans(article: GoldArticle) -> list[tuple[int, str, str]]:
    return [(m.start, m.text, m.label) for m in article.mentions]


def as_value(found: dict[str, Any]) -> dict[str, Any]:
    """The labels without what means nothing: the order of lists, the kind of white space, quotes around dates."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return sorted(map(plain, value), key=str)
        return value if value is None else " ".join(str(value).split())

    whole: dict[str, Any] = plain(found)
    return whole


def back(article: GoldArticle) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(as_yaml(values.labels_of(article)))
    return found


def test_the_longest_name_first_and_whole_words() -> None:
    text = "Azerbaijan's Foreign Ministry and the Ministry of Azerbaijan. Azerbaijani Foreign Ministry"
    found = values.article_of(
        labels(orgs=[org("mfa", "Azerbaijani Foreign Ministry", "Foreign Ministry")], places=["Azerbaijan"]), text
    )
    assert spans(found) == [
        (0, "Azerbaijan", "PLACE"),
        (13, "Foreign Ministry", "ORG"),
        (50, "Azerbaijan", "PLACE"),
        (62, "Azerbaijani Foreign Ministry", "ORG"),
    ]
    assert found.annotates == values.ANNOTATES


def test_a_name_only_inside_longer_ones() -> None:
    text = "The Ministry of Kenya met."
    given_labels = labels(orgs=[org("m", "Ministry of Kenya", "Ministry")], places=["Kenya"])
    found = values.article_of(given_labels, text)
    assert found.entities[0].aliases == ["Ministry"]
    assert spans(found) == [(4, "Ministry of Kenya", "ORG"), (16, "Kenya", "PLACE")]
    assert as_value(back(found)) == as_value(yaml.safe_load(as_yaml(given_labels)))


def test_line_breaks_match_blanks_and_are_written_as_blanks() -> None:
    found = values.article_of(labels(people=[person("a", "Rauf Aliyev")]), "Rauf\n  Aliyev, Rauf Aliyev")
    assert spans(found) == [(0, "Rauf\n  Aliyev", "PER"), (15, "Rauf Aliyev", "PER")]
    assert back(found)["people"][0]["surfaces"] == ["Rauf Aliyev"]


def test_dates_of_one_text_in_order() -> None:
    dates = [{"text": "Tuesday", "value": "2025-06-03"}, {"text": "Tuesday", "value": "2025-06-10"}]
    found = values.article_of(labels(dates=dates), "Tuesday, Tuesday, Tuesday")
    assert [m.value for m in found.mentions] == ["2025-06-03", "2025-06-10", "2025-06-10"]
    once = values.article_of(labels(dates=dates), "On Tuesday")
    assert [(m.start, m.value) for m in once.mentions] == [(3, "2025-06-03"), (3, "2025-06-10")]


def test_triggers_of_one_quote_take_turns() -> None:
    events = [EVENT, EVENT, EVENT, EVENT | {"trigger": "met\nagain"}]
    found = values.article_of(labels(people=[person("a", "Ali")], events=events), "Ali met, metal. They met again.")
    assert [event.triggers[0].start for event in found.events] == [4, 21, 4, 21]
    assert [event.id for event in found.events] == ["e1", "e2", "e3", "e4"]
    assert found.events[3].triggers[0].text == "met again"


def test_names_become_keys_where_they_are_clear() -> None:
    positions = [{"title": "Chair", "of": of} for of in ("KEN", "Club", "Twin", "Other", None)]
    found = values.article_of(
        labels(
            people=[person("a", "Ali", positions=tuple(positions))],
            orgs=[org("club", "Club"), org("t1", "Twin"), org("t2", "Twin")],
            sources=["Club", "Twin", "Ali", "Someone"],
        ),
        "Ali of the Club, Twin",
    )
    assert [r.object for r in found.relations] == ["KEN", "club", "Twin", "Other", None]
    assert found.cited == ["club", "Twin", "a", "Someone"]
    again = back(found)
    assert [p["of"] for p in again["people"][0]["positions"]] == ["KEN", "Club", "Twin", "Other", None]
    assert again["sources"] == ["Club", "Twin", "Ali", "Someone"]


def write(folder: Path, text: str, yaml_text: str) -> Path:
    (folder / "labels").mkdir()
    (folder / "x.txt").write_text(text, encoding="utf-8")
    (folder / "labels" / "x.yaml").write_text(yaml_text, encoding="utf-8")
    return folder / "labels"


WHOLE = as_yaml(labels(people=[person("a", "Ali")], published="2025-06-03", events=[EVENT]))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[Ali]", "[Ali, Rauf]", "PER: not in the text: 'Rauf'"),
        ("trigger: met", "trigger: talked", "events.0.trigger: not in the text: 'talked'"),
        (", trigger: met", "", "events.0.trigger: not in the text: None"),
        ("mode: meeting", "mode: picnic", "events.0.CONSULT has no mode 'picnic'"),
        ("core: true", "core: true, weight: 2", "events.0.weight: no such key"),
        ("outlet:", "outlets:", "outlets: no such key"),
        ("2025-06-03", "June 3", "published: 'June 3' is no day such as 2025-06-03"),
        ("id: x", "id: y", "no text y.txt in "),
        ("id: x", "id: x\nid: x", "is no YAML: 'id' stands twice"),
    ],
)
def test_faults_are_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in WHOLE
    found = list(values.read(write(tmp_path, "Ali met them.", WHOLE.replace(old, new, 1))))
    assert all(isinstance(item, Problem) for item in found)
    assert any(isinstance(item, Problem) and item.message.startswith(message) for item in found), list(map(str, found))


@pytest.mark.parametrize("day", ["2025-06-03", "'2025-06-03'", "2025-6-3", "2025-06-03T10:00:00Z", "2025-06-03 10:00"])
def test_days_in_every_spelling(tmp_path: Path, day: str) -> None:
    folder = write(tmp_path, "Ali met them.", WHOLE.replace("2025-06-03", day).replace("date: null", f"date: {day}"))
    (found,) = values.read(folder)
    assert isinstance(found, GoldArticle)
    assert str(found.published) == found.events[0].date == "2025-06-03"


def test_texts_apart(tmp_path: Path) -> None:
    folder = write(tmp_path, "Ali met them.", WHOLE)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "x.txt").write_bytes(b"Then\r\nAli met.")
    (found,) = values.read(folder, texts=tmp_path / "texts")
    assert isinstance(found, GoldArticle)
    assert found.text == "Then\r\nAli met."
    with pytest.raises(InputError, match=r"no \.yaml file"):
        list(values.read(tmp_path / "texts"))


def test_an_id_that_is_no_file_name(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="file's name"):
        values.write([visit().model_copy(update={"id": "a/b"})], tmp_path)


def test_the_seeds_come_back(tmp_path: Path) -> None:
    found = list(values.read(SEEDS))
    assert len(found) == 5
    for article in found:
        assert isinstance(article, GoldArticle), article
        assert list(problems(article, file="seeds")) == []
        before = yaml.safe_load((SEEDS / f"{article.id}.yaml").read_text(encoding="utf-8"))
        assert as_value(back(article)) == as_value(before)
    values.write((item for item in found if isinstance(item, GoldArticle)), tmp_path)
    assert list(values.read(tmp_path)) == found


WORDS = ("Ali", "Rauf", "Əliyev", "Ministry", "of", "Kenya", "the", "met", "2025", "June", "3", "no", "O’Neil", "null")
QUOTES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@st.composite
def any_labels(draw: st.DrawFn) -> tuple[ValueLabels, str]:
    """Labels whose quotes stand in the text, in any order and overlap."""
    quotes = draw(st.lists(QUOTES, min_size=1, max_size=8, unique=True))
    glue = draw(st.lists(st.sampled_from((" ", ", ", "\n", ". ")), min_size=len(quotes), max_size=len(quotes)))
    text = "".join(part for pair in zip(quotes, glue, strict=True) for part in pair)
    some = st.lists(st.sampled_from(quotes), unique=True, max_size=3)
    kinds = [draw(st.sampled_from(("PER", "ORG", ""))) for _ in quotes]
    people: list[dict[str, Any]] = [
        {"key": f"p{n}", "name": name, "surfaces": draw(some), "positions": []}
        for n, (name, kind) in enumerate(zip(quotes, kinds, strict=True))
        if kind == "PER"
    ]
    orgs = [
        {"key": f"o{n}", "name": name, "surfaces": draw(some), "country": draw(st.sampled_from((None, "KEN")))}
        for n, (name, kind) in enumerate(zip(quotes, kinds, strict=True))
        if kind == "ORG"
    ]
    for one in people:
        names = st.one_of(st.none(), st.sampled_from(("KEN", *quotes)))
        one["positions"] = [{"title": draw(QUOTES), "of": draw(names)} for _ in range(draw(st.integers(0, 2)))]
    dates = st.fixed_dictionaries({"text": st.sampled_from(quotes), "value": st.sampled_from(("2025", "2025-06-03"))})
    events = [EVENT | {"trigger": quote, "actors": ["KEN"]} for quote in draw(some)]
    lists = {name: draw(some) for name in ("sources", "places", "facilities", "named_events")}
    unique = {(date["text"], date["value"]): date for date in draw(st.lists(dates, max_size=3))}
    return labels(people=people, orgs=orgs, dates=list(unique.values()), events=events, **lists), text


@given(any_labels())
def test_round_trip(case: tuple[ValueLabels, str]) -> None:
    before, text = case
    assert as_value(back(values.article_of(before, text))) == as_value(yaml.safe_load(as_yaml(before)))


@needs_corpus
def test_marked_articles_have_the_reference_labels(tmp_path: Path) -> None:
    files = sorted((CORPUS / "dev").glob("*.txt"))
    script = CORPUS / "corpus.py"
    subprocess.run([sys.executable, "-W", "ignore", script, "labels", tmp_path, *files], check=True)
    for article in marked.read(CORPUS / "dev"):
        assert isinstance(article, GoldArticle)
        reference = yaml.load((tmp_path / f"{article.id}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
        reference["places"] = list(dict.fromkeys(reference["places"]))
        assert as_value(back(article)) == as_value(reference)
        assert (tmp_path / f"{article.id}.txt").read_text(encoding="utf-8") == article.text
