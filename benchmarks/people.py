"""Whom does dragoman find next to spaCy's small English model, in texts of other kinds?

``python -m benchmarks.people FOLDER [SOURCE …] [--model MODEL]``

FOLDER holds public corpora as `pipeline.train.sources` reads them, by default europarl_ner (parliament) and wikigold
(encyclopaedia): neither is trained on. Precision, recall and F1 of exact mentions of persons, titles cut off alike.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language

from pipeline.build import Extractor
from pipeline.config import ModelSettings, Settings
from pipeline.document import Article
from pipeline.stage import Rejection
from pipeline.text.segment import load_model
from pipeline.train.sources import read_source
from pipeline.train.sources_names import person_name

SOURCES = ("europarl_ner", "wikigold")
TOKEN = re.compile(r"\w+(?:[.'’-](?!s\b)\w+)*\.?|['’]s\b|[^\w\s]")

Spans = set[tuple[int, int]]


def named(text: str, spans: Iterable[tuple[int, int]]) -> Spans:
    """Where the names of persons stand in mentions of them: without titles; mentions that name nobody are left out."""
    found = set()
    for start, end in spans:
        tokens = [(start + m.start(), start + m.end()) for m in TOKEN.finditer(text[start:end])]
        name = person_name([text[a:b] for a, b in tokens])
        if name is not None:
            found.add((tokens[name[0]][0], tokens[name[1] - 1][1]))
    return found


def by_dragoman(extractor: Extractor, texts: Sequence[str]) -> Iterator[Spans]:
    """Persons by the line; none where it rejects a text."""
    for result in extractor.run([Article(str(n), text) for n, text in enumerate(texts)]):
        if isinstance(result, Rejection):
            yield set()
        else:
            people = [m.span for m in result.trace.mentions if m.label == "person"]
            yield named(result.article.text, [(span.start, span.end) for span in people])


def by_spacy(nlp: Language, texts: Sequence[str]) -> Iterator[Spans]:
    """Persons by spaCy's recogniser of entities."""
    for text, doc in zip(texts, nlp.pipe(texts), strict=True):
        yield named(text, [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PERSON"])


def tally(gold: Sequence[Spans], found: Iterable[Spans]) -> Counter[str]:
    """Mentions that are right, found and wanted."""
    count: Counter[str] = Counter()
    for wanted, got in zip(gold, found, strict=True):
        count += Counter(right=len(wanted & got), found=len(got), wanted=len(wanted))
    return count


def row(name: str, count: Counter[str]) -> str:
    """Precision, recall and F1."""
    right, found, wanted = (count[key] for key in ("right", "found", "wanted"))
    f1 = 2 * right / max(found + wanted, 1)
    return f"  {name:9} P {right / max(found, 1):.3f}  R {right / max(wanted, 1):.3f}  F1 {f1:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.people", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("sources", nargs="*", default=SOURCES)
    parser.add_argument("--model", default=Settings().model.name, help="a model or baseline (that of the settings)")
    options = parser.parse_args()
    extractor = Extractor(Settings(model=ModelSettings(name=options.model)))
    nlp = load_model(Settings().segment)
    for source in options.sources:
        articles = list(read_source(source, options.folder / source))
        texts = [article.text for article in articles]
        gold = [{(m.start, m.end) for m in a.mentions if m.label == "PER"} for a in articles]
        print(f"{source}: {len(texts)} texts, {sum(map(len, gold))} persons")
        print(row("dragoman", tally(gold, by_dragoman(extractor, texts))))
        print(row("spaCy", tally(gold, by_spacy(nlp, texts))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
