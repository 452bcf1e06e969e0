"""Legs: what a shift can hold depends on who works it only through these.

A leg is a dated shift, the speeds of whoever works it, and the meetings held in it.
Agents who share a leg share its patterns.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from models.roster.columns.arrays import STOP, Arrays
from models.roster.problem import Agent, RosterProblem
from models.roster.reach import speed_of

Ints = npt.NDArray[np.int64]
Slot = tuple[int, int, int]  # a meeting in a shift: periods, first and last start


@dataclass(eq=False)
class Legs:
    """Every leg that somebody may work, in the order in which they were met.

    Attributes
    ----------
    speeds
        Of each group of equal speeds: hundredths by work.
    group, shift, slots
        Of each leg: its group, its position in the menu, the meetings held.
    """

    problem: RosterProblem
    arrays: Arrays
    speeds: list[tuple[int, ...]] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    shift: list[int] = field(default_factory=list)
    slots: list[tuple[Slot, ...]] = field(default_factory=list)
    _group_of: dict[tuple[int, ...], int] = field(default_factory=dict)
    _plain: list[Ints] = field(default_factory=list)
    _special: dict[tuple[int, int, tuple[Slot, ...]], int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.shift)

    def group_of(self, agent: Agent) -> int:
        """Return the number of the group of agents with the same speeds."""
        works = range(len(self.problem.works))
        speeds = tuple(speed_of(self.problem, agent, w) for w in works)
        if speeds not in self._group_of:
            self._group_of[speeds] = len(self.speeds)
            self.speeds.append(speeds)
            self._plain.append(np.full(len(self.problem.shifts), -1, dtype=np.int64))
        return self._group_of[speeds]

    def plain(self, group: int, shifts: Ints) -> Ints:
        """Return the legs of shifts without meetings."""
        known = self._plain[group]
        new = shifts[known[shifts] < 0]
        known[new] = np.arange(len(self), len(self) + len(new))
        self.group += [group] * len(new)
        self.shift += new.tolist()
        self.slots += [()] * len(new)
        return known[shifts]

    def special(self, group: int, shift: int, slots: tuple[Slot, ...]) -> int:
        """Return the leg of a shift in which these meetings are held."""
        if not slots:
            return int(self.plain(group, np.array([shift], dtype=np.int64))[0])
        key = group, shift, slots
        if key not in self._special:
            self._special[key] = len(self)
            self.group.append(group)
            self.shift.append(shift)
            self.slots.append(slots)
        return self._special[key]

    def stops(self, leg: int) -> Ints:
        """Return a leg's breaks, then its meetings, as ``kernels.place`` wants them."""
        breaks = self.arrays.stops[self.shift[leg]]
        meetings = [(*slot, 0, 0) for slot in self.slots[leg]]
        if not meetings:
            return breaks
        return np.vstack([breaks, np.array(meetings).reshape(-1, STOP)])
