from __future__ import annotations

from typing import Any

from benchmarks.name_sightings import TITLES, names, people, words_of


def pair(a: str, b: str, script_b: str = "Latn", same: bool = True, kind: str = "transliteration") -> dict[str, Any]:
    return {"a": a, "b": b, "script_a": "Latn", "script_b": script_b, "same": same, "kind": kind}


PAIRS = [
    pair("Ivan Popov", "Petar Iliev", same=False, kind="hard-negative"),
    pair("Ana Petrova", "Anna Petrowa"),
    pair("Ivan Popov", "Иван Попов", "Cyrl"),
    pair("Ivan Popov", "Popov Ivan", kind="order"),
    pair("Petar Iliev", "Илиев", "Cyrl", kind="short-form"),
    pair("Ivan Popov", "Popov, Ivan"),
]


def test_each_name_comes_once_with_its_spellings_if_pairs_have_some() -> None:
    given, surnames = words_of(PAIRS)
    assert given == [
        {"Latn": ["Ana", "Anna"]},
        {"Latn": ["Ivan"], "Cyrl": ["Иван"]},
        {"Latn": ["Petar"]},
        {"Latn": ["Popov"]},
    ]
    assert surnames == [
        {"Latn": ["Petrova", "Petrowa"]},
        {"Latn": ["Popov"], "Cyrl": ["Попов"]},
        {"Latn": ["Iliev"]},
        {"Latn": ["Ivan"]},
    ]


def test_names_are_the_same_for_one_seed_and_respelled_for_another() -> None:
    group = people(PAIRS, ["BGR", "RUS"], 300)
    assert group == people(PAIRS, ["BGR", "RUS"], 300)
    assert list(names(group, seed=1)) == list(names(group, seed=1)) != list(names(group, seed=2))


def test_a_name_is_in_one_script_and_made_of_the_spellings_of_its_person() -> None:
    group = people(PAIRS, ["BGR"], 300)
    for person, name in zip(group, names(group, seed=1), strict=True):
        given, surname = name.removeprefix(next((title for title in TITLES if name.startswith(title)), "")).split()
        assert any(given in person.given[s] and surname in person.surname.get(s, ()) for s in person.given)
    assert any("Попов" in name for name in names(group, seed=1))
