"""Jobs while the server, workers and who hands jobs in are killed at random moments.

``python -m tests.jobs.chaos --jobs 200 --kills 40 --database postgresql`` prints one
line of JSON; it leaves with 1 if a job was lost, ended twice, or a process was left.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from sqlalchemy import Engine, func, select

from scheduler.reading import plan_hash
from scheduler.samples import SAMPLES
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.records import JobStatus, Options, Order
from scheduler.service.jobs.rows import OVER
from scheduler.service.store.engine import open_engine
from scheduler.service.store.migrate import upgrade
from scheduler.service.store.tables import artifacts, events, jobs
from scheduler.writing import json_text
from tests.postgres import new_database, running_postgres

TENANT = "t"
_ORPHANED = 2.0  # seconds after which nothing may be left of who was killed
_RESTART = (0.1, 1.0)  # seconds from a kill to the next start
_COMMAND = "from scheduler.cli import main; raise SystemExit(main())"


@dataclass
class Kill:
    """Who was killed, when, and which jobs it had."""

    what: str
    at: float
    held: list[str]
    family: list[psutil.Process]
    left: int = 0


@dataclass
class Figures:
    """What came of it."""

    database: str
    jobs: int
    kills: int
    kills_of_server: int
    kills_of_submitter: int
    kills_with_jobs: int
    seconds: float
    lost: int
    twice: int
    incomplete: int
    orphans: int
    attempts: int
    back_in_queue_p95: float | None
    running_again_p50: float | None
    running_again_p95: float | None
    running_again_max: float | None

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, twice, incomplete or left."""
        return not (self.lost or self.twice or self.incomplete or self.orphans)


@dataclass
class Processes:
    """A server, workers, who hands jobs in: started again whenever they are gone."""

    url: str
    count: int
    slots: int
    folder: Path
    seconds: float
    workers: int
    pace: float
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    after: dict[str, float] = field(default_factory=dict)

    def keep(self) -> None:
        """Start whoever is not there and may be again."""
        now = time.monotonic()
        commands = {"server": ["serve", "--port", "0"]} | {
            f"worker-{n}": ["worker"] for n in range(self.workers)
        }
        more = ["--database-url", self.url, "--slots", str(self.slots)]
        for name, words in commands.items():
            there = name in self.running and self.running[name].poll() is None
            if not there and self.after.get(name, 0) <= now:
                self._start(name, ["-c", _COMMAND, *words, *more])
        name = "submitter"
        process = self.running.get(name)
        ended = process is not None and process.poll() == 0
        there = process is not None and process.poll() is None
        if not ended and not there and self.after.get(name, 0) <= now:
            words = [self.url, str(self.count), str(self.seconds), str(self.pace)]
            self._start(name, ["-m", "tests.jobs.chaos", "submit", *words])

    def _start(self, name: str, words: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *words],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def kill(self, name: str, engine: Engine) -> Kill:
        """Kill one of them, with all the force there is."""
        process = self.running[name]
        family = psutil.Process(process.pid).children(recursive=True)
        mine = jobs.c.worker.contains(f"-{process.pid}-")
        with engine.connect() as connection:
            held = connection.execute(
                select(jobs.c.id).where(mine, jobs.c.status.not_in(OVER))
            ).scalars()
            kill = Kill(name.split("-")[0], time.time(), list(held), family)
        process.kill()
        kill.at = time.time()
        process.wait()
        self.after[name] = time.monotonic() + random.uniform(*_RESTART)
        return kill

    def end(self) -> None:
        """End all of them, as an operator would."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(180)


def submit(url: str, count: int, seconds: float, pace: float) -> None:
    """Hand jobs in; who is killed meanwhile begins anew, under the same keys."""
    backend = DbosBackend(open_engine(url))
    plan = SAMPLES["tiny"]()
    text, content = json_text(plan), plan_hash(plan)
    for n in range(count):
        options = Options(seconds=seconds, seed=n, report=False)
        key = f"key-{n}"
        backend.submit(Order(TENANT, "me", text, content, options, idempotency_key=key))
        time.sleep(pace)


def chaos(
    database: str,
    url: str,
    folder: Path,
    *,
    count: int,
    kills: int,
    workers: int = 1,
    slots: int = 1,
    seconds: float = 1.0,
    pace: float = 0.02,
    every: tuple[float, float] = (3.0, 8.0),
    most: float = 3600.0,
) -> Figures:
    """Run jobs, kill as often as asked, and look at what is there in the end."""
    upgrade(url)
    engine = open_engine(url)
    processes = Processes(url, count, slots, folder, seconds, workers, pace)
    since, done = time.monotonic(), []
    following = since + random.uniform(*every)
    try:
        while time.monotonic() - since < most:
            processes.keep()
            _look_for_orphans(done)
            if len(done) < kills and time.monotonic() >= following:
                there = [n for n, p in processes.running.items() if p.poll() is None]
                if there:
                    done.append(processes.kill(random.choice(there), engine))
                following = time.monotonic() + random.uniform(*every)
            if len(done) >= kills and _ended(engine) >= count:
                break
            time.sleep(0.02)
        while any(kill.family for kill in done):
            _look_for_orphans(done)
            time.sleep(0.02)
    finally:
        processes.end()
    took = time.monotonic() - since
    return _figures(database, engine, count, done, took)


def _ended(engine: Engine) -> int:
    with engine.connect() as connection:
        query = select(func.count()).where(jobs.c.status.in_(OVER))
        return connection.execute(query).scalar_one()


def _look_for_orphans(done: list[Kill]) -> None:
    """Count, once for each kill, what is left of its family when it may not be."""
    for kill in done:
        if kill.family and time.time() - kill.at > _ORPHANED:
            left = [each for each in kill.family if _lives(each)]
            for each in left:
                with suppress(psutil.NoSuchProcess):
                    sys.stderr.write(f"left: {' '.join(each.cmdline())[:200]}\n")
            kill.left, kill.family = len(left), []


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _figures(
    database: str, engine: Engine, count: int, done: list[Kill], took: float
) -> Figures:
    with engine.connect() as connection:
        found = {row.id: row for row in connection.execute(select(jobs))}
        told = connection.execute(select(events).order_by(events.c.number)).all()
        kept = connection.execute(select(artifacts.c.job, artifacts.c.name)).all()
    files = {(row.job, row.name) for row in kept}
    completed = [i for i, r in found.items() if r.status == JobStatus.COMPLETED]
    ends: dict[str, int] = {}
    for event in told:
        ends[event.job] = ends.get(event.job, 0) + (event.kind == "end")
    queued, again = [], []
    for kill in done:
        for job in kill.held:
            later = [e for e in told if e.job == job and e.at.timestamp() > kill.at]
            for event in later:
                if event.data.get("status") == JobStatus.QUEUED:
                    queued.append(event.at.timestamp() - kill.at)
                if event.data.get("status") == JobStatus.VALIDATING:
                    again.append(event.at.timestamp() - kill.at)
                    break
    return Figures(
        database=database,
        jobs=len(found),
        kills=len(done),
        kills_of_server=sum(kill.what == "server" for kill in done),
        kills_of_submitter=sum(kill.what == "submitter" for kill in done),
        kills_with_jobs=sum(bool(kill.held) for kill in done),
        seconds=round(took, 1),
        lost=max(count, len(found)) - len(completed),
        twice=sum(n > 1 for n in ends.values()) + max(0, len(found) - count),
        incomplete=sum(
            (job, "result.json") not in files
            or ((job, "roster.csv") in files) == (found[job].objective is None)
            for job in completed
        ),
        orphans=sum(kill.left for kill in done),
        attempts=sum(row.attempt for row in found.values()),
        back_in_queue_p95=_quantile(queued, 0.95),
        running_again_p50=_quantile(again, 0.5),
        running_again_p95=_quantile(again, 0.95),
        running_again_max=_quantile(again, 1.0),
    )


def _quantile(values: list[float], share: float) -> float | None:
    """Return the value that so many of all are not above."""
    if not values:
        return None
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


@contextmanager
def database_of(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of a new database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/jobs.db"
        return
    with running_postgres() as server, new_database(server) as url:
        yield url


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--workers", type=int, default=1, help="beside the server")
    parser.add_argument("--slots", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument(
        "--pace", type=float, default=0.02, help="seconds from job to job"
    )
    parser.add_argument(
        "--database", choices=("sqlite", "postgresql"), default="sqlite"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder of the workers' logs")
    asked = parser.parse_args()
    random.seed(asked.seed)
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        url = stack.enter_context(database_of(asked.database, folder))
        figures = chaos(
            asked.database,
            url,
            folder,
            count=asked.jobs,
            kills=asked.kills,
            workers=asked.workers,
            slots=asked.slots,
            seconds=asked.seconds,
            pace=asked.pace,
        )
    sys.stdout.write(json.dumps(vars(figures)) + "\n")
    return 0 if figures.sound else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["submit"]:
        submit(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]))
    else:
        raise SystemExit(main())
