"""Public corpora as gold articles, from tiny files in their layouts."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.gold.checks import problems
from pipeline.gold.json_lines import read
from pipeline.gold.model import GoldArticle
from pipeline.train.sources import LABELS, READERS, SENTENCES, main, read_source
from pipeline.train.sources_names import nationality, organisation_name, person_name, place_names
from pipeline.train.sources_text import Labelled, aligned, detokenised, spans_of

SHARED = Path(os.environ.get("DRAGOMAN_SHARED", Path(__file__).parents[3] / "shared")) / "data"


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    with gzip.open(folder / name, "wt", encoding="utf-8") as file:
        file.write(text)
    return folder


def columns(sentence: str, separator: str = "\t", extra: str = "") -> str:
    """Lines of token and tag from "word/TAG word …"; without a tag O."""
    pairs = [(token, tag or "O") for token, _, tag in (word.partition("/") for word in sentence.split())]
    return "".join(f"{token}{separator}{extra}{tag}\n" for token, tag in pairs) + "\n"


def found(article: GoldArticle) -> list[tuple[str, str]]:
    assert [problem for problem in problems(article, file="x") if not problem.warning] == []
    return [(mention.text, mention.label) for mention in article.mentions]


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("He said , `` We agree . ''", 'He said, "We agree."'),
        ('The " deal " ( signed ) costs $ 5 .', 'The "deal" (signed) costs $5.'),
        ("Peres 's aides do n't talk .", "Peres's aides don't talk."),
        ("the ministers ' words", "the ministers' words"),
        ("Hall ' s play and Ayckbourn ' s", "Hall's play and Ayckbourn's"),
        ("a ' feast ' now", "a 'feast' now"),
        ("the words ' digital ' and", "the words 'digital' and"),
        ("Clinton \x92s trip", "Clinton’s trip"),
        ("-LRB- AP -RRB- : yes", "(AP): yes"),
    ],
)
def test_tokens_become_text(tokens: str, text: str) -> None:
    assert detokenised(tokens.split(" ")).text == text


@given(
    st.lists(
        st.sampled_from(["He", "'s", "'", '"', ",", ".", "(", ")", "``", "''", "n't", "Ünal", "$", "s"]), max_size=15
    )
)
def test_every_token_stands_at_its_offsets(tokens: list[str]) -> None:
    sentence = detokenised(tokens)
    plain = {"``": '"', "''": '"'}
    assert [sentence.text[a:b] for a, b in sentence.offsets] == [plain.get(token, token) for token in tokens]
    assert sentence.text == sentence.text.strip()


def test_tags_become_spans() -> None:
    assert list(spans_of(["B-A", "I-A", "B-A", "O", "I-B", "I-B", "I-C"])) == [
        Labelled(0, 2, "A"),
        Labelled(2, 3, "A"),
        Labelled(4, 6, "B"),
        Labelled(6, 7, "C"),
    ]


def test_tokens_that_are_not_in_the_text_are_refused() -> None:
    assert aligned("ab c", ["a", "b", "c"], []).offsets == ((0, 1), (1, 2), (3, 4))
    with pytest.raises(ValueError, match="'d' is not in"):
        aligned("ab c", ["a", "d"], [])


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("President Barack Obama", "Barack Obama"),
        ("Secretary of State John Kerry", "John Kerry"),
        ("the President of Iraq Fuad Masum", "Fuad Masum"),
        ("Minister of Foreign Affairs Sergei Lavrov", "Sergei Lavrov"),
        ("Boeing Vice President Scott Carson", "Scott Carson"),
        ("Mr. Smith 's", "Smith"),
        ("King Abdullah", "Abdullah"),
        ("Stephen King", "Stephen King"),
        ("Dean Smith", "Dean Smith"),
        ("Abu Bakr al-Baghdadi", "Abu Bakr al-Baghdadi"),
        ("George W. Bush", "George W. Bush"),
        ("Prime Minister", None),
        ("President of the United States", None),
        ("He", None),
        ("the leader of the group", None),
        ("Native Americans", None),
    ],
)
def test_a_persons_name_has_no_title(mention: str, name: str | None) -> None:
    words = mention.split()
    span = person_name(words)
    assert (span and " ".join(words[slice(*span)])) == name


def test_names_of_organisations_places_and_peoples() -> None:
    assert organisation_name("the African Union".split()) == (1, 3)
    assert organisation_name("the armed opposition".split()) is None
    assert place_names("Everett , Washington".split()) == [(0, 1), (2, 3)]
    assert place_names("Changi International Airport".split()) == []
    assert place_names("the camp".split()) == []
    assert nationality("the Syrians".split()) == (1, 2)
    assert nationality("Muslim".split()) is None


def test_crossner(tmp_path: Path) -> None:
    text = columns("Chancellor/O Angela/B-politician Merkel/I-politician left/O the/O CDU/B-politicalparty ./O")
    text += columns("The/O 1998/B-election election/I-election in/O Germany/B-country ./O")
    (article,) = read_source("crossner", put(tmp_path, "politics.train.conll.gz", text))
    assert article.id == "crossner-politics.train-1"
    assert article.annotates == ["ORG", "PER", "PLACE"]
    assert article.text == "Chancellor Angela Merkel left the CDU.\n\nThe 1998 election in Germany."
    assert found(article) == [("Angela Merkel", "PER"), ("CDU", "ORG"), ("Germany", "PLACE")]


def test_sentences_make_articles_of_some_and_none_stands_twice(tmp_path: Path) -> None:
    sentences = [columns(f"Number/O {n}/O") for n in range(SENTENCES + 2)]
    first, second = read_source("wnut17", put(tmp_path, "dev.conll.gz", "".join([*sentences, sentences[0]])))
    assert first.text.count("\n\n") == SENTENCES - 1
    assert second.text == f"Number {SENTENCES}\n\nNumber {SENTENCES + 1}"


def test_gmb(tmp_path: Path) -> None:
    text = columns(
        "Turkish/B-gpe President/B-per Ahmet/I-per Sezer/I-per met/O Iraq/B-org 's/O envoy/O ./O", extra="X\t"
    )
    text += columns("Talks/O in/O Kenya/O and/O Paris/B-geo ./O", extra="X\t")
    text += columns("Prime/B-per Minister/I-per Recep/O Tayyip/B-per Erdogan/I-per left/O ./O", extra="X\t")
    text += columns("The/O Mall/B-art on/O Monday/B-tim ./O", extra="X\t")
    (article,) = read_source("gmb", put(tmp_path, "gmb.conll.gz", text))
    assert article.text == "Turkish President Ahmet Sezer met Iraq's envoy.\n\nThe Mall on Monday."
    assert found(article) == [("Turkish", "NORP"), ("Ahmet Sezer", "PER"), ("Iraq", "PLACE")]


def test_wikigold_has_documents_and_tags_without_beginnings(tmp_path: Path) -> None:
    text = columns("Ann/I-PER Lee/I-PER sang/O ./O", " ") + columns("It/O rained/O ./O", " ")
    text += columns("-DOCSTART-/O", " ") + columns("The/O BBC/I-ORG in/O Leeds/I-LOC and/O Jazz/I-MISC", " ")
    one, two = read_source("wikigold", put(tmp_path, "wikigold.conll.gz", text))
    assert one.text == "Ann Lee sang. It rained."
    assert found(one) == [("Ann Lee", "PER")]
    assert found(two) == [("BBC", "ORG"), ("Leeds", "PLACE")]


def test_uner_keeps_the_text_that_it_gives(tmp_path: Path) -> None:
    text = "# newdoc id = a-1\n# sent_id = a-1-1\n# text = Don't ask Eve (of IBM).\n"
    rows = [("1-2", "Don't", "_"), ("1", "Do", "O"), ("2", "n't", "O"), ("3", "ask", "O"), ("4", "Eve", "B-PER"),
            ("5", "(", "O"), ("6", "of", "O"), ("7", "IBM", "B-ORG"), ("8", ").", "O")]  # fmt: skip
    text += "".join(f"{n}\t{token}\t{tag}\t-\t-\n" for n, token, tag in rows)
    (article,) = read_source("uner_ewt", put(tmp_path, "en_ewt-ud-dev.iob2.gz", text))
    assert article.text == "Don't ask Eve (of IBM)."
    assert found(article) == [("Eve", "PER"), ("IBM", "ORG")]


def test_europarl(tmp_path: Path) -> None:
    text = columns("Mr/O Evans/B-PER thanked/O the/O Commission/B-ORG in/O Geneva/B-LOC ./O")
    (article,) = read_source("europarl_ner", put(tmp_path, "en-europarl.test.conll02.gz", text))
    assert article.id == "europarl_ner-en-europarl.test-1"
    assert found(article) == [("Evans", "PER"), ("Commission", "ORG"), ("Geneva", "PLACE")]


def test_gum_gives_the_names_of_persons(tmp_path: Path) -> None:
    rows = [
        ("President", "NNP", "Entity=(1-person-new-x-cf1-2,3-coref-Ann_Lee"),
        ("Ann", "NNP", "_"),
        ("Lee", "NNP", "Entity=1)"),
        ("saw", "VBD", "_"),
        ("her", "PRP", "Entity=(2-person-giv-x-cf2-2-coref(1-person-giv-x-cf1-1-ana)"),
        ("aide", "NN", "Entity=2)"),
        ("with", "IN", "_"),
        ("a", "DT", "Entity=(3-abstract-new-x-cf3-3-coref"),
        ("Nobel", "NNP", "Entity=(4-person-new-x-cf4-1-sgl)"),
        ("Prize", "NNP", "Entity=3)|SpaceAfter=No"),
        (".", ".", "_"),
    ]
    head = "# newdoc id = GUM_x\n# newpar\n# text = President Ann Lee saw her aide with a Nobel Prize.\n"
    lines = "".join(
        f"{n}\t{token}\t_\t{'PROPN' if tag == 'NNP' else 'X'}\t{tag}\t_\t0\t_\t_\t{misc}\n"
        for n, (token, tag, misc) in enumerate(rows, 1)
    )
    again = "\n# text = Yes.\n1\tYes\t_\tX\tUH\t_\t0\t_\t_\t_\n2\t.\t_\tX\t.\t_\t0\t_\t_\t_\n"
    (article,) = read_source("gum", put(tmp_path, "gum_news.conllu.gz", head + lines + again))
    assert article.text == "President Ann Lee saw her aide with a Nobel Prize. Yes."
    assert article.annotates == ["PER"]
    assert found(article) == [("Ann Lee", "PER")]


def test_re3d(tmp_path: Path) -> None:
    text = "The United States thanked Iraq’s President Fuad Masum.\n\nThe Syrians left the camp."
    spans = [("The United States", "Organisation"), ("Iraq", "Location"), ("President Fuad Masum", "Person"),
             ("The Syrians", "Organisation"), ("the camp", "Location")]  # fmt: skip
    texts = [{"_id": "D1", "text": text}, {"_id": "D2", "text": "Talks in Kenya."}]
    entities = [
        {
            "documentId": "D1",
            "begin": text.index(value),
            "end": text.index(value) + len(value),
            "type": kind,
            "value": value,
        }
        for value, kind in spans
    ]
    folder = put(tmp_path, "x.documents.jsonl.gz", "\n".join(map(json.dumps, texts)))
    put(tmp_path, "x.entities.jsonl.gz", "\n".join(map(json.dumps, entities)))
    (article,) = read_source("re3d", folder)
    assert article.annotates == ["NORP", "PER", "PLACE"]
    assert found(article) == [
        ("United States", "PLACE"), ("Iraq", "PLACE"), ("Fuad Masum", "PER"), ("Syrians", "NORP")
    ]  # fmt: skip


def test_what_is_missing_or_has_another_layout_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no source; there are"):
        list(read_source("conll", tmp_path))
    with pytest.raises(InputError, match="in it"):
        list(read_source("gmb", tmp_path))
    with pytest.raises(InputError, match="no token and tag"):
        list(read_source("crossner", put(tmp_path, "a.conll.gz", "word\n\n")))
    with pytest.raises(InputError, match="sentence"):
        list(read_source("uner_ewt", put(tmp_path, "a.iob2.gz", "# text = a\n1\tb\tO\n\n")))
    (tmp_path / "a.conll.gz").write_text("no gzip")
    with pytest.raises(InputError, match="cannot be read"):
        list(read_source("crossner", tmp_path))


def test_every_source_has_a_reader() -> None:
    assert LABELS.keys() == READERS.keys()


def test_the_command_writes_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "wikigold", "wikigold.conll.gz", columns("Ann/I-PER sang/O ./O", " "))
    main([str(tmp_path), "wikigold", "--out", str(tmp_path / "out.jsonl")])
    (article,) = read(tmp_path / "out.jsonl")
    assert isinstance(article, GoldArticle)
    assert article.source == "wikigold"
    assert capsys.readouterr().out == "wikigold: 1 articles, 1 mentions\n"


@pytest.mark.parametrize("name", sorted(LABELS.keys() - {"gmb"}))
@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference data is not here")
def test_the_real_sources_are_whole(name: str) -> None:
    articles = list(read_source(name, SHARED / name))
    assert len(articles) > 40
    assert len({article.id for article in articles}) == len(articles)
    for article in articles:
        assert [problem for problem in problems(article, file="x") if not problem.warning] == []
