from __future__ import annotations

import pytest

from pipeline.relate.givers import Case, Givers, title_class


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Minister of Foreign Affairs", "minister"),
        ("Ambassador-at-Large", "ambassador"),
        ("High Commissioner", "ambassador"),
        ("Secretary-General", "secretary general"),
        ("spokesperson", "speaks"),
        ("adviser to the President", "envoy"),
        ("Director of the Department of Trade", "head"),
        ("analyst", "job"),
        ("Attorney General", "secretary general"),
        ("harbour pilot", "other"),
    ],
)
def test_title_classes(title, kind):
    assert title_class(title) == kind


def test_the_holder_of_the_same_office_elsewhere_is_evidence_against(marked):
    document = marked(
        "[Austria|C|AUT] and [Kenya|C|KEN] talked. [Foreign Minister|T] [Xq Zzt|P] came.", outlet="Global Wire"
    )
    givers = Givers(document, {})
    token = document.mentions[2].tokens[0]

    def taken(code):
        return givers.best(Case("Foreign Minister", "Xq Zzt", token, taken=frozenset({code})))[0]

    assert (taken("AUT"), taken("KEN")) == ("KEN", "AUT")


def test_a_trade_is_no_office(marked):
    document = marked("[Kenya|C|KEN] talks. [analyst|T] [Xq Zzt|P] said so.")
    giver, probability = Givers(document, {}).best(Case("analyst", "Xq Zzt", 3))
    assert giver is None
    assert 0.0 < probability <= 1.0


def test_a_name_tells_where_its_bearer_is_from(marked):
    document = marked("[Georgia|C|GEO] and [Japan|C|JPN] talked. [Foreign Minister|T] X came.", outlet="Global Wire")
    givers = Givers(document, {})
    token = document.mentions[2].tokens[0]
    for name, code in (("Giorgi Kvarashvili", "GEO"), ("Takeshi Yamamoto", "JPN")):
        assert givers.best(Case("Foreign Minister", name, token))[0] == code


def test_an_office_that_is_its_is_of_what_opened_the_sentence(marked):
    document = marked(
        "[Kenya|C|KEN] is dry. The [Union of Salt Traders|O] met in [Kenya|C|KEN]. Its [president|T] [Xq Zzt|P] spoke."
    )
    (key,) = (e.key for e in document.entities if e.kind == "organization")
    givers = Givers(document, {})
    token = next(m.tokens[0] for m in document.mentions if m.label == "title")
    facts = dict(givers.facts(Case("president", "Xq Zzt", token)))
    assert facts[key]["organisation its opening"] == 1.0
    assert "its opening" not in facts["KEN"]
    assert givers.best(Case("president", "Xq Zzt", token))[0] == key


def test_a_title_behind_an_organisation_is_beside_it(marked):
    document = marked("[Kenya|C|KEN] said [Zudec|O] [chief executive|T] [Xq Zzt|P] left.")
    (key,) = (e.key for e in document.entities if e.kind == "organization")
    token = next(m.tokens[0] for m in document.mentions if m.label == "title")
    facts = dict(Givers(document, {}).facts(Case("chief executive", "Xq Zzt", token)))
    assert facts[key]["organisation adjacent"] == 1.0
