"""Why calls are short at a moment: who could be there, and what one more costs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from models.errors import InvalidInput
from models.roster import check
from models.roster.explain.away import DAY_OFF, OTHER_HOURS, away
from models.roster.explain.days import Shifts, day_of
from models.roster.explain.desk import Desk
from models.roster.explain.replacing import Replacement, replacement
from models.roster.explain.seat import Seats
from models.roster.problem import Agent, RosterProblem
from models.roster.result import Roster

_MOST = 3  # ways to have one more


@dataclass(frozen=True)
class CoverAt:
    """One row of cover at a moment, agents in hundredths.

    Attributes
    ----------
    doing
        Of those who have the skill: what they do then, as (kind, name) of an activity,
        or why they are not there; and who.
    more
        The cheapest ways to have one more there, all else as it is.
    """

    cover: int
    needed: int
    planned: int
    doing: dict[tuple[str, str], tuple[int, ...]]
    more: tuple[Replacement, ...]

    @property
    def short(self) -> int:
        """Hundredths of agents that are missing."""
        return max(0, self.needed - self.planned)


def explain_interval(
    problem: RosterProblem, roster: Roster, minute: int
) -> tuple[CoverAt, ...]:
    """Return each row of cover with a requirement: needed, there, who else could be.

    Raises
    ------
    InvalidInput
        Where the moment is outside the horizon, or activities are not known.
    """
    if roster.activities is None:
        raise InvalidInput("an explanation needs the roster's activities")
    if not 0 <= minute < problem.end:
        raise InvalidInput(f"the moment must be in the plan's horizon, got {minute}")
    p = minute // problem.period
    planned = check.cover(problem, roster)
    desk: Desk | None = None
    found = []
    for c, cover in enumerate(problem.covers):
        if not cover.levels:
            continue
        needed = cover.levels[0].target[p]
        doing = _doing(problem, roster, cover.counts, minute)
        there = {a for (kind, _), own in doing.items() if kind == "here" for a in own}
        more: tuple[Replacement, ...] = ()
        if planned[c][p] < needed:
            desk = desk or Desk(problem, roster)
            able = [a for own in doing.values() for a in own if a not in there]
            ways = _ways(problem, roster, desk, cover.counts, minute, able)
            more = tuple(sorted(ways, key=lambda way: way.cost)[:_MOST])
        found.append(CoverAt(c, needed, planned[c][p], doing, more))
    return tuple(found)


def _doing(
    problem: RosterProblem, roster: Roster, counts: Collection[int], minute: int
) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return what agents with the skill do at a moment, those on the calls as here."""
    here = {(problem.works[w].kind, problem.works[w].name) for w in counts}
    now = {x.agent: x for x in roster.activities or () if x.start <= minute < x.end}
    found: dict[tuple[str, str], list[int]] = {}
    for a, agent in enumerate(problem.agents):
        if any(agent.speeds[w] for w in counts):
            x = now.get(a)
            if x is None:
                what = (absent(problem, roster, agent, a, minute), "")
            elif (x.kind, x.name) in here:
                what = ("here", x.name)
            else:
                what = (x.kind.value, x.name)
            found.setdefault(what, []).append(a)
    return {what: tuple(who) for what, who in found.items()}


def absent(
    problem: RosterProblem, roster: Roster, agent: Agent, a: int, minute: int
) -> str:
    """Return why an agent is not there at a moment, as words."""
    day = day_of(problem, minute)
    if word := away(agent, day, (minute, minute + 1)):
        return word
    works = any((w.agent, w.day) == (a, day) for w in roster.worked)
    return OTHER_HOURS if works else DAY_OFF


def _ways(
    problem: RosterProblem,
    roster: Roster,
    desk: Desk,
    counts: Collection[int],
    minute: int,
    able: Collection[int],
) -> Iterator[Replacement]:
    """Yield the cheapest ways in which somebody else is on the calls at a moment."""
    today = day_of(problem, minute)
    ranked = []
    for a in able:
        for day in {today, max(0, today - 1)}:
            wanted = _reaching(desk.options(a, day), minute)
            found = desk.with_day(a, day, wanted) if wanted else None
            if found is not None and _is_on(problem, found[0], counts, minute):
                ranked.append((found[1], a, day, found[0]))
    ranked.sort(key=lambda way: way[:3])
    seats = Seats(problem, roster)
    for _, a, day, week in ranked[:_MOST]:
        yield replacement(seats, roster, day, a, week)


def _reaching(options: dict[Shifts, list[int]], minute: int) -> list[int]:
    """Return the options with a shift at a moment."""
    return [
        o
        for shifts, own in options.items()
        if any(start <= minute < end for _, start, end in shifts)
        for o in own
    ]


def _is_on(
    problem: RosterProblem, week: Roster, counts: Collection[int], minute: int
) -> bool:
    here = {(problem.works[w].kind, problem.works[w].name) for w in counts}
    return any(
        x.start <= minute < x.end and (x.kind, x.name) in here
        for x in week.activities or ()
    )
