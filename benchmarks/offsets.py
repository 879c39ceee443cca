"""Does every span slice the raw text, and is every input accounted for?

``python -m benchmarks.offsets DUMP [--limit N] [--out DIR]`` runs `dragoman run` over a JSON Lines dump (gzipped or
not, one object with `text` a line, `id` if it has one) and checks, over every output file, that `text[start:end]` of
the raw article is the span's text, and that each input stands in documents.jsonl or rejects.jsonl exactly once.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.articles import dump


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every span inside a record: the objects with exactly the keys text, start and end."""
    if isinstance(value, dict):
        if value.keys() == {"text", "start", "end"}:
            yield value
        else:
            for part in value.values():
                yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def located(out: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(file, doc_id, span) for every span of an output folder."""
    for record in records(out / "events.jsonl"):
        for span in spans(record):
            yield "events.jsonl", record["source"]["doc_id"], span
    for record in records(out / "documents.jsonl"):
        for span in spans(record):
            yield "documents.jsonl", record["doc_id"], span


def broken(out: Path, raw: dict[str, str]) -> list[str]:
    """What is wrong with the spans of an output folder, given the raw text of each doc_id; empty when all is well."""
    return [
        f"{file}: {doc_id}: {span} but the text has {raw[doc_id][span['start'] : span['end']]!r}"
        for file, doc_id, span in located(out)
        if raw[doc_id][span["start"] : span["end"]] != span["text"]
    ]


def unaccounted(out: Path, lines: int) -> list[str]:
    """What is wrong with the accounting of a dump of that many lines; empty when each stands in one file once."""
    ids = Counter(record["doc_id"] for record in records(out / "documents.jsonl"))
    rejected = Counter(record["line"] for record in records(out / "rejects.jsonl"))
    faults = [f"{doc_id}: {count} lines in documents.jsonl" for doc_id, count in ids.items() if count > 1]
    faults += [f"line {line}: {count} lines in rejects.jsonl" for line, count in rejected.items() if count > 1]
    found = ids.total() + rejected.total()
    if found != lines:
        faults.append(f"{lines} inputs, {ids.total()} documents and {rejected.total()} rejects")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.offsets", description=__doc__.partition("\n")[0])
    parser.add_argument("dump", type=Path)
    parser.add_argument("--limit", type=int, help="only the first N articles")
    parser.add_argument("--out", type=Path, help="keep the output files here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        articles = [
            {"id": item.get("id") or f"line-{number}", "text": item["text"]}
            for number, item in enumerate(itertools.islice(dump(options.dump), options.limit), 1)
        ]
        source, out = Path(scratch, "articles.jsonl"), options.out or Path(scratch, "out")
        source.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
        given = ["--quiet", "--duplicates", "read", str(source)]
        command = [sys.executable, "-m", "pipeline", "run", *given, "--out", str(out)]
        subprocess.run(command, check=True)
        faults = broken(out, {article["id"]: article["text"] for article in articles})
        faults += unaccounted(out, len(articles))
        counts = Counter(file for file, _, _ in located(out))
        rejects = Counter(record["error"] for record in records(out / "rejects.jsonl"))
    for fault in faults[:50]:
        print(fault)
    print(f"{len(articles)} articles, {rejects.total()} rejected {dict(rejects)}")
    print(f"{counts.total()} spans {dict(counts)}, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
