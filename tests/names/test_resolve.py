from __future__ import annotations

from dataclasses import replace

from pipeline.document import Document
from pipeline.names.resolve import Resolve, resolve
from tests.names.documents import document


def names(found: Document, kind: str) -> list[list[str]]:
    """The mentions of each entity of a kind."""
    return [[found.mentions[i].text for i in e.mentions] for e in resolve(found, ()) if e.kind == kind]


def test_forms_of_an_organisation():
    found = document(
        ("Economic Cooperation Organization", "organization"), "(", ("ECO", "organization"), ")",
        ("ECO", "organization"), "met at the", ("Ministry of Foreign Affairs", "organization"), "; the",
        ("Foreign Ministry", "organization"), "and the", ("Ministry", "organization"), "agree.",
    )  # fmt: skip
    assert names(found, "organization") == [
        ["Economic Cooperation Organization", "ECO", "ECO"],
        ["Ministry of Foreign Affairs", "Foreign Ministry", "Ministry"],
    ]


def test_ministries_of_two_states_stay_apart():
    found = document(
        ("Kenya", "country", "KEN"), "'s", ("Foreign Ministry", "organization"), "and the",
        ("Ugandan", "nationality", "UGA"), ("Foreign Ministry", "organization"), "said. The",
        ("Foreign Ministry of Kenya", "organization"), "added.",
    )  # fmt: skip
    assert names(found, "organization") == [["Foreign Ministry", "Foreign Ministry of Kenya"], ["Foreign Ministry"]]
    assert [e.country for e in resolve(found, ()) if e.kind == "organization"] == ["KEN", "UGA"]


def test_the_stage_fills_in_entities_in_order():
    documents = [document(("Amina Otieno", "person")), document("nobody")]
    done = Resolve()(documents)
    assert [len(d.entities) for d in done] == [1, 0]
    assert [replace(d, entities=()) for d in done] == documents
