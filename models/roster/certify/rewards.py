"""What agents are paid for their help."""

from bisect import bisect_left

from models.roster.problem import (
    FULL_SPEED,
    WORK_PER_MINUTE,
    Agent,
    RosterProblem,
)
from models.roster.result import Certificate


def speed_of(problem: RosterProblem, agent: Agent, work: int) -> int:
    """Return an agent's speed, hundredths; without the rule ``skills``, 0 is 100."""
    unskilled = 0 if problem.enforces("skills") else FULL_SPEED
    return agent.speeds[work] or unskilled


def rewards(
    problem: RosterProblem, certificate: Certificate, work: int, speed: int
) -> list[int]:
    """Return what an agent is paid in each period on a work, in fine units.

    ``speed * cover + (speed as the next multiple of 100) * heads`` over the rows that
    count the work, and ``units * room`` over its case types: ``units = speed * period *
    20 // 100``, at the first cut that does not lie before the period's end. Case time
    after the last cut is paid nothing.
    """
    heads = -(-speed // FULL_SPEED) * FULL_SPEED
    units = speed * problem.period * WORK_PER_MINUTE // FULL_SPEED
    rows = [c for c, cover in enumerate(problem.covers) if work in cover.counts]
    types = [k for k, cases in enumerate(problem.cases) if cases.work == work]
    paid = []
    for p in range(problem.periods):
        voice = sum(
            speed * certificate.cover[c][p] + heads * certificate.heads[c][p]
            for c in rows
        )
        cut = bisect_left(problem.cuts, (p + 1) * problem.period)
        inside = cut < len(problem.cuts)
        room = sum(certificate.cases[k].room[cut] for k in types) if inside else 0
        paid.append(voice + units * room)
    return paid
