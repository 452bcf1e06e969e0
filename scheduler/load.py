"""How full a plan is: the work that must be done over the hours that people have."""

from collections.abc import Iterable, Sequence

from models.roster.problem import FULL_SPEED, Agent, RosterProblem
from models.throughput import Cohort
from scheduler.rosters.outlook import outermost
from scheduler.translate import QueueDemand, Translation


def load_of(translation: Translation) -> float:
    """Return the load: hours that calls and cases need / hours that contracts give.

    Both in hours of a trained agent within the horizon: 1 is as much work as people,
    if it came when they are there. ``inf`` where contracts give nothing.
    """
    problem = translation.problem
    end = problem.day_starts[-1]
    cohorts = (cohort for own in translation.cohorts for cohort in own)
    needed = voice_hours(translation.demands, end) + due_hours(cohorts, end)
    given = net_hours(problem)
    return needed / given if given else float("inf")


def voice_hours(demands: Sequence[QueueDemand], end: int) -> float:
    """Return the agent-hours that calls need before the minute ``end``.

    Queues that share agents are counted together, once.
    """
    return sum(
        float(demand.required[demand.starts < end].sum()) * demand.minutes / 60
        for demand in (demands[q] for q in outermost(demands))
    )


def due_hours(cohorts: Iterable[Cohort], end: int) -> float:
    """Return the agent-hours of the cases whose deadline is not after ``end``.

    Cases that are late on day one are due when the plan wants them done.
    """
    return sum(each.work_minutes for each in cohorts if each.deadline <= end) / 60


def net_hours(problem: RosterProblem) -> float:
    """Return the hours that contracts give, in hours of a trained agent.

    Midway between the least and the most hours of each week without overtime, less
    leave, paid breaks (their mean share over the shifts of the contract) and meetings.
    """
    shares: dict[frozenset[int], float] = {}
    total = 0.0
    for agent in problem.agents:
        kinds = agent.shift_types
        if kinds not in shares:
            shares[kinds] = _paid_break_share(problem, kinds)
        weeks = sum(week.min_minutes + week.max_minutes for week in agent.weeks) / 2
        meetings = sum(meeting.minutes for meeting in agent.meetings)
        total += (weeks * (1 - shares[kinds]) - meetings) * _speed(agent)
    return total / 60


def _paid_break_share(problem: RosterProblem, kinds: frozenset[int]) -> float:
    """Return the share of paid time that is breaks, over the shifts of some types."""
    shifts = [shift for shift in problem.shifts if shift.shift_type in kinds]
    paid = sum(shift.paid_minutes for shift in shifts)
    rest = sum(
        pause.minutes
        for shift in shifts
        for pause in problem.shift_types[shift.shift_type].breaks
        if pause.paid
    )
    return rest / paid if paid else 0.0


def _speed(agent: Agent) -> float:
    """Return an agent's mean speed on what they can do; 0 without any skill."""
    speeds = [speed for speed in agent.speeds if speed]
    return sum(speeds) / len(speeds) / FULL_SPEED if speeds else 0.0
