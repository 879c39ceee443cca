from __future__ import annotations

import pytest

from pipeline.ground.places import country_of_city, locate


def test_city_in_its_country() -> None:
    place = locate("Nairobi", "KEN")
    assert (place.country, place.geonames_id) == ("KEN", 184745)
    assert (place.latitude, place.longitude) == pytest.approx((-1.28, 36.82), abs=0.05)


@pytest.mark.parametrize(("city", "country"), [("Tripoli", "LBN"), ("Hyderabad", "PAK"), ("Korça", "ALB")])
def test_homonyms_and_alternate_spellings_are_found_in_the_country_given(city: str, country: str) -> None:
    place = locate(city, country)
    assert place.country == country
    assert place.latitude is not None
    assert place.city == city


def test_a_city_of_another_country_is_never_taken() -> None:
    place = locate("Nairobi", "NOR")
    assert (place.city, place.country, place.latitude, place.geonames_id) == ("Nairobi", "NOR", None, None)


def test_without_a_country_the_seat_of_government_is_meant() -> None:
    assert locate("Tripoli", None).country == country_of_city("Tripoli") == "LBY"


def test_unknown_names_and_countries_alone_have_no_coordinates() -> None:
    assert locate("Xyzzyville", None).country is None
    assert country_of_city("Xyzzyville") is None
    alone = locate(None, "KEN")
    assert (alone.city, alone.country, alone.latitude) == (None, "KEN", None)
