"""What a child is started for, and how: who starts it need not import what it does."""

from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection

from scheduler.service.jobs.records import Options

CHILD = "scheduler.service.jobs.child"


@dataclass(frozen=True)
class Work:
    """What a child is started for.

    Attributes
    ----------
    trace
        The span that its spans belong to; empty: it makes none.
    """

    plan: bytes
    options: Options
    memory_mb: int
    scenarios: bytes = b""
    trace: str = ""


def run(talk: Connection, errors: Connection, work: Work) -> None:
    """Do the work, in the child, where solvers are imported already."""
    import_module(CHILD).run(talk, errors, work)
