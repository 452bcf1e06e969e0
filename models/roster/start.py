"""What a roster is good for that a solve is asked to start from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from models.roster import check
from models.roster.joint import keeps_joint
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Activity, Roster

_ONE_RUN = (Kind.VOICE, Kind.CASE, Kind.IDLE)  # two that touch are one


@dataclass(frozen=True)
class LeftOut:
    """An agent whose week is not started from, and the first rule that it breaks."""

    agent: int
    rule: str
    message: str


@dataclass(frozen=True)
class Start:
    """What is left of a roster that somebody brought.

    Attributes
    ----------
    roster
        The weeks that are legal.
    left_out
        Agents without one.
    cost
        What the roster costs; ``None`` where it is not a whole legal roster, or only
        its shifts are known, or weeks that are legal are not so together.
    """

    roster: Roster
    left_out: tuple[LeftOut, ...]
    cost: int | None


def usable(problem: RosterProblem, roster: Roster) -> Start:
    """Return the weeks of a roster that are legal, each on its own.

    Who has no shift has a week without shifts, which may be legal too. Time spent on
    'other' is, for the checker, but no engine plans any.

    Raises
    ------
    InvalidInput
        For a position (agent, day, shift type) that the problem does not have.
    """
    left_out = _left_out(problem, roster)
    kept = _without(roster, {out.agent for out in left_out})
    is_whole = len(settled(problem, kept)) == len(problem.agents)
    known = is_whole and kept.activities is not None and keeps_joint(problem, kept)
    return Start(kept, left_out, check.cost(problem, kept) if known else None)


def settled(problem: RosterProblem, roster: Roster) -> list[int]:
    """Return the agents who have shifts in a usable roster, or may do without."""
    agents = problem.agents
    working = {w.agent for w in roster.worked}
    free = tuple(agent for a, agent in enumerate(agents) if a not in working)
    judged = check.violations(replace(problem, agents=free), Roster((), ()))
    must = {violation.agent for violation in judged}
    return [
        a for a, agent in enumerate(agents) if a in working or agent.name not in must
    ]


def _left_out(problem: RosterProblem, roster: Roster) -> tuple[LeftOut, ...]:
    """Return the agents whose week is not legal, or none that an engine plans."""
    first: dict[str, check.Violation] = {}
    for violation in check.violations(problem, roster):
        first.setdefault(violation.agent, violation)
    other = {x.agent for x in roster.activities or () if x.kind is Kind.OTHER}
    found = []
    for a, agent in enumerate(problem.agents):
        if agent.name in first:
            broken = first[agent.name]
            found.append(LeftOut(a, broken.rule, broken.message))
        elif a in other:
            message = f"{agent.name}: spends time on 'other', which no engine plans"
            found.append(LeftOut(a, "other", message))
    return tuple(found)


def _without(roster: Roster, agents: Collection[int]) -> Roster:
    """Return a roster without some agents' weeks, its runs joined."""
    kept = tuple(w for w in roster.worked if w.agent not in agents)
    if roster.activities is None:
        return Roster(kept, None)
    doing = (x for x in roster.activities if x.agent not in agents)
    return Roster(kept, tuple(_joined(doing)))


def _joined(activities: Iterable[Activity]) -> list[Activity]:
    """Return activities by agent and time; stretches of one work that touch are one."""
    found: list[Activity] = []
    for x in sorted(activities, key=lambda x: (x.agent, x.start)):
        if found and _goes_on(found[-1], x):
            found[-1] = replace(found[-1], end=x.end)
        else:
            found.append(x)
    return found


def _goes_on(before: Activity, after: Activity) -> bool:
    """Whether an activity is one with the one before; meetings alike are not."""
    return after.kind in _ONE_RUN and before == replace(
        after, start=before.start, end=after.start
    )
