"""The worth of hours, people and room in the rules; the largest solved again."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pydantic import Field

from models.roster import check
from models.roster.problem import UNIT, Agent, RosterProblem
from models.roster.result import Certificate, Limits, Roster
from models.roster.solve import solve
from models.roster.worth import Hour, eased, hires, hours, with_hour
from scheduler.preparing import Prepared
from scheduler.rosters.document import Entry
from scheduler.rosters.duals import read_duals
from scheduler.rosters.reading import read_roster
from scheduler.rosters.units import in_hours

_LEAST = UNIT // 20  # a worth that is told


class HourWorth(Entry):
    """An hour more of a trained agent on some calls or cases, from a moment on."""

    start: dt.datetime
    work: list[str] = Field(description="Queues taken together, or a case type.")
    worth: float = Field(description="Paid hours' worth that it saves at most.")


class HireWorth(Entry):
    """One more agent of a contract, a week: like the agent of whom most is worth."""

    contract: str
    like: str
    worth: float = Field(description="Less their own pay; below 0: they cost more.")


class RoomWorth(Entry):
    """A rule a notch easier for one agent of a contract."""

    contract: str
    change: str
    agent: str = Field(description="Of whom it is worth most.")
    worth: float


class CheckedWorth(Entry):
    """A worth, and what solving again with the change says.

    ``saved`` is what the roster found then costs less than the one found in the same
    time without the change; with the gaps of both it is off by at most ``tolerance``.
    """

    change: str
    worth: float
    saved: float
    bound_saved: float = Field(description="By how much the proved bound falls.")
    tolerance: float
    agrees: bool = Field(description="Whether the two are within the tolerance.")
    decides: bool = Field(
        description="Whether the tolerance is smaller than the worth: else to agree "
        "says little, and more time is needed."
    )
    why_not: str | None


class WorthDocument(Entry):
    """What more hours, people and room in the rules are worth at most."""

    name: str
    objective: float
    bound: float
    hours: list[HourWorth]
    hires: list[HireWorth]
    room: list[RoomWorth]
    overtime_cost: float = Field(description="Of an hour of overtime, pay included.")
    checked: list[CheckedWorth]


@dataclass(frozen=True)
class Asked:
    """How many of the largest worths of hours are checked, for how long each."""

    count: int
    seconds: float


ROOM: dict[str, Callable[[Agent], Agent]] = {
    "an hour more of overtime": lambda a: replace(
        a,
        weeks=tuple(
            replace(w, overtime_minutes=w.overtime_minutes + 60) for w in a.weeks
        ),
    ),
    "eight hours more a week": lambda a: replace(
        a, weeks=tuple(replace(w, max_minutes=w.max_minutes + 480) for w in a.weeks)
    ),
    "eight hours less needed a week": lambda a: replace(
        a,
        weeks=tuple(
            replace(w, min_minutes=max(0, w.min_minutes - 480)) for w in a.weeks
        ),
    ),
    "a day more a week": lambda a: replace(
        a, weeks=tuple(replace(w, max_days=w.max_days + 1) for w in a.weeks)
    ),
    "an hour less of rest": lambda a: replace(a, min_rest=max(0, a.min_rest - 60)),
    "no hours that are not available": lambda a: replace(a, unavailable=()),
}


def worth(
    prepared: Prepared,
    folder: Path,
    asked: Asked,
    watch: Callable[[int], None] | None = None,
) -> WorthDocument:
    """Return what the prices beside a roster say, the largest worths checked.

    Raises
    ------
    PlanError
        Where the folder has no roster or no prices of this plan.
    """
    problem, axis = prepared.problem, prepared.translation.axis
    prices = read_duals(folder, problem, axis, prepared.plea.plan_hash)
    roster = read_roster(folder, problem, axis).roster
    cost = sum(check.objective(problem, roster).values())
    found = [hour for hour in hours(problem, prices) if hour.worth >= _LEAST]
    found.sort(key=lambda hour: (-hour.worth, hour.start, hour.work))
    told = list(_grouped(found))
    hired = hires(problem, prices)
    checker = _Checker(problem, roster, asked.seconds)
    checked = []
    for n, same in enumerate(told[: asked.count]):
        if watch is not None:
            watch(n)
        checked.append(checker.checked(_words(prepared, same), same[0]))
    return WorthDocument(
        name=prepared.plea.name,
        objective=in_hours(cost) or 0.0,
        bound=in_hours(prices.bound) or 0.0,
        hours=[
            HourWorth(
                start=axis.moment(same[0].start),
                work=[problem.works[hour.work].name for hour in same],
                worth=in_hours(same[0].worth) or 0.0,
            )
            for same in told
        ],
        hires=list(_hires(prepared, hired)),
        room=list(_room(prepared, prices, hired)),
        overtime_cost=_overtime(problem),
        checked=checked,
    )


def _grouped(found: Sequence[Hour]) -> Iterator[list[Hour]]:
    """Yield hours that start together and are worth the same together."""
    groups: dict[tuple[int, int], list[Hour]] = {}
    for hour in found:
        groups.setdefault((hour.start, hour.worth), []).append(hour)
    yield from groups.values()


def _words(prepared: Prepared, same: Sequence[Hour]) -> str:
    name = prepared.problem.works[same[0].work].name
    moment = prepared.translation.axis.moment(same[0].start)
    return f"an hour on {name}, {moment:%a %Y-%m-%d %H:%M}"


def _overtime(problem: RosterProblem) -> float:
    costs = [60 * (agent.paid_cost + agent.overtime_cost) for agent in problem.agents]
    return (in_hours(min(costs)) or 0.0) if costs else 0.0


def _contracts(prepared: Prepared) -> list[str]:
    contract = {a.agent_id: a.contract for a in prepared.translation.plan.agents}
    return [contract[agent.name] for agent in prepared.problem.agents]


def _most(
    contracts: Sequence[str], worths: Sequence[int | None]
) -> dict[str, tuple[int, int]]:
    """Return by contract of which agent most is worth, and what."""
    found: dict[str, tuple[int, int]] = {}
    for a, (contract, own) in enumerate(zip(contracts, worths, strict=True)):
        if own is not None and (contract not in found or own > found[contract][1]):
            found[contract] = a, own
    return found


def _hires(prepared: Prepared, hired: Sequence[int | None]) -> Iterator[HireWorth]:
    problem = prepared.problem
    found = _most(_contracts(prepared), hired)
    for contract, (a, own) in sorted(found.items(), key=lambda item: -item[1][1]):
        like = problem.agents[a].name
        yield HireWorth(contract=contract, like=like, worth=in_hours(own) or 0.0)


def _room(
    prepared: Prepared, prices: Certificate, hired: Sequence[int | None]
) -> Iterator[RoomWorth]:
    problem, contracts = prepared.problem, _contracts(prepared)
    found = []
    for change, ease in ROOM.items():
        most = _most(contracts, eased(problem, prices, hired, ease))
        for contract, (a, own) in most.items():
            if own >= _LEAST:
                found.append((own, contract, change, problem.agents[a].name))
    for own, contract, change, agent in sorted(found, reverse=True):
        yield RoomWorth(
            contract=contract, change=change, agent=agent, worth=in_hours(own) or 0.0
        )


@dataclass(eq=False)
class _Checker:
    problem: RosterProblem
    roster: Roster
    seconds: float

    @cached_property
    def now(self) -> tuple[int, int]:
        """Cost and bound after the same time without a change."""
        return self._solved(self.problem)

    def _solved(self, problem: RosterProblem) -> tuple[int, int]:
        limits = Limits(seconds=self.seconds, gap=0.0)
        result = solve(problem, limits=limits, start=self.roster)
        found = result.roster or self.roster
        return sum(check.objective(problem, found).values()), result.bound or 0

    def checked(self, words: str, hour: Hour) -> CheckedWorth:
        """Solve again with an hour more, from the roster as it is."""
        cost, bound = self._solved(with_hour(self.problem, hour))
        cost_now, bound_now = self.now
        tolerance = (cost_now - bound_now) + (cost - bound)
        saved = cost_now - cost
        agrees = abs(saved - hour.worth) <= tolerance
        return CheckedWorth(
            change=words,
            worth=in_hours(hour.worth) or 0.0,
            saved=in_hours(saved) or 0.0,
            bound_saved=in_hours(bound_now - bound) or 0.0,
            tolerance=in_hours(tolerance) or 0.0,
            agrees=agrees,
            decides=tolerance < hour.worth,
            why_not=None if agrees else _why(saved, hour.worth),
        )


def _why(saved: int, worth_: int) -> str:
    if saved < worth_:
        return "less than an hour is missing there: what is left of it is worth less"
    return "the search found more to save elsewhere"
