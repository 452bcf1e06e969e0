"""A roster that somebody brought for the search to start from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.roster.problem import RosterProblem
from models.roster.result import Roster
from models.roster.start import LeftOut, usable
from scheduler.calendars import TimeAxis
from scheduler.domain import Plan
from scheduler.reading.finding import Finding
from scheduler.rosters.document import LeftOutEntry, StartEntry
from scheduler.rosters.reading import read_known
from scheduler.rosters.units import in_hours

OF_THE_PLAN = "of_the_plan"
MOST_NAMED = 10


@dataclass(frozen=True, eq=False)
class StartRead:
    """A roster to start from.

    Attributes
    ----------
    roster
        The weeks that are legal.
    entry
        What result.json says of it.
    notes
        What its planner should hear: who is left out, and why.
    """

    roster: Roster
    entry: StartEntry
    notes: tuple[str, ...]


def read_start(
    folder: Path, problem: RosterProblem, axis: TimeAxis, plan: Plan | None = None
) -> StartRead:
    """Read a roster to start from, with or without activities.

    An agent is left out whose week is not legal, or has a row that names what the plan
    does not have: an agent who has gone, a date outside the horizon.

    Raises
    ------
    PlanError
        With every cell that cannot be read.
    """
    read = read_known(folder, problem, axis, plan)
    start = usable(problem, read.roster)
    left_out = {out.agent: out for out in _illegal(problem, start.left_out)}
    left_out |= {out.agent: out for out in _elsewhere(read.elsewhere)}
    taken = [agent for agent in problem.agents if agent.name not in left_out]
    entry = StartEntry(
        folder=str(folder),
        agents=len(taken),
        left_out=list(left_out.values()),
        objective=in_hours(start.cost),
    )
    return StartRead(start.roster, entry, (*read.notes, *_notes(entry.left_out)))


def _elsewhere(found: Mapping[str, Finding]) -> Iterator[LeftOutEntry]:
    """Yield the agents with a row that names what the plan does not have."""
    for agent, finding in found.items():
        message = f"{agent}: {finding}"
        yield LeftOutEntry(agent=agent, rule=OF_THE_PLAN, message=message)


def _illegal(
    problem: RosterProblem, left_out: Sequence[LeftOut]
) -> Iterator[LeftOutEntry]:
    """Yield the agents whose week no engine can start from."""
    for out in left_out:
        name = problem.agents[out.agent].name
        yield LeftOutEntry(agent=name, rule=out.rule, message=out.message)


def _notes(left_out: Sequence[LeftOutEntry]) -> Iterator[str]:
    """Yield a sentence for each agent who is left out, up to a number."""
    for out in left_out[:MOST_NAMED]:
        yield f"not started from the week of {out.message} ({out.rule})"
    more = len(left_out) - MOST_NAMED
    if more > 0:
        yield f"nor from the weeks of {more} more, see 'start' in result.json"
