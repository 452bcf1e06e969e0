"""A family of invented service centres, of any size and for any seed."""

import datetime as dt
import math
from collections.abc import Sequence

from models.errors import InvalidInput
from scheduler.domain import Horizon, Plan
from scheduler.samples.centre import work
from scheduler.samples.centre.draws import dice, pick
from scheduler.samples.centre.people import Person, people
from scheduler.samples.centre.rows import tables
from scheduler.samples.centre.scale import with_work
from scheduler.samples.centre.terms import SHIFT_TYPES

__all__ = ["centre"]

MONDAY = dt.date(2026, 6, 1)
WEEK = 7
MOST_WEEKS = 20  # until the clock changes
FEWEST_AGENTS = 5
CLASSES_AT_1000 = 90
PEOPLE = 0  # stream of the seed; those of the calls follow


def centre(
    agents: int,
    days: int = WEEK,
    different: bool = True,
    load: float = 0.95,
    queues: int = 1,
    case_types: int = 3,
    seed: int = 0,
    hard: bool = False,
) -> Plan:
    """Return the plan of a centre that is open from 07:00 to 22:00 every day.

    Everybody has a legal tour, and the same arguments always give the same plan.

    Parameters
    ----------
    agents
        People, 5 or more.
    days
        Whole weeks, up to 140 days, from Monday 1 June 2026 in London.
    different
        Whether everybody has wishes and hours of their own. Else there are about 90
        kinds of people among 1,000, alike but for id and name (more among more, as
        the square root), without wishes.
    load
        Work due over the hours that contracts give (``scheduler.load.load_of``), > 0;
        met to within 0.5 % (1 % below ten agents, where each case counts).
    queues, case_types
        1 or 2; 1 to 3.
    seed
        Of everything that is drawn, 0 or more.
    hard
        Adds four levels of speed, a 1:1 at a fixed time for every second agent and
        appointments, leave for a part of a day, for one in twenty.

    Raises
    ------
    InvalidInput
        If a number is outside its range.
    """
    _refuse_nonsense(agents, days, load, queues, case_types, seed)
    rng = dice(seed, PEOPLE)
    kinds = agents if different else _classes(agents)
    drawn = people(
        rng,
        kinds,
        days // WEEK,
        work.skill_sets(queues, case_types),
        own_wishes=different,
        hard=hard,
    )
    more = [pick(rng, drawn) for _ in range(agents - kinds)]
    sort = "different" if different else "classes"
    name = f"Centre of {agents}, {sort}{', hard' if hard else ''}, seed {seed}"
    plan = _without_work(name, [*drawn, *more], days, queues, case_types)
    return with_work(plan, load, seed)


def _refuse_nonsense(
    agents: int, days: int, load: float, queues: int, case_types: int, seed: int
) -> None:
    """Raise where a number is outside its range."""
    ranges = (
        ("agents", agents, FEWEST_AGENTS, 100_000),
        ("days", days, WEEK, MOST_WEEKS * WEEK),
        ("queues", queues, 1, len(work.QUEUES)),
        ("case_types", case_types, 1, len(work.FLOWS)),
    )
    for name, value, least, most in ranges:
        if not least <= value <= most:
            raise InvalidInput(f"{name} must be in [{least}, {most}], got {value}")
    if days % WEEK:
        raise InvalidInput(f"days must be whole weeks, got {days}")
    if not 0 < load < float("inf"):
        raise InvalidInput(f"load must be > 0, got {load}")
    if seed < 0:
        raise InvalidInput(f"seed must be >= 0, got {seed}")


def _classes(agents: int) -> int:
    """Return how many kinds of people there are, where some are alike."""
    return min(agents, round(CLASSES_AT_1000 * math.sqrt(agents / 1000)))


def _without_work(
    name: str, members: Sequence[Person], days: int, queues: int, case_types: int
) -> Plan:
    """Return the plan of these members with nothing to do yet."""
    used = {person.terms.name: person.terms for person in members}
    return Plan(
        name=name,
        horizon=Horizon(
            first_day=MONDAY,
            days=days,
            time_zone="Europe/London",
            interval_minutes=work.INTERVAL,
            grid_minutes=work.INTERVAL,
        ),
        calendars=work.CALENDARS,
        queues=list(work.QUEUES[:queues]),
        case_types=[flow.kind for flow in work.FLOWS[:case_types]],
        shift_types=list(SHIFT_TYPES.values()),
        contracts=[used[name].contract() for name in sorted(used)],
        **tables(members, MONDAY),
    )
