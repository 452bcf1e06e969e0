"""What a report is made of: a plan, a roster, and what is known of the two."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from models.roster import check
from models.roster.result import Roster
from scheduler.preparing import Prepared
from scheduler.rosters.document import (
    RESULT_FILE,
    SIMULATION_FILE,
    MissedEntry,
    RosterResult,
    ViolationEntry,
)
from scheduler.rosters.figures import Summary
from scheduler.rosters.measure import measure
from scheduler.rosters.origin import origin_notes
from scheduler.rosters.outlook import Outlook, outlook
from scheduler.rosters.reading import read_roster
from scheduler.rosters.record import missed_entries, violation_entries
from scheduler.rosters.simulated import SimulateDocument
from scheduler.rosters.units import parts_in_hours

_CHANGED = 0.01  # paid hours: the roster is no longer the one of result.json

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, eq=False)
class Sources:
    """Everything that a report tells of.

    Attributes
    ----------
    outlook, summary
        ``None`` where only the shifts are known.
    parts
        What each goal costs, paid hours.
    result, simulated
        ``None`` without such a file.
    """

    prepared: Prepared
    roster: Roster
    outlook: Outlook | None
    summary: Summary | None
    violations: list[ViolationEntry]
    not_judged: tuple[str, ...]
    not_kept: list[MissedEntry]
    parts: Mapping[str, float]
    result: RosterResult | None
    simulated: SimulateDocument | None
    notes: tuple[str, ...]


def sources_of(
    prepared: Prepared,
    roster: Roster,
    seen: Outlook,
    result: RosterResult,
    simulated: SimulateDocument | None = None,
) -> Sources:
    """Return the sources of a roster that was just made and judged."""
    return Sources(
        prepared=prepared,
        roster=roster,
        outlook=seen,
        summary=result.summary,
        violations=result.violations,
        not_judged=(),
        not_kept=result.not_kept,
        parts=result.objective_parts,
        result=result,
        simulated=simulated,
        notes=tuple(result.notes),
    )


def read_sources(prepared: Prepared, folder: Path) -> Sources:
    """Read a roster of a folder and find out what is known of it.

    Raises
    ------
    PlanError
        With every cell of its files that is wrong.
    """
    problem, axis = prepared.problem, prepared.translation.axis
    read = read_roster(folder, problem, axis)
    roster = read.roster
    seen = figures = None
    if roster.activities is not None:
        seen = outlook(prepared.translation, roster)
        figures = measure(prepared.translation, roster, seen)
    parts = parts_in_hours(check.objective(problem, roster))
    result, result_notes = read_document(folder / RESULT_FILE, RosterResult)
    simulated, simulated_notes = read_document(
        folder / SIMULATION_FILE, SimulateDocument
    )
    return Sources(
        prepared=prepared,
        roster=roster,
        outlook=seen,
        summary=figures,
        violations=violation_entries(check.violations(problem, roster), axis),
        not_judged=check.not_judged(roster),
        not_kept=missed_entries(check.missed(problem, roster), axis),
        parts=parts,
        result=result,
        simulated=simulated,
        notes=(
            *origin_notes(folder, prepared.plea.plan_hash),
            *result_notes,
            *simulated_notes,
            *_other_plan(simulated, prepared),
            *_changed(result, parts, roster),
            *prepared.plea.notes,
            *read.notes,
        ),
    )


def read_document(path: Path, model: type[_Model]) -> tuple[_Model | None, list[str]]:
    """Return the document of a file, and what to say where it is none."""
    if not path.is_file():
        return None, []
    try:
        return model.model_validate_json(path.read_bytes()), []
    except ValidationError as error:
        known = f"{error.error_count()} of its values are not what this version writes"
        return None, [f"{path.name} is left out: {known}"]


def _other_plan(simulated: SimulateDocument | None, prepared: Prepared) -> list[str]:
    """Return what to say where another plan was simulated."""
    if simulated is None or simulated.plan_hash == prepared.plea.plan_hash:
        return []
    return [f"{SIMULATION_FILE} is of another plan, or this one has changed since"]


def _changed(
    result: RosterResult | None, parts: Mapping[str, float], roster: Roster
) -> list[str]:
    """Return what to say where the roster is no longer the one of result.json."""
    if result is None or result.objective is None or roster.activities is None:
        return []
    cost = sum(parts.values())
    if abs(cost - result.objective) < _CHANGED:
        return []
    return [
        f"{RESULT_FILE} tells of a roster that cost {result.objective:,.1f} paid "
        f"hours' worth, this one costs {cost:,.1f}: the roster has changed since, or "
        "Ringfence has"
    ]
