"""Detect: event mentions, their arguments and their status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from spacy.tokens import Doc, Token

from pipeline.data import table
from pipeline.document import Document, EventMention
from pipeline.events.arguments import arguments, noun_slots
from pipeline.events.context import Context, make_context
from pipeline.events.cues import cues_of
from pipeline.events.lexicon import Entry
from pipeline.events.match import carrier_of, is_verb, match, objects_of
from pipeline.events.read import read_events
from pipeline.events.status import noun_status, verb_status
from pipeline.events.syntax import Slots

_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS")


def _mentions(context: Context, token: Token) -> Iterator[EventMention]:
    """The event mentions of one trigger: none, one, or one for each country of a tour."""
    mention = _mention(context, token)
    if mention is None:
        return
    if mention.mode != "visit" or len(mention.recipients) < 2:
        yield mention
        return
    for recipient in mention.recipients:
        yield replace(mention, recipients=(recipient,))


def _mention(context: Context, token: Token) -> EventMention | None:
    verb = is_verb(token)
    carrier = None if verb else carrier_of(context, token)
    entry = match(context, token, carrier)
    if entry is None or _is_topic(context, entry, token):
        return None
    if verb and token.lemma_ in context.talking and _is_purpose(context, token):
        return None
    slots = Slots()
    if verb:
        context.syntax.verb_slots(token, slots)
    else:
        slots = noun_slots(context, token, carrier)
    actors, recipients = arguments(context, entry, slots)
    start, end = _extent(context, token, carrier, entry)
    view = context.document.view
    if view is None:
        return None
    first, last = context.parse[start], context.parse[end - 1]
    return EventMention(
        tokens=(start, end),
        head=token.i,
        span=view.raw(first.idx, last.idx + len(last)),
        type=entry.type,
        mode=_mode(entry, token),
        status=verb_status(token) if verb else noun_status(token, carrier),
        frame=entry.id,
        actors=actors,
        recipients=recipients,
        definite=not verb and _is_definite(token),
        cues=cues_of(context.document, token, carrier, verb=verb),
    )


def _mode(entry: Entry, token: Token) -> str | None:
    """The entry's mode, or the one that the words after the trigger decide ("@request")."""
    if entry.mode is None or not entry.mode.startswith("@"):
        return entry.mode
    choices = table("detect")["modes"][entry.mode[1:]]
    for other in token.subtree:
        if other.i > token.i:
            for mode, words in choices["words"].items():
                if other.lemma_.lower() in words:
                    return str(mode)
    return choices["default"] or None


def _is_topic(context: Context, entry: Entry, token: Token) -> bool:
    """Whether a trigger only names what is talked or thought about, or what somebody commits to do."""
    head = token.head
    if entry.verb:
        return token.dep_ == "xcomp" and entry.type != "CONSULT" and head.lemma_ in context.commitments
    while token.dep_ == "conj":
        token, head = token.head, token.head.head
    if token.dep_ != "pobj" or head.lower_ not in ("on", "for", "of", "in", "over"):
        return False
    above = head.head.lemma_.lower()
    return above in (context.speech_topics if head.lower_ in ("on", "for", "over") else context.thought_topics) or (
        head.lower_ == "for" and above in context.thought_topics
    )


def _is_purpose(context: Context, verb: Token) -> bool:
    """Whether "to discuss …" only says what talks named in the same clause are for."""
    head = verb.head.head if verb.head.dep_ == "prep" else verb.head
    if verb.dep_ not in ("xcomp", "advcl", "acl", "relcl", "pcomp", "conj") or head is verb:
        return False
    carrier = None if head.pos_ == "VERB" else carrier_of(context, head)
    for token in (head, *(c for c in head.children if c.dep_ in ("dobj", "pobj"))):
        entry = match(context, token, carrier) if token.lemma_ not in context.talking else None
        if entry is not None and entry.type == "CONSULT" and entry.mode != "visit":
            return True
    return False


def _extent(context: Context, token: Token, carrier: Token | None, entry: Entry) -> tuple[int, int]:
    """The trigger phrase: a verb with its particle, a noun with its adjectives and carrying verb."""
    start, end = token.i, token.i + 1
    if entry.verb:
        wanted = {w for c in entry.conditions if c.kind in ("prt",) and not c.negative for w in c.words}
        if end < len(context.parse) and context.parse[end].lower_ in {"with", "by", *wanted}:
            end += 1
        objects = [w for c in entry.conditions if c.kind == "obj" and not c.negative for w in c.words]
        for obj in objects_of(context, token):
            if obj.lemma_.lower() in objects and token.i < obj.i <= token.i + 4:
                end = max(end, obj.i + 1)
        return start, end
    while (
        start > 0
        and context.parse[start - 1].dep_ in ("amod", "compound")
        and context.parse[start - 1].head.i == token.i
        and (start - 1) not in context.syntax.unit_at
    ):
        start -= 1
    if (
        carrier is not None
        and token.dep_ == "dobj"
        and carrier.lemma_.lower() in context.support
        and 0 < start - carrier.i <= 3
    ):
        start = carrier.i
    return start, end


def _is_definite(noun: Token) -> bool:
    return any(
        (c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these")) or c.dep_ == "poss" for c in noun.children
    )


def detect(document: Document) -> Iterator[EventMention]:
    """The event mentions of a document, in the order of the text."""
    if document.parse is None:
        return
    ruled = _by_rules(document, document.parse)
    if document.reading is None:
        yield from ruled
    else:
        yield from read_events(document, document.reading, ruled)


def _by_rules(document: Document, parse: Doc) -> Iterator[EventMention]:
    context = make_context(document, parse)
    blocked = {
        i
        for m in document.mentions
        if m.label in ("person", "title", "organization", "document", "date")
        for i in range(*m.tokens)
    }
    taken: set[int] = set()
    for token in parse:
        is_noun = token.tag_ in _NOUN_TAGS
        if token.i in taken or token.i in blocked or not (is_noun or token.pos_ == "VERB"):
            continue
        for mention in _mentions(context, token):
            taken.update(range(*mention.tokens))
            yield mention


@dataclass(frozen=True, slots=True)
class Detect:
    """Adds the event mentions of each document."""

    name: ClassVar[str] = "detect"
    reads: ClassVar[frozenset[str]] = frozenset({"view", "parse", "mentions", "entities", "units"})
    writes: ClassVar[frozenset[str]] = frozenset({"event_mentions"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [replace(document, event_mentions=tuple(detect(document))) for document in documents]
