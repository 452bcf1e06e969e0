"""Classes of agents who are alike, and what one day of their tours can be.

A day of a tour is an *option*: nearly always one shift. Where agents may work several a
day an option is a legal sequence of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER
from models.roster.columns.legs import Legs
from models.roster.columns.machine import Machine, Values
from models.roster.columns.machines import book
from models.roster.columns.options import Options, plain_options, rich_options
from models.roster.columns.units import FINE, NO_LIMIT
from models.roster.problem import Agent, RosterProblem, WishKind
from models.roster.problem.whole import DAY, END, PAID, START, TYPE
from models.roster.reach import free_from, menu

Ints = npt.NDArray[np.int64]

NEVER_COST = -NEVER


@dataclass(frozen=True, eq=False)
class TourClass:
    """Agents who are alike but for their name, as ``kernels.tour`` wants them.

    Attributes
    ----------
    members
        Positions of the agents.
    options
        What a day can be, besides off.
    closed
        By option: whether a rule of the book forbids it.
    costs, off_costs
        By goal: what each option costs, and each day off; fine units.
    machines
        The other rules of the book.
    off, weeks, person
        See ``kernels.books.TourTable``; ``off`` with no costs but ``NEVER_COST``.
    """

    members: tuple[int, ...]
    options: Options
    closed: npt.NDArray[np.bool_]
    costs: dict[str, Ints]
    off_costs: dict[str, Ints]
    machines: Sequence[Machine]
    off: Ints
    weeks: Ints
    person: Ints


def classes(problem: RosterProblem, legs: Legs, values: Values) -> Iterator[TourClass]:
    """Yield the classes of a problem's agents, in the order of their first members.

    What their machines look up is entered in ``values``.

    Raises
    ------
    InvalidInput
        Where an agent has more meetings than can be planned.
    """
    alike: dict[Agent, list[int]] = {}
    for a, agent in enumerate(problem.agents):
        alike.setdefault(replace(agent, name=""), []).append(a)
    for members in alike.values():
        yield _tour_class(problem, legs, values, tuple(members))


def week_of_day(problem: RosterProblem) -> Ints:
    """Return the week of each day, -1 where it is in none."""
    found = np.full(problem.days, -1, dtype=np.int64)
    for w, days in enumerate(problem.weeks):
        found[list(days)] = w
    return found


def _tour_class(
    problem: RosterProblem, legs: Legs, values: Values, members: tuple[int, ...]
) -> TourClass:
    agent = problem.agents[members[0]]
    shifts = np.array(menu(problem, agent), dtype=np.int64)
    table = problem.shift_table[shifts]
    shifts = shifts[np.lexsort((table[:, END], table[:, START], table[:, DAY]))]
    has_meetings = problem.enforces("meetings") and bool(agent.meetings)
    if has_meetings or not problem.enforces("one_shift_per_day"):
        options = rich_options(problem, legs, agent, shifts)
    else:
        options = plain_options(problem, legs, agent, shifts)
    paid, wishes = _own_costs(problem, agent)
    off_costs = {"preferences": _off_wishes(problem, agent)}
    costs = {"paid_hours": options.total(paid), "preferences": options.total(wishes)}
    own = book(problem, values, agent, options)
    for goal, more in own.costs.items():
        costs[goal] = costs[goal] + more if goal in costs else more
    for goal, more in own.off_costs.items():
        off_costs[goal] = off_costs[goal] + more if goal in off_costs else more
    off = _off(problem, agent, options)
    off[sorted(own.must), 0] = NEVER_COST
    return TourClass(
        members=members,
        options=options,
        closed=own.closed,
        costs=costs,
        off_costs=off_costs,
        machines=own.machines,
        off=off,
        weeks=_weeks(problem, agent, options),
        person=_person(problem, agent),
    )


def _own_costs(problem: RosterProblem, agent: Agent) -> tuple[Ints, Ints]:
    """Return what each shift of the menu costs in pay and in wishes, fine units."""
    table = problem.shift_table
    wishes = np.zeros(len(table), dtype=np.int64)
    for wish in agent.wishes:
        if wish.kind is WishKind.AVOID:
            start, end = wish.stretch
            inside = np.minimum(table[:, END], end) - np.maximum(table[:, START], start)
            wishes += wish.cost * np.maximum(inside, 0)
        elif wish.kind is WishKind.SHIFT_TYPE:
            other = table[:, TYPE] != wish.shift_type
            wishes += wish.cost * ((table[:, DAY] == wish.day) & other)
    return table[:, PAID] * agent.paid_cost * FINE, wishes * FINE


def _off_wishes(problem: RosterProblem, agent: Agent) -> Ints:
    costs = np.zeros(problem.days, dtype=np.int64)
    for wish in agent.wishes:
        if wish.kind is WishKind.WORK:
            costs[wish.day] += wish.cost * FINE
    return costs


def _off(problem: RosterProblem, agent: Agent, options: Options) -> Ints:
    """Return for each day: may it be off, meetings due by its end, next start."""
    rows = np.zeros((problem.days, 3), dtype=np.int64)
    if problem.enforces("pins"):
        for pin in agent.pins:
            if pin.shift is not None:
                rows[pin.day, 0] = NEVER_COST
    first, due = options.day_first, 0
    later = NO_LIMIT
    for d in reversed(range(problem.days)):
        rows[d, 2] = later
        starts = options.rows[first[d] : first[d + 1], 0]
        later = min(later, int(starts.min(initial=NO_LIMIT)))
    for d in range(problem.days):
        due |= options.due.get(d, 0)
        rows[d, 1] = due
    return rows


def _weeks(problem: RosterProblem, agent: Agent, options: Options) -> Ints:
    """Return the limits of each week as far as they are enforced and can matter."""
    longest = np.zeros(problem.days, dtype=np.int64)
    count = np.diff(options.day_first)
    np.maximum.at(
        longest, np.repeat(np.arange(problem.days), count), options.rows[:, 2]
    )
    rows = []
    for days, limits in zip(problem.weeks, agent.weeks, strict=True):
        minutes, there = (
            int(longest[list(days)].sum()),
            int((count[list(days)] > 0).sum()),
        )
        most = limits.max_minutes + limits.overtime_minutes
        low, high, few, many = (
            limits.min_minutes if problem.enforces("minimum_hours") else 0,
            most if problem.enforces("maximum_hours") else minutes,
            limits.min_days if problem.enforces("minimum_days") else 0,
            limits.max_days if problem.enforces("maximum_days") else there,
        )
        rows.append(
            (
                low if low > 0 else -NO_LIMIT,
                high if high < minutes else NO_LIMIT,
                few if few > 0 else -NO_LIMIT,
                many if many < there else NO_LIMIT,
                limits.max_minutes if limits.max_minutes < minutes else NO_LIMIT,
                agent.overtime_cost * FINE,
            )
        )
    return np.array(rows, dtype=np.int64).reshape(-1, 6)


def _person(problem: RosterProblem, agent: Agent) -> Ints:
    """Return least gap of shifts, most days in a row, days so far, first free minute.

    Two shifts never touch, so the gap is a period at least.
    """
    rest = agent.min_rest if problem.enforces("rest_between_shifts") else 0
    run, before = -1, 0
    if agent.max_run is not None and problem.enforces("run_of_days"):
        run, before = agent.max_run, min(agent.run_before, agent.max_run)
    gap = max(rest, problem.period)
    return np.array((gap, run, before, free_from(problem, agent)), dtype=np.int64)
