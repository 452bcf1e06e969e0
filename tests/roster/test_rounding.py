"""How far apart costs of rosters are at least."""

from dataclasses import replace

from models.roster.problem import UNIT, Headcount, RosterProblem, Which
from models.roster.rounding import cost_step
from tests.roster.builders import agent, problem, week

OVERTIME = 900  # a minute of it, which UNIT is a multiple of


def wanted(overtime_minutes: int) -> RosterProblem:
    """One person wanted, who costs something in overtime only."""
    return problem(
        menu=[(0, 8, 12)],
        works=[],
        agents=[
            agent(
                speeds=(),
                weeks=(week(overtime_minutes=overtime_minutes),),
                paid_cost=0,
                overtime_cost=OVERTIME,
            )
        ],
        headcounts=[Headcount("day", 0, Which(), 1, UNIT, UNIT)],
    )


def test_overtime_counts_only_where_it_may_be_done() -> None:
    """A cost that nobody can have would let a bound end between two costs."""
    none = wanted(overtime_minutes=0)
    assert cost_step(none) == UNIT
    assert cost_step(wanted(overtime_minutes=60)) == OVERTIME
    assert cost_step(replace(none, off=frozenset({"maximum_hours"}))) == OVERTIME
