"""Formats: what files of articles can be, and what their names end in."""

from __future__ import annotations

from typing import Literal

Format = Literal["text", "jsonl", "csv", "html", "feed", "mail", "mbox", "parquet", "warc", "wacz", "zip", "tar"]

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".eml": "mail",
    ".mbox": "mbox",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wacz": "wacz",
}
ONE_A_FILE: frozenset[Format] = frozenset(("text", "html", "mail"))
"""Formats of one article a file, whose id is the file's name unless the file says another."""

COMPRESSIONS = (".gz", ".bz2", ".xz", ".zst")
ARCHIVES: dict[str, Format] = {
    ".zip": "zip",
    **dict.fromkeys((".tar", ".tgz", ".tbz2", ".txz", ".tzst", *(".tar" + suffix for suffix in COMPRESSIONS)), "tar"),
}
"""What the names of archives end in."""
