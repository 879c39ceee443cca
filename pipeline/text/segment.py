"""Segment: tokens, sentences and paragraphs with spaCy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from pipeline.config import SegmentSettings
from pipeline.data import abbreviated_titles, table
from pipeline.document import Document
from pipeline.errors import ModelError

_PARSING = ("tok2vec", "transformer", "tagger", "morphologizer", "parser", "senter", "attribute_ruler", "ner")


@Language.component("dragoman_paragraphs")
def _paragraph_starts(doc: Doc) -> Doc:
    """Start a sentence at every paragraph, so that the parser never joins two of them, and none behind "Col."."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
        elif token.text in abbreviated_titles():
            doc[token.i + 1].is_sent_start = False
    return doc


def _keep_names(nlp: Language) -> None:
    """Keep names of sites such as "News.Az" and ranks such as "Col." one token, and make "U.S.-EU" three.

    spaCy parts words at a full stop between a small and a capital letter, as if a blank had been
    forgotten; an ending of one capital and one small letter that is no word is a domain.
    """
    words, domains = "|".join(table("glue")["short_words"]), "|".join(table("glue")["domains"])
    site = re.compile(rf"[A-Z][\w-]*\.(?:(?!(?:{words})$)[A-Z][a-z]|{domains})$")
    infixes = compile_infix_regex([*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)-(?=[A-Z])"])
    tokenizer: Any = nlp.tokenizer  # spacy.tokenizer.Tokenizer has no type stubs
    tokenizer.token_match = site.match
    tokenizer.infix_finditer = infixes.finditer
    for word in sorted(abbreviated_titles()):
        tokenizer.add_special_case(word, [{ORTH: word}])


def load_model(settings: SegmentSettings) -> Language:
    """The spaCy pipeline that the settings name; raises `ModelError` when it is not installed."""
    nlp = _load(settings, exclude=())
    nlp.add_pipe("dragoman_paragraphs", before="parser")
    return nlp


def load_tokenizer(settings: SegmentSettings) -> Language:
    """The same without what tags and parses: it makes tokens, and lemmas of tagged tokens. Raises `ModelError`."""
    return _load(settings, exclude=_PARSING)


def _load(settings: SegmentSettings, *, exclude: Sequence[str]) -> Language:
    try:
        nlp = spacy.load(settings.model, exclude=list(exclude))
    except OSError as error:
        raise ModelError(f"the spaCy pipeline {settings.model!r} is not installed: {error}") from error
    _keep_names(nlp)
    return nlp


@dataclass(frozen=True, slots=True)
class Segment:
    """Parses the view of each document, all documents of a batch together."""

    nlp: Language
    batch_size: int

    name: ClassVar[str] = "segment"
    reads: ClassVar[frozenset[str]] = frozenset({"view"})
    writes: ClassVar[frozenset[str]] = frozenset({"parse"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        texts = (document.view.text for document in documents if document.view is not None)
        parses = self.nlp.pipe(texts, batch_size=self.batch_size)
        return [replace(document, parse=parse) for document, parse in zip(documents, parses, strict=True)]
