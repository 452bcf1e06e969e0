"""What fills an agent's shifts by force: pinned work, required limits of case work."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from models.roster.problem import RosterProblem, Stretch, Task
from models.roster.why.member import (
    Member,
    day_words,
    hours,
    single,
    the_agent,
    with_agent,
)

_NOTCH = 15  # minutes of case work


def work_members(problem: RosterProblem) -> Iterator[Member]:
    """Yield the required limits of case work of the one agent, then pinned work."""
    yield from _limits(problem)
    yield from _tasks(problem)


def _limits(problem: RosterProblem) -> Iterator[Member]:
    """Yield the required limits of case work."""
    agent = the_agent(problem)
    if not problem.enforces("case_share"):
        return
    for i, limit in enumerate(agent.case_limits):
        days = [day_words(problem, day) for day in limit.days]
        span = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
        parts = [hours(limit.most or 0)] if limit.most or not limit.percent else []
        parts += [f"{limit.percent} % of the shifts"] if limit.percent else []
        longest = sum(end - start for start, end in _spans(problem, limit.days))

        def eased(p: RosterProblem, k: int, i: int = i) -> RosterProblem:
            every = list(the_agent(p).case_limits)
            more = (every[i].most or 0) + _NOTCH * k
            every[i] = replace(every[i], most=more)
            return with_agent(p, case_limits=tuple(every))

        yield Member(
            "case_share",
            f"at most {' and '.join(parts)} on cases, {span}",
            eased,
            max(1, -(-longest // _NOTCH)),
            partial(_more_cases, agent.name, span),
        )


def _spans(problem: RosterProblem, days: Sequence[int]) -> Iterator[Stretch]:
    """Yield the start and the end of some days."""
    for day in days:
        yield problem.day_starts[day], problem.day_starts[day + 1]


def _more_cases(name: str, span: str, notches: int) -> str:
    return f"let {name} be on cases {hours(_NOTCH * notches)} more, {span}"


def _tasks(problem: RosterProblem) -> Iterator[Member]:
    """Yield what the agent is pinned to inside shifts."""
    agent = the_agent(problem)
    if not problem.enforces("pinned_work"):
        return
    for task in agent.tasks:
        what = "no work" if task.work is None else problem.works[task.work].name
        when = f"{problem.clock(task.start)} to {problem.clock(task.end)}"
        yield single(
            "pinned_work",
            f"pinned to {what}, {when}",
            partial(_without_task, task),
            f"drop the pin of {agent.name} to {what}, {when}",
        )


def _without_task(task: Task, problem: RosterProblem) -> RosterProblem:
    left = tuple(other for other in the_agent(problem).tasks if other != task)
    return with_agent(problem, tasks=left)
