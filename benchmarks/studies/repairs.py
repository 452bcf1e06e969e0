"""Sick calls on a published roster: how much a re-solve changes, and a repair by hand.

The bank's week is rostered once. Then, call by call, the agent of one shift is away on
its day, and the week is solved again with the roster as published. A repair by hand
gives the shift, as it is, to the fewest people that bring service (calls short or late,
cases overdue) to where the re-solve has it: nobody, one who is off or moves over, or
one whose own shift somebody else takes.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from random import Random

from benchmarks.studies import records
from models.roster import check
from models.roster.problem import UNIT, RosterProblem
from models.roster.result import Limits, Roster, Worked
from models.roster.solve import solve
from scheduler.domain import Plan
from scheduler.samples import SAMPLES
from scheduler.tables import Leave, Published
from scheduler.translate import Translation, translate

RESULTS = records.RESULTS / "repairs.json"
SERVICE = ("voice_shortfall", "late_calls", "overdue")
FIRST_SECONDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    plan = SAMPLES["retail-bank"]()
    made = translate(plan)
    known = solve(made.problem, limits=Limits(seconds=FIRST_SECONDS, workers=2)).roster
    assert known is not None
    rows = []
    for shift in Random(0).sample(known.worked, asked.calls):
        row = called_in_sick(plan, made, known, shift, asked.seconds)
        rows.append(row)
        print(json.dumps(row), flush=True)
    record = {
        "seconds": asked.seconds,
        "calls": rows,
        "no_more_than_by_hand": sum(
            row["by_hand"] is None or row["changes"] <= row["by_hand"] for row in rows
        ),
        "versions": {name: version(name) for name in ("ortools", "highspy", "numba")},
    }
    RESULTS.write_text(json.dumps(record, indent=1) + "\n")


def called_in_sick(
    plan: Plan, made: Translation, known: Roster, shift: Worked, seconds: float
) -> dict[str, object]:
    """Solve again without a shift; return what changed, beside a repair by hand."""
    axis, date = made.axis, made.axis.date(shift.day)
    agent = plan.agents[shift.agent].agent_id
    away = Leave(
        agent_id=agent, start=date, end=date, credited_hours=shift.paid_minutes / 60
    )
    published = [
        Published(
            agent_id=plan.agents[w.agent].agent_id,
            date=axis.date(w.day),
            shift_type=plan.shift_types[w.shift_type].name,
            start=axis.moment(w.start),
            end=axis.moment(w.end),
        )
        for w in known.worked
    ]
    leave = [*plan.leave, away]
    changed = plan.model_copy(update={"leave": leave, "published": published})
    problem = translate(changed).problem
    limits = Limits(seconds=seconds, workers=2)
    found = solve(problem, limits=limits, start=without(known, shift)).roster
    assert found is not None
    assert check.violations(problem, found) == []
    days = {(w.agent, w.day) for w in {*known.worked} ^ {*found.worked}}
    changes = len(days - {(shift.agent, shift.day)})
    target = service(problem, found)
    hand, repaired = by_hand(problem, known, shift, target, changes)
    return {
        "agent": agent,
        "date": date.isoformat(),
        "changes": changes,
        "by_hand": hand,
        "cost": in_hours(check.cost(problem, found)),
        "cost_by_hand": repaired and in_hours(check.cost(problem, repaired)),
        "service": in_hours(target),
        "service_before": in_hours(service(made.problem, known)),
        "service_unrepaired": in_hours(service(problem, without(known, shift))),
    }


def in_hours(cost: int) -> float:
    """Return a cost in paid hours."""
    return round(cost / UNIT, 2)


def service(problem: RosterProblem, roster: Roster) -> int:
    """Return what calls short or late and cases overdue cost."""
    parts = check.objective(problem, roster)
    return sum(parts[goal] for goal in SERVICE)


def by_hand(
    problem: RosterProblem, known: Roster, shift: Worked, target: int, at_most: int
) -> tuple[int | None, Roster | None]:
    """Return the fewest changes of a repair, and the roster.

    ``None`` if it takes ``at_most`` or more; no more than two are tried.
    """
    left = without(known, shift)
    if service(problem, left) <= target:
        return 0, left
    gap = [(shift, known)]
    for changes in range(1, min(at_most, 3)):
        after = [
            (own, roster)
            for lost, source in gap
            for own, roster in stood_in(problem, source, lost)
        ]
        for _, roster in after:
            legal = not check.violations(problem, roster)
            if legal and service(problem, roster) <= target:
                return changes, roster
        gap = [(own, roster) for own, roster in after if own is not None]
    return None, None


def stood_in(
    problem: RosterProblem, roster: Roster, lost: Worked
) -> Iterator[tuple[Worked | None, Roster]]:
    """Yield who takes a shift over: the own shift that is lost so, and the roster.

    The own shift is then given on from the roster before, of which it is still part.
    """
    inside = [
        x
        for x in roster.activities or ()
        if x.agent == lost.agent and lost.start <= x.start < lost.end
    ]
    for a in range(len(problem.agents)):
        if a == lost.agent:
            continue
        own = next(
            (w for w in roster.worked if (w.agent, w.day) == (a, lost.day)), None
        )
        kept = without(roster, lost)
        if own is not None:
            kept = without(kept, own)
        given = Roster(
            (*kept.worked, replace(lost, agent=a)),
            (*(kept.activities or ()), *(replace(x, agent=a) for x in inside)),
        )
        yield own, given


def without(roster: Roster, shift: Worked) -> Roster:
    """Return a roster without a shift and what fills it."""
    return Roster(
        tuple(w for w in roster.worked if w != shift),
        tuple(
            x
            for x in roster.activities or ()
            if x.agent != shift.agent or not shift.start <= x.start < shift.end
        ),
    )


if __name__ == "__main__":
    main()
