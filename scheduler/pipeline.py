"""From a plan's files to a checked roster's files: what every skin calls."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from models.roster import certify as certifying
from models.roster import check
from models.roster.problem import RosterProblem
from models.roster.result import Limits, Progress, Result, Roster
from models.roster.solve import solve
from scheduler.domain import Plan
from scheduler.reading import plan_hash, read_plan
from scheduler.rosters.cells import write_files
from scheduler.rosters.document import RosterResult
from scheduler.rosters.duals import DUALS_FILE, duals_text, read_duals, read_json
from scheduler.rosters.measure import measure
from scheduler.rosters.outlook import Outlook, outlook
from scheduler.rosters.outlook_files import backlog_text, coverage_text
from scheduler.rosters.reading import read_roster
from scheduler.rosters.record import Asked, Judged, Plea, record
from scheduler.rosters.writing import activities_text, roster_text
from scheduler.translate import Translation, translate

__all__ = [
    "Asked",
    "Certified",
    "Outcome",
    "Prepared",
    "Saved",
    "Verdict",
    "build",
    "certify",
    "judge",
    "prepare",
    "prepare_made",
    "save",
]

_AFTER = 4e-4  # seconds for each agent's day, to check and foresee a roster
RESULT_FILE = "result.json"
TABLE_FILES = ("roster.csv", "activities.csv", "coverage.csv", "backlog.csv")


@dataclass(frozen=True, eq=False)
class Prepared:
    """A plan that was read and found right, and its roster problem."""

    translation: Translation
    plea: Plea

    @property
    def problem(self) -> RosterProblem:
        """The roster problem."""
        return self.translation.problem


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
        found = self.document
        return found.status == "unknown" and found.stop_reason == "stopped"


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


@dataclass(frozen=True, eq=False)
class Certified:
    """What the prices saved beside a roster prove, and what was said of it.

    Attributes
    ----------
    told
        The bound of result.json, paid hours; ``None`` where it has none.
    claimed
        What duals.json says that its prices prove, cost units.
    proof
        What they prove.
    verdict
        The checker's word on the roster.
    """

    told: float | None
    claimed: int
    proof: certifying.Proof
    verdict: "Verdict"


@dataclass(frozen=True, eq=False)
class Verdict:
    """The checker's word on a roster that was brought.

    ``not_judged`` names the rules that it is too coarse to be judged by; costs are in
    ``problem.UNIT``.
    """

    violations: list[check.Violation]
    objective_parts: dict[str, int]
    not_judged: tuple[str, ...]
    notes: tuple[str, ...]


def prepare(path: Path) -> Prepared:
    """Read a plan and translate it.

    Raises
    ------
    PlanError
        With every problem of the plan.
    NotSupported
        When the plan is right and nothing here can honour it.
    """
    read = read_plan(path)
    return _prepared(read.plan, read.plan_hash, read.notes)


def prepare_made(plan: Plan) -> Prepared:
    """Translate a plan of our own making, which is taken as right.

    Raises
    ------
    NotSupported
        When nothing here can honour it.
    """
    return _prepared(plan, plan_hash(plan), ())


def _prepared(plan: Plan, content_hash: str, notes: tuple[str, ...]) -> Prepared:
    translation = translate(plan)
    notes = (*notes, *translation.notes, *_reopen_notes(plan))
    return Prepared(translation, Plea(plan.name, content_hash, notes))


def _reopen_notes(plan: Plan) -> list[str]:
    """Return how cases that come back are counted."""
    return [
        f"case type {kind.name!r}: {kind.reopen_rate:.0%} of cases come back; all "
        f"counts are cases / (1 - reopen_rate)"
        for kind in plan.case_types
        if kind.reopen_rate
    ]


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
    limits = _searching(prepared.problem, asked.limits)
    result = solve(prepared.problem, asked.engine, limits, watch, stop)
    judged, foreseen = Judged(), None
    if result.roster is not None:
        foreseen = outlook(prepared.translation, result.roster)
        judged = Judged(
            violations=check.violations(prepared.problem, result.roster),
            parts=check.objective(prepared.problem, result.roster),
            summary=measure(prepared.translation, result.roster, foreseen),
        )
    axis = prepared.translation.axis
    document = record(prepared.plea, asked, result, judged, axis)
    return Outcome(prepared, result, document, foreseen)


def _searching(problem: RosterProblem, limits: Limits) -> Limits:
    """Return the limits of the search alone; at least half of the time is its own."""
    after = _AFTER * len(problem.agents) * problem.days
    return replace(limits, seconds=max(limits.seconds / 2, limits.seconds - after))


def save(outcome: Outcome, folder: Path) -> Saved:
    """Write a roster's files, and the prices that prove its bound where there are any.

    Without a roster there is no table, and nothing at all where the run was stopped; an
    earlier roster's files stay, and a note says that they are an earlier run's. With
    one, an earlier run's prices go.
    """
    tables = _tables(outcome)
    texts = {**tables, **_duals(outcome)}
    notes = () if tables else _earlier(folder, texts)
    told = [*outcome.document.notes, *notes]
    document = outcome.document.model_copy(update={"notes": told})
    if outcome.gave_up:
        return Saved(document, [], notes)
    text = document.model_dump_json(indent=2) + "\n"
    files = write_files(folder, {**texts, RESULT_FILE: text})
    if tables and DUALS_FILE not in texts:
        (folder / DUALS_FILE).unlink(missing_ok=True)
    return Saved(document, files, notes)


def _earlier(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return what to say of the files that an earlier run left in a folder."""
    own = [name for name in (*TABLE_FILES, DUALS_FILE) if name not in texts]
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
    )
    return dict(zip(TABLE_FILES, texts, strict=True))


def judge(prepared: Prepared, folder: Path) -> Verdict:
    """Have the checker judge a roster that somebody brought.

    Raises
    ------
    PlanError
        With every cell of its files that is wrong.
    """
    read = read_roster(folder, prepared.problem, prepared.translation.axis)
    roster: Roster = read.roster
    return Verdict(
        violations=check.violations(prepared.problem, roster),
        objective_parts=check.objective(prepared.problem, roster),
        not_judged=check.not_judged(roster),
        notes=read.notes,
    )


def certify(
    prepared: Prepared, folder: Path, watch: Callable[[int, int], None] | None = None
) -> Certified:
    """Reckon again what the prices beside a roster prove.

    ``watch`` is called with the number of agents reckoned and of all agents.

    Raises
    ------
    PlanError
        With everything that is wrong in duals.json, result.json, or the roster.
    InvalidInput
        When a price is above what the thing itself costs, or no roster exists.
    """
    problem, axis = prepared.problem, prepared.translation.axis
    certificate = read_duals(folder, problem, axis, prepared.plea.plan_hash)
    told = read_json(folder / RESULT_FILE).get("bound")
    verdict = judge(prepared, folder)
    return Certified(
        told=float(told) if isinstance(told, int | float) else None,
        claimed=certificate.bound,
        proof=certifying.certify(problem, certificate, watch),
        verdict=verdict,
    )
