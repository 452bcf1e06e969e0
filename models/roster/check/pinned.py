"""Work that agents are pinned to."""

from collections.abc import Iterator, Sequence

from models.roster.check.reading import Breach, rule
from models.roster.problem import Kind, RosterProblem, Task
from models.roster.result import Activity, Roster


@rule
def pinned_work(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """An agent is on the work from a pin's start to its end, or on no work."""
    at_work: dict[int, list[Activity]] = {}
    for x in roster.activities or ():
        if x.kind in (Kind.VOICE, Kind.CASE):
            at_work.setdefault(x.agent, []).append(x)
    for a, agent in enumerate(problem.agents):
        for task in agent.tasks:
            if not _is_kept(problem, task, at_work.get(a, [])):
                span = f"{problem.clock(task.start)} to {problem.clock(task.end)}"
                work = "no work"
                if task.work is not None:
                    work = repr(problem.works[task.work].name)
                yield Breach(a, None, f"is pinned to {work} from {span}")


def _is_kept(problem: RosterProblem, task: Task, own: Sequence[Activity]) -> bool:
    if task.work is None:
        return not any(_overlap(task, x) for x in own)
    work = problem.works[task.work]
    on_it = [x for x in own if (x.kind, x.name) == (work.kind, work.name)]
    return sum(_overlap(task, x) for x in on_it) == task.end - task.start


def _overlap(task: Task, activity: Activity) -> int:
    return max(0, min(activity.end, task.end) - max(activity.start, task.start))
