"""Beginning with the weeks of a roster that is already there.

Everybody's week in it is legal on its own; see ``models.roster.start``.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace

from models.roster.cpsat.hint import add_hint
from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.part import Own
from models.roster.cpsat.search import complete_hint, run
from models.roster.cpsat.variables import AgentVariables
from models.roster.problem import BOOK_RULES, RULES, RosterProblem
from models.roster.result import Activity, Limits, Roster, Worked
from models.roster.start import settled

_QUICK = Limits(seconds=5, workers=1)


def hint_start(made: RosterModel, start: Roster) -> None:
    """Hint at the weeks of a start, and at nothing for agents without one."""
    known = set(settled(made.problem, start))
    seen = copy(made)
    seen.agents = [
        own if a in known else AgentVariables(own.agent)
        for a, own in enumerate(made.agents)
    ]
    add_hint(seen, start)
    complete_hint(made.model)


def weeks(problem: RosterProblem, start: Roster) -> dict[int, Own]:
    """Return what the agents of a start do."""
    worked: dict[int, list[Worked]] = {a: [] for a in settled(problem, start)}
    doing: dict[int, list[Activity]] = {a: [] for a in worked}
    for w in start.worked:
        worked[w.agent].append(w)
    for x in start.activities or ():
        doing[x.agent].append(x)
    return {
        a: Own(tuple(own), tuple(doing[a]), _tour_cost(problem, a, own))
        for a, own in worked.items()
    }


def _tour_cost(problem: RosterProblem, a: int, worked: Iterable[Worked]) -> int:
    """Return what an agent's legal shifts cost by themselves."""
    dated = {(w.shift_type, w.start, w.end) for w in worked}
    made = RosterModel(
        replace(
            problem,
            agents=(replace(problem.agents[a], speeds=(), meetings=(), tasks=()),),
            shifts=tuple(
                s for s in problem.shifts if (s.shift_type, s.start, s.end) in dated
            ),
            shift_types=tuple(replace(kind, breaks=()) for kind in problem.shift_types),
            works=(),
            covers=(),
            fills=(),
            cases=(),
            idle_cost=0,
            headcounts=(),
        ).without(*(rule for rule in RULES if rule not in BOOK_RULES))
    )
    for is_worked in made.agents[0].works.values():
        made.model.add(is_worked == 1)
    return run(made.model, _QUICK).objective or 0
