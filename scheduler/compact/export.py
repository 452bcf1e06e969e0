"""The compact model of a plan as an MPS or LP file."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from models.roster.milp import RosterModel, refuse_unknown
from models.roster.problem import RosterProblem
from scheduler.calendars import TimeAxis
from scheduler.compact.names import Named, name_all
from scheduler.rosters.cells import csv_text, write_files
from scheduler.rosters.writing import moment_text
from scheduler.tables.guarded import guarded

FORMATS = (".mps", ".lp")
NAMES_COLUMNS = ("variable", "what", "agent_id", "thing", "start")


@dataclass(frozen=True)
class Exported:
    """What was written, and how large the model is."""

    files: list[Path]
    variables: int
    whole: int
    rows: int


def export(problem: RosterProblem, axis: TimeAxis, path: Path) -> Exported:
    """Write the model of the engine ``milp``, and beside it what its variables mean.

    It minimises paid hours' worth. ``path`` ends in one of ``FORMATS``; the table
    beside it is named after it, ``model.names.csv``.

    Raises
    ------
    NotSupported
        For what the model has no row for.
    """
    refuse_unknown(problem)
    made = RosterModel(problem)
    named = name_all(made, axis)
    table = f"{path.stem}.names.csv"
    texts = {path.name: _text(made, path.suffix), table: _names(named, axis)}
    variables = made.lp.variables()
    return Exported(
        files=write_files(path.parent, texts),
        variables=len(variables),
        whole=sum(each.cat == "Integer" for each in variables),
        rows=made.lp.numConstraints(),
    )


def _text(made: RosterModel, suffix: str) -> str:
    """Return the model's file: PuLP writes to paths only."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"model{suffix}")
        write = made.lp.writeMPS if suffix == ".mps" else made.lp.writeLP
        write(str(path))
        return path.read_text(encoding="utf-8")


def _names(named: list[Named], axis: TimeAxis) -> str:
    rows = (
        (
            each.variable,
            each.what,
            guarded(each.agent),
            guarded(each.thing),
            moment_text(axis, each.start),
        )
        for each in named
    )
    return csv_text(NAMES_COLUMNS, rows)
