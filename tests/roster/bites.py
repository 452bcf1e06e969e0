"""For each rule a tiny problem on which that rule alone holds the optimum back.

Unless said otherwise Ann costs 1 per paid minute and each period without the one
person who is needed costs 100,000.
"""

from models.roster.problem import RULES, CaseLimit, Meeting, Pin, RosterProblem, Task
from tests.roster.bites_of_book import BOOK_BITES
from tests.roster.builders import (
    H,
    agent,
    backlog,
    case,
    kind,
    need,
    pause,
    problem,
    voice,
    week,
)

ANYWHERE = (0, 3 * H)

_CORE: dict[str, RosterProblem] = {
    # two shifts of an hour on one day, both needed
    "one_shift_per_day": problem(
        menu=[(0, 0, 1), (0, 2, 3)], day_minutes=3 * H, covers=[need({0: 100, 2: 100})]
    ),
    # the only shift is of a type that Ann does not work
    "own_shift_types": problem(
        types=[kind(), kind(name="late")],
        menu=[(0, 0, 1, 1)],
        day_minutes=H,
        agents=[agent(shift_types=frozenset({0}))],
        covers=[need({0: 100})],
    ),
    # 120 minutes lie between the two shifts, 180 are asked for
    "rest_between_shifts": problem(
        days=2,
        day_minutes=3 * H,
        menu=[(0, 0, 1), (1, 0, 1)],
        agents=[agent(min_rest=3 * H)],
        covers=[need({0: 100, 3: 100})],
    ),
    # nobody is needed, but an hour must be paid
    "minimum_hours": problem(
        menu=[(0, 0, 1)], day_minutes=H, agents=[agent(weeks=(week(min_minutes=H),))]
    ),
    # two hours needed; one is allowed, and no overtime
    "maximum_hours": problem(
        days=2,
        day_minutes=2 * H,
        menu=[(0, 0, 1), (1, 0, 1)],
        agents=[agent(weeks=(week(max_minutes=H),))],
        covers=[need({0: 100, 2: 100})],
    ),
    "minimum_days": problem(
        menu=[(0, 0, 1)], day_minutes=H, agents=[agent(weeks=(week(min_days=1),))]
    ),
    "maximum_days": problem(
        days=2,
        day_minutes=2 * H,
        menu=[(0, 0, 1), (1, 0, 1)],
        agents=[agent(weeks=(week(max_days=1),))],
        covers=[need({0: 100, 2: 100})],
    ),
    # Ann comes from two days in a row and may do three: one of two is left
    "run_of_days": problem(
        days=2,
        day_minutes=2 * H,
        menu=[(0, 0, 1), (1, 0, 1)],
        agents=[agent(max_run=3, run_before=2)],
        covers=[need({0: 100, 2: 100})],
    ),
    # the last hour of the only shift is not Ann's
    "availability": problem(
        menu=[(0, 0, 2)],
        day_minutes=2 * H,
        agents=[agent(unavailable=((H, 2 * H),))],
        covers=[need({0: 100})],
    ),
    "leave": problem(
        menu=[(0, 0, 2)],
        day_minutes=2 * H,
        agents=[agent(leave=((H, 2 * H),))],
        covers=[need({0: 100})],
    ),
    # needed, but pinned to a day off
    "pins": problem(
        menu=[(0, 0, 1)],
        day_minutes=H,
        agents=[agent(pins=(Pin(0, None),))],
        covers=[need({0: 100})],
    ),
    # lunch must start after one hour: just when Ann is needed
    "breaks_in_window": problem(
        types=[kind(pause(H))],
        menu=[(0, 0, 3)],
        day_minutes=3 * H,
        covers=[need({1: 100})],
    ),
    # tea can only be at once, and lunch is to be before it: no shift can be filled
    "breaks_in_order": problem(
        types=[kind(pause(*ANYWHERE), pause(0, name="tea"))],
        menu=[(0, 0, 3)],
        day_minutes=3 * H,
        covers=[need({1: 100})],
    ),
    # breaks an hour apart in a shift of three: the first and the last hour
    "breaks_apart": problem(
        types=[kind(pause(*ANYWHERE), pause(*ANYWHERE, name="tea"), spacing=H)],
        menu=[(0, 0, 3)],
        day_minutes=3 * H,
        covers=[need({0: 100})],
    ),
    # nobody is needed, but Ann must come for her 1:1
    "meetings": problem(
        menu=[(0, 0, 1)],
        day_minutes=H,
        agents=[agent(meetings=(Meeting("1:1", H, 0, 0),))],
    ),
    "skills": problem(
        menu=[(0, 0, 1)],
        day_minutes=H,
        agents=[agent(speeds=(0,))],
        covers=[need({0: 100})],
    ),
    # someone is wanted in the second hour, when the queue is closed
    "opening_hours": problem(
        works=[voice(open=((0, H),))],
        menu=[(0, 0, 2)],
        day_minutes=2 * H,
        covers=[need({1: 100})],
    ),
    # Ann works the second hour, claims are closed then; an hour of them is due
    "case_hours": problem(
        works=[voice(), case(open=((0, H),))],
        menu=[(0, 1, 2)],
        day_minutes=2 * H,
        cases=[backlog(({0: 1200}, {2 * H: 1200}))],
    ),
    # a shift of one hour has no room for a run of two
    "shortest_voice_run": problem(
        works=[voice(shortest=2 * H)],
        menu=[(0, 0, 1)],
        day_minutes=H,
        covers=[need({0: 100})],
    ),
    "shortest_case_block": problem(
        works=[voice(), case(shortest=2 * H)],
        menu=[(0, 0, 1)],
        day_minutes=H,
        cases=[backlog(({0: 1200}, {H: 1200}))],
    ),
    # two hours are due, blocks are of one at most
    # two hours of cases are due, and one may be done
    "case_share": problem(
        menu=[(0, 0, 2)],
        day_minutes=2 * H,
        works=[voice(), case()],
        agents=[agent(case_limits=(CaseLimit((0,), most=H),))],
        cases=[backlog(({0: 2400}, {2 * H: 2400}))],
    ),
    # needed in the first hour, pinned to cases then
    "pinned_work": problem(
        works=[voice(), case()],
        menu=[(0, 0, 2)],
        day_minutes=2 * H,
        agents=[agent(tasks=(Task(1, 0, H),))],
        covers=[need({0: 100})],
        cases=[backlog(({0: 1200}, {2 * H: 1200}))],
    ),
    "longest_case_block": problem(
        works=[voice(), case(longest=H)],
        menu=[(0, 0, 2)],
        day_minutes=2 * H,
        cases=[backlog(({0: 2400}, {2 * H: 2400}))],
    ),
    # Ann's hour is over when the work arrives
    "work_after_arrival": problem(
        works=[voice(), case()],
        menu=[(0, 0, 1)],
        day_minutes=2 * H,
        cases=[backlog(({H: 1200}, {2 * H: 1200}))],
    ),
}

BITES = {rule: (_CORE | BOOK_BITES)[rule] for rule in RULES}
