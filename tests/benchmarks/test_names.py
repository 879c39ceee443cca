from __future__ import annotations

import pytest

from benchmarks.name_clusters import Cut
from benchmarks.names import figures, iso3, markdown


def test_a_table_has_every_figure_and_a_dash_where_a_system_has_none() -> None:
    assert markdown({"one": {"F1": 0.91234}, "other": {"F1": 0.5, "pairs a second": 51234.5}}).splitlines() == [
        "|  | one | other |",
        "| --- | ---: | ---: |",
        "| F1 | 0.912 | 0.500 |",
        "| pairs a second | – | 51,234 |",
    ]


def test_figures_of_a_partition_say_what_it_was_made_from() -> None:
    assert figures({"names alone": Cut(0.5, 1.0, 0.5)}) == {
        "B-cubed F1, names alone": pytest.approx(2 / 3),
        "precision, names alone": 1.0,
        "recall, names alone": 0.5,
        "threshold, names alone": 0.5,
    }


def test_countries_get_their_longer_code_and_an_unknown_one_is_an_error() -> None:
    assert iso3(["AZ", "", "KZ"]) == ["AZE", None, "KAZ"]
    with pytest.raises(KeyError):
        iso3(["XX"])
