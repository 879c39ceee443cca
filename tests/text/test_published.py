"""Tests of pipeline.text.published."""

import datetime as dt

from pipeline.text.published import Place, Shown, publication_day, settle, shown_in_line


def day(lines: list[tuple[str, bool]], prose: str = "") -> dt.date | None:
    shown: list[Shown] = []
    offset = 0
    for text, bottom in lines:
        shown += shown_in_line(text, offset, bottom=bottom)
        offset += len(text) + 1
    return publication_day(settle(shown, prose))


def test_the_published_label_goes_before_an_update() -> None:
    assert day([("Updated 5 May 2025 | Published 3 May 2025", False)]) == dt.date(2025, 5, 3)
    assert day([("Last updated: 5 May 2025", False)]) == dt.date(2025, 5, 5)


def test_the_top_goes_before_the_bottom() -> None:
    assert day([("3 May 2025", False), ("4 May 2025", True)]) == dt.date(2025, 5, 3)


def test_a_swapped_date_stays_open_without_evidence() -> None:
    assert day([("03/04/2024", False)]) is None


def test_a_swapped_date_is_settled_by_prose_by_another_date_or_by_the_clock() -> None:
    assert day([("03/04/2024", False)], "They met on March 2 in Examplia.") == dt.date(2024, 3, 4)
    assert day([("03/04/2024", False)], "They met on 2 April in Examplia.") == dt.date(2024, 4, 3)
    assert day([("03/04/2024", False), ("4 March 2024", True)]) == dt.date(2024, 3, 4)
    assert day([("03/04/2024 - 15:22", False)]) == dt.date(2024, 4, 3)
    assert day([("03/04/2024 03:22 PM", False)]) is None


def test_a_dateline_takes_the_year_of_the_nearest_stamp() -> None:
    shown = [*shown_in_line("2 January 2025", 0, bottom=False)]
    (without_year,) = shown_in_line("Dec 31", 20, bottom=False)
    told = settle([*shown, Shown(20, 26, without_year.printed, Place.DATELINE)], "")
    assert [found for _, found in told] == [dt.date(2025, 1, 2), dt.date(2024, 12, 31)]


def test_a_date_without_a_year_alone_gives_no_day() -> None:
    assert day([("Dec 31", False)]) is None
