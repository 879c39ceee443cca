from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.document import Furniture, Span
from pipeline.relate.home import country_of_outlet, home_of


@pytest.mark.parametrize(
    ("outlet", "country"),
    [
        ("news.example.ke", "KEN"),
        ("The Times of India", "IND"),
        ("Kenyan Herald", "KEN"),
        ("South African Broadcasting", "ZAF"),
        ("Global Wire", None),
        (None, None),
    ],
)
def test_outlets_show_their_country(outlet, country):
    assert country_of_outlet(outlet) == country


def test_outlets_datelines_and_cited_sources(marked):
    document = marked("NAIROBI, May 2 (AB) - [Amina Otieno|P] spoke.", outlet="The Times of India")
    document = replace(document, furniture=(Furniture(Span(0, 16), "dateline"),), cited=("Ugandan Foreign Ministry",))
    home = home_of(document)
    assert (home.outlet, home.dateline, home.cited) == ("IND", {"KEN"}, {"UGA"})
    assert home.codes == {"IND", "KEN", "UGA"}
