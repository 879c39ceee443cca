from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.data import bodies, countries, listed_organisations, organisations
from pipeline.names.organisation_words import initials, is_acronym, normal_words, owned
from pipeline.names.organisations import normal_form, organisation_keys, parse_organisation, same_organisation

LISTED = [(name, o) for o in listed_organisations() for name in (o.name, *o.aliases)]
BODIES = [(name, b) for b in bodies() for name in (b.name, *b.own, *b.seats, *b.shared)]
EVERY = sorted({name for name, _ in (*LISTED, *BODIES)})
STATES = st.sampled_from([None, *countries()])


def key(text: str, country: str | None = None) -> tuple[str, str | None]:
    return parse_organisation(text, country=country).key


@pytest.mark.parametrize(
    "name",
    [
        "Azerbaijan's Ministry of Foreign Affairs",
        "the Azerbaijani Foreign Ministry",
        "Ministry of Foreign Affairs of the Republic of Azerbaijan",
        "Ministry of Foreign Affairs (Azerbaijan)",
        "Azerbaijan Foreign Affairs Ministry",
        "MFA of Azerbaijan",
    ],
)
def test_one_foreign_ministry(name):
    assert key(name) == ("ministry of foreign affairs", "AZE")
    assert same_organisation(parse_organisation(name), parse_organisation("MFA", country="AZE")).same
    assert same_organisation(parse_organisation(name), parse_organisation("Kenya's Foreign Ministry")).same is False


@pytest.mark.parametrize(
    ("name", "country", "wanted"),
    [
        ("State Department", None, ("ministry of foreign affairs", "USA")),
        ("U.S. Department of State", None, ("ministry of foreign affairs", "USA")),
        ("Itamaraty", None, ("ministry of foreign affairs", "BRA")),
        ("Quai d’Orsay", None, ("ministry of foreign affairs", "FRA")),
        ("Foreign Office", None, ("ministry of foreign affairs", "GBR")),
        ("Foreign Office", "PAK", ("ministry of foreign affairs", "PAK")),
        ("Thailand's Foreign Office", None, ("ministry of foreign affairs", "THA")),
        ("DFA", "PHL", ("ministry of foreign affairs", "PHL")),
        ("Ministry of External Affairs of India", None, ("ministry of foreign affairs", "IND")),
        ("Ministry of Foreign Trade", "EGY", ("ministry of foreign trade", "EGY")),
        ("Ukrainian Defence Ministry", None, ("ministry of defense", "UKR")),
        ("Ministry of National Defense of Ukraine", None, ("ministry of defense", "UKR")),
        ("Department of Defense", "USA", ("ministry of defense", "USA")),
        ("Ministry of Home Affairs", "SGP", ("ministry of interior", "SGP")),
        ("Energy Ministry", "AZE", ("ministry of energy", "AZE")),
        ("MFA", "BEN", ("ministry of foreign affairs", "BEN")),
        ("Cabinet", "BEN", ("government", "BEN")),
        ("Central Election Commission", "BEN", ("electoral commission", "BEN")),
        ("Milli Majlis", None, ("parliament", "AZE")),
        ("Azerbaijani Parliament", None, ("parliament", "AZE")),
        ("National Assembly", "ARM", ("parliament", "ARM")),
        ("National Assembly", "PAK", ("lower house", "PAK")),
        ("Turkish Grand National Assembly", None, ("parliament", "TUR")),
        ("Kremlin", None, ("head of state's office", "RUS")),
        ("National Bank of Kazakhstan", None, ("central bank", "KAZ")),
        ("Central Bank", "KEN", ("central bank", "KEN")),
        ("Russian Security Council", None, ("national security council", "RUS")),
        ("Security Council", None, ("un security council", None)),
        ("Cabinet of Ministers of Ukraine", None, ("government", "UKR")),
    ],
)
def test_bodies_of_states(name, country, wanted):
    assert key(name, country) == wanted


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Organisation of Islamic Cooperation", "OIC"),
        ("Organization of Islamic Co-operation", "the Organisation of the Islamic Conference"),
        ("UN Development Program", "United Nations Development Programme"),
        ("U.N. Security Council", "UNSC"),
        ("Secretariat of the OTS", "Secretariat of the Organization of Turkic States"),
        ("AU Commission", "Commission of the African Union"),
        ("Foreign, Commonwealth & Development Office", "FCDO"),
        ("Council of Foreign Ministers of the CIS", "CIS Council of Foreign Ministers"),
        ("Export-Import Bank of Ruritania", "Ruritania Export–Import Bank"),
    ],
)
def test_names_of_one_organisation(a, b):
    assert same_organisation(parse_organisation(a), parse_organisation(b)).same


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Kenya's Foreign Ministry", "Ugandan Foreign Ministry", "countries differ"),
        ("Embassy of Italy in Kenya", "Italian Embassy in Tokyo", "seats differ"),
        ("European Union", "European Commission", "names differ"),
        ("UN Mission in Kosovo", "UN Mission in Mali", "names differ"),
        ("Azerbaijan-Bulgaria Joint Commission", "Azerbaijan-Italy Joint Commission", "names differ"),
        ("Foreign Ministry of Kenya", "Foreign Ministry Press Service of Kenya", "names differ"),
        ("US State Department", "State Department of Health of Kenya", "countries differ"),
    ],
)
def test_names_of_two_organisations(a, b, why):
    verdict = same_organisation(parse_organisation(a), parse_organisation(b))
    assert verdict.same is False
    assert verdict.reason.startswith(why)


@pytest.mark.parametrize(
    ("a", "b", "open_"),
    [
        ("Foreign Ministry", "Kenya's Foreign Ministry", True),
        ("the Foreign Ministry", "the Ministry of Foreign Affairs", True),
        ("State Bank", "State Bank of Pakistan", True),
        ("IOC", "Indian Ocean Commission", True),
        ("BNPP", "Badan Nasional Pengelola Perbatasan", True),
        ("Council", "Council", True),
        ("Italian Embassy", "Italian Embassy in Nairobi", True),
        ("Foreign Ministry", "US State Department", False),
        ("Ministry for Europe and Foreign Affairs", "Kenya's Foreign Ministry", False),
        ("National Assembly", "Iran's Islamic Consultative Assembly", False),
    ],
)
def test_what_names_alone_leave_open(a, b, open_):
    assert (same_organisation(parse_organisation(a), parse_organisation(b)).same is None) is open_


def test_missions_have_a_state_and_a_seat():
    mission = parse_organisation("Azerbaijani Embassy in Nairobi")
    assert (mission.key, mission.seat) == (("embassy", "AZE"), "KEN")
    assert same_organisation(mission, parse_organisation("Embassy of Azerbaijan in Kenya")).same
    assert parse_organisation("British High Commission in Nairobi").key == ("embassy", "GBR")
    assert parse_organisation("Consulate General of Kyrgyzstan in Istanbul").seat == "istanbul"


def test_the_state_of_a_body_is_its_owner():
    assert owned(normal_words("Central Bank of the Republic of Kenya")).owner == "KEN"
    assert owned(normal_words("OSCE Mission to Moldova")).owner is None
    assert owned(normal_words("Latin American Institute")).owner is None
    assert owned(normal_words("Azerbaijan-Georgia Joint Commission")).owner is None
    assert parse_organisation("Azerbaijan-Georgia Joint Commission").named == {"AZE", "GEO"}


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("Organisation for the Prohibition of Chemical Weapons", "opcw"),
        ("Organization of Turkic States", "ots"),
        ("Council of Europe", "coe"),
        ("Union for the Mediterranean", "ufm"),
        ("Inter-Parliamentary Union", "ipu"),
        ("Ministry of Foreign Affairs of the Republic of Kenya", "mfa"),
        ("State Security Service of Georgia", "sssg"),
    ],
)
def test_initials(name, acronym):
    assert acronym in initials(name)


def test_acronyms_are_mostly_capitals():
    assert all(map(is_acronym, ("OIC", "U.N.", "MoFA", "D-8", "AfDB")))
    assert not any(map(is_acronym, ("Ministry", "Petra", "UN Women", "O")))


def test_a_name_has_letters():
    with pytest.raises(ValueError, match="no name"):
        parse_organisation("—")


def test_every_listed_name_is_read():
    read = [(parse_organisation(name), o) for name, o in LISTED]
    assert not [o for n, o in read if not n.others and (n.kind, n.name, n.country) != ("listed", o.name, o.country)]


def test_every_body_is_read_by_every_name_in_its_state():
    wrong = [(n, b) for n, b in BODIES if b.country is not None and key(n, b.country) != (b.kind, b.country)]
    assert not wrong


def test_names_that_tell_the_state_tell_one():
    own = [(name, b.country) for b in bodies() if b.country is not None for name in b.own]
    assert len(own) == len({name for name, _ in own})
    assert {code for _, code in own} <= set(countries())
    assert organisations()["Bundestag"].country == "DEU"


@given(st.sampled_from(EVERY), STATES)
def test_a_normal_form_reads_like_the_name(name, country):
    normal = normal_form(name)
    assert normal_form(normal) == normal
    assert key(normal, country) == key(name, country)


@given(st.sampled_from(EVERY), st.sampled_from(EVERY), STATES, STATES)
def test_sameness_has_no_direction_and_one_organisation_a_common_blocking_key(a, b, in_a, in_b):
    left, right = parse_organisation(a, country=in_a), parse_organisation(b, country=in_b)
    verdict = same_organisation(left, right)
    assert verdict.same == same_organisation(right, left).same
    if verdict.same:
        assert organisation_keys(left) & organisation_keys(right)


@given(st.text(max_size=40), STATES)
def test_any_text_is_read_or_refused(text, country):
    try:
        name = parse_organisation(text, country=country)
    except ValueError:
        assert not normal_words(text)
    else:
        assert name.form
        assert normal_form(text)
        assert organisation_keys(name)
