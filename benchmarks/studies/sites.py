"""Many large sites on one machine: time, gaps and memory of ``ringfence sites``.

Sites of 1,000 people who are all different, in zones of their own, each with another
seed, load and mix of queues and case types. Adds a line to
``results/studies/sites.jsonl``.
What was found before is not solved again: name another folder, or remove it.
"""

import argparse
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.studies.records import RESULTS, append, origin
from models.roster.result import Limits
from scheduler.bench.memory import PeakMemory
from scheduler.domain import Plan
from scheduler.executing import Processes
from scheduler.executing.task import processors
from scheduler.pipeline import Asked
from scheduler.samples.centre import centre
from scheduler.sites.document import SitesDocument
from scheduler.sites.reading import SITES, read_sites
from scheduler.sites.recording import sites_document
from scheduler.sites.running import Progress, SitesRun
from scheduler.sites.saving import save_sites
from scheduler.whatif.saving import STORE
from scheduler.whatif.stored import Store
from scheduler.writing import write_plan

ZONES = (
    "Europe/London",
    "Asia/Kolkata",
    "America/New_York",
    "Asia/Manila",
    "Europe/Warsaw",
    "Africa/Johannesburg",
    "America/Bogota",
    "Australia/Sydney",
    "Europe/Lisbon",
    "America/Chicago",
)
LOADS = (0.95, 0.9, 0.85, 0.92)
WANTED_GAP, WANTED_SECONDS, WANTED_MB = 0.005, 1200, 8000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--agents", type=int, default=1000)
    parser.add_argument("--time-limit", type=float, default=300)
    parser.add_argument("--gap", type=float, default=WANTED_GAP)
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--folder", type=Path, required=True, help="for sites, rosters")
    parser.add_argument("--into", type=Path, default=RESULTS / "sites.jsonl")
    asked = parser.parse_args()
    given = asked.folder / "sites"
    _write(given, asked.sites, asked.agents)
    record = {**origin(), **_measured(given, asked.folder / "rosters", asked)}
    append(asked.into, record)
    print(json.dumps({key: record[key] for key in ("seconds", "megabytes", "met")}))


def plans(sites: int, agents: int) -> Iterator[tuple[str, Plan]]:
    """Yield sites by name, no two of which are alike."""
    for n in range(sites):
        plan = centre(
            agents,
            load=LOADS[n % len(LOADS)],
            queues=1 + n % 2,
            case_types=1 + n % 3,
            seed=n,
        )
        zone = ZONES[n % len(ZONES)]
        horizon = plan.horizon.model_copy(update={"time_zone": zone})
        yield f"site-{n + 1:02}", plan.model_copy(update={"horizon": horizon})


def _write(folder: Path, sites: int, agents: int) -> None:
    """Write the sites, without the time of which the run is measured."""
    lines = []
    for name, plan in plans(sites, agents):
        write_plan(plan, folder / name)
        lines.append(f'[[sites]]\nname = "{name}"\n')
    (folder / SITES).write_text("\n".join(lines), encoding="utf-8")


def _measured(given: Path, out: Path, asked: Any) -> dict[str, Any]:
    """Return seconds, memory of all processes and figures of a whole run."""
    watched, began = PeakMemory(), time.monotonic()
    limits = Limits(asked.time_limit, asked.gap, 0, 1)
    run = SitesRun(
        Store(out / STORE), Asked("auto", limits), Processes(asked.processes)
    )
    with watched.watching():
        read = read_sites(given, asked.processes or processors())
        seconds_to_read = time.monotonic() - began
        solved = run.solve(read, threading.Event(), _tell)
        document = sites_document(read, run, solved)
        save_sites(document, run, solved, out)
    seconds = time.monotonic() - began
    return {
        "sites": asked.sites,
        "agents": asked.agents,
        "time_limit": asked.time_limit,
        "asked_gap": asked.gap,
        "seconds": round(seconds, 1),
        "seconds_to_read": round(seconds_to_read, 1),
        "megabytes": round(watched.megabytes, 1),
        "met": _met(document, seconds, watched.megabytes),
        "largest_answer_bytes": max(
            p.stat().st_size for p in run.store.folder.iterdir()
        ),
        "largest_plan_bytes": max(len(site.plan) for site in read.sites),
        "each": [
            one.model_dump(mode="json", include=set(_EACH)) for one in document.sites
        ],
    }


_EACH = ("name", "status", "cost", "bound", "gap", "seconds", "megabytes")


def _met(document: SitesDocument, seconds: float, megabytes: float) -> bool:
    """Whether time, gaps and memory are what is wanted of twenty sites."""
    widest = document.total.widest_gap
    return (
        widest is not None
        and widest <= WANTED_GAP
        and seconds <= WANTED_SECONDS
        and megabytes <= WANTED_MB
    )


def _tell(progress: Progress) -> None:
    print(f"  {progress.solved} of {progress.sites}", flush=True)


if __name__ == "__main__":
    main()
