"""Gold articles for tests: one made by hand, and a strategy for any."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from pipeline.gold.model import (
    GoldArticle,
    GoldEntity,
    GoldEvent,
    GoldMention,
    GoldPlace,
    GoldRelation,
    GoldSpan,
    Layer,
    MentionLabel,
    RelationType,
)
from pipeline.record import MODES, EventType, Status

EVERYTHING = tuple(sorted(layer for layer in get_args(Layer) if layer != "PLACE"))

LETTERS = "abz AZ09éəİşßйק中😀 \n\t.,;:'’\"“-_–&<>/\\"
STATES = ("AZE", "KEN", "IRQ", "BHR", "FRA")
KEYS = ("rafiyev", "sing-oei", "mfa-aze", "un", "al.zayani", "p_1")
PLACES = (*STATES, "KEN:Nairobi", "BHR:Al Manāmah", "FRA:Saint-Denis")
DATES = ("2025-06-03", "2025-06", "2025", "2025-06-03/2025-06-05", "2024-12/2025-01")
CONTEXTS = ("diplomatic", "economic", "human_rights")
FREE_TEXT = st.text(LETTERS.replace("\n", "").replace("\t", ""), min_size=1, max_size=12).filter(
    lambda s: s == s.strip() and s != "-"
)


def span(text: str, quote: str, nth: int = 0) -> dict[str, Any]:
    """The nth occurrence of a quote, as a span's fields."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return {"start": start, "end": start + len(quote), "text": quote}


@st.composite
def articles(draw: st.DrawFn, *, overlapping: bool = False, one_line: bool = False) -> GoldArticle:
    """Any gold article.

    Spans overlap only if `overlapping`; with `one_line` none holds a line break. Keys, names and titles hold all the
    signs that formats use for themselves.
    """
    text = draw(st.text(LETTERS, min_size=1, max_size=120).filter(str.strip))
    spans = draw(_spans(text, overlapping=overlapping, one_line=one_line))
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=5))
    entities = [
        GoldEntity(key=key, kind="person", name=draw(FREE_TEXT), aliases=draw(st.lists(FREE_TEXT, max_size=1)))
        if draw(st.booleans())
        else GoldEntity(key=key, kind="organization", name=draw(FREE_TEXT), country=draw(_maybe(STATES)))
        for key in keys
    ]
    people = [entity.key for entity in entities if entity.kind == "person"]
    organisations = [entity.key for entity in entities if entity.kind == "organization"]
    everyone = [*keys, *STATES]
    roles = draw(st.lists(st.booleans(), min_size=len(spans), max_size=len(spans)))
    triggers = [place for place, is_trigger in zip(spans, roles, strict=True) if is_trigger]
    mentions = [
        draw(_mention(text, place, people, organisations))
        for place, is_trigger in zip(spans, roles, strict=True)
        if not is_trigger
    ]
    participants = st.lists(st.sampled_from(everyone), max_size=3)
    events = []
    for number, start in enumerate(range(0, len(triggers), 2), 1):
        kind = draw(st.sampled_from(get_args(EventType)))
        events.append(
            GoldEvent(
                id=f"e{number}",
                type=kind,
                mode=draw(_maybe(sorted(MODES.get(kind, ())))),
                status=draw(st.sampled_from(get_args(Status))),
                date=draw(_maybe(DATES)),
                date_basis=draw(st.sampled_from(("explicit", "relative", "publication", "none"))),
                place=GoldPlace(
                    city=draw(_maybe(("Nairobi", "Al Manāmah"))),
                    country=draw(_maybe(STATES)),
                    facility=draw(st.one_of(st.none(), FREE_TEXT)),
                ),
                actors=draw(st.lists(st.sampled_from(everyone), min_size=1, max_size=3)),
                recipients=draw(participants),
                optional=draw(participants),
                contexts=draw(st.lists(st.sampled_from(CONTEXTS), max_size=2)),
                triggers=[_plain(text, *place) for place in triggers[start : start + 2]],
                core=draw(st.booleans()),
            )
        )
    relations = [
        GoldRelation(
            type="holds_position",
            subject=person,
            object=draw(st.one_of(_maybe(everyone), FREE_TEXT)),
            title=draw(FREE_TEXT),
        )
        for person in people
        if draw(st.booleans())
    ]
    if keys and draw(st.booleans()):
        kind = draw(st.sampled_from([k for k in get_args(RelationType) if k != "holds_position"]))
        relations.append(
            GoldRelation(type=kind, subject=draw(st.sampled_from(keys)), object=draw(st.sampled_from(everyone)))
        )
    return GoldArticle(
        id=draw(st.sampled_from(("dev-az-001", "Ünï.code 1", "2025_05"))),
        outlet=draw(st.one_of(st.none(), FREE_TEXT)),
        url=draw(_maybe(("https://example.org/a?b=c&d",))),
        published=draw(st.one_of(st.none(), st.dates())),
        title=draw(st.one_of(st.none(), FREE_TEXT)),
        source=draw(_maybe(("sd245393",))),
        annotates=draw(st.lists(st.sampled_from(get_args(Layer)), max_size=20)),
        cited=draw(st.lists(st.one_of(st.sampled_from(everyone), FREE_TEXT), max_size=2, unique=True)),
        text=text,
        entities=entities,
        mentions=mentions,
        relations=relations,
        events=events,
    )


@st.composite
def _spans(draw: st.DrawFn, text: str, *, overlapping: bool, one_line: bool) -> list[tuple[int, int]]:
    edges = sorted(draw(st.lists(st.integers(0, len(text)), unique=True, max_size=12)))
    if overlapping:
        found = {(a, b) for a in edges for b in edges if a < b and draw(st.integers(0, 3)) == 0}
    else:
        found = set(zip(edges[::2], edges[1::2], strict=False))
    good = (
        (a, b) for a, b in found if text[a:b] == text[a:b].strip() and not (one_line and set("\n\t") & set(text[a:b]))
    )
    return sorted(good)


@st.composite
def _mention(
    draw: st.DrawFn, text: str, place: tuple[int, int], people: list[str], organisations: list[str]
) -> GoldMention:
    label = draw(st.sampled_from(get_args(MentionLabel)))
    pools: dict[str, list[str]] = {
        "PER": people, "TITLE": people, "ORG": organisations, "GPE": list(PLACES), "NORP": list(STATES),
        "FAC": ["airport"], "NEV": ["cop-29"], "DOC": ["bukhara"], "NOM": [*people, *organisations, *STATES],
    }  # fmt: skip
    pool = pools.get(label, [])
    most = 3 if label == "NOM" else 1
    entities = draw(st.lists(st.sampled_from(pool), max_size=most, unique=True)) if pool else []
    value = draw(_maybe(DATES)) if label == "DATE" else None
    return GoldMention(**_plain(text, *place).model_dump(), label=label, entities=entities, value=value)


def _plain(text: str, start: int, end: int) -> GoldSpan:
    return GoldSpan(start=start, end=end, text=text[start:end])


def _maybe(values: Any) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.sampled_from(values)) if values else st.none()


def bare(id: str, text: str, **head: Any) -> GoldArticle:
    """An article in which nothing is labelled."""
    empty: dict[str, list[Any]] = {name: [] for name in ("cited", "entities", "mentions", "relations", "events")}
    return GoldArticle(id=id, text=text, annotates=list(EVERYTHING), **empty, **head)


VISIT_TEXT = (
    "On June 2, Azerbaijan's Deputy Foreign Minister Yalchin Rafiyev visited Kenya. In Nairobi he met "
    "Musalia Mudavadi, Prime Cabinet Secretary of Kenya. Rafiyev thanked the United Nations."
)


def visit() -> GoldArticle:
    """A small article with a visit, a meeting and a vote of thanks."""
    text = VISIT_TEXT
    place = {"city": None, "country": "KEN", "facility": None}
    shared: dict[str, Any] = {"status": "occurred", "date": "2025-06-02", "date_basis": "explicit", "place": place}
    return GoldArticle.model_validate(
        {
            "id": "visit",
            "outlet": "Caspian Wire",
            "published": "2025-06-03",
            "annotates": list(EVERYTHING),
            "cited": [],
            "text": text,
            "entities": [
                {"key": "rafiyev", "kind": "person", "name": "Yalchin Rafiyev"},
                {"key": "mudavadi", "kind": "person", "name": "Musalia Mudavadi"},
                {"key": "un", "kind": "organization", "name": "United Nations"},
            ],
            "mentions": [
                {"label": "DATE", **span(text, "June 2"), "value": "2025-06-02"},
                {"label": "GPE", **span(text, "Azerbaijan"), "entities": ["AZE"]},
                {"label": "TITLE", **span(text, "Deputy Foreign Minister"), "entities": ["rafiyev"]},
                {"label": "PER", **span(text, "Yalchin Rafiyev"), "entities": ["rafiyev"]},
                {"label": "GPE", **span(text, "Kenya"), "entities": ["KEN"]},
                {"label": "GPE", **span(text, "Nairobi"), "entities": ["KEN:Nairobi"]},
                {"label": "NOM", **span(text, "he"), "entities": ["rafiyev"]},
                {"label": "PER", **span(text, "Musalia Mudavadi"), "entities": ["mudavadi"]},
                {"label": "TITLE", **span(text, "Prime Cabinet Secretary"), "entities": ["mudavadi"]},
                {"label": "GPE", **span(text, "Kenya", 1), "entities": ["KEN"]},
                {"label": "PER", **span(text, "Rafiyev", 1), "entities": ["rafiyev"]},
                {"label": "ORG", **span(text, "United Nations"), "entities": ["un"]},
            ],
            "relations": [
                {"type": "holds_position", "subject": "rafiyev", "object": "AZE", "title": "Deputy Foreign Minister"},
                {"type": "holds_position", "subject": "mudavadi", "object": "KEN", "title": "Prime Cabinet Secretary"},
            ],
            "events": [
                {"id": "e1", "type": "CONSULT", "mode": "visit", **shared, "actors": ["rafiyev"],
                 "recipients": ["KEN"], "optional": [], "contexts": ["diplomatic"],
                 "triggers": [span(text, "visited")], "core": True},
                {"id": "e2", "type": "CONSULT", "mode": "meeting", **shared,
                 "place": {"city": "Nairobi", "country": "KEN", "facility": None},
                 "actors": ["rafiyev", "mudavadi"], "recipients": [], "optional": ["AZE", "KEN"],
                 "contexts": ["diplomatic"], "triggers": [span(text, "met")], "core": True},
                {"id": "e3", "type": "SUPPORT", "mode": "praise", "status": "occurred", "date": None,
                 "date_basis": "none", "place": {"city": None, "country": None, "facility": None},
                 "actors": ["rafiyev"], "recipients": ["un"], "optional": [], "contexts": [],
                 "triggers": [span(text, "thanked")], "core": False},
            ],
        }
    )  # fmt: skip
