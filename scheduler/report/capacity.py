"""The first question: does the time that is left after the calls keep up with cases."""

import math
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from models.roster.problem import Agent, RosterProblem
from models.throughput import (
    StructuralCheck,
    burn_down,
    effective_inflow,
    hours,
    structural_check,
    weeks_to_clear,
)
from scheduler.domain import CaseType, Plan
from scheduler.rosters.outlook import outermost
from scheduler.translate import QueueDemand, Translation
from scheduler.translate.cohorts import automated
from scheduler.translate.late_starts import lost_share
from scheduler.translate.skills import Skills

DAYS_PER_WEEK = 7
WEEKS_TO_CLEAR = 4
CERTAIN = "if calls are covered first, breaches are certain whatever the priorities"


@dataclass(frozen=True)
class Capacity:
    """Agent-hours over the horizon, skills and opening hours left aside.

    Attributes
    ----------
    contract
        Most hours of all contracts without overtime, leave included.
    leave
        Hours credited to weeks: leave, and work before day one.
    holidays
        Hours credited for public holidays within the horizon.
    meetings, paid_breaks
        Other planned absence.
    voice
        What the calls need.
    """

    contract: float
    leave: float
    holidays: float
    meetings: float
    paid_breaks: float
    voice: float

    @property
    def productive(self) -> float:
        """Hours of people at work."""
        away = self.leave + self.holidays + self.meetings
        return self.contract - away - self.paid_breaks

    @property
    def cases(self) -> float:
        """Hours that the calls leave for cases; below 0: the calls lack them."""
        return self.productive - self.voice


@dataclass(frozen=True)
class CaseLoad:
    """The deferred work over the horizon, in agent-hours."""

    inflow: float
    backlog: float


@dataclass(frozen=True)
class Outset:
    """Whether capacity holds, and what clearing the backlog would take.

    ``fte`` are people who do nothing but cases; ``weeks`` is ``inf`` where the backlog
    never clears; ``overtime_week`` are the hours of overtime that contracts allow.
    """

    capacity: Capacity
    load: CaseLoad
    structural: StructuralCheck
    weeks: float
    fte: float
    steady_fte: float
    productive_week: float
    overtime_week: float

    @property
    def extra_week(self) -> float:
        """Hours a week of those who are only needed until the backlog is cleared."""
        return (self.fte - self.steady_fte) * self.productive_week

    def as_document(self) -> dict[str, Any]:
        """Return it for JSON; ``None`` stands for never."""
        return {
            "structural_check": asdict(self.structural),
            "capacity_hours": {**asdict(self.capacity), "cases": self.capacity.cases},
            "inflow_hours": self.load.inflow,
            "backlog_hours": self.load.backlog,
            "burn_down": {
                "weeks_to_clear": self.weeks if math.isfinite(self.weeks) else None,
                "weeks": WEEKS_TO_CLEAR,
                "fte": self.fte,
                "steady_state_fte": self.steady_fte,
                "extra_fte": self.fte - self.steady_fte,
                "extra_hours_per_week": self.extra_week,
                "overtime_hours_per_week": self.overtime_week,
            },
        }


def outset(translation: Translation) -> Outset:
    """Return capacity against inflow, and the burn-down of the backlog."""
    problem = translation.problem
    capacity = capacity_of(translation)
    load = CaseLoad(
        inflow=sum(
            inflow_hours(translation, kind, inflow_items(translation, kind))
            for kind in translation.plan.case_types
        ),
        backlog=sum(
            cohort.work_minutes / 60
            for own in translation.cohorts
            for cohort in own
            if cohort.start == 0
        ),
    )
    weeks = problem.days / DAYS_PER_WEEK
    person_week = capacity.productive / max(1, len(problem.agents)) / weeks
    # Hours instead of cases: an hour of work has a handle time of an hour.
    plan = burn_down(
        load.inflow / weeks,
        load.backlog,
        weeks=WEEKS_TO_CLEAR,
        handle_minutes=60,
        productive_hours=max(person_week, 1e-9),
    )
    return Outset(
        capacity=capacity,
        load=load,
        structural=_structural(capacity, load),
        weeks=weeks * _horizons_to_clear(capacity, load),
        fte=plan.fte,
        steady_fte=plan.steady_state_fte,
        productive_week=person_week,
        overtime_week=_overtime(translation.plan),
    )


def _overtime(plan: Plan) -> float:
    """Return the hours of overtime a week that contracts allow."""
    allowed = {c.name: c.max_overtime_hours_per_week for c in plan.contracts}
    return sum(allowed[agent.contract] for agent in plan.agents)


def _structural(capacity: Capacity, load: CaseLoad) -> StructuralCheck:
    """Return whether the hours that calls leave keep up with inflow, and on what terms.

    Whoever lets calls wait instead may still be in time with the cases.
    """
    found = structural_check(load.inflow, max(0.0, capacity.cases))
    if found.ok:
        return found
    if capacity.cases < 0:
        verdict = f"no hour is left for {load.inflow:.1f} h of inflow"
        claim = f"{CERTAIN}: {verdict}, contracts do not even cover the calls"
    else:
        facts = f"capacity {capacity.cases:.1f} h, inflow {load.inflow:.1f} h"
        claim = f"{CERTAIN}: {found.shortfall_hours:.1f} h short ({facts})"
    return replace(found, sentence=claim)


def _horizons_to_clear(capacity: Capacity, load: CaseLoad) -> float:
    """Return how many horizons the backlog takes; never where calls leave nothing."""
    if capacity.cases <= 0 and load.inflow + load.backlog > 0:
        return math.inf
    return weeks_to_clear(max(0.0, capacity.cases), load.inflow, load.backlog)


def capacity_of(translation: Translation) -> Capacity:
    """Return the hours that contracts give and what is taken from them."""
    problem = translation.problem
    room = credited = breaks = 0.0
    for agent in problem.agents:
        own = sum(week.max_minutes for week in agent.weeks) / 60
        room += own
        credited += sum(week.credited_minutes for week in agent.weeks) / 60
        breaks += own * _paid_break_share(problem, agent)
    meetings = sum(m.minutes for agent in problem.agents for m in agent.meetings) / 60
    demands = [translation.demands[q] for q in outermost(translation.demands)]
    voice = sum(_voice_hours(problem, demand) for demand in demands)
    holidays = min(credited, _holiday_hours(translation))
    return Capacity(
        contract=room + credited,
        leave=credited - holidays,
        holidays=holidays,
        meetings=meetings,
        paid_breaks=breaks,
        voice=voice,
    )


def _holiday_hours(translation: Translation) -> float:
    """Return the hours that contracts credit for the horizon's public holidays."""
    plan, axis = translation.plan, translation.axis
    horizon = {axis.date(day) for day in range(translation.problem.days)}
    dates = sum(date in horizon for date in plan.public_holidays)
    credit = {one.name: one.public_holiday_hours for one in plan.contracts}
    return dates * sum(credit[agent.contract] for agent in plan.agents)


def _voice_hours(problem: RosterProblem, demand: QueueDemand) -> float:
    """Return the agent-hours that a queue needs within the horizon."""
    inside = demand.starts < problem.day_starts[-1]
    return float(np.where(inside, demand.required, 0).sum()) * demand.minutes / 60


def _paid_break_share(problem: RosterProblem, agent: Agent) -> float:
    """Return the share of an agent's paid time that is breaks, over their menu."""
    paid = rest = 0
    for shift in problem.shifts:
        if shift.shift_type in agent.shift_types:
            pauses = problem.shift_types[shift.shift_type].breaks
            rest += sum(pause.minutes for pause in pauses if pause.paid)
            paid += shift.paid_minutes
    return rest / paid if paid else 0.0


def inflow_items(translation: Translation, kind: CaseType) -> float:
    """Return the new cases of one type, those that come back and go on included.

    As the plan's rows have them: what arrives on the last day after the last period is
    not in the cohorts.
    """
    return effective_inflow(_new_cases(translation, kind), kind.reopen_rate)


def _new_cases(translation: Translation, kind: CaseType) -> float:
    """Return a type's cases of the plan's rows, and those of the stages before it."""
    rows = (row for row in translation.plan.inflow if row.case_type == kind.name)
    dates = {translation.axis.date(day) for day in range(translation.problem.days)}
    own = sum(
        row.cases - automated(kind, row.cases) for row in rows if row.date in dates
    )
    return own + sum(
        stage.share * _new_cases(translation, before)
        for before in translation.plan.case_types
        for stage in before.feeds
        if stage.case_type == kind.name
    )


def inflow_hours(translation: Translation, kind: CaseType, items: float) -> float:
    """Return the agent-hours that so many cases of one type need.

    What blocks lose to calls that go on is in them, as it is in what is due.
    """
    there = kind.utilisation * (1 - kind.unplanned_shrinkage)
    return (1 + lost_to_calls(translation, kind)) * hours(
        items, kind.mean_minutes, there
    )


def lost_to_calls(translation: Translation, kind: CaseType) -> float:
    """Return the share of a type's blocks that is lost to calls that go on."""
    plan = translation.plan
    return lost_share(plan, Skills(plan), kind)
