"""What the compiled search looks up: tuples of arrays, one for each subject."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


class Runs(NamedTuple):
    """How works may run.

    By work: periods that a run lasts at least and at most (0: any number), what its
    start costs, and in how many of its first minutes nothing gets done; what an idle
    period costs (fine units), and its minutes.
    """

    least: Ints
    most: Ints
    start_cost: Ints
    settling: Ints
    idle_cost: int
    minutes: int


class FillTable(NamedTuple):
    """Case work between calls.

    By fill its case type, its cut period in each period (0: none), and the parts of a
    unit that a hundredth is worth, ``whole_parts`` of which are a unit; who could do
    it, from ``hand_first[f]``: voice work, work of the cases; its bars, from
    ``bar_first[f]``: row of cover, what is needed by period. ``voice[w]`` is 1 where a
    cover counts the work.
    """

    cases: Ints
    cut: Ints
    parts: Ints
    whole_parts: int
    hand_first: Ints
    hand_work: Ints
    hand_cases: Ints
    bar_first: Ints
    bar_cover: Ints
    bar_needed: Ints
    voice: Ints


class ShareTable(NamedTuple):
    """Limits of case work; class ``c`` has ``first[c]`` up to ``first[c + 1]``.

    ``days[x, d]`` 1 where a limit speaks of the day; ``number[x]`` least and most
    minutes, per cent of paid minutes on top of the most, cost of a minute outside
    (fine; ``-NEVER``: required); ``is_case[w]``; minutes of a period.
    """

    first: Ints
    days: Ints
    number: Ints
    is_case: Ints
    period: int


class TaskTable(NamedTuple):
    """Pinned work: class ``c`` has ``rows[first[c]]`` up to ``rows[first[c + 1]]``.

    Rows of (work, first period, end).
    """

    first: Ints
    rows: Ints


class WorkTable(NamedTuple):
    """Works and groups of speeds.

    ``can[w, p]`` 1 where open; ``counts[c, w]`` 1 where the work counts on a row of
    cover; ``case_of[k]`` the work of a case type; ``speed[g, w]`` hundredths;
    ``units[g, w]`` of work in a period.
    """

    can: Ints
    runs: Runs
    stretches: Ints
    longest: int
    counts: Ints
    case_of: Ints
    cut_of: Ints
    speed: Ints
    units: Ints
    shares: ShareTable
    tasks: TaskTable
    fills: FillTable


class LegTable(NamedTuple):
    """By leg: rows of (start, end, spacing), its group; its stops."""

    spans: Ints
    group: Ints
    stop_first: Ints
    stops: Ints


class RuleTable(NamedTuple):
    """The book of rules as machines, see ``kernels.rules``.

    Machines ``first[c]`` up to ``first[c + 1]`` are class ``c``'s, which has
    ``width[c]`` registers. By machine: what kind, its register, the register's value on
    its first day, cost of a unit outside (``-NEVER``: required), rows of ``values``,
    numbers that say what it does; by machine and day bits that say what the day is, the
    most that later days can add (of ``FOLLOW``: the first minute after the days that
    must pass), and the first start after the day. Pieces of a limit: 1 above, -1 below;
    threshold; cost. ``values`` by shift of the menu. By machine for how many tours it
    is still to be minded from the start; this one is written to. ``stop``, of one
    number, is 1 as soon as the search of tours is to end.
    """

    first: Ints
    width: Ints
    kind: Ints
    slot: Ints
    begin: Ints
    cost: Ints
    value: Ints
    number: Ints
    info: Ints
    later: Ints
    soon: Ints
    piece_first: Ints
    pieces: Ints
    values: Ints
    table: Ints
    lately: Ints
    stop: Ints


class TourTable(NamedTuple):
    """What days of tours can be, and what tours must keep; all classes in one.

    By class: its group of speeds; options ``option_first[c]`` up to
    ``option_first[c + 1]``, of which those of day ``d`` begin at ``day_first[c, d]``;
    by day cost of a day off or ``-NEVER``, bits of meetings that must have been
    attended by its end, earliest start of an option on a later day; by week least and
    most paid minutes, least and most days, minutes beyond which overtime counts, cost
    of a minute of it; least minutes between shifts, most days in a row (-1: any), days
    in a row up to day one, earliest start.

    By option: rows of (start, end, paid minutes, meetings attended as bits), minutes;
    its cost, ``-NEVER`` where it cannot be; ``legs`` and ``shifts`` of the menu that it
    is made of, from ``leg_first[o]``; rows of headcount in which it counts, from
    ``head_first[o]`` (``~row``: once less). By day its week, -1: none. By class rows in
    which some are set against others, from ``against_first[c]``.
    """

    group: Ints
    option_first: Ints
    day_first: Ints
    rows: Ints
    base: Ints
    leg_first: Ints
    legs: Ints
    shifts: Ints
    off: Ints
    day_week: Ints
    weeks: Ints
    person: Ints
    head_first: Ints
    heads: Ints
    against_first: Ints
    against: Ints
    rules: RuleTable


class Demand(NamedTuple):
    """Levels of cover, targets for late calls, lots of deferred work.

    ``level_cover``, ``target[l, p]``, ``level_cost`` by level, in order of cover;
    steps of late curves, those of a target together: ``late_first[t]``, row of cover,
    period, height, rate; what targets allow and cost;
    lots of all case types, those of a type by deadline: ``lot_first[k]``, first cut
    period in which a lot can be done, cut at which it is due, amount; costs, come and
    fixed by case type and cut; rows of headcount: people needed, cost of one too few,
    of one too many.
    """

    level_cover: Ints
    target: Ints
    level_cost: Ints
    late_first: Ints
    late_steps: Ints
    late_allowed: Ints
    late_over: Ints
    lot_first: Ints
    lot_ready: Ints
    lot_due: Ints
    lot_amount: Ints
    late_cost: Ints
    open_cost: Ints
    come: Ints
    fixed: Ints
    heads: Ints


class State(NamedTuple):
    """A roster in the making.

    ``kind`` the class of each agent; ``options[a, d]`` of the class, -1: off;
    ``codes[a, p]`` what is done, ``ABSENT`` off shift; ``own[a]`` own cost (fine);
    ``cover[c, p]`` and ``room[k, i]`` what all give together, fixed cover included;
    ``heads[r]`` people who work the shifts of a headcount, hundredths;
    ``hands[x, p]`` who could work between calls (``FillTable``), ``free[f, p]`` who
    does, ``parts[f, i]`` of a unit of work that are done so by cut.
    """

    kind: Ints
    options: Ints
    codes: npt.NDArray[np.int16]
    own: Ints
    cover: Ints
    room: Ints
    heads: Ints
    hands: Ints
    free: Ints
    parts: Ints


class Targets(NamedTuple):
    """A plan to follow, and how hard.

    ``cover[c, p]``, ``room[k, i]`` and ``heads[r]`` with their prices (fine units), and
    what an agent pays for each hundredth (unit of work) that all together are off it.
    """

    cover: npt.NDArray[np.float64]
    price: npt.NDArray[np.float64]
    pull: float
    room: npt.NDArray[np.float64]
    room_price: npt.NDArray[np.float64]
    room_pull: float
    heads: npt.NDArray[np.float64]
    head_price: npt.NDArray[np.float64]
    head_pull: float


MISSING = 1 << 48  # own cost of who has no week yet, fine: more than all else
ABSENT = -100
