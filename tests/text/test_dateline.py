"""Tests of pipeline.text.dateline."""

import pytest

from pipeline.text.dateline import find_dateline

REST = "The foreign ministers met on Monday."


@pytest.mark.parametrize(
    ("dateline", "place", "agency", "month_day"),
    [
        ("BAKU, March 12 (Trend) — ", "BAKU", "Trend", (3, 12)),
        ("TASHKENT, April 5. /Agency/. ", "TASHKENT", "Agency", (4, 5)),
        ("WASHINGTON (Reuters) - ", "WASHINGTON", "Reuters", None),
        ("SEOUL, Jan. 16 (EXA) -- ", "SEOUL", "EXA", (1, 16)),
        ("Chisinau, 14 Feb. /EXAPRES/- ", "Chisinau", "EXAPRES", (2, 14)),
        ("BAKU, Azerbaijan, March 6. ", "BAKU, Azerbaijan", None, (3, 6)),
        ("ABU DHABI. Aug 7 (Interfax) - ", "ABU DHABI", "Interfax", (8, 7)),
        ("ISLAMABAD, Feb 26 (APP):", "ISLAMABAD", "APP", (2, 26)),
        ("MOSCOW, May 6 – Example News. ", "MOSCOW", "Example News", (5, 6)),
        ("New Delhi [India], January 15 (EXI): ", "New Delhi", "EXI", (1, 15)),
        ("ASTANA. EXAINFORM – ", "ASTANA", "EXAINFORM", None),
        ("Belgium, (Example Morning News) ", "Belgium", "Example Morning News", None),
        ("Havana, May 21 (Example Latina) ", "Havana", "Example Latina", (5, 21)),
        ("Baku/11.09.2021/Example: ", "Baku", "Example", None),
        ("May 5, 2024 (KHARTOUM) - ", "KHARTOUM", None, None),
    ],
)
def test_datelines(dateline: str, place: str, agency: str | None, month_day: tuple[int, int] | None) -> None:
    found = find_dateline(dateline + REST, first=False)
    assert found is not None
    assert (found.length, found.place, found.agency) == (len(dateline), place, agency)
    assert month_day == (found.day.month_day if found.day else None)


def test_a_title_behind_the_agency_stays() -> None:
    found = find_dateline(
        "ASTANA. EXAINFORM – Deputy Prime Minister of Kazakhstan – Foreign Minister Doe met.", first=True
    )
    assert found is not None
    assert (found.length, found.agency) == (len("ASTANA. EXAINFORM – "), "EXAINFORM")


def test_a_date_in_the_brackets() -> None:
    text = "RIYADH, (ExamplePoint / Other News / EXA - 02nd Apr, 2020) "
    found = find_dateline(text + REST, first=True)
    assert found is not None
    assert (found.length, found.agency) == (len(text), "ExamplePoint")
    assert found.day is not None
    assert [day.isoformat() for day in found.day.days] == ["2020-04-02"]


@pytest.mark.parametrize("dateline", ["ASTANA – ", "Rabat - ", "KHAN YOUNIS/JERUSALEM — ", "New Delhi: ", "YOKOHAMA--"])
def test_bare_places_count_in_the_first_paragraph_only(dateline: str) -> None:
    first = find_dateline(dateline + REST, first=True)
    assert first is not None
    assert first.length == len(dateline)
    assert find_dateline(dateline + REST, first=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "On May 2, 2025, the minister arrived.",
        "In Baku, March 6. The minister left.",
        "Kazakhstan - the largest country of the region - agreed.",
        "Kenya, Uganda and Tanzania – The three agreed.",
        "EU – The Union agreed.",
        "President Doe – A man of few words.",
        "WATCH: The minister speaks.",
        "Nairobi hosted the talks on 12 June 2024 – They lasted two days.",
        "The minister (Jane Doe) - The envoy.",
        "",
    ],
)
def test_prose_is_no_dateline(text: str) -> None:
    assert find_dateline(text, first=True) is None


@pytest.mark.parametrize("text", ["Baku, April 25, EXATAC", "PRISTINA —", "DUSHANBE, 14.10.2022 /Pamir Example/"])
def test_datelines_on_a_line_of_their_own(text: str) -> None:
    found = find_dateline(text, first=False)
    assert found is not None
    assert found.length == len(text)
