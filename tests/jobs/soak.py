"""Many small jobs in one worker: does its memory grow?

``python -m tests.jobs.soak --jobs 500`` prints one line of JSON.
"""

import argparse
import gc
import json
import sys
import tempfile
from functools import partial
from pathlib import Path

import psutil

from scheduler.samples import SAMPLES
from scheduler.service.jobs.children import preload
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.records import Job, Options
from scheduler.service.jobs.worker import Worker
from scheduler.service.logs import configure_logs
from scheduler.service.settings import Settings
from scheduler.service.store.engine import open_engine
from scheduler.service.store.migrate import upgrade
from tests.jobs.orders import order, until

_BATCH = 20


def main() -> int:
    """Run from the command line; leave with 1 where it grew by a twentieth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=0.5)
    asked = parser.parse_args()
    configure_logs(Settings(log_level="warning"))
    with tempfile.TemporaryDirectory() as folder:
        seen, size = _soak(Path(folder), asked.jobs, asked.seconds)
    # The first jobs fill pools of connections and threads.
    first, last = seen[min(2, len(seen) - 1)], seen[-1]
    figures = {"jobs": asked.jobs, "mb": seen[:: max(1, len(seen) // 8)], "last": last}
    figures |= {"growth": round(last / first - 1, 4), "database_mb": size}
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0 if last < 1.05 * first else 1


def _soak(folder: Path, count: int, seconds: float) -> tuple[list[float], float]:
    """Return the memory of this process after every batch, and the database's size."""
    url = f"sqlite:///{folder}/jobs.db"
    upgrade(url)
    engine = open_engine(url)
    backend = DbosBackend(engine)
    preload()
    worker = Worker(Settings(database_url=url, slots=2))
    seen = []
    plan = SAMPLES["tiny"]()
    for first in range(0, count, _BATCH):
        options = [Options(seconds=seconds, seed=first + n) for n in range(_BATCH)]
        made = [backend.submit(order(plan=plan, options=each)).job for each in options]
        until(partial(_all_ended, backend, made), patience=3600)
        gc.collect()
        seen.append(round(psutil.Process().memory_info().rss / 1e6, 1))
    worker.close()
    backend.close()
    engine.dispose()
    return seen, round((folder / "jobs.db").stat().st_size / 1e6, 1)


def _all_ended(backend: DbosBackend, made: list[Job]) -> bool:
    return all(backend.get("a", job.id).status.ended for job in made)


if __name__ == "__main__":
    raise SystemExit(main())
