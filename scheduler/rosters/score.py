"""Goals and rules of any roster, also of a planner's own; of two side by side."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.roster import check
from models.roster.result import Roster
from scheduler.preparing import Prepared
from scheduler.rosters.measure import Sums, sums
from scheduler.rosters.outlook import outlook
from scheduler.rosters.reading import read_roster
from scheduler.rosters.scored import RuleScore, Score, ScoreDocument
from scheduler.rosters.units import in_hours, parts_in_hours


@dataclass(frozen=True, eq=False)
class Weighed:
    """A roster's score, and what it sums up; ``None`` of shifts alone."""

    score: Score
    sums: Sums | None


def score(prepared: Prepared, folder: Path, against: Path | None) -> ScoreDocument:
    """Return what a roster is worth, and beside which other one.

    Raises
    ------
    PlanError
        With every cell of their files that is wrong.
    """
    problem, axis = prepared.problem, prepared.translation.axis
    own = read_roster(folder, problem, axis).roster
    here = weigh(prepared, folder, own).score
    if against is None:
        return ScoreDocument(
            name=prepared.plea.name,
            roster=here,
            against=None,
            difference={},
            changed_days=None,
        )
    other = read_roster(against, problem, axis).roster
    there = weigh(prepared, against, other).score
    return ScoreDocument(
        name=prepared.plea.name,
        roster=here,
        against=there,
        difference=difference(here.goals, there.goals),
        changed_days=_changed(own, other),
    )


def weigh(prepared: Prepared, folder: Path, roster: Roster) -> Weighed:
    """Return what a roster is worth; ``folder`` is where it comes from."""
    problem = prepared.problem
    violations = check.violations(problem, roster)
    parts = check.objective(problem, roster)
    unknown = check.not_judged(roster)
    added = None if unknown else _sums(prepared, roster)
    found = Score(
        folder=str(folder),
        legal=not violations,
        objective=None if unknown else in_hours(sum(parts.values())),
        goals=parts_in_hours(parts),
        rules=_rules(violations, check.missed(problem, roster)),
        figures={} if added is None else _figures(added),
        not_judged=list(unknown),
    )
    return Weighed(found, added)


def _sums(prepared: Prepared, roster: Roster) -> Sums:
    return sums(prepared.translation, roster, outlook(prepared.translation, roster))


def _rules(
    violations: list[check.Violation], missed: list[check.Missed]
) -> list[RuleScore]:
    """Return the rules that are not kept, broken ones first, then the dearest."""
    broken = Counter(violation.rule for violation in violations)
    told = [miss for miss in missed if miss.goal != "fairness"]
    not_kept = Counter(miss.rule for miss in told)
    cost: Counter[str] = Counter()
    for miss in told:
        cost[miss.rule] += miss.cost
    found = [
        RuleScore(
            rule=rule,
            broken=broken[rule],
            not_kept=not_kept[rule],
            cost=in_hours(cost[rule]) or 0.0,
        )
        for rule in broken | not_kept
    ]
    return sorted(found, key=lambda each: (-each.broken, -each.cost, each.rule))


def _figures(added: Sums) -> dict[str, float]:
    """Return what planners ask of a roster first."""
    people = added.people
    fair = [each.furthest[0].off for each in added.fair if each.furthest]
    return {
        "paid_hours": round(people.paid_hours, 2),
        "overtime_hours": round(people.overtime_hours, 2),
        "short_hours": round(sum(day.short_hours for day in added.days), 2),
        "breaches": round(sum(case.breaches for case in added.cases), 1),
        "case_hours": round(people.case_hours, 2),
        "useful_share": round(people.useful_share or 0.0, 4),
        "wishes_refused": people.wishes_missed,
        "furthest_off_fair_share": round(max(map(abs, fair), default=0.0), 2),
    }


def difference(
    here: Mapping[str, float], there: Mapping[str, float]
) -> dict[str, float]:
    """Return what one costs more than the other, by goal that both know."""
    both = (goal for goal in here if goal in there)
    return {goal: round(here[goal] - there[goal], 6) for goal in both}


def _changed(one: Roster, other: Roster) -> int:
    """Return how many days of agents have other shifts."""
    days = [
        {(w.agent, w.day, w.shift_type, w.start, w.end) for w in roster.worked}
        for roster in (one, other)
    ]
    return len({(agent, day) for agent, day, *_ in days[0] ^ days[1]})
