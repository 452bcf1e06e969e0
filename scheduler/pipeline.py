"""From a plan's files to a checked roster's files: what every skin calls."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.roster import check
from models.roster.problem import RosterProblem
from models.roster.result import Limits, Progress, Result
from models.roster.solve import solve
from scheduler.judging import Certified, Verdict, certify, judge
from scheduler.preparing import Prepared, prepare, prepare_made, prepare_read
from scheduler.rosters import start as starting
from scheduler.rosters.cells import write_files
from scheduler.rosters.document import (
    REPORT_FILE,
    RESULT_FILE,
    SIMULATION_FILE,
    RosterResult,
)
from scheduler.rosters.duals import DUALS_FILE, duals_text
from scheduler.rosters.fair import fairness_text
from scheduler.rosters.measure import measure
from scheduler.rosters.outlook import Outlook, outlook
from scheduler.rosters.outlook_files import backlog_text, coverage_text
from scheduler.rosters.record import Asked, Judged, record
from scheduler.rosters.start import StartRead
from scheduler.rosters.wishes import wishes_text
from scheduler.rosters.writing import activities_text, roster_text

__all__ = [
    "Asked",
    "Certified",
    "Outcome",
    "Prepared",
    "Saved",
    "StartRead",
    "Verdict",
    "build",
    "certify",
    "judge",
    "judged_outcome",
    "prepare",
    "prepare_made",
    "prepare_read",
    "read_start",
    "save",
    "searching",
    "texts_of",
]

_AFTER = 8e-4  # seconds for each agent's day, to check and foresee a roster
_ENDING = 0.3  # seconds to end what is under way
TABLE_FILES = (
    "roster.csv",
    "activities.csv",
    "coverage.csv",
    "backlog.csv",
    "wishes.csv",
)
FAIRNESS_FILE = "fairness.csv"
_SOMETIMES = (FAIRNESS_FILE, DUALS_FILE, SIMULATION_FILE, REPORT_FILE)
ROSTER_FILES = frozenset((*TABLE_FILES, *_SOMETIMES, RESULT_FILE))


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of a solve; ``outlook`` is ``None`` without a roster."""

    prepared: Prepared
    result: Result
    document: RosterResult
    outlook: Outlook | None

    @property
    def gave_up(self) -> bool:
        """Whether it was stopped before there was anything to write."""
        return self.document.gave_up


@dataclass(frozen=True, eq=False)
class Saved:
    """What a run left behind.

    Attributes
    ----------
    document
        Content of result.json, with what there is to say of the files.
    files
        What was written, result.json last.
    notes
        What the document has beyond the run's own notes.
    """

    document: RosterResult
    files: list[Path]
    notes: tuple[str, ...] = ()


def read_start(prepared: Prepared, folder: Path) -> StartRead:
    """Read the roster of a folder, for ``Asked.start``.

    Raises
    ------
    PlanError
        With every cell of its files that cannot be read.
    """
    translation = prepared.translation
    return starting.read_start(
        folder, prepared.problem, translation.axis, translation.plan
    )


def build(
    prepared: Prepared,
    asked: Asked,
    watch: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Build a roster, have it checked, and foresee what it gives.

    Once ``stop`` is set the search ends with the best roster found. The time limit is
    for all of it, so the search leaves time for what comes after.
    """
    limits = searching(prepared.problem, asked.limits)
    start = None if asked.start is None else asked.start.roster
    result = solve(
        prepared.problem, asked.engine, limits, watch, stop, start, asked.opener
    )
    return judged_outcome(prepared, asked, result)


def judged_outcome(prepared: Prepared, asked: Asked, result: Result) -> Outcome:
    """Return an engine's answer with the checker's word and what it gives."""
    judged, foreseen = Judged(), None
    if result.roster is not None:
        foreseen = outlook(prepared.translation, result.roster)
        judged = Judged(
            violations=check.violations(prepared.problem, result.roster),
            parts=check.objective(prepared.problem, result.roster),
            summary=measure(prepared.translation, result.roster, foreseen),
            missed=check.missed(prepared.problem, result.roster),
        )
    axis = prepared.translation.axis
    document = record(prepared.plea, asked, result, judged, axis)
    return Outcome(prepared, result, document, foreseen)


def searching(problem: RosterProblem, limits: Limits) -> Limits:
    """Return the limits of the search alone; at least half of the time is its own."""
    after = _ENDING + _AFTER * len(problem.agents) * problem.days
    return replace(limits, seconds=max(limits.seconds / 2, limits.seconds - after))


def save(
    outcome: Outcome,
    folder: Path,
    simulation: str | None = None,
    report: str | None = None,
) -> Saved:
    """Write a roster's files, and the prices that prove its bound where there are any.

    ``simulation`` is the text of what was simulated of it, ``report`` its page.

    Without a roster there is no table, and nothing at all where the run was stopped; an
    earlier roster's files stay, and a note says that they are an earlier run's. With
    one, an earlier run's prices, shares, simulation and page go where it has none.
    """
    tables, texts = _tables(outcome), _texts(outcome, simulation, report)
    notes = _lost(outcome) if tables else _earlier(folder, texts)
    document = _noted(outcome.document, notes)
    if outcome.gave_up:
        return Saved(document, [], notes)
    files = write_files(folder, {**texts, RESULT_FILE: _as_json(document)})
    if tables:
        for name in set(_SOMETIMES) - texts.keys():
            (folder / name).unlink(missing_ok=True)
    return Saved(document, files, notes)


def texts_of(
    outcome: Outcome, simulation: str | None = None, report: str | None = None
) -> dict[str, str]:
    """Return what ``save`` writes into an empty folder: texts by name of the file."""
    texts = _texts(outcome, simulation, report)
    document = _noted(outcome.document, _lost(outcome))
    return {**texts, RESULT_FILE: _as_json(document)}


def _texts(
    outcome: Outcome, simulation: str | None, report: str | None
) -> dict[str, str]:
    """Return the texts beside result.json."""
    texts = {**_tables(outcome), **_duals(outcome)}
    if simulation is not None:
        texts[SIMULATION_FILE] = simulation
    if report is not None:
        texts[REPORT_FILE] = report
    return texts


def _noted(document: RosterResult, notes: Sequence[str]) -> RosterResult:
    return document.model_copy(update={"notes": [*document.notes, *notes]})


def _as_json(document: RosterResult) -> str:
    return document.model_dump_json(indent=2) + "\n"


def _earlier(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return what to say of the files that an earlier run left in a folder."""
    own = [name for name in (*TABLE_FILES, *_SOMETIMES) if name not in texts]
    there = [name for name in own if (folder / name).exists()]
    if not there:
        return ()
    names = ", ".join(there)
    return (f"{folder} still has {names} of an earlier run: this one has no roster",)


def _duals(outcome: Outcome) -> dict[str, str]:
    """Return the text of the prices that prove a bound; none without them."""
    certificate, prepared = outcome.result.certificate, outcome.prepared
    if certificate is None or outcome.gave_up:
        return {}
    problem, axis = prepared.problem, prepared.translation.axis
    text = duals_text(problem, axis, prepared.plea.plan_hash, certificate)
    return {DUALS_FILE: text}


def _lost(outcome: Outcome) -> tuple[str, ...]:
    """Return a sentence where the roster to start from was given up."""
    if not outcome.result.start_lost:
        return ()
    return ("not started from the roster given: no time to fill its shifts",)


def _tables(outcome: Outcome) -> dict[str, str]:
    """Return the text of each table of a roster; none without one."""
    roster, foreseen = outcome.result.roster, outcome.outlook
    if roster is None or foreseen is None:
        return {}
    problem, axis = outcome.prepared.problem, outcome.prepared.translation.axis
    texts = (
        roster_text(problem, axis, roster),
        activities_text(problem, axis, roster),
        coverage_text(axis, foreseen),
        backlog_text(axis, foreseen),
        wishes_text(problem, axis, roster),
    )
    found = dict(zip(TABLE_FILES, texts, strict=True))
    if outcome.prepared.translation.shared:
        found[FAIRNESS_FILE] = fairness_text(outcome.prepared.translation, roster)
    return found
