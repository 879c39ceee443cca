"""Tests of pipeline.text.language."""

import pytest

from pipeline.text import language
from pipeline.text.language import detect_language, language_code, language_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministers of the two countries met in Baku and signed an agreement.", "en"),
        ("Le ministre des Affaires étrangères a reçu son homologue kenyan à Paris.", "fr"),
        ("Der Außenminister traf am Montag in Berlin ein und sprach mit seinem Amtskollegen.", "de"),
        ("Menteri Luar Negeri bertemu dengan mitranya di Jakarta.", "id"),
        ("Ministers met in Baku.", None),
        ("Kenyatta, Ruto sign MoU", None),
        ("Aliyev visits Kenya", None),
    ],
)
def test_detected(text: str, code: str | None) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["Встреча в Баку", "北京 外交部长", "الرئيس يستقبل السفير"])
def test_other_scripts_are_never_english(text: str) -> None:
    assert detect_language(text) not in (None, "en")


def test_a_language_without_a_code_is_not_english(monkeypatch: pytest.MonkeyPatch) -> None:
    class Cebuano:
        def detect(self, text: str, *, k: int) -> list[dict[str, object]]:
            return [{"lang": "ceb", "score": 0.99}, {"lang": "war", "score": 0.01}][:k]

    monkeypatch.setattr(language, "_detector", Cebuano)
    assert detect_language("Nagtigom ang mga opisyal.") == "ceb"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *((name, "en") for name in ("en", "EN", "EN-gb", "en_US", "eng", "English", " english (UK)", "en, fr")),
        ("ru", "ru"),
        ("zh-Hans-CN", "zh"),
        ("nb-NO", "no"),
        ("Scottish Gaelic", "gd"),
        *((name, None) for name in ("und", "x-default", "xx", "klingon", "", "–")),
    ],
)
def test_language_codes(name: str, code: str | None) -> None:
    assert language_code(name) == code


def test_language_names() -> None:
    assert language_name("fr") == "French"
    assert language_name("xx") == "xx"
