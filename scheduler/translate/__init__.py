"""From a plan to a roster problem: the only place that knows both worlds.

Names, dates and hours become positions, minutes of the horizon and whole numbers; the
plan is taken as validated. ``Translation`` also carries what the reports need.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.roster.problem import UNIT, RosterProblem
from models.throughput import Cohort
from scheduler.calendars import TimeAxis
from scheduler.domain import CaseType, Plan
from scheduler.translate.backlog import held
from scheduler.translate.between import fills
from scheduler.translate.buffers import buffer_notes, planned
from scheduler.translate.cases import breached_note, case_rows, case_work, weekend_note
from scheduler.translate.cohorts import Sources, all_cohorts
from scheduler.translate.demand import QueueDemand
from scheduler.translate.frame import Frame, whole
from scheduler.translate.joint import Joint
from scheduler.translate.late_starts import with_late_starts
from scheduler.translate.people import team
from scheduler.translate.sharing import Shared, touches
from scheduler.translate.shifts import shift_types
from scheduler.translate.skills import Skills
from scheduler.translate.voice import voice
from scheduler.translate.weeks import cut_week_notes
from scheduler.translate.wished import headcounts

__all__ = ["QueueDemand", "Shared", "Translation", "touches", "translate"]


@dataclass(frozen=True, eq=False)
class Translation:
    """A plan and what became of it.

    Attributes
    ----------
    demands
        One for each of ``problem.covers``, in its order.
    cohorts
        One sequence for each of ``problem.cases``, in its order.
    shared
        What the plan shares out among agents.
    notes
        Sentences that the planner should hear.
    """

    plan: Plan
    problem: RosterProblem
    axis: TimeAxis
    demands: tuple[QueueDemand, ...]
    cohorts: tuple[tuple[Cohort, ...], ...]
    shared: tuple[Shared, ...]
    notes: tuple[str, ...]


def _due_hours(
    frame: Frame, typed: Sequence[tuple[int, CaseType, Sequence[Cohort]]]
) -> float:
    """Return the hours of case work that is due within the horizon."""
    end = frame.horizon_end
    every = (cohort for _, _, own in typed for cohort in own)
    return sum(each.work_minutes for each in every if each.deadline <= end) / 60


def translate(plan: Plan) -> Translation:
    """Return the roster problem of a validated plan.

    Raises
    ------
    NotSupported
        When more than six queues are pooled.
    InvalidInput
        When an SLA counts opening hours that never come.
    """
    frame, skills = Frame.of(plan), Skills(plan)
    calls, sources = voice(frame, skills), Sources.of(plan)
    every = all_cohorts(frame, plan.case_types, sources)
    typed = [
        (len(calls.works) + k, kind, with_late_starts(plan, skills, kind, own))
        for k, kind in enumerate(plan.case_types)
        if (own := every[kind.name])
    ]
    with_more = planned(frame, typed)
    cases, cuts = case_rows(
        frame, [(w, kind, held(frame, kind, own)) for w, kind, own in with_more]
    )
    marks, joint = Joint(frame).found()
    people = team(frame, skills, calls, _due_hours(frame, typed))
    problem = RosterProblem(
        period=frame.period,
        day_starts=frame.day_starts,
        periods=frame.periods,
        weeks=frame.weeks,
        shift_types=shift_types(plan),
        shifts=frame.shifts,
        works=(*calls.works, *(case_work(frame, kind) for kind in plan.case_types)),
        agents=tuple(
            replace(agent, marks=marks.get(agent.name, agent.marks))
            for agent in people.agents()
        ),
        covers=calls.covers,
        cases=cases,
        cuts=cuts,
        headcounts=(*headcounts(frame, plan.headcount), *joint),
        fills=fills(frame, skills, calls, [kind for _, kind, _ in typed]),
        block_cost=whole(plan.weights.block_start * UNIT),
        idle_cost=whole(plan.weights.idle_hour * UNIT * frame.period / 60),
        clock=frame.axis.clock,
    )
    late = [
        note
        for _, kind, own in typed
        for note in (*weekend_note(frame, kind), *breached_note(kind, own))
    ]
    return Translation(
        plan=plan,
        problem=problem,
        axis=frame.axis,
        demands=calls.demands,
        cohorts=tuple(own for _, _, own in typed),
        shared=tuple(people.shared()),
        notes=(
            *calls.notes,
            *late,
            *buffer_notes(typed, with_more),
            *cut_week_notes(frame),
        ),
    )
