"""What to expect of a roster that was brought: its cover, and what becomes of cases."""

from dataclasses import dataclass
from pathlib import Path

from models.errors import PlanError
from models.roster.result import Roster
from scheduler.preparing import Prepared
from scheduler.reading.finding import Finding
from scheduler.reading.workbook import is_workbook
from scheduler.rosters.outlook import Outlook, outlook
from scheduler.rosters.reading import read_roster
from scheduler.rosters.writing import ACTIVITIES

_ACTIVITIES = "activities.csv"


@dataclass(frozen=True, eq=False)
class Foreseen:
    """A roster of a folder, what it gives, and what its reader should hear."""

    roster: Roster
    outlook: Outlook
    notes: tuple[str, ...]


def foresee(prepared: Prepared, folder: Path) -> Foreseen:
    """Read a roster and say what to expect of it, legal or not.

    Raises
    ------
    PlanError
        With every cell of its files that is wrong, or where only its shifts are known.
    """
    read = read_roster(folder, prepared.problem, prepared.translation.axis)
    if read.roster.activities is None:
        wanted = "the file: without it nobody knows what is done inside shifts"
        name, sheet = _ACTIVITIES, None
        if is_workbook(folder):
            name, sheet, wanted = (
                folder.name,
                ACTIVITIES,
                wanted.replace("file", "sheet"),
            )
        raise PlanError([Finding(name, None, None, None, wanted, sheet=sheet)])
    seen = outlook(prepared.translation, read.roster)
    return Foreseen(read.roster, seen, read.notes)
