"""All that a workbook tells of a roster, gathered once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.roster import check
from models.roster.problem import UNIT, Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.exports.book import local
from scheduler.foreseeing import foresee
from scheduler.preparing import Prepared
from scheduler.rosters.document import RESULT_FILE
from scheduler.rosters.duals import read_json
from scheduler.rosters.figures import Summary
from scheduler.rosters.measure import measure
from scheduler.rosters.origin import origin_notes
from scheduler.rosters.outlook import Outlook
from scheduler.rosters.record import ratio
from scheduler.rosters.units import in_hours, parts_in_hours
from scheduler.tables import Agent


@dataclass(frozen=True, eq=False)
class Rostered:
    """A roster of a plan, what it gives, and which rules it breaks.

    Attributes
    ----------
    parts
        What each goal costs, paid hours.
    bound
        No roster of the plan costs less, paid hours; ``None`` where it is not known.
    gap
        (cost - bound) / bound, ``None`` where one is not known.
    notes
        What the reader of the roster should hear.
    """

    prepared: Prepared
    roster: Roster
    outlook: Outlook
    summary: Summary
    violations: Sequence[check.Violation]
    missed: Sequence[check.Missed]
    parts: Mapping[str, float]
    bound: float | None
    gap: float | None
    notes: tuple[str, ...]

    @property
    def activities(self) -> tuple[Activity, ...]:
        """What fills its shifts, by agent and time."""
        own = self.roster.activities or ()
        return tuple(sorted(own, key=lambda x: (x.agent, x.start)))

    @cached_property
    def shifts(self) -> list[list[Worked]]:
        """The shifts of each agent, by time."""
        found: list[list[Worked]] = [[] for _ in self.prepared.problem.agents]
        for shift in sorted(self.roster.worked, key=lambda w: w.start):
            found[shift.agent].append(shift)
        return found

    @cached_property
    def people(self) -> list[Agent]:
        """The plan's row of each agent of the problem."""
        rows = {row.agent_id: row for row in self.prepared.translation.plan.agents}
        return [rows[agent.name] for agent in self.prepared.problem.agents]

    @property
    def dates(self) -> list[dt.date]:
        """The dates of the horizon."""
        axis = self.prepared.translation.axis
        return [axis.date(day) for day in range(self.prepared.problem.days)]

    def moment(self, minute: int) -> dt.datetime | str:
        """Return what the clock shows at a minute, as a cell holds it."""
        return local(self.prepared.translation.axis.moment(minute))

    def clock(self, minute: int) -> str:
        """Return the time of day at a minute."""
        return f"{self.prepared.translation.axis.moment(minute):%H:%M}"

    def minutes(self, kind: Kind) -> list[int]:
        """Return the minutes that each agent spends on a kind of activity."""
        found = [0] * len(self.prepared.problem.agents)
        for x in self.roster.activities or ():
            if x.kind is kind:
                found[x.agent] += x.end - x.start
        return found


def rostered(prepared: Prepared, folder: Path) -> Rostered:
    """Read a roster, have it checked, and foresee what it gives.

    Raises
    ------
    PlanError
        With every cell of its files that is wrong, or where only its shifts are known.
    """
    seen = foresee(prepared, folder)
    problem = prepared.problem
    units = check.objective(problem, seen.roster)
    origin = origin_notes(folder, prepared.plea.plan_hash)
    bound = None if origin else _bound(folder / RESULT_FILE)
    return Rostered(
        prepared=prepared,
        roster=seen.roster,
        outlook=seen.outlook,
        summary=measure(prepared.translation, seen.roster, seen.outlook),
        violations=check.violations(problem, seen.roster),
        missed=check.missed(problem, seen.roster),
        parts=parts_in_hours(units),
        bound=in_hours(bound),
        gap=ratio(sum(units.values()), bound, 0),
        notes=(*origin, *seen.notes),
    )


def _bound(path: Path) -> int | None:
    """Return the bound of a result.json, cost units; ``None`` where none is told."""
    bound = read_json(path).get("bound") if path.is_file() else None
    return round(bound * UNIT) if isinstance(bound, int | float) else None
