"""The checker's word on a roster that was brought, and what its prices prove."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.roster import certify as certifying
from models.roster import check
from scheduler.preparing import Prepared
from scheduler.rosters.document import RESULT_FILE
from scheduler.rosters.duals import read_duals, read_json
from scheduler.rosters.reading import read_roster


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
    verdict: Verdict


def judge(prepared: Prepared, folder: Path) -> Verdict:
    """Have the checker judge a roster that somebody brought.

    Raises
    ------
    PlanError
        With every cell of its files that is wrong.
    """
    read = read_roster(
        folder,
        prepared.problem,
        prepared.translation.axis,
        prepared.translation.plan,
    )
    return Verdict(
        violations=check.violations(prepared.problem, read.roster),
        objective_parts=check.objective(prepared.problem, read.roster),
        not_judged=check.not_judged(read.roster),
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
