"""Bodies of HTTP answers as they were before they were compressed for the way."""

from __future__ import annotations

import zlib

from pipeline.errors import RejectArticle
from pipeline.io.zstandard import zstd


def decoded_body(raw: bytes, encodings: str, limit: int) -> bytes:
    """The body, never more than `limit` + 1 bytes of it; `encodings` is the header Content-Encoding.

    Raises `RejectArticle` (`broken_warc`) for a body that is damaged, and for an unknown encoding.
    """
    for encoding in reversed(encodings.lower().split(",")):
        try:
            raw = _decoded(raw, encoding.strip(), limit + 1)
        except (zlib.error, zstd.ZstdError, EOFError) as error:
            raise RejectArticle("broken_warc", f"the page cannot be decompressed: {error}") from error
    return raw


def _decoded(raw: bytes, encoding: str, most: int) -> bytes:
    match encoding:
        case "" | "identity":
            return raw
        case "gzip" | "x-gzip" | "deflate":
            # Some servers send what they call deflate without a head, whose first byte has 8 in its lower half.
            bare = encoding == "deflate" and raw[:1] and raw[0] & 15 != 8
            inflate = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
            body, whole = inflate.decompress(raw, most), inflate.eof
        case "zstd":
            unpack = zstd.ZstdDecompressor()
            body, whole = unpack.decompress(raw, most), unpack.eof
        case "br":
            import brotli

            reader = brotli.Decompressor()
            try:
                body = reader.process(raw, output_buffer_limit=most)[:most]  # it stops at the next block only
            except brotli.error as error:
                raise EOFError(str(error)) from error
            whole = reader.is_finished()
        case _:
            raise RejectArticle("broken_warc", f"the page is encoded in {encoding[:40]!r}, which is not known")
    if not whole and len(body) < most:
        raise EOFError("it breaks off")
    return body
