"""What people on voice do of cases between calls, as far as it is credited."""

from models.roster.check.cases import cut_of_period, pieces, speed_on
from models.roster.check.cover import Rows, cover
from models.roster.check.reading import overlap, works
from models.roster.problem import FULL_SPEED, WORK_PER_MINUTE, Fill, RosterProblem
from models.roster.result import Roster

_WHOLE = 100 * FULL_SPEED  # a share in per cent times hundredths of an agent


def hands(problem: RosterProblem, roster: Roster) -> list[list[list[int]]]:
    """Return who could do cases between calls, centi-agents.

    For each of ``problem.fills``, for each of its works, for each period: ``fixed`` and
    the speed on the case type of everybody on the work, ``speed * minutes // period``.
    """
    position = works(problem)
    found = []
    for fill in problem.fills:
        case_work = problem.cases[fill.cases].work
        nobody = ((0,) * problem.periods,) * len(fill.works)
        rows = {
            w: list(row)
            for w, row in zip(fill.works, fill.fixed or nobody, strict=True)
        }
        for x in roster.activities or ():
            w = position.get((x.kind, x.name), -1)
            if w in rows:
                speed = speed_on(problem, x.agent, case_work)
                for p, minutes in pieces(problem, x):
                    rows[w][p] += speed * minutes // problem.period
        found.append([rows[w] for w in fill.works])
    return found


def freed(fill: Fill, problem: RosterProblem, covers: Rows, there: Rows, p: int) -> int:
    """Return how many people on voice can do cases in a period, centi-agents."""
    left = [max(0, covers[bar.cover][p] - bar.needed[p]) for bar in fill.bars]
    total = 0
    for w, able in zip(fill.works, there, strict=True):
        over = [b for b, bar in enumerate(fill.bars) if _counts(problem, bar.cover, w)]
        taken = min(able[p], *(left[b] for b in over))
        for b in over:
            left[b] -= taken
        total += taken
    return total


def _counts(problem: RosterProblem, cover_row: int, work: int) -> bool:
    return work in problem.covers[cover_row].counts


def fill_minutes(problem: RosterProblem, roster: Roster) -> list[list[float]]:
    """Return for each of ``problem.cases`` the fill credited in each grid period.

    Minutes of a trained agent, not rounded.
    """
    found = [[0.0] * problem.periods for _ in problem.cases]
    covers = cover(problem, roster)
    for fill, there in zip(problem.fills, hands(problem, roster), strict=True):
        for p in _worked_periods(problem, fill):
            free = freed(fill, problem, covers, there, p)
            found[fill.cases][p] = fill.share * free * problem.period / _WHOLE
    return found


def fill_room(problem: RosterProblem, roster: Roster) -> list[list[int]]:
    """Return for each of ``problem.cases``, for each cut, the room that fill gives."""
    return fill_room_of(problem, cover(problem, roster), hands(problem, roster))


def fill_room_of(
    problem: RosterProblem, covers: Rows, there: list[list[list[int]]]
) -> list[list[int]]:
    """Return the same from rows of ``cover`` and ``hands``.

    ``sum over periods of the cut: share * freed * period * WORK_PER_MINUTE // 10,000``.
    """
    found = [[0] * len(problem.cuts) for _ in problem.cases]
    cut = cut_of_period(problem)
    for fill, able in zip(problem.fills, there, strict=True):
        parts = [0] * len(problem.cuts)
        for p in _worked_periods(problem, fill):
            if (i := cut[p]) is not None:
                free = freed(fill, problem, covers, able, p)
                parts[i] += fill.share * free * problem.period * WORK_PER_MINUTE
        found[fill.cases] = [part // _WHOLE for part in parts]
    return found


def _worked_periods(problem: RosterProblem, fill: Fill) -> list[int]:
    """Return the periods that lie wholly in the hours of the case type's work."""
    opened = problem.works[problem.cases[fill.cases].work].open
    g = problem.period
    return [
        p
        for p in range(problem.periods)
        if not problem.enforces("case_hours")
        or sum(overlap(stretch, (p * g, p * g + g)) for stretch in opened) == g
    ]
