from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.document import EventMention, Span
from pipeline.events.ruled import with_rules
from tests.events.guesses import SURE

READ = replace(SURE, roles={"ann": (0.5, 0.0, 0.0), "KEN": (0.3, 0.1, 0.1)})
TRIGGER = (4, 6)


def ruled(tokens=(5, 7), type_="CONSULT", actors=("ann", "bob"), recipients=()):
    span = Span(*tokens)
    return EventMention(tokens, tokens[0], span, type_, None, "occurred", "meet:meet:CONSULT", actors, recipients)


def chances(guess, key):
    return sum(guess.roles.get(key, (0.0,)))


def test_parties_that_both_name_are_surer_and_others_less_sure():
    guess = with_rules(READ, TRIGGER, [ruled()])
    assert chances(guess, "ann") > chances(READ, "ann")
    assert chances(guess, "KEN") < chances(READ, "KEN")
    assert 0.0 < chances(guess, "bob") < 0.5


def test_the_party_that_the_rules_name_counts_more_where_the_encoder_reads_one_other_at_most():
    two = replace(READ, roles={"ann": (0.9, 0.0, 0.0), "KEN": (0.9, 0.0, 0.0), "bob": (0.05, 0.0, 0.0)})
    one = replace(two, roles={"ann": (0.9, 0.0, 0.0), "bob": (0.05, 0.0, 0.0)})
    named = ruled(actors=("ann", "KEN", "bob"))
    assert chances(with_rules(two, TRIGGER, [named]), "bob") < 0.5
    assert chances(with_rules(one, TRIGGER, [named]), "bob") > 0.5


def test_the_rules_tell_the_role():
    actor = with_rules(READ, TRIGGER, [ruled(actors=("KEN",))]).roles["KEN"]
    recipient = with_rules(READ, TRIGGER, [ruled(actors=(), recipients=("KEN",))]).roles["KEN"]
    assert actor[0] > recipient[0]
    assert recipient[1] > actor[1]


@pytest.mark.parametrize(
    "mentions",
    [[], [ruled(tokens=(6, 8))], [ruled(type_="AGREE")], [ruled(actors=())]],
    ids=["none", "another trigger", "another type", "no party"],
)
def test_a_guess_stays_where_the_rules_find_nothing_of_the_kind(mentions):
    assert with_rules(READ, TRIGGER, mentions) is READ


def test_chances_stay_chances():
    sure = replace(READ, roles={"ann": (0.9, 0.1, 0.0), "KEN": (0.0, 0.0, 0.0)})
    guess = with_rules(sure, TRIGGER, [ruled(actors=("ann", "KEN"))])
    assert chances(guess, "ann") == pytest.approx(1.0)
    assert "KEN" not in guess.roles
