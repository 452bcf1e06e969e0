"""One rule, one function: what a roster must satisfy, as CP-SAT constraints.

What a rule says of one shift alone, and skills, opening hours, case hours and windows
of breaks, decide in ``reach`` which decisions exist at all; work after arrival is in
``goals``.
"""

from collections.abc import Callable

from ortools.sat.python import cp_model

from models.roster.cpsat.variables import AgentVariables, at_most_one_at_a_time
from models.roster.problem import Kind, RosterProblem


def one_shift_per_day(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """At most one shift starts on a day: ``sum_{i on d} works[i] <= 1``."""
    for d in own.on:
        m.add_at_most_one(own.shifts_on(d))


def rest_between_shifts(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """At most one shift is worked of those that, with their rest after, hold a moment.

    Rest after a shift from before day one is in ``reach``.
    """
    at_most_one_at_a_time(m, problem, own, own.agent.min_rest)


def minimum_hours(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """``sum_i paid[i] works[i] >= min_minutes[w]`` over the week's shifts."""
    for w, limits in enumerate(own.agent.weeks):
        m.add(worked_minutes(problem, own, w) >= limits.min_minutes)


def maximum_hours(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """``sum_i paid[i] works[i] <= max_minutes[w] + overtime_minutes[w]``."""
    for w, limits in enumerate(own.agent.weeks):
        most = limits.max_minutes + limits.overtime_minutes
        m.add(worked_minutes(problem, own, w) <= most)


def minimum_days(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """``sum_{d in w} on[d] >= min_days[w]``."""
    for w, limits in enumerate(own.agent.weeks):
        m.add(_days(problem, own, w) >= limits.min_days)


def maximum_days(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """``sum_{d in w} on[d] <= max_days[w]``."""
    for w, limits in enumerate(own.agent.weeks):
        m.add(_days(problem, own, w) <= limits.max_days)


def run_of_days(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """Of any ``max_run + 1`` days in a row at least one is off, history included."""
    most = own.agent.max_run
    if most is None:
        return
    left = most - min(own.agent.run_before, most)
    if left < most:
        _at_most(m, own, range(left + 1), left)
    for d in range(problem.days - most):
        _at_most(m, own, range(d, d + most + 1), most)


def pins(m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables) -> None:
    """``works[i] = 1`` for a pinned shift; ``reach`` leaves out the day's others."""
    for pin in own.agent.pins:
        if pin.shift is not None:
            m.add_exactly_one(
                worked
                for i, worked in own.works.items()
                if problem.shifts[i] == pin.shift
            )


def breaks_in_order(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """If break b + 1 starts at t, break b started by ``t - length[b]``."""
    for (d, k, b), later in own.takes.items():
        if b == 0:
            continue
        length = problem.shift_types[k].breaks[b - 1].minutes // problem.period
        earlier = own.takes[d, k, b - 1]
        for t, variable in later.items():
            late = [v for u, v in earlier.items() if u > t - length]
            if late:
                m.add_at_most_one([variable, *late])


def breaks_apart(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """No break starts within ``spacing`` after another's end."""
    for (d, k, b), takes in own.takes.items():
        kind = problem.shift_types[k]
        reach = (kind.breaks[b].minutes + kind.spacing) // problem.period
        if not kind.spacing:
            continue
        for other in range(len(kind.breaks)):
            if other == b:
                continue
            for t, variable in takes.items():
                near = own.takes[d, k, other]
                close = [near[u] for u in range(t, t + reach) if u in near]
                if close:
                    m.add_at_most_one([variable, *close])


def meetings(m: cp_model.CpModel, _: RosterProblem, own: AgentVariables) -> None:
    """Each meeting starts exactly once: ``sum_t meets[m, t] = 1``."""
    for starts in own.meets:
        m.add_exactly_one(starts.values())


def shortest_voice_run(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """A run of voice that begins lasts at least ``shortest`` minutes."""
    _shortest_run(m, problem, own, Kind.VOICE)


def shortest_case_block(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """A case block that begins lasts at least ``shortest`` minutes, unbroken."""
    _shortest_run(m, problem, own, Kind.CASE)


def longest_case_block(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """Of any ``longest + 1`` periods in a row at least one is not on the case type."""
    for w, does in own.does.items():
        work = problem.works[w]
        if work.kind is not Kind.CASE or work.longest is None:
            continue
        most = work.longest // problem.period
        for p in does:
            window = [does[u] for u in range(p, p + most + 1) if u in does]
            if len(window) > most:
                m.add(sum(window) <= most)


def pinned_work(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """``does[w,p] = 1`` in every period of a pin; 0 of every w if to no work."""
    for task in own.agent.tasks:
        for p in range(task.start // problem.period, task.end // problem.period):
            if task.work is None:
                m.add(sum(does.get(p, 0) for does in own.does.values()) == 0)
            else:
                does = own.does.get(task.work, {})
                m.add_bool_or([does[p]] if p in does else [])


RULES: tuple[Callable[[cp_model.CpModel, RosterProblem, AgentVariables], None], ...] = (
    one_shift_per_day,
    rest_between_shifts,
    minimum_hours,
    maximum_hours,
    minimum_days,
    maximum_days,
    run_of_days,
    pins,
    breaks_in_order,
    breaks_apart,
    meetings,
    shortest_voice_run,
    shortest_case_block,
    longest_case_block,
    pinned_work,
)


def worked_minutes(
    problem: RosterProblem, own: AgentVariables, week: int
) -> cp_model.LinearExpr:
    """Return the paid minutes of the shifts that start in a week."""
    return cp_model.LinearExpr.sum(
        [
            problem.shifts[i].paid_minutes * own.works[i]
            for day in problem.weeks[week]
            for i in own.of_day.get(day, ())
        ]
    )


def _days(
    problem: RosterProblem, own: AgentVariables, week: int
) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.sum(
        [own.on[d] for d in problem.weeks[week] if d in own.on]
    )


def _at_most(m: cp_model.CpModel, own: AgentVariables, days: range, most: int) -> None:
    window = [own.on[d] for d in days if d in own.on]
    if len(window) > most:
        m.add(sum(window) <= most)


def _shortest_run(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables, kind: Kind
) -> None:
    """``sum_{u in (p - L, p]} begins[u] <= does[p]``; a run that cannot last: none.

    The minimum up-time inequalities of Rajan and Takriti (2005): no linear ones on
    does and begins are tighter.
    """
    for w, does in own.does.items():
        least = -(-problem.works[w].shortest // problem.period)
        if problem.works[w].kind is not kind or least <= 1:
            continue
        begins = own.begins[w]
        for p in sorted({q for b in begins for q in range(b, b + least)}):
            recent = [begins[u] for u in range(p - least + 1, p + 1) if u in begins]
            if p in does:
                m.add(sum(recent) <= does[p])
            else:
                m.add(sum(recent) == 0)
