"""Eight weeks one after the other: does everybody end near a fair share?

A centre's week is rostered again and again, each time with what was rostered before as
history. Counted is by how many shifts each agent is off a target of their own: the
agent's contract hours over all, times the unpopular shifts of the eight weeks; among
those for whom it is possible: they take calls, could work such shifts on four days of
the week at least (or both of its weekend), and in each of the eight weeks they had a
legal one without any.
"""

import argparse
import datetime as dt
import json
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from benchmarks.studies import records
from models.roster.columns.floor import cheapest_tours
from models.roster.problem import UNIT, Agent, Kind, RosterProblem
from models.roster.reach import is_such, menu
from models.roster.result import Limits, Roster
from models.roster.solve import solve
from scheduler.bench import case_named
from scheduler.domain import Fairness, Plan, Weekday
from scheduler.tables import History
from scheduler.translate import Translation, translate

RESULTS = records.RESULTS / "fairness.json"
WEEKS = 8
LATE = Fairness(name="late", start="18:00", end="23:00", weight=2)
WEEKEND = Fairness(name="weekend", weekdays=["saturday", "sunday"], weight=2)
KINDS = (LATE, WEEKEND)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default="centre-24-different")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--load", type=float, default=0.85)
    parser.add_argument("--only", action="store_true", help="with fair shares only")
    asked = parser.parse_args()
    plan = case_named(asked.case).plan(asked.load, 0)
    plan = plan.model_copy(update={"fairness": [LATE, WEEKEND], "history": []})
    found: dict[str, Any] = {"with": weeks(plan, asked.seconds)}
    if not asked.only:
        bare = plan.model_copy(update={"fairness": []})
        found["without"] = weeks(bare, asked.seconds)
    record = {
        **vars(asked),
        **found,
        "versions": {name: version(name) for name in ("ortools", "highspy", "numba")},
    }
    RESULTS.write_text(json.dumps(record, indent=1) + "\n")


def weeks(plan: Plan, seconds: float) -> dict[str, Any]:
    """Roster eight weeks; return how far off each kind's targets agents end."""
    free = {kind.name: able(plan, kind) for kind in KINDS}
    past = [plan]
    for week in range(WEEKS):
        made = translate(plan)
        limits = Limits(seconds=seconds, workers=2)
        roster = solve(made.problem, limits=limits).roster
        assert roster is not None
        plan = plan.model_copy(
            update={"history": [*earlier(plan), *last_week(made, roster)]}
        )
        past.append(plan)
        for kind in KINDS:
            free[kind.name] &= able(plan, kind)
        print(bool(plan.fairness), week, offs(plan, free), flush=True)
    return {
        "furthest_off_by_week": [offs(then, free) for then in past[1:]],
        "agents": {name: len(agents) for name, agents in free.items()},
    }


def offs(plan: Plan, free: dict[str, set[str]]) -> dict[str, float]:
    """Return how far off each kind's targets the furthest is."""
    return {kind.name: furthest(plan, kind, free[kind.name]) for kind in KINDS}


def able(plan: Plan, kind: Fairness) -> set[str]:
    """Return the agents who can have as many such shifts as is fair, or as few."""
    made = translate(plan.model_copy(update={"fairness": [kind]}))
    problem = made.problem
    calls = [w for w, work in enumerate(problem.works) if work.kind is Kind.VOICE]
    found = set()
    for agent in problem.agents:
        shared = [rule for rule in agent.rules if rule.goal == "fairness"]
        if not shared or not any(agent.speeds[w] for w in calls):
            continue  # nothing is open late but the phones
        such = is_such(problem, shared[0].which)
        days = {problem.shifts[i].day for i in menu(problem, agent) if such[i]}
        if len(days) >= min(4, len(kind.weekdays)) and not fewest(problem, agent):
            found.add(agent.name)
    return found


def fewest(problem: RosterProblem, agent: Agent) -> int:
    """Return what fair shares cost an agent at least, whatever is wanted of others."""
    own = [rule for rule in agent.rules if rule.goal == "fairness"]
    none = replace(own[0], most=0, cost=UNIT)
    others = [rule for rule in agent.rules if rule.goal != "fairness"]
    alone = replace(agent, rules=(*others, none))
    part = cheapest_tours(replace(problem, agents=(alone,), headcounts=())).parts
    return part["fairness"]


def earlier(plan: Plan) -> list[History]:
    """Return the history, a week longer ago."""
    week = dt.timedelta(days=7)
    return [
        row.model_copy(update={"start": row.start - week, "end": row.end - week})
        for row in plan.history
    ]


def last_week(made: Translation, roster: Roster) -> list[History]:
    """Return a roster as history of the week before."""
    week = dt.timedelta(days=7)
    return [
        History(
            agent_id=made.plan.agents[w.agent].agent_id,
            start=made.axis.moment(w.start) - week,
            end=made.axis.moment(w.end) - week,
            paid_minutes=w.paid_minutes,
        )
        for w in roster.worked
    ]


def furthest(plan: Plan, kind: Fairness, among: set[str]) -> float:
    """Return how many shifts the one who is furthest off the target is off."""
    hours = {each.name: each.max_hours_per_week for each in plan.contracts}
    share = {
        each.agent_id: hours[each.contract]
        for each in plan.agents
        if each.agent_id in among
    }
    had = dict.fromkeys(share, 0)
    for row in plan.history:
        if row.agent_id in had:
            had[row.agent_id] += unpopular(row, kind)
    target = sum(had.values()) / sum(share.values())
    return round(max(abs(had[a] - target * share[a]) for a in share), 2)


def unpopular(row: History, kind: Fairness) -> bool:
    """Whether a shift of the centre (never over midnight) is such."""
    weekday = list(Weekday)[row.start.weekday()]
    late = kind.start is None or f"{row.end:%H:%M}" > kind.start
    return weekday in kind.weekdays and late


if __name__ == "__main__":
    main()
