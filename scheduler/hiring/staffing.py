"""A week's plan with some of those who can be hired."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from models.roster.hiring import Mix
from scheduler.domain import Plan, Weights
from scheduler.hiring.sections import HireKind
from scheduler.translate.late_starts import lost_share
from scheduler.translate.skills import Skills
from scheduler.whatif.changes import StaffChange
from scheduler.whatif.staff import with_new, without

_WEEK = 7


@dataclass(frozen=True, eq=False)
class Week:
    """A week to be met.

    Attributes
    ----------
    share
        Of the mean over all weeks.
    most
        Its plan with as many of every kind as can be hired.
    kinds
        Ids of those, kind by kind.
    """

    name: str
    share: float
    most: Plan
    kinds: tuple[tuple[str, ...], ...]

    def plan(self, mix: Mix) -> Plan:
        """Return its plan with the hires of a mix: the first of each kind."""
        gone = {a for own, n in zip(self.kinds, mix, strict=True) for a in own[n:]}
        return without(self.most, gone)

    @cached_property
    def least(self) -> Plan | None:
        """Its plan with whom least case work is there; ``None``: it is always the same.

        Blocks lose what calls take that go on, by how many of those who can do the
        cases take calls: who does not makes it less, who does makes it more.
        """
        skills = Skills(self.most)
        calls = {a for own in self.kinds for a in own if skills.queues(a)}
        least = without(self.most, calls)
        every = (self.most, least, self.plan((0,) * len(self.kinds)))
        shares = {
            tuple(lost_share(plan, Skills(plan), kind) for kind in plan.case_types)
            for plan in every
        }
        return None if len(shares) == 1 else least

    @cached_property
    def positions(self) -> list[list[int]]:
        """The agents of each kind in ``most``, by position."""
        place = {agent.agent_id: a for a, agent in enumerate(self.most.agents)}
        return [[place[name] for name in own] for own in self.kinds]

    @property
    def length(self) -> float:
        """How many weeks long it is."""
        return self.most.horizon.days / _WEEK


def short_only(week: Week) -> Week:
    """Return a week in which nothing costs anything but hours short on calls.

    What it costs, paid hours, are the agent-hours short, of all sets of queues. Rules
    that join agents are left out: no roster has fewer hours short for them.
    """
    weights = Weights(
        paid_hour=0,
        overtime_hour=0,
        voice_short_hour=1,
        late_call=0,
        overdue_hour_day=0,
        preference=0,
        change=0,
        preferred_rule=0,
        voice_cushion_hour=0,
        open_hour_day=0,
        block_start=0,
        idle_hour=0,
    )
    without_joint = {"weights": weights, "headcount": [], "floor_mix": [], "pairs": []}
    return replace(week, most=week.most.model_copy(update=without_joint))


def staffed(name: str, share: float, plan: Plan, hires: Sequence[HireKind]) -> Week:
    """Return a week with as many of every kind as can be hired."""
    kinds = []
    for one in hires:
        change = StaffChange(
            add=one.at_most,
            like=one.like,
            contract=one.contract,
            skills=one.skills,
            speed=one.speed,
        )
        before = len(plan.agents)
        plan = with_new(plan, change, one.name)
        kinds.append(tuple(agent.agent_id for agent in plan.agents[before:]))
    return Week(name, share, plan, tuple(kinds))
