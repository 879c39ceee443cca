"""Inboxes at addresses: a web server, and a file system that fsspec keeps in memory."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import fsspec
import pytest
import tenacity

from pipeline.schedule.report import Report
from tests.schedule.jobs import Job


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenacity.nap, "time", type("Clock", (), {"sleep": staticmethod(lambda _: None)}))


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    return Job(tmp_path, monkeypatch)


class Handler(SimpleHTTPRequestHandler):
    failing = 0
    gets = 0

    def do_GET(self) -> None:
        type(self).gets += 1
        if type(self).failing:
            type(self).failing -= 1
            self.send_error(503)
        else:
            super().do_GET()

    def log_message(self, *_: Any) -> None:
        pass


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    Handler.failing = Handler.gets = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def told(report: Report) -> dict[str, int]:
    return {name: number for name, number in report.counts.items() if number}


def lines(*articles: str) -> str:
    return "".join(json.dumps({"id": article, "text": f"Text {article}"}) + "\n" for article in articles)


def test_a_file_of_a_web_server_is_fetched_when_it_has_changed(job: Job, tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "news.jsonl").write_text(lines("1", "2"))
    os.utime(folder / "news.jsonl", (time.time() - 60,) * 2)
    with serving(folder) as address:
        job.settings["inbox"] = [{"path": f"{address}/news.jsonl"}]
        assert told(job.sync())["documents"] == 2
        fetched = Handler.gets
        assert told(job.sync()) == {}
        assert Handler.gets <= fetched + 1  # what it says of the file
        (folder / "news.jsonl").write_text(lines("1", "2", "3"))
        assert told(job.sync()) == {"files": 1, "articles": 3, "known": 2, "documents": 1, "events": 1}
        assert job.documents() == ["1", "2", "3"]


def test_an_address_whose_name_tells_no_format(job: Job, tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "latest").write_text(lines("1"))
    with serving(folder) as address:
        job.settings["inbox"] = [{"path": f"{address}/latest?n=10", "format": "jsonl", "outlet": "Wire"}]
        job.sync()
    [document] = job.records("documents")
    assert document["doc_id"] == "1"


def test_a_server_that_fails_for_a_moment_is_asked_again(job: Job, tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "news.jsonl").write_text(lines("1"))
    with serving(folder) as address:
        job.settings["inbox"] = [{"path": f"{address}/news.jsonl"}]
        Handler.failing = 2
        assert told(job.sync())["documents"] == 1


def test_a_server_that_is_not_there_fails_the_pass(job: Job) -> None:
    with contextlib.closing(__import__("socket").create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    job.settings["inbox"] = [{"path": f"http://127.0.0.1:{port}/news.jsonl"}, {"path": "inbox"}]
    (job.path / "inbox/a.txt").write_text("Text")
    report = job.sync()
    assert report.outcome == "failed"
    assert "cannot be reached" in str(report.message)
    assert job.documents() == ["a"]


def test_folders_and_globs_of_an_object_store(job: Job) -> None:
    system = fsspec.filesystem("memory")
    for name in ("news/2025/a.jsonl", "news/2025/b.txt", "news/readme.md", "news/c.jsonl.gz"):
        system.pipe(f"/{name}", lines(name).encode() if "jsonl" in name else b"Text")
    try:
        job.settings["inbox"] = [{"path": "memory://news"}]
        report = job.sync()
        assert job.documents() == ["news/2025/a.jsonl", "b"]
        assert told(report)["failing"] == 1
        [trouble] = report.troubles
        assert trouble.name == "memory:///news/c.jsonl.gz"
        job.settings["inbox"] = [{"path": "memory://news/*/b.txt", "done": "delete"}]
        system.pipe("/news/2025/b.txt", b"Another text")
        job.sync()
        assert not system.exists("/news/2025/b.txt")
        assert system.exists("/news/2025/a.jsonl")
    finally:
        system.rm("/news", recursive=True)


def test_what_a_file_system_remembers_of_a_folder_is_not_asked(job: Job, tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "1.jsonl").write_text(lines("1"))
    with serving(folder) as address:
        job.settings["inbox"] = [{"path": f"{address}/", "options": {"use_listings_cache": True}}]
        job.sync()
        (folder / "2.jsonl").write_text(lines("2"))
        assert told(job.sync())["documents"] == 1
    assert job.documents() == ["1", "2"]


def test_a_server_that_deletes_nothing_fails_no_pass(job: Job, tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "1.jsonl").write_text(lines("1"))
    with serving(folder) as address:
        job.settings["inbox"] = [{"path": f"{address}/1.jsonl", "done": "delete"}]
        assert job.sync().outcome == "done"
    assert (folder / "1.jsonl").exists()


def test_an_address_of_an_unknown_kind(job: Job) -> None:
    job.settings["inbox"] = [{"path": "carrier-pigeon://news"}]
    assert "carrier-pigeon" in str(job.sync().message)
