"""New names for the people of an article."""

from __future__ import annotations

import random

import pytest

from pipeline.gold.marked import parse
from pipeline.gold.model import GoldArticle
from pipeline.train.augment_people import rename
from tests.augmented import BODY, HEAD, checked, pools, surfaces


def test_a_person_is_renamed_everywhere(article: GoldArticle) -> None:
    seen = set()
    for seed in range(30):
        changed = checked(rename(article, pools().cultures, pools().genders, random.Random(seed), share=1.0))
        assert "Wekesa" not in changed.text
        assert "Rafiyev" not in changed.text
        person = changed.entity("wekesa")
        assert person is not None
        names = [m.text for m in changed.mentions if m.label == "PER" and m.entities == ["wekesa"]]
        assert names[0] == person.name
        assert len(set(names[1:])) == 1
        assert set(names[1].split()) <= set(person.name.split())
        seen.add(person.name)
    assert len(seen) > 20


def test_the_gender_that_the_text_tells_stays(article: GoldArticle) -> None:
    female = {s for c in pools().cultures for name in c.given["female"] for s in name}
    male = {s for c in pools().cultures for name in c.given["male"] for s in name}
    told = 0
    for seed in range(40):
        changed = rename(article, pools().cultures, pools().genders, random.Random(seed), share=1.0)
        words = set(surfaces(changed, "PER")[0].split())
        told += bool(words & (female - male))
        family = {s for c in pools().cultures for name in c.family for s in name}
        fathers = not words & (male - female - family)
        assert words & (female - male) or fathers
    assert told > 20


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("Seo Jung-hwan", ["Seo Jung-hwan", "Seo"], lambda full, forms: forms[1] != full),
        ("HASANLI Ilgar", ["HASANLI Ilgar", "Hasanli"], lambda full, forms: any(w.isupper() for w in full.split())),
        ("Ilgar Hasanli", ["Ilgar Hasanli", "ILGAR HASANLI"], lambda full, forms: forms[1] == full.upper()),
        ("Ilgar Vali Hasanli", ["Ilgar Vali Hasanli", "I. Hasanli"], lambda full, forms: forms[1] != forms[0]),
    ],
)
def test_the_form_of_a_name_is_kept(name: str, said: list[str], expected) -> None:  # type: ignore[no-untyped-def]
    body = ". ".join(f"[[{form}|PER#p]] spoke" for form in said)
    head = (
        "---\nid: x\noutlet: null\npublished: null\ntitle: null\ncited: []\n"
        f"people:\n  p: {{name: {name}, positions: []}}\norgs: {{}}\nevents: {{}}\n---\n"
    )
    changed = rename(parse(head + body), pools().cultures, pools().genders, random.Random(3), share=1.0)
    forms = surfaces(changed, "PER")
    assert forms != said
    assert expected(forms[0], forms), forms


def test_who_is_named_without_a_mark_keeps_the_name() -> None:
    head = HEAD.replace("Kenyan minister in Baku", "Wekesa in Baku")
    article = parse(head + BODY.replace("[[Kenyan|NORP#KEN]] [[minister|NOM#wekesa]] in", "Wekesa in", 1))
    changed = rename(article, pools().cultures, pools().genders, random.Random(1), share=1.0)
    assert surfaces(changed, "PER")[0] == "Asha Wekesa"
    assert "Rafiyev" not in changed.text
