"""A tiny encoder with random weights, and the model folder that the tests without torch read.

python -m tests.tiny_model    writes tests/encode/tiny anew (needs torch)
"""

from __future__ import annotations

import shutil
import string
import tempfile
import warnings
from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from transformers import BertConfig, BertModel

from pipeline.reading.decisions import Decisions
from pipeline.train.export import export
from pipeline.train.label_sets import label_sets
from pipeline.train.network import Network, Sizes
from pipeline.train.recipe import Fit, Recipe
from tests.encoders import TINY, example

SIZES = Sizes(span=8, key=4, pair=4, arc=8, arc_label=4)
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
VOCABULARY = (*SPECIAL, *string.ascii_lowercase, *(f"##{c}" for c in string.ascii_lowercase), *"0123456789.,", "the")


def write_encoder(folder: Path, *, seed: int = 12) -> None:
    """Write a BERT of one layer and its tokenizer."""
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(VOCABULARY), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=128, initializer_range=1.0,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    tokenizer = Tokenizer(WordPiece({piece: n for n, piece in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))


def recipe_for(encoder: Path, **changes: object) -> Recipe:
    """A recipe of two epochs with the encoder of a folder."""
    fit = {"window": 64, "pieces": 512, "epochs": 2, "bfloat16": False, "threads": 1, **changes}
    return Recipe(encoder=str(encoder), sources=(), fit=Fit.model_validate(fit))


def make_tiny(encoder: Path, *, seed: int = 12, chain: bool = False) -> Network:
    """A network with small random heads, ready to be read."""
    torch.manual_seed(seed)
    model = BertModel.from_pretrained(encoder, add_pooling_layer=False, attn_implementation="eager")
    network = Network(model, label_sets([example()]), chain=chain, sizes=SIZES)
    with torch.no_grad():
        for name, value in network.named_parameters():
            if not name.startswith("words.encoder."):
                value.normal_(std=0.0 if name.endswith("bias") else 0.5)
    return network.eval()


def main() -> None:
    """Write the folder."""
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        encoder = Path(scratch)
        write_encoder(encoder)
        shutil.rmtree(TINY, ignore_errors=True)
        export(make_tiny(encoder), recipe_for(encoder), TINY, runtime="onnx")
    Decisions().write(TINY / "decisions.json")


if __name__ == "__main__":
    main()
