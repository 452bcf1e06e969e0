"""Small problems and rosters in few words, for every test about rosters.

Everything has a default, so that a test says only what it is about: periods of an
hour, days of 24 of them, one shift type without breaks, one voice work ``calls``, one
agent ``Ann`` with every skill and no limits, who costs 1 per paid minute.

    p = problem(menu=[(0, 8, 12)], covers=[need({9: 100})])
    r = roster(p, (0, 0, "- calls calls -"))

Times in ``menu`` are hours after the start of the day; all other times are minutes
since the start of the horizon, for which ``H`` is an hour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.roster import check
from models.roster.problem import (
    Agent,
    Break,
    Cases,
    Cover,
    Kind,
    Level,
    RosterProblem,
    Shift,
    ShiftType,
    Stream,
    Target,
    WeekLimits,
    Wish,
    WishKind,
    Work,
)
from models.roster.result import Activity, Roster, Worked

H = 60
ALWAYS = ((0, 10**6),)
NO_LIMITS = WeekLimits(0, 10**6, 0, 0, 99)


def week(
    min_minutes: int = 0,
    max_minutes: int = 10**6,
    overtime_minutes: int = 0,
    min_days: int = 0,
    max_days: int = 99,
) -> WeekLimits:
    """Limits of one week; none unless said."""
    return WeekLimits(min_minutes, max_minutes, overtime_minutes, min_days, max_days)


def pause(
    earliest: int,
    latest: int | None = None,
    *,
    name: str = "lunch",
    minutes: int = H,
    paid: bool = False,
) -> Break:
    """A break of an hour, unpaid; minutes after the shift's start."""
    return Break(name, minutes, paid, earliest, earliest if latest is None else latest)


def kind(*breaks: Break, name: str = "day", spacing: int = 0) -> ShiftType:
    """A shift type."""
    return ShiftType(name, breaks, spacing)


def voice(name: str = "calls", **fields: Any) -> Work:
    """A voice work, always open."""
    return Work(name, Kind.VOICE, **{"open": ALWAYS, **fields})


def case(name: str = "claims", **fields: Any) -> Work:
    """A case work, always open."""
    return Work(name, Kind.CASE, **{"open": ALWAYS, **fields})


@dataclass(frozen=True)
class Need:
    """A cover before the number of periods is known."""

    levels: Sequence[tuple[str, Mapping[int, int], int]]
    works: Sequence[int]
    fixed: Mapping[int, int]
    targets: tuple[Target, ...] = ()


def need(
    target: Mapping[int, int] | None = None,
    cost: int = 1000,
    *,
    works: Sequence[int] = (0,),
    fixed: Mapping[int, int] | None = None,
    more: Sequence[tuple[str, Mapping[int, int], int]] = (),
    targets: Sequence[Target] = (),
) -> Need:
    """Cover to have: ``{period: centi-agents}``, at a cost for each missing one.

    ``more`` are further levels: (goal, target, cost).
    """
    levels = [("voice_shortfall", target or {}, cost), *more]
    return Need(levels, works, fixed or {}, tuple(targets))


@dataclass(frozen=True)
class Backlog:
    """Deferred work before the cuts are known."""

    work: int
    streams: tuple[Stream, ...]
    late_cost: int | Mapping[int, int]
    open_cost: int | Mapping[int, int]


Steps = Mapping[int, int]


def backlog(
    *streams: tuple[Steps, Steps],
    work: int = 1,
    late_cost: int | Mapping[int, int] = 10,
    open_cost: int | Mapping[int, int] = 0,
) -> Backlog:
    """Deferred work of one case work; each stream is (arrivals, deadlines).

    Both are ``{minute: units}``; there are 1200 units in a trained agent's hour.
    The costs are those of every cut, or ``{minute: cost}`` of some.
    """
    made = tuple(
        Stream(f"s{i}", tuple(sorted(come.items())), tuple(sorted(due.items())))
        for i, (come, due) in enumerate(streams)
    )
    return Backlog(work, made, late_cost, open_cost)


def agent(name: str = "Ann", **fields: Any) -> dict[str, Any]:
    """An agent; ``problem`` adds every shift type, speed 100, no limits, cost 1.

    Fields are those of ``models.roster.problem.Agent``.
    """
    return {"name": name, **fields}


def wish(kind: WishKind, cost: int = 1, day: int = 0, **fields: Any) -> Wish:
    """A wish."""
    return Wish(kind, day, cost, **fields)


def dated(
    types: Sequence[ShiftType],
    day_starts: Sequence[int],
    row: tuple[float, ...],
) -> Shift:
    """The shift of (day, from hour, to hour) or (day, from hour, to hour, type)."""
    day, first, last, shift_type = (*row, 0)[:4]
    start = day_starts[int(day)] + round(first * H)
    end = day_starts[int(day)] + round(last * H)
    unpaid = sum(b.minutes for b in types[int(shift_type)].breaks if not b.paid)
    return Shift(int(shift_type), int(day), start, end, end - start - unpaid)


def problem(
    *,
    menu: Sequence[tuple[float, ...]] = (),
    types: Sequence[ShiftType] = (ShiftType("day"),),
    works: Sequence[Work] = (Work("calls", Kind.VOICE, ALWAYS),),
    agents: Sequence[dict[str, Any]] = ({"name": "Ann"},),
    covers: Sequence[Need] = (),
    cases: Sequence[Backlog] = (),
    days: int = 1,
    day_minutes: int | Sequence[int] = 24 * H,
    period: int = H,
    tail: int = 0,
    weeks: Sequence[Sequence[int]] | None = None,
    cuts: Sequence[int] = (),
    **fields: Any,
) -> RosterProblem:
    """A problem.

    Parameters
    ----------
    menu
        Rows (day, from hour, to hour) or (day, from hour, to hour, shift type).
    day_minutes
        Of every day, or of each.
    tail
        Minutes after the last day in which a shift may end.
    weeks
        Days of each week; one week of all days unless said.
    cuts
        Besides 0, the end of the last day, and every time of a stream.
    fields
        ``block_cost``, ``idle_cost``, ``off``, ``clock``.
    """
    lengths = [day_minutes] * days if isinstance(day_minutes, int) else day_minutes
    day_starts = tuple(sum(lengths[:d]) for d in range(len(lengths) + 1))
    periods = (day_starts[-1] + tail) // period
    weeks = weeks or [range(len(lengths))]
    times = {t for b in cases for s in b.streams for t, _ in s.arrivals + s.deadlines}
    all_cuts = tuple(sorted({0, day_starts[-1], *cuts, *times}))
    return RosterProblem(
        period=period,
        day_starts=day_starts,
        periods=periods,
        weeks=tuple(tuple(days) for days in weeks),
        shift_types=tuple(types),
        shifts=tuple(dated(types, day_starts, row) for row in menu),
        works=tuple(works),
        agents=tuple(_agent(a, len(types), len(works), len(weeks)) for a in agents),
        covers=tuple(_cover(c, n, periods) for n, c in enumerate(covers)),
        cases=tuple(_cases(b, all_cuts) for b in cases),
        cuts=all_cuts if cases or cuts else (),
        **fields,
    )


def _agent(given: dict[str, Any], types: int, works: int, weeks: int) -> Agent:
    """An agent with everything that was not given."""
    defaults: dict[str, Any] = {
        "shift_types": frozenset(range(types)),
        "speeds": (100,) * works,
        "weeks": (NO_LIMITS,) * weeks,
        "paid_cost": 1,
        "overtime_cost": 1,
    }
    return Agent(**{**defaults, **given})


def _row(steps: Mapping[int, int], length: int) -> tuple[int, ...]:
    """A mapping as a row."""
    assert all(0 <= p < length for p in steps), steps
    return tuple(steps.get(p, 0) for p in range(length))


def _cover(given: Need, number: int, periods: int) -> Cover:
    """A cover of the right length."""
    levels = tuple(
        Level(goal, _row(target, periods), cost) for goal, target, cost in given.levels
    )
    counts = frozenset(given.works)
    fixed = _row(given.fixed, periods)
    return Cover(f"cover {number}", counts, levels, fixed, given.targets)


def _cases(given: Backlog, cuts: tuple[int, ...]) -> Cases:
    """Cases with a cost for each cut."""
    late, left = (
        tuple(costs if isinstance(costs, int) else costs.get(cut, 0) for cut in cuts)
        for costs in (given.late_cost, given.open_cost)
    )
    return Cases(given.work, given.streams, late, left)


def worked(p: RosterProblem, a: int, shift: int) -> Worked:
    """The shift of the menu as row of a roster."""
    s = p.shifts[shift]
    return Worked(a, s.day, s.shift_type, s.start, s.end, s.paid_minutes)


def roster(p: RosterProblem, *rows: tuple[int, int, str]) -> Roster:
    """A roster: (agent, shift of the menu, one word for each period of the shift).

    A word is the name of a work, of a break of the shift or of a meeting of the agent;
    ``-`` is idle. Equal words next to each other are one activity; ``|name`` starts
    another one.
    """
    shifts = tuple(worked(p, a, s) for a, s, _ in rows)
    found: list[Activity] = []
    for shift, (_, _, words) in zip(shifts, rows, strict=True):
        found += spelled(p, shift, words.split())
    return Roster(shifts, tuple(found))


def shifts_only(p: RosterProblem, *rows: tuple[int, int]) -> Roster:
    """A roster of which only the shifts are known: (agent, shift of the menu)."""
    return Roster(tuple(worked(p, a, s) for a, s in rows), None)


def broken(p: RosterProblem, r: Roster) -> set[str]:
    """The names of the rules that the checker finds broken."""
    return {violation.rule for violation in check.violations(p, r)}


def spelled(p: RosterProblem, shift: Worked, words: Sequence[str]) -> list[Activity]:
    """The activities of a shift, spelled as in ``roster``."""
    assert len(words) * p.period == shift.end - shift.start, words
    kinds = {m.name: Kind.MEETING for m in p.agents[shift.agent].meetings}
    kinds |= {b.name: Kind.BREAK for b in p.shift_types[shift.shift_type].breaks}
    kinds |= {work.name: work.kind for work in p.works} | {"": Kind.IDLE}
    found: list[Activity] = []
    for i, word in enumerate(words):
        name = word.removeprefix("|").removeprefix("-")
        start = shift.start + i * p.period
        if found and found[-1].name == name and not word.startswith("|"):
            start = found.pop().start
        end = shift.start + (i + 1) * p.period
        found.append(Activity(shift.agent, start, end, kinds[name], name))
    return found
