"""Work that agents are pinned to."""

from collections.abc import Iterator

from models.roster.check.reading import Breach, rule
from models.roster.problem import RosterProblem
from models.roster.result import Roster


@rule
def pinned_work(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """An agent is on the work from a pin's start to its end."""
    for a, agent in enumerate(problem.agents):
        for task in agent.tasks:
            work = problem.works[task.work]
            kept = sum(
                max(0, min(x.end, task.end) - max(x.start, task.start))
                for x in roster.activities or ()
                if (x.agent, x.kind, x.name) == (a, work.kind, work.name)
            )
            if kept < task.end - task.start:
                span = f"{problem.clock(task.start)} to {problem.clock(task.end)}"
                yield Breach(a, None, f"is pinned to {work.name!r} from {span}")
