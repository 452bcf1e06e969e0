"""Check that every agent can fulfil the contract in every full week."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from math import floor
from typing import NamedTuple

from models.roster.problem import Stretch
from scheduler.domain import Contract, Weekday
from scheduler.validation.diary import Credit, Diary, diaries
from scheduler.validation.facts import Facts, offers, weekday_of
from scheduler.validation.issue import PlanIssue, check
from scheduler.validation.timeline import Timeline

_DAY = dt.timedelta(days=1)
_EPSILON = 1e-6  # hours are decimal fractions

Week = tuple[dt.date, ...]

_USUAL_WEEK = tuple(dt.date(1900, 1, 1) + n * _DAY for n in range(7))  # from Monday
_MOST_NAMES = 12


class Paid(NamedTuple):
    """Paid minutes of the shortest and longest shift that fits somewhere."""

    shortest: int
    longest: int


class Asked(NamedTuple):
    """What a contract asks for and allows in a week, credits taken off."""

    days: int
    most_days: int
    minutes: int
    room: float  # minutes, with overtime


Fitting = Callable[[str, Weekday, tuple[Stretch, ...]], Paid | None]


def full_weeks(line: Timeline, week_starts: Weekday) -> list[Week]:
    """Return the dates of the weeks that lie in the horizon whole."""
    first = line.first_day
    while weekday_of(first) is not week_starts:
        first += _DAY
    weeks = (line.last_day + _DAY - first).days // 7
    return [
        tuple(first + (7 * week + n) * _DAY for n in range(7)) for week in range(weeks)
    ]


def shifts_fitting(facts: Facts) -> Fitting:
    """Return a function for the shifts of a contract beside what is blocked."""

    @cache
    def menu(contract: str, weekday: Weekday) -> list[tuple[int, int, int]]:
        types = map(facts.shift_types.get, facts.contracts[contract].shift_types)
        return sorted(
            (offer.paid, offer.start, offer.start + offer.length)
            for each in types
            if each and weekday in each.weekdays
            for offer in offers(each)
        )

    @cache
    def fitting(
        contract: str, weekday: Weekday, blocked: tuple[Stretch, ...]
    ) -> Paid | None:
        paid = [
            paid
            for paid, start, end in menu(contract, weekday)
            if not any(start < until and since < end for since, until in blocked)
        ]
        return Paid(paid[0], paid[-1]) if paid else None

    return fitting


def asked(
    contract: Contract, diary: Diary, week: Week, holidays: set[dt.date]
) -> Asked:
    """Return what a contract asks for in a week.

    Leave credits hours, and a day for each whole date. A public holiday credits hours;
    a day too, or else its hours could leave no room for the days that are asked for.
    """
    off = {date for date in week if date in holidays and contract.public_holiday_hours}
    leave = {date: diary.credits.get(date, Credit()) for date in week}
    on_leave = {date for date in week if leave[date].is_day}
    credit = 60 * contract.public_holiday_hours * len(off)
    credit += sum(each.minutes for each in leave.values())
    most = contract.max_hours_per_week + contract.max_overtime_hours_per_week
    return Asked(
        days=max(0, contract.min_days_per_week - len(off | on_leave)),
        most_days=max(0, contract.max_days_per_week - len(on_leave)),
        minutes=floor(max(0.0, 60 * contract.min_hours_per_week - credit) + _EPSILON),
        room=max(0.0, 60 * most - credit),
    )


def shortcoming(asks: Asked, fits: list[Paid]) -> str | None:
    """Return why the shifts that fit into a week are not what is asked for."""
    if len(fits) < asks.days:
        return f"asks for {asks.days} days and shifts fit on {len(fits)}"
    longest = sorted((paid.longest for paid in fits), reverse=True)
    most = sum(longest[: asks.most_days])
    if most < asks.minutes:
        return f"asks for {_hours(asks.minutes)} and shifts fit for {_hours(most)}"
    least = sum(sorted(paid.shortest for paid in fits)[: asks.days])
    if least > asks.room + 1:
        return (
            f"allows {_hours(asks.room)} and the shortest shifts on {asks.days} days "
            f"take {_hours(least)}"
        )
    return None


def _hours(minutes: float) -> str:
    return f"{minutes / 60:.4g} hours"


@check(
    "horizon",
    "public_holidays",
    "contracts",
    "shift_types",
    "agents",
    "availability",
    "leave",
    "pins",
)
def contract_can_be_fulfilled(facts: Facts) -> Iterator[PlanIssue]:
    """An agent has days and shifts enough for what every full week asks.

    Agents of one contract with the same reason are told once: it is the contract's.
    """
    judge = _Judge(facts)
    alike: dict[tuple[str, str], list[int]] = {}
    for a, agent in enumerate(facts.plan.agents):
        contract = facts.contracts.get(agent.contract)
        if contract is None or facts.shift_types.keys().isdisjoint(
            contract.shift_types
        ):
            continue
        if why := judge.failing(contract, agent.agent_id):
            alike.setdefault((contract.name, why), []).append(a)
    for (_, why), own in alike.items():
        names = [facts.plan.agents[a].agent_id for a in own]
        yield PlanIssue(
            ("agents", own[0], "contract"),
            f"a contract that agent {names[0]!r} can fulfil: with leave and public "
            f"holidays taken off, {why}{_likewise(names[1:])}",
        )


def _likewise(names: list[str]) -> str:
    """Return the agents of whom the same is to be said."""
    if not names:
        return ""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"; likewise {', '.join(names[:_MOST_NAMES])}{more}"


class _Judge:
    """Compares what contracts ask for with what agents can work."""

    def __init__(self, facts: Facts) -> None:
        self.weeks = full_weeks(facts.timeline, facts.plan.horizon.week_starts)
        self.diaries = diaries(facts)
        self.fitting = shifts_fitting(facts)
        self.holidays = set(facts.plan.public_holidays)

    def failing(self, contract: Contract, agent_id: str) -> str | None:
        """Return which week cannot be worked as the contract asks, and why."""
        weeks = list(self.failing_weeks(contract, agent_id))
        if not weeks:
            return None
        week, why = weeks[0]
        more = f"; likewise {len(weeks) - 1} more weeks" * (len(weeks) > 1)
        off = sorted(self.diaries[agent_id].off.intersection(week))
        if off:
            dates = ", ".join(f"{date}" for date in off)
            more = f"; pins.csv has these days off: {dates}{more}"
        return f"the week of {week[0]} {why}{more}"

    def failing_weeks(
        self, contract: Contract, agent_id: str
    ) -> Iterator[tuple[Week, str]]:
        """Yield the weeks that cannot be worked as the contract asks, and why."""
        diary = self.diaries[agent_id]
        special = diary.special_dates()
        unusual = special | self.holidays
        usual = [self._paid(contract, diary, date) for date in _USUAL_WEEK]
        usual_why = _why(contract, diary, _USUAL_WEEK, set(), usual)
        for week in self.weeks:
            why = usual_why
            if not unusual.isdisjoint(week):
                paid = [
                    self._paid(contract, diary, date)
                    if date in special
                    else usual[date.weekday()]
                    for date in week
                ]
                why = _why(contract, diary, week, self.holidays, paid)
            if why:
                yield week, why

    def _paid(self, contract: Contract, diary: Diary, date: dt.date) -> Paid | None:
        if date in diary.off:
            return None
        return self.fitting(contract.name, weekday_of(date), diary.blocked(date))


def _why(
    contract: Contract,
    diary: Diary,
    week: Week,
    holidays: set[dt.date],
    paid: list[Paid | None],
) -> str | None:
    fits = [each for each in paid if each]
    return shortcoming(asked(contract, diary, week, holidays), fits)
