"""A new registry for each test, in every kind of store."""

from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.link.servers import find_binaries, postgres_server

NewPlace = Callable[[], str]


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed: pip install 'dragoman[postgres]'")
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server here; on Debian: apt-get install postgresql")
    with postgres_server(binaries) as dsn:
        yield dsn


@pytest.fixture(params=["sqlite", "postgres"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> NewPlace:
    """Where a registry can be made; another place at each call."""
    count = itertools.count()
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"registry-{next(count)}.sqlite")
    dsn = request.getfixturevalue("postgres_dsn")

    def new_database() -> str:
        import psycopg

        with psycopg.connect(dsn, autocommit=True) as connection:
            name = f"t{connection.execute('SELECT COUNT(*) FROM pg_database').fetchone()[0]}"
            connection.execute(f"CREATE DATABASE {name}")
        return dsn.replace("/postgres?", f"/{name}?")

    return new_database


@pytest.fixture
def place(new_place: NewPlace) -> str:
    return new_place()
