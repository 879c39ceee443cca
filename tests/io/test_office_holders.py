"""Office-holders of dumps of Wikidata and FollowTheMoney. All people in the samples are invented."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.data import countries, lines
from pipeline.errors import InputError
from pipeline.io import dump_lines
from pipeline.io.office import HeldOffice, OfficeHolder, country_of, days_of, parted
from pipeline.io.office_holders import read_office_holders
from pipeline.io.zstandard import zstd
from pipeline.record import RejectRecord

SAMPLES = Path(__file__).with_name("office_holders")
WIKIDATA, FTM = SAMPLES / "wikidata.json", SAMPLES / "people.ftm.json"


def read(path: Path, format: str, **options: bool) -> tuple[dict[str, OfficeHolder], list[RejectRecord]]:
    items = list(read_office_holders(path, format=format, **options))
    people = {item.names[0]: item for item in items if isinstance(item, OfficeHolder)}
    rejects = [item for item in items if isinstance(item, RejectRecord)]
    assert len(people) + len(rejects) == len(items)
    return people, rejects


def test_people_of_a_wikidata_dump_who_held_a_position() -> None:
    people, _ = read(WIKIDATA, "wikidata")
    assert set(people) == {"Orkhan Saljugov", "Ingrid Nordvik-Halse", "Wanjiru Mutiso-Adell"}
    minister = people["Orkhan Saljugov"]
    assert minister == OfficeHolder(
        input=str(WIKIDATA),
        line=2,
        names=(
            "Orkhan Saljugov",
            "Orxan Səlcuqov",
            "Орхан Сельджугов",
            "O. Saljugov",
            "Orxan Rəşid oğlu Səlcuqov",
        ),
        country="AZE",
        offices=(
            HeldOffice("Minister of Tides", "AZE", dt.date(2019, 3, 1), dt.date(2023, 12, 31)),
            HeldOffice("ambassador of Azerbaijan to Norway", "AZE", dt.date(2023, 5, 2)),
        ),
        wikidata="Q900000011",
    )


def test_a_title_without_an_english_label_and_of_a_jurisdiction_before_the_country() -> None:
    people, _ = read(WIKIDATA, "wikidata")
    keeper = people["Ingrid Nordvik-Halse"]
    assert keeper.offices == (HeldOffice("Keeper of the Great Seal", "NOR", dt.date(1961, 1, 1), dt.date(1965, 9, 30)),)
    assert keeper.died == dt.date(1987, 4, 11)


def test_a_position_that_the_dump_has_no_item_of_has_no_title_and_the_country_is_that_of_citizenship_now() -> None:
    people, _ = read(WIKIDATA, "wikidata")
    assert people["Wanjiru Mutiso-Adell"].offices == (HeldOffice(None, None),)
    assert people["Wanjiru Mutiso-Adell"].country == "KEN"


def test_bad_lines_of_a_wikidata_dump_are_said() -> None:
    _, rejects = read(WIKIDATA, "wikidata")
    assert [(reject.line, reject.error) for reject in rejects] == [
        (5, "not_an_object"),
        (7, "bad_entity"),
        (10, "no_name"),
    ]
    assert "claims.P39" in rejects[1].message


def test_a_bad_position_is_said(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    text = WIKIDATA.read_text(encoding="utf-8")
    path.write_text(text.replace('"Q900000001","labels":{', '"Q900000001","labels":3,"x":{'), encoding="utf-8")
    people, rejects = read(path, "wikidata")
    assert (3, "bad_entity") in [(reject.line, reject.error) for reject in rejects]
    assert people["Orkhan Saljugov"].offices[0].title is None


def test_the_keys_of_an_item_may_come_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    lines = [line.rstrip(",") for line in WIKIDATA.read_text(encoding="utf-8").splitlines()]
    items = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]
    path.write_text("\n".join(json.dumps(dict(reversed(item.items()))) for item in items), encoding="utf-8")
    assert read(path, "wikidata")[0]["Orkhan Saljugov"].offices[0].title == "Minister of Tides"


@pytest.mark.parametrize(
    ("suffix", "compress"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstd.compress)],
)
def test_compressed_dumps(suffix: str, compress: Callable[[bytes], bytes], tmp_path: Path) -> None:
    for sample, format in ((WIKIDATA, "wikidata"), (FTM, "ftm")):
        path = tmp_path / f"{sample.name}{suffix}"
        packed = compress(sample.read_bytes())
        path.write_bytes(packed)
        whole = read(sample, format)[0]
        assert list(read(path, format)[0]) == list(whole)
        path.write_bytes(packed[: len(packed) // 2])
        _, rejects = read(path, format)
        assert rejects[-1].error == "unreadable"
        path.write_bytes(b"no archive at all")
        assert [reject.error for reject in read(path, format)[1]] == ["unreadable"]


def test_people_of_a_follow_the_money_dump_who_held_a_position_or_are_in_politics() -> None:
    people, _ = read(FTM, "ftm")
    assert set(people) == {"Serik Altaibekov", "Ann Orrell-Tay", "Dina Berg-Ravnkilde", "Erik Skog-Vinter"}
    assert people["Serik Altaibekov"] == OfficeHolder(
        input=str(FTM),
        line=1,
        names=("Serik Altaibekov", "Серік Алтайбеков", "Serik Altaybekov"),
        country="KAZ",
        offices=(HeldOffice("Minister of Steppes", "KAZ", dt.date(2018, 1, 1), dt.date(2022, 6, 30)),),
        wikidata="Q900000021",
    )
    assert people["Ann Orrell-Tay"].offices == (HeldOffice("Minister for Islands", "GBR"), HeldOffice("Chair", None))
    assert people["Ann Orrell-Tay"].country == "GBR"
    assert people["Dina Berg-Ravnkilde"].country == "GBR"
    assert people["Dina Berg-Ravnkilde"].died == dt.date(1999, 2, 28)


def test_nested_entities_and_countries_that_are_no_more() -> None:
    people, _ = read(FTM, "ftm")
    assert people["Erik Skog-Vinter"].offices == (HeldOffice("Mayor of the Fjords", None, None, dt.date(2001, 1, 31)),)
    assert people["Erik Skog-Vinter"].country == "NOR"


def test_weak_aliases_only_when_wanted() -> None:
    assert "Serik Aga" in read(FTM, "ftm", weak=True)[0]["Serik Altaibekov"].names


def test_bad_lines_of_a_follow_the_money_dump_are_said() -> None:
    _, rejects = read(FTM, "ftm")
    assert [(reject.line, reject.error) for reject in rejects] == [
        (3, "not_an_object"),
        (5, "bad_entity"),
        (12, "no_name"),
    ]


def test_a_line_that_is_too_long_is_said_and_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = max(map(len, WIKIDATA.read_bytes().splitlines()))
    monkeypatch.setattr(dump_lines, "LINE_BYTES", longest)
    people, rejects = read(WIKIDATA, "wikidata")
    assert (2, "too_long") in [(reject.line, reject.error) for reject in rejects]
    assert set(people) == {"Ingrid Nordvik-Halse", "Wanjiru Mutiso-Adell"}


def test_how_far_reading_is() -> None:
    for sample, format in ((WIKIDATA, "wikidata"), (FTM, "ftm")):
        told: list[float] = []
        list(read_office_holders(sample, format=format, watch=told.append))
        assert told[-1] == 1.0
        assert told == sorted(told)


@pytest.mark.parametrize(("path", "format"), [(WIKIDATA, "csv"), (SAMPLES / "none", "ftm"), (SAMPLES, "ftm")])
def test_what_is_no_dump(path: Path, format: str) -> None:
    with pytest.raises(InputError):
        read_office_holders(path, format=format)


@pytest.mark.parametrize("format", ["wikidata", "ftm"])
@given(lines=st.lists(st.binary(max_size=60) | st.sampled_from([b'{"id":"Q1"}', b"{}", b'{"P39"}', b"[", b"\xff{"])))
def test_nothing_in_a_file_stops_reading(
    lines: list[bytes], format: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "dump.json"
    path.write_bytes(b"\n".join(lines))
    people, _ = read(path, format)
    assert not people


@pytest.mark.parametrize(
    ("title", "of", "expected"),
    [
        ("President of Norway", None, ("President", "NOR")),
        ("President of the Republic of Azerbaijan", "AZE", ("President", "AZE")),
        ("Minister of Foreign Affairs of Bosnia and Herzegovina", "BIH", ("Minister of Foreign Affairs", "BIH")),
        ("President of Norway", "SWE", ("President of Norway", "SWE")),
        ("Speaker of  the House", "USA", ("Speaker of the House", "USA")),
        ("of Norway", None, ("of Norway", None)),
        ("", None, ("", None)),
    ],
)
def test_a_title_and_its_state(title: str, of: str | None, expected: tuple[str, str | None]) -> None:
    assert parted(title, of) == expected


@pytest.mark.parametrize(
    ("states", "citizenships", "expected"),
    [
        (["NOR", "SWE", "SWE"], [], "SWE"),
        (["TUR", "TUR", "AZE"], ["AZE"], "AZE"),
        (["TUR"], ["AZE"], "TUR"),
        ([None], ["AZE"], "AZE"),
        ([], ["AZE", "RUS"], None),
    ],
)
def test_the_state_that_somebody_acts_for(
    states: list[str | None], citizenships: list[str], expected: str | None
) -> None:
    assert country_of([HeldOffice("Minister", state) for state in states], citizenships) == expected


def test_every_country_has_its_own_wikidata_items() -> None:
    rows = [line.split("\t") for line in lines("country_items.tsv")[1:]]
    assert {code for code, _ in rows} == set(countries())
    items = [item for _, row in rows for item in row.split("|")]
    assert len(items) == len(set(items))
    assert all(item[0] == "Q" and item[1:].isdigit() for item in items)


def test_days_of_dates_of_any_precision() -> None:
    assert days_of(2024) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert days_of(2024, 2) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert days_of(2024, 2, 3) == (dt.date(2024, 2, 3), dt.date(2024, 2, 3))
    for wrong in ((0,), (2023, 2, 29), (2023, 13)):
        assert days_of(*wrong) is None
