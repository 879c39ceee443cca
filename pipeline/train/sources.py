"""Public corpora as gold articles: `python -m pipeline.train.sources FOLDER --out FILE.jsonl SOURCE…`.

FOLDER holds a folder a source, in the layout in which its corpus is published, its files gzipped. Only the layers that
a source labels completely are annotated; everything else of it says nothing.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.gold.json_lines import write
from pipeline.gold.model import GoldArticle, GoldMention, MentionLabel
from pipeline.train.sources_names import (
    is_title_word,
    nationality,
    organisation_name,
    person_name,
    place_names,
    state_name,
)
from pipeline.train.sources_spans import gum_documents, re3d_documents
from pipeline.train.sources_text import Sentence
from pipeline.train.sources_tokens import commented_documents, grouped, gz_files, marked_documents, tagged_sentences

SENTENCES = 15
"""So many sentences make an article where a source has no documents."""

LABELS: Mapping[str, Mapping[str, MentionLabel]] = {
    "crossner": {
        "person": "PER", "politician": "PER", "writer": "PER", "musicalartist": "PER", "scientist": "PER",
        "researcher": "PER",
        "organisation": "ORG", "politicalparty": "ORG", "university": "ORG", "band": "ORG", "magazine": "ORG",
        "academicjournal": "ORG",
        "country": "PLACE", "location": "PLACE",
    },
    "wnut17": {"person": "PER", "corporation": "ORG", "group": "ORG", "location": "PLACE"},
    "gmb": {"per": "PER", "org": "ORG", "geo": "PLACE", "gpe": "NORP"},
    "wikigold": {"PER": "PER", "ORG": "ORG", "LOC": "PLACE"},
    "uner_ewt": {"PER": "PER", "ORG": "ORG", "LOC": "PLACE"},
    "europarl_ner": {"PER": "PER", "ORG": "ORG", "LOC": "PLACE"},
    "gum": {"person": "PER"},
    "re3d": {"Person": "PER", "Location": "PLACE", "Nationality": "NORP", "Organisation": "NORP"},
}  # fmt: skip
"""What the labels of each source are here; a label that is missing is left, with all that it stands on.

Left are events, elections, works and the like, of which the sources label other kinds than we do; places, organisations
and times of gum, which are facilities, descriptions and durations too; organisations of re3d, which are described more
often than named. meantime is left as a whole: it labels who takes part in its events, and no other names. A country
that is labelled as an organisation or people is a PLACE, and NORP are only the adjectives and peoples of countries.
Persons lose titles, and mentions that name nobody are no PER. Sentences of gmb and documents of re3d in which a
country, or a name behind a title, stands unlabelled are left out.
"""

SHARE_ALIKE = ("gum_bio.", "gum_voyage.", "wikipedia.")
"""Beginnings of the names of files whose text asks for its own licence (CC BY-SA) in what is made of it: left out."""

Placed = tuple[int, int, MentionLabel]


def read_source(name: str, folder: Path) -> Iterator[GoldArticle]:
    """The articles of a source: its documents, or 15 sentences each where it has none.

    `name` is a key of LABELS and `folder` holds the source's files. Raises `InputError` for a name that is none, and
    for files that are missing or have another layout.
    """
    if name not in LABELS:
        raise InputError(f"{name}: no source; there are {', '.join(LABELS)}")
    for key, paragraphs in READERS[name](folder):
        yield _article(name, key, paragraphs)


Documents = Iterator[tuple[str, list[list[Sentence]]]]
"""Names of documents, and their sentences by paragraph."""


def _all(sentence: Sentence) -> bool:
    return True


def _complete(sentence: Sentence) -> bool:
    """Whether no country, people or name behind a title stands unlabelled: then others surely do too."""
    labelled = {i for span in sentence.labelled for i in range(span.i, span.j)}
    words = [sentence.text[a:b] for a, b in sentence.offsets]
    for i, word in enumerate(words):
        if i in labelled or not word[0].isupper():
            continue
        after_title = i - 1 in labelled and is_title_word(words[i - 1])
        if after_title or nationality([word]) is not None or state_name([word]) is not None:
            return False
    return True


def _tagged(pattern: str, separator: str, keep: Callable[[Sentence], bool] = _all) -> Callable[[Path], Documents]:
    def read(folder: Path) -> Documents:
        for file in gz_files(folder, pattern):
            name = file.name.partition(".conll")[0]
            for key, sentences in grouped(name, filter(keep, tagged_sentences(file, separator=separator)), SENTENCES):
                yield key, [[sentence] for sentence in sentences]

    return read


def _wikigold(folder: Path) -> Documents:
    for file in gz_files(folder, "*.conll.gz"):
        for key, sentences in marked_documents("wikigold", file):
            yield key, [sentences]


def _uner(folder: Path) -> Documents:
    for file in gz_files(folder, "*.iob2.gz"):
        for key, sentences in commented_documents(file):
            yield key, [[sentence] for sentence in sentences]


def _free(files: Iterable[Path]) -> Iterator[Path]:
    return (file for file in files if not file.name.startswith(SHARE_ALIKE))


def _gum(folder: Path) -> Documents:
    for file in _free(gz_files(folder, "*.conllu.gz")):
        yield from gum_documents(file)


def _re3d(folder: Path) -> Documents:
    for file in _free(gz_files(folder, "*.documents.jsonl.gz")):
        for key, sentence in re3d_documents(file):
            if _complete(sentence):
                yield key, [[sentence]]


READERS: Mapping[str, Callable[[Path], Documents]] = {
    "crossner": _tagged("*.conll.gz", "\t"),
    "wnut17": _tagged("*.conll.gz", "\t"),
    "gmb": _tagged("*.conll.gz", "\t", _complete),
    "europarl_ner": _tagged("*.conll02.gz", "\t"),
    "wikigold": _wikigold,
    "uner_ewt": _uner,
    "gum": _gum,
    "re3d": _re3d,
}


def _article(source: str, key: str, paragraphs: Sequence[Sequence[Sentence]]) -> GoldArticle:
    text = ""
    mentions: list[GoldMention] = []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        for number, sentence in enumerate(paragraph):
            text += " " if number else ""
            for start, end, label in _outermost(_placed(source, sentence)):
                a, b = len(text) + start, len(text) + end
                mentions.append(GoldMention(start=a, end=b, text=sentence.text[start:end], label=label))
            text += sentence.text
    return GoldArticle(
        id=f"{source}-{re.sub(r'[^A-Za-z0-9_.-]+', '-', key)}",
        source=source,
        annotates=sorted(set(LABELS[source].values())),
        cited=[],
        text=text,
        entities=[],
        mentions=mentions,
        relations=[],
        events=[],
    )


def _placed(source: str, sentence: Sentence) -> Iterator[Placed]:
    """The names of a sentence with their labels, as offsets of its text."""
    for span in sentence.labelled:
        label = LABELS[source].get(span.label)
        if label is None:
            continue
        for i, j, name in _names(label, sentence.words(span)):
            yield sentence.offsets[span.i + i][0], sentence.offsets[span.i + j - 1][1], name


def _names(label: MentionLabel, words: Sequence[str]) -> Iterator[tuple[int, int, MentionLabel]]:
    if label == "PER":
        if (found := person_name(words)) is not None:
            yield *found, "PER"
    elif label == "PLACE":
        yield from ((i, j, "PLACE") for i, j in place_names(words))
    elif (found := state_name(words)) is not None:
        yield *found, "PLACE"
    else:
        found = nationality(words) if label == "NORP" else organisation_name(words)
        if found is not None:
            yield *found, label


def _outermost(placed: Iterator[Placed]) -> list[Placed]:
    """Of the names that overlap the longest, in order; of nested persons the shortest."""
    found = sorted(set(placed), key=lambda name: (name[1] - name[0], name))
    people: list[Placed] = []
    for name in found:
        if name[2] == "PER" and not any(a < name[1] and name[0] < b for a, b, _ in people):
            people.append(name)
    kept = list(people)
    for name in reversed(found):
        if name[2] != "PER" and not any(a < name[1] and name[0] < b for a, b, _ in kept):
            kept.append(name)
    return sorted(kept)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read sources and write their articles, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sources", nargs="+", choices=sorted(LABELS), metavar="source")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    articles = [article for name in given.sources for article in read_source(name, given.folder / name)]
    write(articles, given.out)
    for name in given.sources:
        of = [article for article in articles if article.source == name]
        print(f"{name}: {len(of)} articles, {sum(len(article.mentions) for article in of)} mentions")


if __name__ == "__main__":
    main()
