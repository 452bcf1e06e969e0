"""A machine of ``kernels.rules`` before it has a register, and what it looks up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER
from models.roster.columns.kernels.rules import (
    ACTIVE,
    END,
    FIRST,
    GROUP_END,
    LAST,
    LIMIT,
    START,
)
from models.roster.columns.units import FINE, NO_LIMIT
from models.roster.problem import Limit, RosterProblem, Rule
from models.roster.problem.whole import END as END_COLUMN
from models.roster.problem.whole import START as START_COLUMN

Ints = npt.NDArray[np.int64]

REQUIRED = -NEVER
NUMBERS = 5


@dataclass(frozen=True)
class Piece:
    """Each unit above (1) or below (-1) a threshold costs so much, fine units."""

    side: int
    threshold: int
    cost: int
    goal: str


@dataclass(frozen=True, eq=False)
class Machine:
    """A row of ``kernels.books.RuleTable`` before it has a register.

    ``days`` are those on which it does something, in order; ``ends`` the last ones of
    its groups of days.
    """

    kind: int
    days: Sequence[int]
    goal: str = ""
    cost: int = 0
    begin: int = 0
    value: tuple[int, int] = (0, 0)
    number: tuple[int, ...] = ()
    ends: frozenset[int] = frozenset()
    later: Ints | None = None
    pieces: tuple[Piece, ...] = ()

    def info(self, days: int) -> Ints:
        """Return the bits of each day."""
        found = np.zeros(days, dtype=np.int64)
        found[list(self.days)] = ACTIVE
        found[list(self.ends)] |= GROUP_END
        found[self.days[0]] |= FIRST
        found[self.days[-1]] |= LAST
        return found


@dataclass(eq=False)
class Values:
    """What machines look up by shift of the menu; rows that are alike are one."""

    problem: RosterProblem
    rows: list[Ints] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    _known: dict[bytes, int] = field(default_factory=dict)
    _table_known: dict[tuple[int, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table = self.problem.shift_table
        columns = {START: START_COLUMN, END: END_COLUMN}
        self.rows += [table[:, columns[row]].copy() for row in sorted(columns)]

    def row(self, values: Ints) -> int:
        """Return the number of a row."""
        key = values.tobytes()
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append(values)
        return self._known[key]

    def table(self, entries: Ints) -> int:
        """Return where a table of costs begins."""
        key = tuple(entries.ravel().tolist())
        if key not in self._table_known:
            self._table_known[key] = len(self.tables)
            self.tables += key
        return self._table_known[key]


@dataclass(eq=False)
class Book:
    """An agent's rules: machines, and what days by themselves must keep or cost.

    Attributes
    ----------
    closed
        By option: whether it cannot be.
    must
        Days that cannot be off.
    costs, off_costs
        By goal: what each option costs; what each day off costs; fine units.
    """

    machines: list[Machine]
    closed: npt.NDArray[np.bool_]
    must: set[int] = field(default_factory=set)
    costs: dict[str, Ints] = field(default_factory=dict)
    off_costs: dict[str, Ints] = field(default_factory=dict)


def counters(rules: Iterable[Rule]) -> Iterator[list[Limit]]:
    """Yield the limits, those of one and the same count together."""
    found: dict[object, list[Limit]] = {}
    for rule in rules:
        if isinstance(rule, Limit) and (rule.least, rule.most) != (None, None):
            key = rule.days, rule.which, rule.measure, rule.groups, rule.before
            found.setdefault(key, []).append(rule)
    yield from found.values()


def limit_machine(limits: Sequence[Limit], most_added: int) -> Machine | None:
    """Return what limits of one count have in common; ``None`` if nothing matters."""
    before = limits[0].before
    least, most = -NO_LIMIT, NO_LIMIT
    pieces = []
    for rule in limits:
        if rule.cost is None:
            least = max(least, -NO_LIMIT if rule.least is None else rule.least)
            most = min(most, NO_LIMIT if rule.most is None else rule.most)
            continue
        cost = rule.cost * FINE
        if rule.least is not None:
            pieces.append(Piece(-1, rule.least, cost, rule.goal))
        if rule.most is not None:
            pieces.append(Piece(1, rule.most, cost, rule.goal))
    below = [least, *(p.threshold for p in pieces if p.side < 0)]
    above = [most, *(p.threshold for p in pieces if p.side > 0)]
    if max(below) <= before and before + most_added <= min(above):
        return None
    top = NO_LIMIT if most < NO_LIMIT else max(above[1:], default=NO_LIMIT)
    number = (least, most, max(below), min(above), top)
    return Machine(LIMIT, (), number=number, pieces=tuple(pieces))
