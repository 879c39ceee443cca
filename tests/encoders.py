"""What the tests of the encoder share: a tiny model folder, and a labelled example by words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.train.examples import Example, Happening, Marked, Told

TINY = Path(__file__).parent / "encode" / "tiny"
"""A model folder with random weights; tests/tiny_model.py writes it."""

WORDS = tuple(
    "Envoy Ann Lee met Omar Haddad in Oslo on Monday . \n\n She will visit Kenya in May , the ministry said .".split(
        " "
    )
)
ARCS = (
    "compound compound nsubj ROOT compound dobj prep pobj prep pobj punct dep "
    "nsubj aux ROOT dobj prep pobj punct det nsubj ccomp punct"
)
TAGS = "NN NNP NNP VBD NNP NNP IN NNP IN NNP . _SP PRP MD VB NNP IN NNP , DT NN VBD ."
CLASSES = (
    "NOUN PROPN PROPN VERB PROPN PROPN ADP PROPN ADP PROPN PUNCT SPACE PRON AUX VERB PROPN ADP PROPN PUNCT DET NOUN "
    "VERB PUNCT"
)
HEADS = (2, 2, 3, 3, 5, 3, 3, 6, 3, 8, 3, 10, 14, 14, 14, 14, 14, 16, 14, 20, 21, 14, 14)
LAYERS = frozenset({"PER", "TITLE", "GPE", "ORG", "DATE", "NOM", "events", "holds_position"})


def example(**changes: Any) -> Example:
    """An envoy met somebody and will visit a country."""
    parts: dict[str, Any] = {
        "id": "a",
        "words": WORDS,
        "shapes": bytes([1] * len(WORDS)),
        "lines": bytes(len(WORDS)),
        "known": bytes(len(WORDS)),
        "breaks": (-13,),
        "tags": tuple(TAGS.split()),
        "classes": tuple(CLASSES.split()),
        "arcs": tuple(ARCS.split()),
        "heads": HEADS,
        "annotates": LAYERS,
        "mentions": (
            Marked(0, 1, "TITLE", ("lee",)),
            Marked(1, 3, "PER", ("lee",)),
            Marked(4, 6, "PER", ("haddad",)),
            Marked(7, 8, "GPE", ("NOR:Oslo",)),
            Marked(9, 10, "DATE", (), "2025-06-02"),
            Marked(12, 13, "NOM", ("lee",)),
            Marked(15, 16, "GPE", ("KEN",)),
            Marked(17, 18, "DATE", (), "2025-05"),
            Marked(20, 21, "ORG", ("mfa-nor",)),
        ),
        "triggers": (Told(3, 4, 0), Told(14, 15, 1)),
        "events": (
            Happening(
                "CONSULT/meeting", "occurred", "relative", "2025-06-02", "NOR", "NOR:Oslo", None,
                {"lee": "actor", "haddad": "recipient"}, ("diplomatic",), core=True,
            ),
            Happening(
                "CONSULT/visit", "planned", "explicit", "2025-05", "KEN", None, None,
                {"lee": "actor", "KEN": "recipient", "mfa-nor": "optional"}, (), core=True,
            ),
        ),
        "givers": {"lee": (("Envoy", "mfa-nor"),)},
    }  # fmt: skip
    return Example(**{**parts, **changes})
