"""How much of their time agents are on cases, and what is too little or too much."""

from collections.abc import Iterator, Sequence

from models.roster.check.book import Missed
from models.roster.check.reading import Breach, read, remembered_of_both, rule
from models.roster.problem import CaseLimit, Kind, RosterProblem
from models.roster.result import Roster


@remembered_of_both
def _outside(
    problem: RosterProblem, roster: Roster
) -> Sequence[tuple[int, CaseLimit, int, int]]:
    """Return agent, limit, minutes on cases below the least, and above the most."""
    found: list[tuple[int, CaseLimit, int, int]] = []
    on_cases: dict[tuple[int, int], int] = {}
    paid: dict[tuple[int, int], int] = {}
    for held in read(problem, roster)[0]:
        day = held.shift.agent, held.shift.day
        paid[day] = paid.get(day, 0) + held.shift.paid_minutes
        on_cases[day] = on_cases.get(day, 0) + sum(
            x.end - x.start for x in held.activities if x.kind is Kind.CASE
        )
    for a, agent in enumerate(problem.agents):
        for limit in agent.case_limits:
            days = [(a, day) for day in limit.days]
            minutes = sum(on_cases.get(day, 0) for day in days)
            share = limit.percent * sum(paid.get(day, 0) for day in days) // 100
            above = 0
            if limit.most is not None:
                above = max(0, minutes - max(0, limit.most + share))
            found.append((a, limit, max(0, limit.least - minutes), above))
    return found


@rule
def case_share(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``minutes on cases of some days <= max(0, most + percent of paid minutes)``."""
    for a, limit, _, above in _outside(problem, roster):
        if limit.cost is None and above:
            text = f"is on cases {above} minutes more than allowed"
            day = limit.days[0] if len(limit.days) == 1 else None
            yield Breach(a, day, text)


def share_cost(problem: RosterProblem, roster: Roster, goal: str) -> int:
    """``sum over preferred limits of a goal: cost * minutes outside``."""
    return sum(m.cost for m in missed_shares(problem, roster) if m.goal == goal)


def missed_shares(problem: RosterProblem, roster: Roster) -> Iterator[Missed]:
    """Yield who is on cases less or more than is preferred."""
    if roster.activities is None or "case_share" in problem.off:
        return
    for a, limit, below, above in _outside(problem, roster):
        cost = (limit.cost or 0) * (below + above)
        if cost:
            word = "less" if below else "more"
            name = problem.agents[a].name
            message = f"{name}: is on cases {below + above} minutes {word} than wanted"
            day = limit.days[0] if len(limit.days) == 1 else None
            yield Missed("case_share", limit.goal, name, day, cost, message)
