"""Grammar that several stages read off the parse, with the parser's usual slips on long titles repaired."""

from __future__ import annotations

from spacy.tokens import Doc, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def main_verb(verb: Token) -> Token:
    """The verb that an auxiliary helps; the verb itself otherwise."""
    while verb.dep_ in ("aux", "auxpass") and verb.head.i > verb.i:
        verb = verb.head
    return verb


def verb_of_subject(parse: Doc, tokens: tuple[int, int]) -> int | None:
    """The token number of the verb that the phrase with this token range is the subject of, or None.

    Where the parser attached the phrase elsewhere (long titles and appositions), the finite verb
    right after it, one comma allowed between them, counts when it has no other subject.
    """
    start, end = tokens
    root = parse[start:end].root
    if root.dep_ in SUBJECTS:
        return main_verb(root.head).i
    at = end
    if at < len(parse) and parse[at].text == "," and any(parse[i].text == "," for i in range(max(start - 1, 0), end)):
        at += 1
    while at < len(parse) and parse[at].pos_ == "ADV":
        at += 1
    if at >= len(parse) or parse[at].tag_ not in _FINITE:
        return None
    verb = main_verb(parse[at])
    if any(c.dep_ in SUBJECTS for c in verb.children):
        return None
    return verb.i
