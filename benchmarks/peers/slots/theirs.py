"""Timefold's engine on the problem of slots; runs in an environment of its own.

Its constraints are streams with joiners and groups with counts, which it keeps up to
date move by move, as its documentation advises; all else is left as its makers set it.
"""

import json
import sys
import time
from dataclasses import dataclass, field
from typing import Annotated

from solverforge_legacy.solver import SolverFactory
from solverforge_legacy.solver.config import (
    Duration,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)
from solverforge_legacy.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from solverforge_legacy.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)

ASKED = json.load(sys.stdin)
PROBLEM = ASKED["problem"]
MOST, LEAST = PROBLEM["most_days"], PROBLEM["least_days"]
APART = PROBLEM["hours"] + PROBLEM["rest_hours"]  # from start to start
SHORT, FEW = PROBLEM["weights"]["short"], PROBLEM["weights"]["few"]
WANTED, UNWANTED = PROBLEM["weights"]["wanted"], PROBLEM["weights"]["unwanted"]


@dataclass(unsafe_hash=True)
class Employee:
    name: Annotated[str, PlanningId]
    leads: bool


@dataclass(unsafe_hash=True)
class Week:
    """A week of an employee, to count the days of those who work none."""

    name: str
    number: int


@dataclass(unsafe_hash=True)
class Away:
    name: str
    day: int


@dataclass(unsafe_hash=True)
class Wish:
    name: str
    day: int
    kind: str
    weight: int


@planning_entity
@dataclass(eq=False)
class Slot:
    id: Annotated[str, PlanningId]
    day: int
    week: int
    kind: str
    start: int
    needs_lead: bool
    employee: Annotated[Employee | None, PlanningVariable(allows_unassigned=True)] = (
        field(default=None)
    )


@planning_solution
@dataclass
class Schedule:
    employees: Annotated[
        list[Employee], ProblemFactCollectionProperty, ValueRangeProvider
    ]
    weeks: Annotated[list[Week], ProblemFactCollectionProperty]
    away: Annotated[list[Away], ProblemFactCollectionProperty]
    wishes: Annotated[list[Wish], ProblemFactCollectionProperty]
    slots: Annotated[list[Slot], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


@constraint_provider
def define(factory: ConstraintFactory) -> list[Constraint]:
    return [
        skill(factory),
        one_shift_a_day(factory),
        rest(factory),
        away(factory),
        most_days(factory),
        short(factory),
        few_days(factory),
        no_days(factory),
        granted(factory),
        forced(factory),
    ]


def skill(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Slot)
        .filter(lambda slot: slot.needs_lead and not slot.employee.leads)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("skill")
    )


def one_shift_a_day(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each_unique_pair(
            Slot,
            Joiners.equal(lambda slot: slot.employee.name),
            Joiners.equal(lambda slot: slot.day),
        )
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("one shift a day")
    )


def rest(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Slot)
        .join(
            Slot,
            Joiners.equal(lambda slot: slot.employee.name),
            Joiners.equal(lambda slot: slot.day + 1, lambda slot: slot.day),
            Joiners.greater_than(
                lambda slot: slot.start + APART, lambda slot: slot.start
            ),
        )
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("rest")
    )


def away(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Slot)
        .join(
            Away,
            Joiners.equal(lambda slot: slot.employee.name, lambda away: away.name),
            Joiners.equal(lambda slot: slot.day, lambda away: away.day),
        )
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("away")
    )


def days_by_week(factory: ConstraintFactory):
    return factory.for_each(Slot).group_by(
        lambda slot: slot.employee.name,
        lambda slot: slot.week,
        ConstraintCollectors.count(),
    )


def most_days(factory: ConstraintFactory) -> Constraint:
    return (
        days_by_week(factory)
        .filter(lambda name, week, count: count > MOST)
        .penalize(HardSoftScore.ONE_HARD, lambda name, week, count: count - MOST)
        .as_constraint("most days")
    )


def short(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each_including_unassigned(Slot)
        .filter(lambda slot: slot.employee is None)
        .penalize(HardSoftScore.of_soft(SHORT))
        .as_constraint("short")
    )


def few_days(factory: ConstraintFactory) -> Constraint:
    return (
        days_by_week(factory)
        .filter(lambda name, week, count: count < LEAST)
        .penalize(HardSoftScore.of_soft(FEW), lambda name, week, count: LEAST - count)
        .as_constraint("few days")
    )


def no_days(factory: ConstraintFactory) -> Constraint:
    return (
        factory.for_each(Week)
        .if_not_exists(
            Slot,
            Joiners.equal(lambda week: week.name, lambda slot: slot.employee.name),
            Joiners.equal(lambda week: week.number, lambda slot: slot.week),
        )
        .penalize(HardSoftScore.of_soft(FEW * LEAST))
        .as_constraint("no days")
    )


def granted(factory: ConstraintFactory) -> Constraint:
    return (
        wished(factory)
        .filter(lambda slot, wish: wish.weight < 0)
        .reward(HardSoftScore.ONE_SOFT, lambda slot, wish: -wish.weight)
        .as_constraint("granted")
    )


def forced(factory: ConstraintFactory) -> Constraint:
    return (
        wished(factory)
        .filter(lambda slot, wish: wish.weight > 0)
        .penalize(HardSoftScore.ONE_SOFT, lambda slot, wish: wish.weight)
        .as_constraint("forced")
    )


def wished(factory: ConstraintFactory):
    return factory.for_each(Slot).join(
        Wish,
        Joiners.equal(lambda slot: slot.employee.name, lambda wish: wish.name),
        Joiners.equal(lambda slot: slot.day, lambda wish: wish.day),
        Joiners.equal(lambda slot: slot.kind, lambda wish: wish.kind),
    )


def schedule() -> Schedule:
    leaders = set(PROBLEM["leaders"])
    names, days = PROBLEM["people"], PROBLEM["days"]
    slots = []
    for kind, day, number in PROBLEM["demand"]:
        start = PROBLEM["starts"][kind.split()[0]] + 24 * day
        for i in range(number):
            slots.append(
                Slot(
                    id=f"{kind} {day} {i}",
                    day=day,
                    week=day // 7,
                    kind=kind.split()[0],
                    start=start,
                    needs_lead=kind.endswith(" lead"),
                )
            )
    wishes = [Wish(*wish, -WANTED) for wish in PROBLEM["wanted"]]
    wishes += [Wish(*wish, UNWANTED) for wish in PROBLEM["unwanted"]]
    return Schedule(
        employees=[Employee(name, name in leaders) for name in names],
        weeks=[Week(name, week) for name in names for week in range(days // 7)],
        away=[Away(name, day) for name in names for day in PROBLEM["away"][name]],
        wishes=wishes,
        slots=slots,
    )


def main() -> None:
    config = SolverConfig(
        solution_class=Schedule,
        entity_class_list=[Slot],
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=define
        ),
        termination_config=TerminationConfig(
            spent_limit=Duration(seconds=round(ASKED["seconds"]))
        ),
        random_seed=ASKED.get("seed", 0),
    )
    solver = SolverFactory.create(config).build_solver()
    problem = schedule()
    began = time.perf_counter()
    found = solver.solve(problem)
    seconds = time.perf_counter() - began
    answer = {
        "status": "feasible" if found.score.hard_score == 0 else "illegal",
        "objective": -found.score.soft_score + WANTED * len(PROBLEM["wanted"]),
        "bound": None,
        "seconds": round(seconds, 3),
        "shifts": [
            (slot.employee.name, slot.day, slot.id.rsplit(" ", 2)[0])
            for slot in found.slots
            if slot.employee is not None
        ],
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
