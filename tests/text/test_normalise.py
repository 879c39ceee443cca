"""Tests of pipeline.text.normalise."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import RejectArticle
from pipeline.text.normalise import MARKS, ROUNDS, normalise

TRICKY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "aé’‘`“”«\u00a0\u200b\u00ad\r\n\n\t &;#39amp<'\"ÃÂ©â€™œ\u0301\u0327\u1100\u1161\u11a8\ufb01\ud800"
        ),
    ),
    max_size=60,
)


@given(TRICKY)
@example("&amp;amp;nbsp;")
@example("e\u0301&#769;")
@example(" \u00ad \r\n\u2028 x")
def test_every_character_maps_to_raw_text_in_order_and_twice_changes_nothing(raw: str) -> None:
    done = normalise(raw)
    assert len(done.text) == len(done.starts) == len(done.ends)
    for start, end in zip(done.starts, done.ends, strict=True):
        assert 0 <= start < end <= len(raw)
    assert list(done.starts) == sorted(done.starts)
    assert list(done.ends) == sorted(done.ends)
    assert normalise(done.text).text == done.text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Kenya’s ‘plan’ “said” „so“ «da»", 'Kenya\'s \'plan\' "said" "so" "da"'),
        ("Sing`Oei ʻOkina ` x", "Sing'Oei 'Okina ` x"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("\ufeffco\u00adop\u200berate\u200e", "cooperate"),
        ("one\r\ntwo\r\n\r\n \r\nthree", "one\ntwo\n\nthree"),
        ("\n  indented \n line  \n", "indented\nline"),
        ("Q&amp;A &#39;x&#39;&nbsp;&lt;y&gt; AT&T", "Q&A 'x' <y> AT&T"),
        ("Re\u0301publique", "République"),
        ("a — b – c", "a — b – c"),
        ("YalÃ§Ä±n RÉ™fiyev Azerbaijanâ€™s", "Yalçın Rəfiyev Azerbaijan's"),
        ("Çağrı Öztürk, Ação, Rəfiyev, Nguyễn", "Çağrı Öztürk, Ação, Rəfiyev, Nguyễn"),
        ("\uac00 \u1100\u1161\u11a8", "\uac00 \uac01"),
    ],
)
def test_spelling(raw: str, expected: str) -> None:
    assert normalise(raw).text == expected


def test_a_repaired_word_points_at_its_raw_characters() -> None:
    raw = "By YalÃ§Ä±n, Baku"
    done = normalise(raw)
    at = done.text.index("Yalçın")
    assert raw[done.starts[at] : done.ends[at + 5]] == "YalÃ§Ä±n"
    assert raw[done.starts[done.text.index("Baku")] :] == "Baku"


def test_mojibake_is_left_alone_when_told_so() -> None:
    assert normalise("â€œ", fix_mojibake=False).text == "â€œ"


def test_clean_text_keeps_the_identity_map() -> None:
    done = normalise("Ministers met in Baku.\n\nThey left.")
    assert done.starts == range(len(done.text))


def test_entities_are_decoded_as_deep_as_anybody_nests_them() -> None:
    assert normalise("Q&" + "amp;" * (ROUNDS - 2) + "A").text == "Q&A"
    with pytest.raises(RejectArticle) as caught:
        normalise("Q&" + "amp;" * ROUNDS + "A")
    assert caught.value.code == "unsettled"


@given(st.text("aç\u0301\u0327\u0f71\u0f72\u200d ", max_size=20), st.integers(1, 300))
def test_no_letter_keeps_a_pile_of_marks(text: str, times: int) -> None:
    raw = text * times
    done = normalise(raw)
    assert normalise(done.text).text == done.text
    assert all(0 <= start < end <= len(raw) for start, end in zip(done.starts, done.ends, strict=True))
    piled = 0
    for character in done.text:
        piled = piled + 1 if unicodedata.combining(character) else 0
        assert piled <= MARKS
