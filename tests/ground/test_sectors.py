from __future__ import annotations

import pytest

from pipeline.ground.sectors import sector


@pytest.mark.parametrize(
    ("titles", "organisation", "expected"),
    [
        (["Foreign Minister"], None, "GOV"),
        (["Ambassador Extraordinary and Plenipotentiary"], None, "GOV"),
        (["Speaker of the National Assembly"], None, "LEG"),
        (["Chief of the General Staff"], None, "MIL"),
        (["Prosecutor General"], None, "JUD"),
        (["former President"], None, "ELI"),
        (["President"], "State Oil Company", "BUS"),
        (["Secretary-General"], "European Union", "IGO"),
        (["managing director"], "International Monetary Fund", "IGO"),
        (["rector"], "Example University", "EDU"),
        (["CEO"], None, "BUS"),
        ([], None, None),
    ],
)
def test_people_by_title_then_organisation(titles: list[str], organisation: str | None, expected: str | None) -> None:
    assert sector("person", "Jane Doe", titles, organisation) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ministry of Foreign Affairs", "GOV"),
        ("Chamber of Deputies", "LEG"),
        ("Supreme Court", "JUD"),
        ("National Police", "COP"),
        ("African Union", "IGO"),
        ("Reform Party", "PTY"),
        ("Zorblax", None),
    ],
)
def test_organisations_by_name(name: str, expected: str | None) -> None:
    assert sector("organization", name, (), None) == expected


def test_countries_are_governments_and_places_nothing() -> None:
    assert sector("country", "Kenya", (), None) == "GOV"
    assert sector("city", "Nairobi", (), None) is None
