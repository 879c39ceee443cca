from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import data


def test_countries_have_codes_names_and_unique_iso2() -> None:
    countries = data.countries()
    assert len(countries) > 230
    assert all(re.fullmatch("[A-Z]{3}", code) and code == country.code for code, country in countries.items())
    assert len({country.iso2 for country in countries.values()}) == len(countries)
    assert all(country.name and country.official for country in countries.values())


@pytest.mark.parametrize(
    ("code", "name", "capital", "demonym"),
    [
        ("XKX", "Kosovo", "Pristina", "Kosovar"),
        ("PSE", "Palestine", "Ramallah", "Palestinian"),
        ("TWN", "Taiwan", "Taipei", "Taiwanese"),
        ("KEN", "Kenya", "Nairobi", "Kenyan"),
        ("ARE", "United Arab Emirates", "Abu Dhabi", "Emirati"),
    ],
)
def test_country(code: str, name: str, capital: str, demonym: str) -> None:
    country = data.countries()[code]
    assert (country.name, country.capital) == (name, capital)
    assert country.demonyms[0] == demonym


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Türkiye", "TUR"), ("Turkey", "TUR"), ("Kingdom of Bahrain", "BHR"), ("UK", "GBR"), ("U.S.", "USA"),
        ("DRC", "COD"), ("Côte d'Ivoire", "CIV"), ("Cote d’Ivoire", "CIV"), ("Congo", "COG"), ("The Gambia", "GMB"),
        ("Republic of Korea", "KOR"), ("Lao PDR", "LAO"), ("Swaziland", "SWZ"), ("Viet Nam", "VNM"),
    ],
)  # fmt: skip
def test_country_names(name: str, code: str) -> None:
    assert data.country_names()[data.fold(name).removeprefix("the ")] == code


def test_shared_demonyms_mean_the_country_most_written_about() -> None:
    demonyms = data.demonyms()
    assert (demonyms["congolese"], demonyms["dominican"], demonyms["korean"]) == ("COD", "DOM", "KOR")


def test_seats_of_government_are_cities_of_their_country() -> None:
    cities, countries = data.cities(), data.countries()
    strays = {
        code: country.capital
        for code, country in countries.items()
        if country.capital and (city := cities.get(data.fold(country.capital))) and city.country != code
    }
    assert set(strays.values()) <= {"Kingston", "Plymouth"}  # cities of far more people have these names
    assert sum(data.fold(c.capital) in cities for c in countries.values() if c.capital) > 225


@pytest.mark.parametrize(
    ("name", "country"), [("Paris", "FRA"), ("Geneva", "CHE"), ("New York", "USA"), ("Kiev", "UKR")]
)
def test_cities(name: str, country: str) -> None:
    city = data.cities()[data.fold(name)]
    assert city.country == country
    assert -90 <= city.latitude <= 90
    assert city.geonames_id > 0


def test_common_words_and_names_are_no_small_cities() -> None:
    assert not {"surprise", "forest", "david", "nelson", "of"} & set(data.cities())


def test_organisations_are_found_by_acronym_and_both_spellings() -> None:
    organisations = data.organisations()
    assert organisations["OSCE"].name == organisations["Organisation for Security and Cooperation in Europe"].name
    assert organisations["EU"].name == "European Union"
    assert organisations["EU"].country is None
    assert organisations["Bundestag"].country == "DEU"


def test_table_is_loaded_once() -> None:
    assert data.table("titles") is data.table("titles")
    assert "minister" in data.titles()["heads"]


def test_table_that_does_not_exist() -> None:
    with pytest.raises(FileNotFoundError):
        data.table("no_such_table")


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    assert data.fold(data.fold(text)) == data.fold(text)


@pytest.mark.parametrize(
    ("text", "folded"), [("Rəfiyev", "rafiyev"), ("Łódź", "lodz"), ("Nguyễn", "nguyen"), ("O’Brien", "o'brien")]
)
def test_fold(text: str, folded: str) -> None:
    assert data.fold(text) == folded


def test_a_seat_of_government_leaves_its_name_to_a_city_many_times_its_size() -> None:
    assert data.cities()["kingston"].country == "JAM"
    assert data.cities()["tripoli"].country == "LBY"


def test_namesakes_are_of_different_countries_the_one_meant_first_ahead() -> None:
    assert [city.country for city in data.namesakes()["tripoli"]][:2] == ["LBY", "LBN"]
    for name, same in data.namesakes().items():
        assert same[0] == data.cities()[name]
        assert len({city.country for city in same}) == len(same) > 1
