"""Tests of pipeline.text.clean and pipeline.text.page."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import CleanSettings
from pipeline.document import Article, Document
from pipeline.errors import RejectArticle
from pipeline.stage import check_order
from pipeline.text.clean import Clean

RAW = """ date 2025-06-03 + ↺ − 16 px

Examplia’s minister visits Kenya

By Jane Doe

NAIROBI, June 2 (EXA) — Examplia’s Minister, Rəşad Doe, met his counterpart on\u00a0June 2, Example.Az reports, citing \
the Foreign Ministry.

The ministers discussed trade &amp; energy and agreed to meet again in Baku next year. – Example.Az

Photo: Foreign Ministry

Example.Az"""


def clean(text: str, **metadata: object) -> Document:
    article = Article("x", text, **metadata)  # type: ignore[arg-type]
    return Clean(CleanSettings())([Document(article)])[0]


def test_the_view_is_the_prose_and_points_back() -> None:
    document = clean(RAW)
    view = document.view
    assert view is not None
    assert [view.text[p.start : p.end] for p in view.paragraphs] == [
        "Examplia's minister visits Kenya",
        "Examplia's Minister, Rəşad Doe, met his counterpart on June 2, Example.Az reports, citing the Foreign "
        "Ministry.",
        "The ministers discussed trade & energy and agreed to meet again in Baku next year.",
    ]
    assert [p.headline for p in view.paragraphs] == [True, False, False]
    at = view.text.index("trade & energy")
    span = view.raw(at, at + len("trade & energy"))
    assert RAW[span.start : span.end] == "trade &amp; energy"


def test_what_the_page_says_about_itself() -> None:
    document = clean(RAW)
    assert document.published == dt.date(2025, 6, 3)
    assert [(RAW[s.span.start : s.span.end], s.day) for s in document.stamps] == [
        ("2025-06-03", dt.date(2025, 6, 3)),
        ("June 2", dt.date(2025, 6, 2)),
    ]
    assert document.headline == "Examplia's minister visits Kenya"
    assert document.outlet == "Example.Az"
    assert document.cited == ("Foreign Ministry",)
    assert document.language == "en"
    kinds = [(f.kind, RAW[f.span.start : f.span.end]) for f in document.furniture]
    assert kinds == [
        ("stamp", "date 2025-06-03 + ↺ − 16 px"),
        ("byline", "By Jane Doe"),
        ("dateline", "NAIROBI, June 2 (EXA) —"),
        ("outlet", "– Example.Az"),
        ("credit", "Photo: Foreign Ministry"),
        ("outlet", "Example.Az"),
    ]


def test_captions_and_teasers_are_no_prose() -> None:
    lead = "The foreign ministers of Examplia and Otheria met on Monday in Manila and signed an agreement on trade"
    document = clean(
        f"Ministers meet in Manila\n\n{lead}.\n\nThe foreign minister of Examplia speaks by phone with his "
        f"counterpart on Monday. (Exa)\n\nMANILA, Philippines — {lead}, the ministry said on Tuesday.\n\n"
        "They will meet again next month.—Agencies"
    )
    assert document.view is not None
    assert [document.view.text[p.start : p.end] for p in document.view.paragraphs] == [
        "Ministers meet in Manila",
        f"{lead}, the ministry said on Tuesday.",
        "They will meet again next month.",
    ]


def test_metadata_goes_first() -> None:
    document = clean(RAW, title="Other", published=dt.date(2025, 1, 1), outlet="Other Daily", language="en-GB")
    assert (document.headline, document.published, document.outlet) == ("Other", dt.date(2025, 1, 1), "Other Daily")
    assert document.view is not None
    assert not any(p.headline for p in document.view.paragraphs)


def test_dates_in_prose_are_no_publication_day() -> None:
    assert clean("The ministers of the two countries met in Baku on 3 May 2025 and signed a treaty.").published is None


def test_a_stamp_and_text_on_one_line_are_parted() -> None:
    document = clean(
        "date 2025-06-03 MOSCOW, June 2 (EXA) - The ministers of the two countries met and talked for hours."
    )
    assert document.view is not None
    assert document.view.text == "The ministers of the two countries met and talked for hours."


@pytest.mark.parametrize("text", ["", " \n", "Photo: Jane Doe", "date 2025-06-03 + ↺ − 16 px", "***"])
def test_nothing_left_is_rejected(text: str) -> None:
    with pytest.raises(RejectArticle) as caught:
        clean(text)
    assert caught.value.code == "empty"


def test_a_declared_language_is_believed_if_it_is_one() -> None:
    assert clean(RAW, language="English").language == "en"
    assert clean(RAW, language="klingon").language == "en"
    with pytest.raises(RejectArticle, match="Russian"):
        clean(RAW, language="ru-RU")
    french = "Le ministre des Affaires étrangères a reçu son homologue kenyan à Paris pour des entretiens."
    with pytest.raises(RejectArticle, match="French"):
        clean(french, language="und")


def test_other_languages_are_rejected() -> None:
    french = "Le ministre des Affaires étrangères a reçu son homologue kenyan à Paris pour des entretiens."
    with pytest.raises(RejectArticle) as caught:
        clean(french)
    assert (caught.value.code, caught.value.message) == ("language", "the text is in French (fr); only en is read")
    assert Clean(CleanSettings(languages=("en", "fr")))([Document(Article("x", french))])[0].language == "fr"


@pytest.mark.parametrize(
    "foreign",
    [
        "Le ministre des Affaires étrangères a reçu son homologue kenyan à Paris.",
        "UYARI: Hakaret içeren yorumlar onaylanmamaktadır ve yayınlanmaz.",
        "وزير الخارجية يستقبل نظيره الكيني في باريس اليوم",
        "外交部 长 今天 在 巴黎 会见了 肯尼亚 外长 并 举行 会谈。",
    ],
)
def test_paragraphs_in_other_languages_are_furniture(foreign: str) -> None:
    plain, mixed = clean(RAW), clean(RAW.replace("The ministers discussed", f"{foreign}\n\nThe ministers discussed"))
    assert (mixed.view and mixed.view.text, mixed.headline, mixed.language) == (
        plain.view and plain.view.text,
        plain.headline,
        "en",
    )
    assert [f.kind for f in mixed.furniture if f not in plain.furniture].count("foreign") == 1
    both = Clean(CleanSettings(languages=("en", "fr", "tr", "ar", "zh")))
    kept = both([Document(Article("x", f"{RAW}\n\n{foreign} {foreign}"))])[0]
    assert "foreign" not in [f.kind for f in kept.furniture]


def test_names_and_foreign_words_are_no_other_language() -> None:
    text = (
        "The presidents met.\n\nRiyad Haddad, Ali Gutali, Andrei Kobyakov, Hashim Hassan Al Bash\n\nFête du Canada\n\n"
        "They laid wreaths at the Nikos Beloyannis monument and the Hotel Bayerischer Hof."
    )
    assert not clean(text).furniture


def test_what_is_declared_to_be_english_is_read_even_if_it_is_not() -> None:
    text = "Le ministre des Affaires étrangères a reçu son homologue kenyan à Paris.\n\n***"
    document = clean(text, language="en")
    assert document.view is not None
    assert document.view.text.startswith("Le ministre")


def test_a_page_all_in_another_language_is_rejected_for_it() -> None:
    with pytest.raises(RejectArticle) as caught:
        clean("Photo: Jane Doe\n\n外交部 长 今天 在 巴黎 会见了 肯尼亚 外长 并 举行 会谈\n\nRelated news")
    assert caught.value.code == "language"


def test_short_english_is_kept() -> None:
    document = clean("Ministers met in Baku.")
    assert document.view is not None
    assert document.view.text == "Ministers met in Baku."


def test_stage_order() -> None:
    check_order([Clean(CleanSettings())])


LINES = st.lists(
    st.one_of(
        st.sampled_from(RAW.split("\n")),
        st.text(st.sampled_from("aB é’“”\u00a0\u200b&;.–/()12"), max_size=30),
        st.just("The ministers of the two countries met in Baku and said that they would meet again."),
        st.just("Le ministre des Affaires étrangères a reçu son homologue kenyan à Paris."),
    ),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_spans_are_valid_whatever_the_page(lines: list[str]) -> None:
    raw = "\n".join([*lines, "The ministers of the two countries met in Baku and that was it for the day."])
    document = clean(raw, language="en")
    view = document.view
    assert view is not None
    assert len(view.text) == len(view.starts) == len(view.ends)
    assert list(view.starts) == sorted(view.starts)
    assert list(view.ends) == sorted(view.ends)
    assert all(start <= end <= len(raw) for start, end in zip(view.starts, view.ends, strict=True))
    for p in view.paragraphs:
        assert all(view.starts[i] < view.ends[i] for i in range(p.start, p.end))
    assert view.text == "\n\n".join(view.text[p.start : p.end] for p in view.paragraphs)
    covered = [False] * len(raw)
    for furniture in document.furniture:
        assert furniture.span.end <= len(raw)
        covered[furniture.span.start : furniture.span.end] = [True] * (furniture.span.end - furniture.span.start)
    for p in view.paragraphs:
        span = view.raw(p.start, p.end)
        assert not any(covered[span.start : span.end])
