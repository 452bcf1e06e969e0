"""A real PostgreSQL for tests: started in a folder of its own, on a socket alone.

Tests that use ``postgres_url`` are marked ``postgres``; they are skipped where no
server is installed (Debian: postgresql).
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

_STARTS = 30.0  # seconds
_DEBIAN = "/usr/lib/postgresql"
_MADE = ("-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
_RUN = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=32MB")


def server_programs() -> Path | None:
    """Return the folder of initdb and postgres, ``None`` where there is none."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path(_DEBIAN).glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "postgres").exists()), None)


def _someone_else() -> dict[str, Any]:
    """Return who runs the server: not root, which it refuses."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    return {"user": 65534, "group": 65534, "extra_groups": []}


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a server; give the folder of its socket."""
    programs = server_programs()
    assert programs is not None
    someone = _someone_else()
    folder = Path(tempfile.mkdtemp(prefix="ringfence-pg-"))
    if someone:
        os.chown(folder, someone["user"], someone["group"])
    data = folder / "data"
    try:
        subprocess.run(
            [programs / "initdb", "-D", data, *_MADE],
            check=True,
            capture_output=True,
            cwd=folder,
            **someone,
        )
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *_RUN],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            **someone,
        )
        try:
            _wait(str(folder), server)
            yield str(folder)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(_STARTS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_database(folder: str, template: str = "template1") -> Iterator[str]:
    """Make a database like another; give its address.

    Who is still connected to it in the end is thrown out.
    """
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(host=folder, user="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        try:
            yield f"postgresql://postgres@/{name}?host={folder}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _wait(folder: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _STARTS
    while True:
        try:
            psycopg.connect(host=folder, user="postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    """Return the folder of the socket of a server that runs as long as the tests."""
    if server_programs() is None:
        pytest.skip("no PostgreSQL server is installed (Debian: postgresql)")
    with running_postgres() as folder:
        yield folder


@pytest.fixture
def postgres_url(postgres_folder: str) -> Iterator[str]:
    """Return the address of an empty database of PostgreSQL."""
    with new_database(postgres_folder) as url:
        yield url
