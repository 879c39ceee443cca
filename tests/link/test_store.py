"""Where a registry is kept: one writer, readers that never wait, and what is refused."""

from __future__ import annotations

import importlib.util
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.link.registry import open_registry
from pipeline.link.store import RegistryError, open_store
from tests.link.matching import WordMatcher, article, person

PSYCOPG = pytest.mark.skipif(importlib.util.find_spec("psycopg") is None, reason="psycopg is not installed")


def test_readers_see_the_last_commit_while_another_writes(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link([article("a", person("Anna Berg"))])
    writer = open_store(place, create=False, timeout=5)
    with open_registry(place, create=False, timeout=0.1) as reader:
        with writer.writing():
            writer.rows("UPDATE form SET text = 'Carl Dahl'")
            (entity,) = reader.entities()
            assert entity.name == "Anna Berg"
            assert reader.page(text="anna").total == 1
        (entity,) = reader.entities()
        assert entity.name == "Carl Dahl"
    writer.close()


def test_a_list_of_everything_is_of_one_moment(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry, open_registry(place, matcher=WordMatcher()) as other:
        registry.link([article(f"a{n}", person(f"Anna B{n}")) for n in range(600)])
        entities = registry.entities()
        seen = [next(entities)]
        other.link([article("later", person("Carl Dahl"))])
        other.merge(seen[0].id, other.search("Anna B599")[0].entity.id)
        with pytest.raises(RegistryError, match="still being read"):
            registry.link([])
        assert registry.get(seen[0].id) == seen[0]
        seen += entities
        assert len(seen) == 600
        assert len(list(registry.entities())) == 600


def test_a_writer_waits_for_another_but_not_for_ever(place: str) -> None:
    open_registry(place).close()
    holder = open_store(place, create=False, timeout=5)
    with open_registry(place, matcher=WordMatcher(), timeout=0.1) as registry:
        with holder.writing(), pytest.raises(RegistryError, match="another process is writing to it"):
            registry.link([])
        registry.link([])
    holding, release = threading.Event(), threading.Event()

    def hold() -> None:
        store = open_store(place, create=False, timeout=5)
        with store.writing():
            holding.set()
            release.wait(5)
        store.close()

    with ThreadPoolExecutor(1) as threads, open_registry(place, matcher=WordMatcher(), timeout=30) as registry:
        held = threads.submit(hold)
        holding.wait(5)
        threading.Timer(0.2, release.set).start()
        assert registry.link([article("a", person("Anna Berg"))])
        held.result()
    holder.close()


def test_many_may_make_and_link_it_at_once(place: str) -> None:
    def link(worker: int) -> list[tuple[str, ...]]:
        with open_registry(place, matcher=WordMatcher()) as registry:
            return [registry.link([article(f"{worker} {n}", person("Anna Berg"))])[0] for n in range(5)]

    with ThreadPoolExecutor(6) as threads:
        ids = {id for found in threads.map(link, range(6)) for (id,) in found}
    assert len(ids) == 1
    with open_registry(place, create=False) as registry:
        (entity,) = registry.entities()
        assert entity.documents == 30


def test_what_is_read_stays_after_closing(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        ids = registry.link([article("a", person("Anna Berg"))])
    with open_registry(place, matcher=WordMatcher(), create=False) as registry:
        assert registry.link([article("b", person("Anna Berg"))]) == ids


def test_none_is_made_when_not_asked_to(place: str) -> None:
    with pytest.raises(RegistryError, match="no registry there"):
        open_registry(place, create=False)
    with pytest.raises(RegistryError, match="no registry there"):
        open_registry(place, create=False)


def test_a_later_version_is_refused(place: str) -> None:
    store = open_store(place, create=True, timeout=5)
    with store.writing():
        store.rows("UPDATE meta SET value = '99' WHERE name = 'schema'")
    store.close()
    with pytest.raises(RegistryError, match="tables of version 99, this dragoman reads 1"):
        open_registry(place)


def test_other_files_are_refused_and_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    text = tmp_path / "notes.txt"
    text.write_text("no database " * 100)
    before = other.read_bytes(), text.read_bytes()
    for path in (other, text, tmp_path):
        for create in (True, False):
            with pytest.raises(RegistryError, match=path.name):
                open_registry(path, create=create)
    assert (other.read_bytes(), text.read_bytes()) == before


def test_a_file_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a #1 %3f?.sqlite"
    open_registry(path).close()
    assert path.exists()
    with pytest.raises(RegistryError, match="cannot be made"):
        open_registry(path / "below" / "x.sqlite")


def test_an_empty_file_becomes_a_registry_only_when_asked_to(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    with pytest.raises(RegistryError, match="not a registry"):
        open_registry(path, create=False)
    open_registry(path).close()
    open_registry(path, create=False).close()


def test_a_file_keeps_what_a_power_cut_would_take(tmp_path: Path) -> None:
    store = open_store(tmp_path / "registry.sqlite", create=True, timeout=5)
    assert store.rows("PRAGMA journal_mode") == [("wal",)]
    assert store.rows("PRAGMA synchronous") == [(2,)]
    store.close()


def test_a_registry_in_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_registry(":memory:", matcher=WordMatcher()) as registry:
        registry.link([article("a", person("Anna Berg"))])
        assert registry.stats().articles == 1
    assert list(tmp_path.iterdir()) == []


def test_postgres_without_its_driver_names_the_extra() -> None:
    script = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from pipeline.link.registry import open_registry\n"
        "open_registry('postgresql://u:secret@localhost/x')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert "dragoman[postgres]" in done.stderr
    assert "RegistryError" in done.stderr


@PSYCOPG
@pytest.mark.parametrize("dsn", ["postgresql://u:secret@/x?host=/nowhere", "postgresql://u:secret@[::1/x"])
def test_no_message_has_the_password(dsn: str) -> None:
    with pytest.raises(RegistryError) as error:
        open_registry(dsn)
    assert "secret" not in str(error.value)


def test_sqlite_does_not_load_the_driver_of_postgres() -> None:
    script = (
        "import sys\nfrom pipeline.link.registry import open_registry\n"
        "open_registry(':memory:').close()\nsys.exit('psycopg' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])
