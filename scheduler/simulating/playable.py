"""Rosters that can be played: whoever works does one thing at a time, known here."""

from pathlib import Path

from models.errors import InvalidInput
from models.roster import check
from models.roster.problem import RosterProblem
from models.roster.result import Roster

_NEEDED = {
    "shifts_apart",
    "inside_horizon",
    "known_activities",
    "activities_fill_shifts",
}


def refuse_unplayable(problem: RosterProblem, roster: Roster, folder: Path) -> None:
    """Raise where nobody could say what an agent does at some moment.

    A roster that only breaks rules can be played.

    Raises
    ------
    InvalidInput
        With every shift and activity that is wrong.
    """
    if roster.activities is None:
        raise InvalidInput(
            f"{folder}: expected activities.csv: without it nobody knows who is on "
            "calls; `ringfence roster --from` fills the shifts"
        )
    wrong = [
        breach.message
        for judge in check.STRUCTURE
        if judge.__name__ in _NEEDED
        for breach in judge(problem, roster)
    ]
    if wrong:
        raise InvalidInput(
            f"{folder}: expected one known activity at each moment of a shift, and "
            "none outside: " + "; ".join(wrong)
        )
