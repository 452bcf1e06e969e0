"""Each agent on their own, without demand: whether there is a legal tour.

But for those that join agents a roster exists exactly if each agent has a legal tour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.search import run
from models.roster.problem import Agent, Headcount, RosterProblem
from models.roster.result import Limits, Status, Stuck
from models.roster.track import Flag

_QUICK = Limits(seconds=10, workers=1)
_FREE = 0
_MOST_AGENTS = 20  # who are asked whether they can do what they are pinned to


def alone(problem: RosterProblem, agent: Agent) -> RosterProblem:
    """Return the problem of one agent with nothing to cover or clear."""
    return replace(
        problem,
        agents=(_bare(agent),),
        works=(),
        covers=(),
        fills=(),
        headcounts=(),
        cases=(),
        block_cost=0,
        idle_cost=0,
    )


def _bare(agent: Agent) -> Agent:
    return replace(agent, speeds=(), tasks=(), case_limits=())


def at_work(problem: RosterProblem, agent: Agent) -> RosterProblem:
    """Return the same with the agent's pinned work and required limits of case work."""
    pinned = {task.work for task in agent.tasks}
    own = replace(
        agent,
        speeds=tuple(s if w in pinned else 0 for w, s in enumerate(agent.speeds)),
        case_limits=tuple(x for x in agent.case_limits if x.cost is None),
    )
    bare = alone(problem, agent)
    return replace(bare, agents=(own,), works=problem.works)


def without_tour(problem: RosterProblem) -> tuple[int, ...]:
    """Return the agents that have no legal tour, breaks included."""
    return tuple(
        a
        for a, agent in enumerate(problem.agents)
        if not has_tour(alone(problem, agent))
    )


def joined_by(problem: RosterProblem, rows: Iterable[Headcount]) -> RosterProblem:
    """Return the shifts of all whom required rows join, with nothing to work on."""
    required = tuple(_required(row) for row in rows)
    joined = tuple(
        _bare(agent)
        for agent in problem.agents
        if any(row.counts(agent.marks) for row in required)
    )
    bare = alone(problem, problem.agents[0])
    return replace(bare, agents=joined, headcounts=required)


def _required(row: Headcount) -> Headcount:
    """Return a row without what is only preferred of it."""
    under = None if row.under_cost is None else _FREE
    over = None if row.over_cost is None else _FREE
    return replace(row, under_cost=under, over_cost=over)


def alike(problem: RosterProblem, rows: Sequence[int]) -> tuple[int, ...]:
    """Return all required rows of ``problem.joint`` about the same people as some."""

    def about(row: Headcount) -> tuple[str, int | None, int | None]:
        return row.rule, row.mark, row.against

    same = {about(problem.joint[i]) for i in rows}
    joint = enumerate(problem.joint)
    return tuple(i for i, row in joint if row.is_required and about(row) in same)


def is_impossible(problem: RosterProblem, stuck: Stuck, stop: Flag | None) -> bool:
    """Whether what a roster breaks cannot be kept, whatever else is done.

    ``False`` also where that is not known within seconds.
    """
    agents = (problem.agents[a] for a in stuck.agents[:_MOST_AGENTS])
    if any(not has_tour(at_work(problem, agent), stop) for agent in agents):
        return True
    rows = [problem.joint[i] for i in stuck.rows]
    return bool(rows) and not has_tour(joined_by(problem, rows), stop)


def has_tour(problem: RosterProblem, stop: Flag | None = None) -> bool:
    """Whether the agents of a problem have a legal tour each; also if not known."""
    if not problem.agents and not problem.headcounts:
        return True
    answer = run(RosterModel(problem).model, _QUICK, stop=stop)
    return answer.status is not Status.INFEASIBLE
