"""The commands of the service: what they need, and a server that really runs."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.cli import main
from scheduler.client import Client
from scheduler.service.jobs.records import JobStatus

RUN = "from scheduler.cli import main; raise SystemExit(main())"
OF_EXTRA = ("fastapi", "uvicorn", "dbos", "sqlalchemy", "alembic", "jwt", "limits")


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_line_imports_nothing_of_the_extra() -> None:
    code = f"""
import sys
import scheduler.cli
from scheduler.cli.app import app_of
app_of(["validate"])
print([name for name in {OF_EXTRA} if name in sys.modules])
"""
    assert python(code).stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["serve", "worker", "keys", "--help"])
def test_without_the_extra_it_says_what_to_install(command: str) -> None:
    code = f"""
import sys
for name in {OF_EXTRA}:
    sys.modules[name] = None
{RUN}
"""
    found = python(code, command)
    if command == "--help":
        assert found.returncode == 0
        assert "validate" in found.stdout
        return
    assert found.returncode == 3
    assert "pip install 'ringfence[service]'" in found.stderr


def test_keys_are_made_listed_and_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = ("--database-url", f"sqlite:///{tmp_path}/keys.db")

    def told(*words: str) -> dict:
        assert main(["keys", *words, *url, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    key = told("create", "acme", "--scope", "rosters:read", "--days", "1")["key"]
    prefix, secret = key.split("_", 2)[1:]
    (listed,) = told("list")["keys"]
    assert (listed["prefix"], listed["tenant"]) == (prefix, "acme")
    assert listed["scopes"] == ["rosters:read"]
    assert secret not in json.dumps(listed)
    told("revoke", prefix)
    assert told("list")["keys"][0]["revoked_at"]
    assert main(["keys", "revoke", "nothing", *url]) == 3
    assert main(["keys", "create", "a/b", *url]) == 3
    assert main(["keys", "create", "a", "--scope", "all", *url]) == 2


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    url = f"sqlite:///{tmp_path}/jobs.db"
    words = ["serve", "--port", "0", "--database-url", url, "--slots", "1"]
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *words],
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("listening on "):
            yield process, line.split()[-1]
            break
    process.kill()
    process.stderr.close()
    process.wait()


def test_from_the_command_to_a_roster_and_to_the_end(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, url = server
    with Client(url) as client:
        job = client.submit(client.sample("tiny"), time_limit=20, engine="cpsat")
        kinds = [heard.kind for heard in client.events(job.id)]
        assert kinds[0] == "status"
        assert kinds[-1] == "end"
        done = client.metadata(job.id)
        assert done.status is JobStatus.COMPLETED, done
        assert client.roster(job.id).rows
        for form in ("csv", "xlsx", "ics", "html", "json"):
            assert client.export(job.id, form)
        assert client.violations(job.id).legal
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
