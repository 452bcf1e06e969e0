"""For each rule of the book a tiny problem on which that rule alone holds it back.

As in ``bites``: Ann costs 1 per paid minute and each period without the one person who
is needed costs 100,000. Days have two hours.
"""

from models.roster.problem import (
    ANY,
    Follow,
    Headcount,
    Limit,
    LongRest,
    Measure,
    RosterProblem,
    Rule,
    Run,
    Spread,
    Together,
    Which,
    Whole,
)
from tests.roster.builders import H, agent, need, problem

DAY = 2 * H
DAYS = Which(types=frozenset({0}))


def singles(days: int) -> tuple[tuple[int, ...], ...]:
    """Each day by itself."""
    return tuple((day,) for day in range(days))


def with_rule(rule: Rule, days: int, needed: tuple[int, ...]) -> RosterProblem:
    """An hour's shift at the start of every day; somebody is needed on some days."""
    return problem(
        days=days,
        day_minutes=DAY,
        menu=[(day, 0, 1) for day in range(days)],
        agents=[agent(rules=(rule,))],
        covers=[need({2 * day: 100 for day in needed})],
    )


def joint(row: Headcount, needed: dict[int, int]) -> RosterProblem:
    """An hour's shift, which Ann and the cheaper Bob may both work."""
    return problem(
        day_minutes=DAY,
        menu=[(0, 0, 1)],
        agents=[
            agent(marks=frozenset({0, 1}), paid_cost=2),
            agent("Bob", marks=frozenset({0, 2})),
        ],
        covers=[need(needed)],
        headcounts=(row,),
    )


BOOK_BITES: dict[str, RosterProblem] = {
    # two hours are needed, one is allowed
    "hours_worked": with_rule(
        Limit("hours_worked", (0, 1), measure=Measure.PAID, most=H), 2, (0, 1)
    ),
    "days_worked": with_rule(
        Limit("days_worked", (0, 1), groups=singles(2), most=1), 2, (0, 1)
    ),
    "shifts_of_type": with_rule(
        Limit("shifts_of_type", (0, 1), DAYS, most=1), 2, (0, 1)
    ),
    # the only shift is where none may be
    "nights": with_rule(
        Limit("nights", (0,), Which(touching=((0, H),)), most=0), 1, (0,)
    ),
    "working_times": with_rule(
        Limit("working_times", (0,), Which(starting=((0, H),)), most=0), 1, (0,)
    ),
    "rotation": with_rule(Limit("rotation", (0,), DAYS, most=0), 1, (0,)),
    "weekends_worked": with_rule(
        Limit("weekends_worked", (0, 1), groups=((0, 1),), most=0), 2, (0,)
    ),
    # nobody is needed on the second day, but who works one must work both
    "whole_weekends": with_rule(Whole("whole_weekends", (0, 1)), 2, (0,)),
    "weekends_in_a_row": with_rule(
        Run("weekends_in_a_row", ((0, 1), (2, 3)), most=1), 4, (0, 2)
    ),
    # Ann comes from a day of work
    "days_in_a_row": with_rule(
        Run("days_in_a_row", singles(2), before=1, most=2), 2, (0, 1)
    ),
    # a day off between two that are needed would be alone
    "days_off_in_a_row": with_rule(
        Run("days_off_in_a_row", singles(3), off=True, least=2), 3, (0, 2)
    ),
    "shifts_in_a_row": with_rule(
        Run("shifts_in_a_row", singles(2), DAYS, most=1), 2, (0, 1)
    ),
    "days_off_together": with_rule(Together("days_off_together", (0, 1), 1), 2, (0, 1)),
    # with both shifts there is never more than an hour without
    "weekly_rest": with_rule(LongRest("weekly_rest", (0, 2 * DAY), 3 * H), 2, (0, 1)),
    "rest_after": with_rule(Follow("rest_after", ANY, ANY, rest=2 * H), 2, (0, 1)),
    "successions": with_rule(Follow("successions", DAYS, DAYS, days=1), 2, (0, 1)),
    # nobody is needed, but the shift has begun
    "frozen": with_rule(
        Limit(
            "frozen",
            (0,),
            Which(starting=((0, 1),), lengths=frozenset({H})),
            least=1,
        ),
        1,
        (),
    ),
    # one is there for the calls, and two are asked for
    "people_wanted": joint(Headcount("two", 0, ANY, 2, None), {0: 100}),
    # Bob would do all, but only Ann knows first aid
    "floor_mix": joint(
        Headcount("first aid", None, ANY, 1, None, mark=1, rule="floor_mix"), {0: 100}
    ),
    # both would be there
    "apart": joint(
        Headcount("pair", None, ANY, 1, 0, None, mark=0, rule="apart"), {0: 200}
    ),
    # one would do
    "same_hours": joint(
        Headcount("pair", 0, ANY, 0, None, None, mark=1, against=2, rule="same_hours"),
        {0: 100},
    ),
    # the second day's shift is an hour later
    "start_consistency": problem(
        days=2,
        day_minutes=DAY,
        menu=[(0, 0, 1), (1, 1, 2)],
        agents=[agent(rules=(Spread("start_consistency", (0, 1), (0, DAY), 0),))],
        covers=[need({0: 100, 3: 100})],
    ),
}
