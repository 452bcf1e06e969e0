"""What a child is started for, and how: who starts it need not import what it does."""

from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from scheduler.service.jobs.records import Options
from scheduler.service.scratch import keep_in

CHILD = "scheduler.service.jobs.child"


@dataclass(frozen=True)
class Work:
    """What a child is started for.

    Attributes
    ----------
    kind
        Of the job.
    beside
        What came beside the plan, as JSON.
    trace
        The span that its spans belong to; empty: it makes none.
    """

    plan: bytes
    options: Options
    memory_mb: int
    kind: str = "roster"
    beside: bytes = b""
    trace: str = ""


def run(talk: Connection, errors: Connection, work: Work, folder: Path) -> None:
    """Do the work, in the child, where solvers are imported already.

    What it keeps for a moment goes into a folder that who starts it puts away.
    """
    keep_in(folder)
    import_module(CHILD).run(talk, errors, work)
