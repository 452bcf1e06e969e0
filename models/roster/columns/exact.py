"""The last percent of a small problem: the whole of it in CP-SAT."""

from dataclasses import dataclass, replace

from models.roster.cpsat.hint import add_hint
from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.search import complete_hint, run
from models.roster.cpsat.solve import is_large
from models.roster.problem import RosterProblem
from models.roster.result import Limits, Roster, Status
from models.roster.track import Flag


@dataclass(frozen=True)
class Proved:
    """What CP-SAT found, and what it proved, cost units; or that there is none."""

    roster: Roster | None
    cost: int | None
    bound: int | None
    is_impossible: bool


def prove(
    problem: RosterProblem,
    now: Roster | None,
    limits: Limits,
    seconds: float,
    stop: Flag,
) -> Proved | None:
    """Search a problem to the end, from a roster; ``None`` if it is too large."""
    if is_large(problem):
        return None
    made = RosterModel(problem)
    if now is not None:
        add_hint(made, now)
        complete_hint(made.model)
    answer = run(made.model, replace(limits, seconds=seconds), stop=stop)
    found = made.roster(answer.value) if answer.value else None
    impossible = answer.status is Status.INFEASIBLE
    return Proved(found, answer.objective, answer.bound, impossible)
