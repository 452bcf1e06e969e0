"""The usual heuristic of a planner with a spreadsheet.

- Fixed proportions of the pool: each agent is on calls or on one case type, all week,
  in proportion to the hours that these need.
- Shifts by template: early, middle or late, the same time every day, as long as the
  contract's hours allow. Who is on calls gets the template and the days off with which
  most of the calls' need is met that is still open; others in turn.
- Breaks by rule: each in the middle of its window, or as near as the others allow.
- Meetings go where they first fit.

Leave, pins, availability, rest, hours and days in a row are respected.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from benchmarks.quality.filling import filled, is_open
from models.roster.problem import FULL_SPEED, Agent, Kind, Meeting, RosterProblem, Shift
from models.roster.result import Activity, Roster, Worked
from scheduler.load import due_hours, voice_hours
from scheduler.translate import Translation

TEMPLATES = (0.0, 0.5, 1.0)  # where in the order of starts
_DAYS = 5  # a week that a shift's length reckons with

Floats = npt.NDArray[np.float64]
Menu = dict[int, list[Shift]]  # by day: the longest that fit, by start


@dataclass
class Pool:
    """Who is on what: hours that each work needs, and those of the people it has."""

    hours: dict[int, float]
    given: dict[int, float] = field(default_factory=dict)

    def take(self, agent: Agent) -> int | None:
        """Return the work that is furthest behind its share, of those they can do."""
        able = [w for w, speed in enumerate(agent.speeds) if speed]
        needed = [w for w in able if self.hours.get(w, 0) > 0] or able
        if not needed:
            return None
        work = min(needed, key=self._share)
        self.given[work] = self.given.get(work, 0) + agent.weeks[0].max_minutes / 60
        return work

    def _share(self, w: int) -> float:
        return self.given.get(w, 0) / max(self.hours.get(w, 0), 1e-9)


def heuristic(translation: Translation) -> Roster:
    """Return the roster of a plan by the usual heuristic."""
    problem = translation.problem
    pool, need = Pool(_hours(translation)), _need(problem)
    worked: list[Worked] = []
    activities: list[Activity] = []
    for a, agent in enumerate(problem.agents):
        work = pool.take(agent)
        left = list(agent.meetings)
        for s in _week(problem, agent, a, work, need):
            worked.append(
                Worked(a, s.day, s.shift_type, s.start, s.end, s.paid_minutes)
            )
            for each in filled(problem, a, s, work, left):
                activities.append(each)
                if each.kind is Kind.VOICE:
                    g = problem.period
                    need[each.start // g : each.end // g] -= 1
    return Roster(tuple(worked), tuple(activities))


def _hours(translation: Translation) -> dict[int, float]:
    """Return the hours that each work needs; of calls by how many people take them."""
    problem = translation.problem
    end = problem.day_starts[-1]
    voice = [w for w, work in enumerate(problem.works) if work.kind is Kind.VOICE]
    able = {w: sum(bool(agent.speeds[w]) for agent in problem.agents) for w in voice}
    calls = voice_hours(translation.demands, end)
    found = {w: calls * able[w] / max(sum(able.values()), 1) for w in voice}
    for cases, cohorts in zip(problem.cases, translation.cohorts, strict=True):
        found[cases.work] = due_hours(cohorts, end)
    return found


def _need(problem: RosterProblem) -> Floats:
    """Return the people that calls need in each period."""
    need = np.zeros(problem.periods)
    for cover in problem.covers:
        for level in cover.levels:
            if level.goal == "voice_shortfall":
                short = np.array(level.target) - np.array(cover.fixed)
                need = np.maximum(need, short / FULL_SPEED)
    return need


def _week(
    problem: RosterProblem, agent: Agent, number: int, work: int | None, need: Floats
) -> list[Shift]:
    """Return the shifts of an agent: of those on calls the ones that help most."""
    menu = _menu(problem, agent)
    tries = [
        _shifts(problem, agent, menu, (number + turn) % 7, place)
        for turn in range(7)
        for place in (*TEMPLATES[number % 3 :], *TEMPLATES[: number % 3])
    ]
    if work is None or problem.works[work].kind is not Kind.VOICE:
        return tries[0]
    opened = np.array(
        [is_open(problem, work, p * problem.period) for p in range(problem.periods)]
    )
    helps = np.where(opened, np.clip(need, 0, 1), 0.0).cumsum()
    return max(tries, key=lambda shifts: _help(problem, shifts, helps))


def _help(problem: RosterProblem, shifts: Sequence[Shift], helps: Floats) -> float:
    """Return how much of the need some shifts meet."""
    g = problem.period
    return float(sum(helps[s.end // g - 1] - helps[s.start // g - 1] for s in shifts))


def _menu(problem: RosterProblem, agent: Agent) -> Menu:
    """Return the longest shifts of each day that an agent may work."""
    limits = agent.weeks[0]
    daily = limits.max_minutes / max(1, min(limits.max_days, _DAYS))
    barred = (*agent.unavailable, *agent.leave)
    menu: Menu = {}
    for shift in problem.shifts:
        if (
            shift.shift_type in agent.shift_types
            and shift.paid_minutes <= daily
            and not any(max(s, shift.start) < min(e, shift.end) for s, e in barred)
        ):
            menu.setdefault(shift.day, []).append(shift)
    for day, shifts in menu.items():
        longest = max(shift.paid_minutes for shift in shifts)
        menu[day] = sorted(
            (shift for shift in shifts if shift.paid_minutes == longest),
            key=lambda shift: shift.start,
        )
    return menu


def _shifts(
    problem: RosterProblem, agent: Agent, menu: Menu, first: int, place: float
) -> list[Shift]:
    """Return shifts of one template, with days off before the first day of the turn."""
    pins = {pin.day: pin.shift for pin in agent.pins}
    called = {_day_of(problem, m.earliest) for m in agent.meetings if _is_fixed(m)}
    found: list[Shift] = []
    for w, days in enumerate(problem.weeks):
        limits, minutes = agent.weeks[w], 0
        turn = [days[(i + first) % len(days)] for i in range(len(days))]
        turn.sort(key=lambda day: day not in pins and day not in called)
        chosen: list[Shift] = []
        for day in turn:
            options = menu.get(day, [])
            own = options[round(place * (len(options) - 1))] if options else None
            shift = pins.get(day, own)
            if shift is None or len(chosen) >= limits.max_days:
                continue
            if minutes + shift.paid_minutes > limits.max_minutes:
                continue
            if _fits(agent, [*found, *chosen, shift]):
                minutes += shift.paid_minutes
                chosen.append(shift)
        found += chosen
    return sorted(found, key=lambda shift: shift.start)


def _fits(agent: Agent, shifts: Sequence[Shift]) -> bool:
    """Whether rest and days in a row allow some shifts."""
    ordered = sorted(shifts, key=lambda shift: shift.start)
    end, run, day = agent.last_end, agent.run_before, -1
    for shift in ordered:
        if end is not None and shift.start < end + agent.min_rest:
            return False
        run = run + 1 if shift.day == day + 1 else 1
        if agent.max_run is not None and run > agent.max_run:
            return False
        end, day = shift.end, shift.day
    return True


def _is_fixed(meeting: Meeting) -> bool:
    return meeting.earliest == meeting.latest


def _day_of(problem: RosterProblem, minute: int) -> int:
    return int(np.searchsorted(problem.day_starts, minute, side="right")) - 1
