from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Article, Document, Mention, MentionLabel, Span
from pipeline.names.fold import name_words
from pipeline.names.resolve import Resolve, cluster_people, resolve, same_person

NLP = spacy.blank("en")


def document(*parts: str | tuple[str, MentionLabel] | tuple[str, MentionLabel, str]) -> Document:
    """A document of plain words and mentions (words, label, ISO3 code), joined by blanks."""
    text, mentions, spans = "", [], []
    for part in parts:
        words = part if isinstance(part, str) else part[0]
        start = len(text)
        text += words + " "
        if not isinstance(part, str):
            spans.append((start, start + len(words), part[1], part[2] if len(part) > 2 else None))
    parse = NLP(text.strip())
    for start, end, label, code in spans:
        span = parse.char_span(start, end, alignment_mode="expand")
        assert span is not None
        mentions.append(Mention(Span(start, end), (span.start, span.end), label, text[start:end], "test", code))
    return Document(Article("a", text), parse=parse, mentions=tuple(mentions))


def names(found: Document, kind: str) -> list[list[str]]:
    """The mentions of each entity of a kind."""
    return [[found.mentions[i].text for i in e.mentions] for e in resolve(found) if e.kind == kind]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("KITAOKA Emi", "Emi Kitaoka"),
        ("A. Otieno", "Amina Otieno"),
        ("Orkhan Veliyev", "Orxan Vəliyev"),
        ("Samir Gasimov", "Samir Qasimov"),
        ("Otieno", "Amina Otieno"),
        ("Turki bin Nasser", "Turki Nasser"),
        ("Noor Azlan", "Datuk Noor Azlan Hamzah"),
        ("Muzaffar Olimov", "Muzaffar Olimzoda"),
        ("Ivan Petrovich Sidorov", "Ivan Sidorov"),
    ],
)
def test_forms_of_one_name(a, b):
    assert same_person(name_words(a), name_words(b))
    assert same_person(name_words(b), name_words(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Rustam Karimov", "Rustam Karimova"),
        ("Amina Otieno", "Grace Otieno"),
        ("Karl Lang", "Karl Berger"),
        ("Levan Beridze", "Nino Beridze"),
    ],
)
def test_different_people(a, b):
    assert not same_person(name_words(a), name_words(b))


def test_a_middle_surname_alone_is_its_only_bearer():
    found = document(("Ximena Arreola Pardo", "person"), "spoke.", ("Arreola", "person"), "left.")
    assert names(found, "person") == [["Ximena Arreola Pardo", "Arreola"]]


def test_a_shared_surname_goes_to_the_bearer_of_the_title():
    found = document(
        ("Minister", "title"), ("Levan Beridze", "person"), "and", ("Ambassador", "title"), ("Nino Beridze", "person"),
        "met.", ("Minister", "title"), ("Beridze", "person"), "left.",
    )  # fmt: skip
    assert names(found, "person") == [["Levan Beridze", "Beridze"], ["Nino Beridze"]]


def test_a_shared_surname_goes_to_the_form_of_address():
    found = document("Mr", ("Anil Rao", "person"), "met Ms", ("Kavitha Rao", "person"), ". Mr", ("Rao", "person"))
    assert names(found, "person") == [["Anil Rao", "Rao"], ["Kavitha Rao"]]


def test_a_shared_surname_goes_to_the_one_named_last():
    found = document(("Anil Rao", "person"), "met", ("Kavitha Rao", "person"), ".", ("Rao", "person"), "left")
    assert names(found, "person") == [["Anil Rao"], ["Kavitha Rao", "Rao"]]


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
    assert [e.country for e in resolve(found) if e.kind == "organization"] == ["KEN", "UGA"]


NAMES = st.lists(
    st.sampled_from(
        [
            "Amina Otieno",
            "Otieno",
            "A. Otieno",
            "Grace Otieno",
            "Karl Lang",
            "Lang",
            "LANG Karl",
            "Amina",
            "Ali bin Nur",
        ]
    ),
    min_size=1,
    max_size=8,
)


@given(NAMES)
def test_people_are_parted(people):
    found = document(*[(name, "person") for name in people])
    clusters = cluster_people(found)
    assert sorted(i for c in clusters for i in c) == list(range(len(people)))
    assert all(clusters)


@given(NAMES, st.data())
def test_case_and_diacritics_give_no_second_person(people, data):
    def respell(name: str) -> str:
        marked = "".join(c + ("\u0301" if c in "aeiou" and data.draw(st.booleans()) else "") for c in name)
        marked = unicodedata.normalize("NFC", marked)
        return marked.upper() if data.draw(st.booleans()) else marked

    plain = cluster_people(document(*[(name, "person") for name in people]))
    assert cluster_people(document(*[(respell(name), "person") for name in people])) == plain


def test_the_stage_fills_in_entities_in_order():
    documents = [document(("Amina Otieno", "person")), document("nobody")]
    done = Resolve()(documents)
    assert [len(d.entities) for d in done] == [1, 0]
    assert [replace(d, entities=()) for d in done] == documents
