"""Merge: which event mentions of an article speak of one real-world event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.data import table
from pipeline.document import Document, EventMention

GENERIC = "meeting"
"""The mode that a bare "talks" or "meeting" has; it joins any other mode of CONSULT but visit."""


@dataclass(slots=True)
class Draft:
    """An event under construction; `mentions` are indices into `Document.event_mentions`."""

    type: str
    mode: str | None
    status: str
    actors: list[str]
    recipients: list[str]
    mentions: list[int] = field(default_factory=list)

    def everyone(self) -> set[str]:
        return {*self.actors, *self.recipients}


class World:
    """Countries of the participants of one document, and where each trigger stands."""

    def __init__(self, document: Document) -> None:
        self.country = {e.key: e.country for e in document.entities}
        self.kind = {e.key: e.kind for e in document.entities}
        words = table("detect")["merge"]["state_organs"]
        self.organs = {
            e.key for e in document.entities if e.kind == "organization" and any(w in e.name.lower() for w in words)
        }
        self.bodies: dict[str, set[str]] = {}
        for relation in document.relations:
            if relation.type == "holds_position":
                self.bodies.setdefault(relation.subject, set()).add(relation.object)
        parse = document.parse
        self.sentence = {t.i: n for n, s in enumerate(parse.sents) for t in s} if parse is not None else {}

    def state(self, key: str) -> str | None:
        """The state of a participant; a key that is no entity is a state's code."""
        return self.country.get(key, key)

    def is_state(self, key: str) -> bool:
        return self.kind.get(key, "country") == "country"

    def is_person(self, key: str) -> bool:
        return self.kind.get(key) == "person"

    def prefer_people(self, keys: Sequence[str], others: Sequence[str] = ()) -> list[str]:
        """Drop a state, and a state's organisation, for which a person among `keys` stands."""
        states = {self.country.get(k) for k in (*keys, *others) if self.is_person(k)} - {None}
        bodies = {body for k in (*keys, *others) if self.is_person(k) for body in self.bodies.get(k, ())}
        return [
            k for k in dict.fromkeys(keys) if self.is_person(k) or (self.state(k) not in states and k not in bodies)
        ]

    def same_party(self, a: str, b: str) -> bool:
        """Whether two keys are one side: the same entity, or a state and its person or ministry."""
        if a == b:
            return True
        if self.is_person(a) and self.is_person(b):
            return False
        if b in self.bodies.get(a, ()) or a in self.bodies.get(b, ()):
            return True
        if any(self.kind.get(k) == "organization" and k not in self.organs for k in (a, b)):
            return False
        return self.state(a) is not None and self.state(a) == self.state(b)


def _dates_differ(a: EventMention, b: EventMention) -> bool:
    if a.date.start is None or b.date.start is None or a.date.end is None or b.date.end is None:
        return False
    return a.date.end < b.date.start or b.date.end < a.date.start


def _places_differ(a: EventMention, b: EventMention) -> bool:
    if a.place.country and b.place.country and a.place.country != b.place.country:
        return True
    return bool(a.place.city and b.place.city and a.place.city != b.place.city)


def _modes_fit(draft: Draft, mention: EventMention, *, anaphoric: bool) -> bool:
    """Same mode; or a word for any talks ("the meeting", "the discussions") that points back."""
    if draft.mode == mention.mode:
        return True
    if draft.type != "CONSULT" or "visit" in (draft.mode, mention.mode):
        return False
    words = table("detect")["merge"]
    return (anaphoric and mention.word in words["any_talks"]) or mention.word in words["any_talk_verbs"]


_SCENE = frozenset({"after:during", "after:after", "after:following", "after:since", "after:throughout", "possessive"})
HAPPENS = {
    "occurred": "real",
    "ongoing": "real",
    "planned": "planned",
    "hypothetical": "open",
    "cancelled": "off",
    "negated": "off",
}
"""What a status says of an event: that it is or was so, will be, may be, or is not."""


def _status_fits(draft: Draft, mentions: Sequence[EventMention], mention: EventMention) -> bool:
    """Headlines use the present for everything: their status says nothing."""
    a, b = HAPPENS[draft.status], HAPPENS[mention.status]
    return a == b or _scene(mention) or "real" not in (a, b) or "headline" in mention.cues or _headlines(mentions)


def _scene(mention: EventMention) -> bool:
    """Whether a phrase only sets the scene ("during the visit, X will …"): its clause's tense is not its own."""
    return mention.definite and bool(mention.cues & _SCENE)


def _headlines(mentions: Sequence[EventMention]) -> bool:
    return all("headline" in m.cues for m in mentions)


def _covers(world: World, big: set[str], small: set[str]) -> bool:
    return all(any(world.same_party(a, b) for b in big) for a in small)


def _fit(world: World, document: Document, draft: Draft, mention: EventMention) -> float:
    """How well a mention continues a draft; 0 when it cannot."""
    talking = mention.word in table("detect")["merge"]["any_talk_verbs"]
    anaphoric = mention.definite or talking or "after:during" in mention.cues
    if draft.type != mention.type or not _modes_fit(draft, mention, anaphoric=anaphoric):
        return 0.0
    mentions = [document.event_mentions[i] for i in draft.mentions]
    if any(_dates_differ(m, mention) or (not talking and _places_differ(m, mention)) for m in mentions):
        return 0.0
    mine, theirs = {*mention.actors, *mention.recipients}, draft.everyone()
    distance = world.sentence.get(mention.head, 0) - world.sentence.get(mentions[-1].head, 0)
    near = 1.0 / (1 + max(distance, 0))
    same_mode = 0.3 if draft.mode == mention.mode else 0.0
    if not mine:
        if not anaphoric and mention.type == "CONSULT":
            return 0.0
        if mention.status != "occurred" and not _status_fits(draft, mentions, mention):
            return 0.0
        return 0.4 + near + same_mode if (anaphoric or near > 0.4) and distance <= 12 else 0.0
    if not _status_fits(draft, mentions, mention):
        return 0.0
    if mention.mode == "visit" and not _same_visit(world, draft, mention):
        return 0.0
    shared = sum(any(world.same_party(a, b) for b in theirs) for a in mine)
    if shared == 0:
        return 0.0
    if mention.type != "CONSULT" and distance > 2 and mention.word not in {m.word for m in mentions}:
        return 0.0
    if _covers(world, theirs, mine) or _covers(world, mine, theirs):
        people_mine = {k for k in mine if world.is_person(k)}
        people_theirs = {k for k in theirs if world.is_person(k)}
        if people_mine and people_theirs and not people_mine & people_theirs:
            return 0.0
        if "indefinite" in mention.cues and len(mine) > 1 and people_mine != people_theirs and not _headlines(mentions):
            return 0.0
        one_sided = len(mine) == 1 < len(theirs) or (len(theirs) == 1 < len(mine) and distance > 1)
        if one_sided and not anaphoric and mention.type == "CONSULT" and mention.mode != "visit":
            return 0.0
        return 1.0 + near + same_mode + 0.2 * shared
    return 0.0


def _same_visit(world: World, draft: Draft, mention: EventMention) -> bool:
    """Visits are one when the same people go to the same country."""
    if mention.recipients and draft.recipients and not set(mention.recipients) & set(draft.recipients):
        return False
    return (
        not mention.actors
        or not draft.actors
        or any(world.same_party(a, b) for a in mention.actors for b in draft.actors)
    )


def _absorb(world: World, document: Document, draft: Draft, index: int) -> None:
    mention = document.event_mentions[index]
    if _headlines([document.event_mentions[i] for i in draft.mentions]):
        draft.status = mention.status
    draft.mentions.append(index)
    draft.actors = world.prefer_people([*draft.actors, *mention.actors])
    draft.recipients = [k for k in dict.fromkeys([*draft.recipients, *mention.recipients]) if k not in draft.actors]
    if draft.mode == GENERIC and mention.mode in ("consultations", "negotiation", "phone"):
        draft.mode = mention.mode
    if (
        draft.status != mention.status
        and "headline" not in mention.cues
        and not _scene(mention)
        and {*mention.actors, *mention.recipients}
    ):
        draft.status = _stronger(draft.status, mention.status)


def _stronger(a: str, b: str) -> str:
    order = ("cancelled", "negated", "occurred", "ongoing", "planned", "hypothetical")
    return min(a, b, key=order.index)


def merge(document: Document, world: World) -> list[Draft]:
    """Drafts of the events of a document, in the order of their first mention; `world` is the document's."""
    drafts: list[Draft] = []
    for index, mention in enumerate(document.event_mentions):
        scored = [(_fit(world, document, draft, mention), n) for n, draft in enumerate(drafts)]
        best, n = max(scored, default=(0.0, -1))
        if best > 0:
            _absorb(world, document, drafts[n], index)
            continue
        actors = world.prefer_people(mention.actors)
        if not actors and mention.mode == "sign":
            actors = _parties_of_talks(world, document, drafts, mention)
        if not actors and not mention.recipients:
            continue
        if len(actors) < 2 and mention.word in table("detect")["merge"]["any_talk_verbs"]:
            continue
        recipients = [k for k in mention.recipients if k not in actors]
        drafts.append(Draft(mention.type, mention.mode, mention.status, actors, recipients, [index]))
    drafts = _join_equals(document, drafts)
    for draft in drafts:
        if draft.mode == "multilateral" and len(draft.actors) == 2 and all(map(world.is_person, draft.actors)):
            draft.mode = GENERIC
        if draft.mode == "visit" and not draft.recipients:
            draft.recipients = _destination(world, document, draft, drafts)
    return drafts


def _join_equals(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """Join drafts that turned out the same: kind, reality, at least two parties, no other day or place."""
    kept: list[Draft] = []
    for draft in drafts:
        mentions = [document.event_mentions[i] for i in draft.mentions]
        for other in kept:
            others = [document.event_mentions[i] for i in other.mentions]
            same = (
                (draft.type, draft.mode, set(draft.actors), set(draft.recipients))
                == (other.type, other.mode, set(other.actors), set(other.recipients))
                and HAPPENS[draft.status] == HAPPENS[other.status]
                and len(draft.everyone()) > 1
            )
            if same and not any(_dates_differ(a, b) or _places_differ(a, b) for a in others for b in mentions):
                other.mentions += draft.mentions
                break
        else:
            kept.append(draft)
    return kept


def _parties_of_talks(world: World, document: Document, drafts: Sequence[Draft], mention: EventMention) -> list[str]:
    """Who signs when nobody is named: the sides of the talks just before ("a memorandum was signed")."""
    here = world.sentence.get(mention.head, 0)
    for draft in reversed(drafts):
        last = world.sentence.get(document.event_mentions[draft.mentions[-1]].head, 0)
        talks = draft.type == "CONSULT" and draft.mode != "visit" and len(draft.actors) > 1
        if talks and HAPPENS[draft.status] == HAPPENS[mention.status] and here - last <= 3:
            return list(draft.actors)
    return []


def _destination(world: World, document: Document, draft: Draft, drafts: Sequence[Draft]) -> list[str]:
    """The country of a visit that names none: where its clause places it, else where the story takes place."""
    home = {world.state(k) for k in draft.actors}
    own = [document.event_mentions[i].place.country for i in draft.mentions]
    around = Counter(
        country
        for d in drafts
        for i in d.mentions
        if (country := document.event_mentions[i].place.country) not in (None, *home)
    )
    likely = sorted(around, key=lambda c: (-around[c], c or ""))
    found = next((c for c in (*own, *likely) if c is not None and c not in home), None)
    return [found] if found else []
