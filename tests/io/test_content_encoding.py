"""Bodies of HTTP answers, decompressed within bounds."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest

from pipeline.errors import RejectArticle
from pipeline.io.content_encoding import decoded_body
from pipeline.io.zstandard import zstd

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "X-GZIP": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "identity": bytes,
    "": bytes,
    "deflate, gzip": lambda raw: gzip.compress(zlib.compress(raw)),
}
BODY = bytes(range(256)) * 3


@pytest.mark.parametrize("encoding", COMPRESS)
def test_every_encoding(encoding: str) -> None:
    assert decoded_body(COMPRESS[encoding](BODY), encoding, 1000) == BODY


def test_deflate_without_a_head() -> None:
    assert decoded_body(zlib.compress(BODY)[2:-4], "deflate", 1000) == BODY


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_no_more_than_the_limit_is_unpacked(encoding: str) -> None:
    assert len(decoded_body(COMPRESS[encoding](bytes(10_000_000)), encoding, 1000)) <= 1001


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "compress"])
@pytest.mark.parametrize("raw", [b"", b"no such thing", b"\xff" * 9])
def test_what_is_no_such_thing(encoding: str, raw: bytes) -> None:
    with pytest.raises(RejectArticle) as caught:
        decoded_body(raw, encoding, 1000)
    assert caught.value.code == "broken_warc"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_what_breaks_off(encoding: str) -> None:
    with pytest.raises(RejectArticle, match="cannot be decompressed"):
        decoded_body(COMPRESS[encoding](BODY)[:-9], encoding, 1000)
