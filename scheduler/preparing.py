"""From a plan's files to its roster problem."""

from dataclasses import dataclass
from pathlib import Path

from models.roster.problem import RosterProblem
from scheduler.domain import Plan
from scheduler.plea import Plea
from scheduler.reading import PlanRead, plan_hash, read_plan
from scheduler.translate import Translation, translate


@dataclass(frozen=True, eq=False)
class Prepared:
    """A plan that was read and found right, and its roster problem."""

    translation: Translation
    plea: Plea

    @property
    def problem(self) -> RosterProblem:
        """The roster problem."""
        return self.translation.problem


def prepare(path: Path) -> Prepared:
    """Read a plan and translate it.

    Raises
    ------
    PlanError
        With every problem of the plan.
    NotSupported
        When the plan is right and nothing here can honour it.
    """
    return prepare_read(read_plan(path))


def prepare_read(read: PlanRead) -> Prepared:
    """Translate a plan that was read.

    Raises
    ------
    NotSupported
        When nothing here can honour it.
    """
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
    laws = {contract.rules or plan.rules.set for contract in plan.contracts}
    plea = Plea(plan.name, content_hash, notes, tuple(sorted(laws)))
    return Prepared(translation, plea)


def _reopen_notes(plan: Plan) -> list[str]:
    """Return how cases that come back are counted."""
    return [
        f"case type {kind.name!r}: {kind.reopen_rate:.0%} of cases come back; all "
        f"counts are cases / (1 - reopen_rate)"
        for kind in plan.case_types
        if kind.reopen_rate
    ]
