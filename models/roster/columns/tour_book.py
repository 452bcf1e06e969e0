"""All classes of agents in one table, with the costs of some goals."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.roster.columns.classes import NEVER_COST, TourClass, week_of_day
from models.roster.columns.kernels.books import RuleTable, TourTable
from models.roster.columns.legs import Legs
from models.roster.columns.machine import NUMBERS, REQUIRED, Machine, Piece, Values
from models.roster.columns.units import NO_LIMIT
from models.roster.problem import RosterProblem
from models.roster.reach import in_headcount

Ints = npt.NDArray[np.int64]


class TourBook:
    """The classes of a problem; tables for sets of goals are kept, as sweeps are many.

    ``values`` is what the machines of the classes look up.
    """

    def __init__(
        self,
        problem: RosterProblem,
        legs: Legs,
        kinds: Sequence[TourClass],
        values: Values,
    ) -> None:
        self.problem, self.kinds = problem, kinds
        self._costed: dict[tuple[str, ...], TourTable] = {}
        self._machines = [m for kind in kinds for m in kind.machines]
        self._pieces = [p for m in self._machines for p in m.pieces]
        self.stop = np.zeros(1, dtype=np.int64)
        self._plain = self._table(legs, values)

    def costs_of(self, goal: str) -> bool:
        """Whether some tour may cost something under a goal."""
        beyond = self._plain.weeks[:, :, 4] < NO_LIMIT
        return (
            (goal == "overtime" and bool(beyond.any()))
            or any(m.goal == goal and m.cost != REQUIRED for m in self._machines)
            or any(p.goal == goal for p in self._pieces)
            or any(
                costs[goal].any()
                for kind in self.kinds
                for costs in (kind.costs, kind.off_costs)
                if goal in costs
            )
        )

    def costing(self, goals: Sequence[str]) -> TourTable:
        """Return the table with the costs of some goals."""
        key = tuple(goals)
        if key not in self._costed:
            self._costed[key] = self._with_costs(set(goals))
        return self._costed[key]

    def _with_costs(self, goals: set[str]) -> TourTable:
        plain = self._plain
        base, off = [], plain.off.copy()
        for c, kind in enumerate(self.kinds):
            own = np.zeros(len(kind.options.rows), dtype=np.int64)
            for goal in goals & kind.costs.keys():
                own += kind.costs[goal]
            own[kind.closed] = NEVER_COST
            base.append(own)
            for goal in goals & kind.off_costs.keys():
                free = off[c, :, 0] != NEVER_COST
                off[c, :, 0] += np.where(free, kind.off_costs[goal], 0)
        weeks = plain.weeks
        if "overtime" not in goals:
            weeks = weeks.copy()
            weeks[:, :, 5] = 0
        rules = plain.rules._replace(
            cost=np.array(
                [
                    m.cost if m.cost == REQUIRED or m.goal in goals else 0
                    for m in self._machines
                ],
                dtype=np.int64,
            ),
            pieces=_table([_piece(p, goals) for p in self._pieces], 3),
            lately=np.zeros(len(self._machines), dtype=np.int64),
        )
        return plain._replace(
            base=np.concatenate([np.zeros(0, np.int64), *base]),
            off=off,
            weeks=weeks,
            rules=rules,
        )

    def _table(self, legs: Legs, values: Values) -> TourTable:
        problem, kinds = self.problem, self.kinds
        options = [kind.options for kind in kinds]
        groups = [legs.group_of(problem.agents[kind.members[0]]) for kind in kinds]
        counts = [len(own.legs) for own in options]
        offset = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        leg_first = [
            own.leg_first[:-1] + before
            for own, before in zip(options, offset, strict=False)
        ]
        shifts = _joined([own.shifts for own in options])
        every = np.concatenate([*leg_first, offset[-1:]]).astype(np.int64)
        counts = [len(own.rows) for own in options]
        marks = [problem.agents[kind.members[0]].marks for kind in kinds]
        option_class = np.repeat(np.arange(len(kinds)), counts)
        head_first, heads = _heads(problem, every, shifts, marks, option_class)
        against = [
            [
                r
                for r, row in enumerate(problem.joint)
                if row.against is not None and row.counts(each)
            ]
            for each in marks
        ]
        return TourTable(
            group=np.array(groups, dtype=np.int64),
            option_first=_firsts([len(own.rows) for own in options]),
            day_first=_table([own.day_first for own in options], problem.days + 1),
            rows=np.vstack([np.zeros((0, 4), np.int64), *(o.rows for o in options)]),
            base=np.zeros(0, dtype=np.int64),
            leg_first=every,
            legs=_joined([own.legs for own in options]),
            shifts=shifts,
            off=np.array([k.off for k in kinds], np.int64).reshape(
                len(kinds), problem.days, 3
            ),
            day_week=week_of_day(problem),
            weeks=np.array([k.weeks for k in kinds], np.int64).reshape(
                len(kinds), len(problem.weeks), 6
            ),
            person=_table([k.person for k in kinds], 4),
            head_first=head_first,
            heads=heads,
            against_first=_firsts([len(own) for own in against]),
            against=np.array([r for own in against for r in own], dtype=np.int64),
            rules=self._rules(values),
        )

    def _rules(self, values: Values) -> RuleTable:
        problem, kinds, every = self.problem, self.kinds, self._machines
        placed = [_slots(kind.machines) for kind in kinds]
        nothing = np.zeros(problem.days, dtype=np.int64)
        soon = [kind.off[:, 2] for kind in kinds for _ in kind.machines]
        later = [nothing if m.later is None else m.later for m in every]
        return RuleTable(
            first=_firsts([len(kind.machines) for kind in kinds]),
            width=np.array([width for _, width in placed], dtype=np.int64),
            kind=np.array([m.kind for m in every], dtype=np.int64),
            slot=np.array([s for slots, _ in placed for s in slots], dtype=np.int64),
            begin=np.array([m.begin for m in every], dtype=np.int64),
            cost=np.array([m.cost for m in every], dtype=np.int64),
            value=_table([m.value for m in every], 2),
            number=_table(
                [(*m.number, *[0] * (NUMBERS - len(m.number))) for m in every], NUMBERS
            ),
            info=_table([m.info(problem.days) for m in every], problem.days),
            later=_table(later, problem.days),
            soon=_table(soon, problem.days),
            piece_first=_firsts([len(m.pieces) for m in every]),
            pieces=_table([_piece(p, {p.goal}) for p in self._pieces], 3),
            values=_table(values.rows, len(problem.shifts)),
            table=np.array(values.tables or [0], dtype=np.int64),
            lately=np.zeros(len(every), dtype=np.int64),
            stop=self.stop,
        )


def _piece(piece: Piece, goals: set[str]) -> tuple[int, int, int]:
    cost = piece.cost if piece.goal in goals else 0
    return piece.side, piece.threshold, cost


def _slots(machines: Sequence[Machine]) -> tuple[list[int], int]:
    """Return a register for each machine, and how many registers there are.

    Machines of which one ends before the other begins may share one.
    """
    free_from: list[int] = []
    found = dict.fromkeys(range(len(machines)), 0)
    for n in sorted(found, key=lambda n: machines[n].days[0]):
        first, last = machines[n].days[0], machines[n].days[-1]
        slot = next((s for s, free in enumerate(free_from) if free <= first), None)
        if slot is None:
            slot = len(free_from)
            free_from.append(0)
        free_from[slot] = last + 1
        found[n] = slot
    return list(found.values()), len(free_from)


def _heads(
    problem: RosterProblem,
    leg_first: Ints,
    shifts: Ints,
    marks: Sequence[frozenset[int]],
    option_class: Ints,
) -> tuple[Ints, Ints]:
    """Return in which rows of headcount each option counts: where each begins, rows.

    A row in which it counts once less is ``~row``.
    """
    count = len(leg_first) - 1
    option = np.repeat(np.arange(count), np.diff(leg_first))
    found = []
    for r, row in enumerate(problem.joint):
        own = np.unique(option[in_headcount(problem, row)[shifts]])
        signs = np.array([row.counts(each) for each in marks], dtype=np.int64)
        sign = signs[option_class[own]] if len(own) else own
        own, sign = own[sign != 0], sign[sign != 0]
        found.append(np.column_stack([own, np.where(sign > 0, r, ~r)]))
    pairs = np.vstack([np.zeros((0, 2), dtype=np.int64), *found])
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    first = np.searchsorted(pairs[:, 0], np.arange(count + 1)).astype(np.int64)
    return first, pairs[:, 1].copy()


def _firsts(counts: Sequence[int]) -> Ints:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, np.int64), *parts])


def _table(rows: Sequence[object], width: int) -> Ints:
    """Return rows as a table, also where there are none."""
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)
