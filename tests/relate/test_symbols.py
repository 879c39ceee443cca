from __future__ import annotations

import pytest

from pipeline.document import Article, Document
from pipeline.relate.symbols import is_plural, sentences


@pytest.mark.parametrize(
    ("source", "symbols"),
    [
        ("[Kenyan|N|KEN] [President|T] [Amina Otieno|P] spoke.", "N T P spoke ."),
        ("[Presidents|T] [A. Otieno|P] and [B. Diallo|P] met.", "S P and P met ."),
        ("the [President|T] of the Federal Republic of [Germany|C|DEU], [Karl Lang|P]", "the T of the C , P"),
        ("[Minister|T] Datuk Seri [Omar Zain|P] left", "T H H P left"),
        ("[his Kenyan counterpart|J|KEN] [Amina Otieno|P]", "Q P"),
        ("he met [the Secretary General|J] of the [Foreign Ministry|O], [Karl Lang|P]", "he met T of the O , P"),
        ("[the Secretary General|J] said [Karl Lang|P] left", "J said P left"),
    ],
)
def test_a_sentence_becomes_symbols(marked, source, symbols):
    assert [s.text for s in sentences(marked(source))] == [symbols]


def test_every_symbol_leads_back_to_its_mention(marked):
    document = marked("On Monday [Kenyan|N|KEN] [President|T] [Amina Otieno|P] spoke.")
    (symbols,) = sentences(document)
    words = symbols.text.split(" ")
    for word, offset, element in zip(words, symbols.offsets, symbols.elements, strict=True):
        assert symbols.text.startswith(word, offset)
        assert symbols.at(offset) is element
    assert [e.mention for e in symbols.elements if e.mention is not None] == [0, 1, 2]


def test_a_document_without_a_parse_has_no_sentences():
    assert sentences(Document(Article("a", "text"))) == ()


@pytest.mark.parametrize(
    ("title", "plural"),
    [
        ("Interior CS", False),
        ("MPs", True),
        ("Sens.", True),
        ("Foreign Ministers", True),
        ("Ministers of Foreign Affairs", True),
        ("Minister of Foreign Affairs", False),
        ("Chargé d'Affaires", False),
        ("Secretary-General", False),
    ],
)
def test_plural_titles(title, plural):
    assert is_plural(title) is plural
