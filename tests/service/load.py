"""A server under load: how soon it is ready, polls, listeners, a cancel.

``python -m tests.service.load`` starts a server of its own on the loopback and prints
one line of JSON. Clients and server share the machine's processors.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import psutil

from scheduler.client import Client

RUN = "from scheduler.cli import main; raise SystemExit(main())"
_RATE = 100.0  # polls a second
_PLAN = "retail-bank"


def main() -> int:
    """Run from the command line; leave with 1 where a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polls", type=int, default=2000)
    parser.add_argument("--listeners", type=int, default=500)
    parser.add_argument("--cancels", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as (url, ready):
        figures: dict[str, Any] = {"ready_seconds": ready}
        with Client(url) as client:
            job = _begun(client, seconds=120)
            figures |= asyncio.run(_polls(url, job, asked.polls))
            client.stop(job)
            _until_ended(client, job)
            job = _begun(client, seconds=15)
            figures |= asyncio.run(_listeners(url, job, asked.listeners))
            figures |= _cancels(client, asked.cancels)
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0 if _held(figures) else 1


def _held(figures: dict[str, Any]) -> bool:
    return (
        figures["ready_seconds"] < 4
        and figures["poll_p95_ms"] < 50
        and figures["poll_errors"] == 0
        and figures["listeners_at_the_end"] == figures["listeners"]
        and figures["lag_p95_seconds"] < 1
        and figures["cancel_answer_p95_ms"] < 100
        and figures["cancel_gone_p95_seconds"] < 1
    )


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, float]]:
    """Run a server; give its address and after how long it was ready."""
    words = ["serve", "--port", "0", "--database-url", f"sqlite:///{folder}/jobs.db"]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *words],
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "RINGFENCE_RATE": "100000/second"},
    )
    assert process.stderr is not None
    line = next(line for line in process.stderr if line.startswith("listening on "))
    url = line.split()[-1]
    while httpx.get(f"{url}/readyz").status_code != httpx.codes.OK:
        time.sleep(0.02)
    ready = round(time.perf_counter() - begun, 2)
    log = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
    try:
        yield url, ready
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        log.wait()


def _begun(client: Client, seconds: float) -> str:
    """Return a job that is solving."""
    made = client.submit(client.sample(_PLAN), time_limit=seconds, gap=0.0)
    while client.metadata(made.id).status.value != "SOLVING":
        time.sleep(0.05)
    return made.id


def _until_ended(client: Client, job: str) -> None:
    for _ in client.events(job):
        pass


async def _polls(url: str, job: str, count: int) -> dict[str, Any]:
    """Ask for the metadata of a running job at a steady rate."""
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=30) as client:
        begun = time.perf_counter()

        async def one(n: int) -> tuple[float, bool]:
            await asyncio.sleep(max(0.0, begun + n / _RATE - time.perf_counter()))
            asked = time.perf_counter()
            answer = await client.get(f"/v1/rosters/{job}/metadata")
            return time.perf_counter() - asked, answer.status_code == httpx.codes.OK

        found = await asyncio.gather(*(one(n) for n in range(count)))
    seconds = [each for each, _ in found]
    return {
        "polls": count,
        "poll_p50_ms": _part(seconds, 0.5, 1000),
        "poll_p95_ms": _part(seconds, 0.95, 1000),
        "poll_errors": sum(not good for _, good in found),
    }


async def _listeners(url: str, job: str, count: int) -> dict[str, Any]:
    """Listen many times over; how long after its time does each event come."""
    limits = httpx.Limits(max_connections=count)
    lags: list[float] = []
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=120) as client:

        async def one() -> bool:
            last = ""
            stream = client.stream("GET", f"/v1/rosters/{job}/events")
            async with stream as answer:
                begun = time.time()
                async for line in answer.aiter_lines():
                    if line.startswith("event: "):
                        last = line[7:]
                    elif line.startswith("data: ") and '"at"' in line:
                        at = _seconds(json.loads(line[6:])["at"])
                        if at > begun:
                            lags.append(time.time() - at)
            return last == "end"

        ended = await asyncio.gather(*(one() for _ in range(count)))
    return {
        "listeners": count,
        "listeners_at_the_end": sum(ended),
        "events_heard": len(lags),
        "lag_p50_seconds": _part(lags, 0.5),
        "lag_p95_seconds": _part(lags, 0.95),
    }


def _cancels(client: Client, count: int) -> dict[str, Any]:
    """Cancel running jobs: the answer, and the end of the process that solves."""
    answers, gone = [], []
    for _ in range(count):
        before = _children()
        job = _begun(client, seconds=60)
        solving = _children() - before
        asked = time.perf_counter()
        client.cancel(job)
        answers.append(time.perf_counter() - asked)
        while any(psutil.pid_exists(pid) for pid in solving):
            time.sleep(0.01)
        gone.append(time.perf_counter() - asked)
        _until_ended(client, job)
    return {
        "cancels": count,
        "cancel_answer_p95_ms": _part(answers, 0.95, 1000),
        "cancel_gone_p95_seconds": _part(gone, 0.95),
    }


def _children() -> set[int]:
    return {each.pid for each in psutil.Process().children(recursive=True)}


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _part(values: list[float], share: float, scale: float = 1.0) -> float:
    ordered = sorted(values)
    return round(scale * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)


if __name__ == "__main__":
    raise SystemExit(main())
