"""The commands of the service: what they need, and a server that really runs."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from scheduler.cli import main
from scheduler.client import Client
from scheduler.service.jobs.children import PRELOADED
from scheduler.service.jobs.records import JobStatus
from tests.jobs.orders import until
from tests.service.collector import collecting

RUN = "from scheduler.cli import main; raise SystemExit(main())"
PHASES = ("validate", "build", "solve", "check")
FIGURES = (
    "ringfence_queue_wait_seconds_count",
    'ringfence_solve_seconds_count{engine="cpsat",outcome="%s"}',
    "ringfence_gap_ratio_count",
)
OF_EXTRA = ("fastapi", "uvicorn", "dbos", "sqlalchemy", "alembic", "jwt", "limits")
OF_WORK = ("numba", "ortools", "highspy", "pulp", "pandas")


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


def test_the_server_loads_nothing_that_only_its_processes_need() -> None:
    code = f"""
import sys
import scheduler.service.http.running
print([name for name in {OF_WORK} if name in sys.modules])
"""
    assert python(code).stdout.strip() == "[]"


def test_without_the_extra_it_says_what_to_install() -> None:
    code = f"""
import sys
for name in {OF_EXTRA}:
    sys.modules[name] = None
from scheduler.cli import main
for command in ("serve", "worker", "keys", "--help"):
    print("left with", main([command]))
"""
    found = python(code)
    needs = found.stderr.splitlines()
    assert [line.split()[1] for line in needs] == ["serve", "worker", "keys"]
    assert all("pip install 'ringfence[service]'" in line for line in needs)
    assert found.stdout.count("left with 3\n") == 3
    assert "validate" in found.stdout
    assert found.stdout.endswith("left with 0\n")


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


@dataclass
class Server:
    process: subprocess.Popen[str]
    url: str
    spans: list[Span]
    temporary: Path

    def spans_of(self, trace_id: str) -> dict[str, Span]:
        """Return the spans of a trace by name, once its job has told all."""
        until(lambda: "job" in {s.name for s in self.spans if _is_of(s, trace_id)})
        return {s.name: s for s in self.spans if _is_of(s, trace_id)}


def _is_of(span: Span, trace_id: str) -> bool:
    return span.trace_id.hex() == trace_id


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with collecting() as (collector, spans), TemporaryDirectory() as temporary:
        yield from _serving(tmp_path, collector, spans, temporary)


def _serving(
    tmp_path: Path, collector: str, spans: list[Span], temporary: str
) -> Iterator[Server]:
    url = f"sqlite:///{tmp_path}/jobs.db"
    words = ["serve", "--port", "0", "--database-url", url, "--slots", "1"]
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *words],
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TMPDIR": temporary,
            "RINGFENCE_TRACING": "true",
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector,
            "OTEL_BSP_SCHEDULE_DELAY": "100",
        },
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("listening on "):
            yield Server(process, line.split()[-1], spans, Path(temporary))
            break
    process.kill()
    process.stderr.close()
    process.wait()


def test_from_the_command_to_a_roster_and_to_the_end(
    server: Server,
) -> None:
    with Client(server.url, timeout=120) as client:
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
    spans = server.spans_of(done.trace_id)
    assert {"request", "job", *PHASES} <= spans.keys()
    for name in PHASES:
        assert spans[name].parent_span_id == spans["job"].span_id
        assert spans[name].end_time_unix_nano >= spans[name].start_time_unix_nano
    family = psutil.Process(server.process.pid).children()
    loaded = [" ".join(one.cmdline()) for one in family]
    assert any(name in each for name in PRELOADED for each in loaded)
    assert list(server.temporary.iterdir())
    told = httpx.get(f"{server.url}/metrics").text
    for figure in FIGURES:
        outcome = str(done.solver_status).lower()
        assert f"{figure.replace('%s', outcome)} 1.0" in told
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(60) == 0
    assert list(server.temporary.iterdir()) == []
