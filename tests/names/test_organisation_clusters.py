from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document, MentionLabel, Paragraph, View
from pipeline.names.organisation_clusters import cluster_organisations
from tests.names.documents import document


def org(name: str) -> tuple[str, MentionLabel]:
    return name, "organization"


def groups(found: Document) -> list[list[str]]:
    return [[found.mentions[i].text for i in c.mentions] for c in cluster_organisations(found)]


def test_forms_of_one_name():
    found = document(
        ("Azerbaijan", "country", "AZE"), "'s", org("Foreign Ministry"), "and the", org("MFA"), "of the",
        org("Organisation of Islamic Cooperation"), "said the", org("OIC"), "and the", org("Ministry"), "agree; the",
        org("Organization"), "too.",
    )  # fmt: skip
    assert groups(found) == [
        ["Foreign Ministry", "MFA", "Ministry"],
        ["Organisation of Islamic Cooperation", "OIC", "Organization"],
    ]
    assert [c.country for c in cluster_organisations(found)] == ["AZE", None]


@pytest.mark.parametrize(
    "parts",
    [
        (org("Petroliam Nasional Bhd"), "(", org("Petronas"), ") said", org("Petronas")),
        (org("National Border Agency"), "(", org("BNPP"), ") said", org("BNPP")),
        (org("BNPP"), "(", org("National Border Agency"), ") said", org("BNPP")),
        (org("BNB"), "said the", org("Border National Bureau"), "and", org("BNB")),
        (org("Joint Commission on Trade and Transport"), "and the", org("Joint Commission"), "and", org("Commission")),
    ],
)
def test_short_names(parts):
    assert len(groups(document(*parts))) == 1


def test_an_acronym_in_brackets_after_a_body_of_the_organisation_is_the_organisation():
    found = document(org("Council of Foreign Ministers of the Organization of Turkic States"), "(", org("OTS"), ").")
    assert len(groups(found)) == 2


def test_what_the_article_names_in_full_goes_before_what_an_acronym_usually_means():
    found = document("The", org("Indian Ocean Commission"), "met. The", org("IOC"), "agreed.")
    (cluster,) = cluster_organisations(found)
    assert cluster.name == "Indian Ocean Commission"
    (alone,) = cluster_organisations(document("The", org("IOC"), "agreed."))
    assert alone.name == "International Olympic Committee"


def test_the_state_of_a_body_by_the_words_around():
    for parts in (
        ("the", org("Foreign Ministry"), "in", ("Moscow", "city", "RUS")),
        (("Russia", "country", "RUS"), "answered. Its", org("Foreign Ministry"), "protested"),
        (("Russian", "nationality", "RUS"), org("Foreign Ministry")),
        ("the", org("Foreign Ministry"), "of the Republic of", ("Russia", "country", "RUS")),
        (("Russia", "country", "RUS"), "said at the", org("Federal Assembly")),
    ):
        assert [c.country for c in cluster_organisations(document(*parts))] == ["RUS"]


def test_a_name_that_few_states_use_is_of_the_one_that_the_article_names():
    found = document(("China", "country", "CHN"), "and", ("Manila", "city", "PHL"), ": the", org("DFA"), "protested.")
    assert [(c.name, c.country) for c in cluster_organisations(found)] == [("Department of Foreign Affairs", "PHL")]


def test_a_body_named_before_a_foreign_one_is_another():
    found = document(
        "the", org("Foreign Ministry"), "summoned the envoy, and the",
        ("Turkish", "nationality", "TUR"), org("Foreign Ministry"), "answered.",
    )  # fmt: skip
    assert groups(found) == [["Foreign Ministry"], ["Foreign Ministry"]]
    text = found.article.text
    view = View(text, range(len(text)), range(1, len(text) + 1), (Paragraph(0, 20, headline=True),))
    assert groups(replace(found, view=view)) == [["Foreign Ministry", "Foreign Ministry"]]


def test_another_state_s_council_is_not_the_security_council():
    found = document(org("UN Security Council"), "and the", ("Turkish", "nationality", "TUR"), org("Council"), "met")
    assert groups(found) == [["UN Security Council"], ["Council"]]


FORMS = [
    "Foreign Ministry",
    "MFA",
    "OIC",
    "Organisation of Islamic Cooperation",
    "Ministry",
    "Milli Majlis",
    "Parliament",
]


@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=8))
def test_every_mention_is_in_one_group(names):
    found = document(*[org(name) for name in names])
    indices = [i for c in cluster_organisations(found) for i in c.mentions]
    assert sorted(indices) == list(range(len(names)))
