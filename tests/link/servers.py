"""A PostgreSQL server of its own for a test run: in a temporary folder, on a socket that only this machine sees."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")


def find_binaries() -> Path | None:
    """The folder with initdb and postgres: the newest of Debian's, else where the shell finds them."""
    if DEBIAN.is_dir():
        versions = [p for p in DEBIAN.iterdir() if (p / "bin" / "initdb").exists()]
        if versions:
            return max(versions, key=lambda p: int(p.name) if p.name.isdigit() else 0) / "bin"
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def postgres_server(binaries: Path) -> Iterator[str]:
    """Runs a server; gives its DSN. PostgreSQL refuses to run as root, so root becomes another user for it."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
    account = _other_account() if os.geteuid() == 0 else None
    user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    try:
        command = [
            binaries / "initdb",
            "-D",
            folder / "data",
            "-U",
            "dragoman",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        made = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, **user)
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        options = ["listen_addresses=", f"unix_socket_directories={folder}", "fsync=off", "max_connections=20"]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", folder / "data", *(part for o in options for part in ("-c", o))],
                stdout=log, stderr=log, cwd=folder, **user,
            )  # fmt: skip
        try:
            dsn = f"postgresql://dragoman@/postgres?host={folder}"
            _wait(dsn, server, folder / "log")
            yield dsn
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    finally:
        shutil.rmtree(folder)


def _other_account() -> pwd.struct_passwd:
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def _wait(dsn: str, server: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    end = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(dsn).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the server does not start: {log.read_text()}") from None
            time.sleep(0.05)
