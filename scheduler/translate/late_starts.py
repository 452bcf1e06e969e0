"""Blocks that begin late, since who is to go to one ends the call first."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from models.throughput import Cohort
from scheduler.domain import CaseType, MovingLoad, Plan
from scheduler.translate.skills import Skills

_BUSY = 0.85  # occupancy
_LONG_BLOCK = 240  # minutes, where the plan has no longest


def with_late_starts(
    plan: Plan, skills: Skills, kind: CaseType, own: Sequence[Cohort]
) -> tuple[Cohort, ...]:
    """Return cohorts with as much more work as blocks lose to calls that go on.

    Who is to go from calls to a block ends the call first: on average that takes
    occupancy times handle time, of a block as long as the geometric mean of shortest
    and longest. Queues each of whose intervals is on its own
    (``moving_load = "sipp"``) have no calls that go on.
    """
    more = 1 + lost_share(plan, skills, kind)
    return tuple(replace(c, work_minutes=more * c.work_minutes) for c in own)


def lost_share(plan: Plan, skills: Skills, kind: CaseType) -> float:
    """Return the share of a type's block time that is lost to calls that go on."""
    moving = {
        queue.name for queue in plan.queues if queue.moving_load is not MovingLoad.SIPP
    }
    rows = [row for row in plan.calls if row.queue in moving]
    calls = sum(row.calls for row in rows)
    able = [a.agent_id for a in plan.agents if skills.speed(a.agent_id, kind)]
    if not calls or not able:
        return 0.0
    handle = sum(row.calls * row.handle_seconds for row in rows) / calls / 60
    both = sum(bool(skills.queues(agent_id)) for agent_id in able) / len(able)
    longest = kind.maximum_block_minutes or max(_LONG_BLOCK, kind.minimum_block_minutes)
    return both * _BUSY * handle / sqrt(kind.minimum_block_minutes * longest)
