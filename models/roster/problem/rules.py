"""The rule book: what an agent's shifts must, or should, look like.

Each of these names its ``rule`` (of ``RULES``; reports speak of it by that name) and is
*required* where ``cost`` is ``None``, else *preferred*: then ``cost`` is what each unit
outside costs, under ``goal``. A shift counts on the day on which it starts.
"""

from dataclasses import dataclass
from enum import StrEnum

from models.roster.problem.units import UNIT, Stretch

SHARE = "case_share"  # the rule of a ``CaseLimit`` that is required

REQUIRED_COST = 10_000 * UNIT  # more than what one shift of anybody can save


@dataclass(frozen=True)
class Which:
    """Shifts that a rule speaks of: those that are all of what is said.

    Attributes
    ----------
    types
        Shift types; ``None``: any.
    touching
        Stretches of time of which the shift shares at least ``minutes`` in all;
        ``None``: any time.
    starting
        Stretches in one of which the shift starts; ``None``: any time.
    lengths
        Minutes from start to end; ``None``: any.
    """

    types: frozenset[int] | None = None
    touching: tuple[Stretch, ...] | None = None
    minutes: int = 1
    starting: tuple[Stretch, ...] | None = None
    lengths: frozenset[int] | None = None


ANY = Which()


class Measure(StrEnum):
    """What of a shift a limit adds up."""

    SHIFTS = "shifts"  #: one for each
    PAID = "paid"  #: its paid minutes
    SHARED = "shared"  #: the minutes that it shares with ``Which.touching``


@dataclass(frozen=True)
class Limit:
    """Of some shifts on some days there are at least and at most so many (so much).

    Attributes
    ----------
    groups
        Days that count once together (a weekend): then what is limited is the number of
        groups with such a shift on any of their days. Empty: each shift by itself.
    before
        What history adds.
    """

    rule: str
    days: tuple[int, ...]
    which: Which = ANY
    measure: Measure = Measure.SHIFTS
    groups: tuple[tuple[int, ...], ...] = ()
    before: int = 0
    least: int | None = None
    most: int | None = None
    cost: int | None = None
    goal: str = "preferred_rules"


@dataclass(frozen=True)
class Run:
    """Days (or groups of days) in a row with such a shift, or (``off``) without.

    ``least`` is asked of every run but one that goes on at the horizon's end, or that
    began at its start while ``before`` is not known. A run that breaks it costs each
    day that it lacks; one longer than ``most`` costs each day beyond.

    Attributes
    ----------
    before
        How long a run there is up to day one; ``None``: not known.
    """

    rule: str
    days: tuple[tuple[int, ...], ...]
    which: Which = ANY
    off: bool = False
    before: int | None = None
    least: int | None = None
    most: int | None = None
    cost: int | None = None
    goal: str = "preferred_rules"


@dataclass(frozen=True)
class Follow:
    """After one kind of shift another one must wait.

    A shift of ``then`` may not start less than ``rest`` minutes after the end of any
    earlier one of ``first``, nor on any of the ``days`` days after its day; each shift
    that does costs once.

    Attributes
    ----------
    ready
        Minute from which ``then`` may start by history.
    """

    rule: str
    first: Which
    then: Which = ANY
    rest: int = 0
    days: int = 0
    ready: int = 0
    cost: int | None = None
    goal: str = "preferred_rules"


@dataclass(frozen=True)
class Spread:
    """Shifts of some days start at times of day at most ``most`` minutes apart.

    A time of day is minutes after ``midnights`` (by day of ``days``), which on the day
    of a clock change is not the day's start. Each minute beyond costs. ``before`` are
    times of day of shifts before day one that count too.
    """

    rule: str
    days: tuple[int, ...]
    midnights: tuple[int, ...]
    most: int
    before: tuple[int, ...] = ()
    cost: int | None = None
    goal: str = "preferred_rules"


@dataclass(frozen=True)
class LongRest:
    """Somewhere in a stretch of time there are ``least`` minutes without a shift.

    They are uninterrupted and lie wholly in ``window``; a window without costs once.
    """

    rule: str
    window: Stretch
    least: int
    cost: int | None = None
    goal: str = "preferred_rules"


@dataclass(frozen=True)
class Together:
    """Among some days, one after the other, ``least`` in a row are off.

    Days without costs once.
    """

    rule: str
    days: tuple[int, ...]
    least: int
    cost: int | None = None
    goal: str = "preferred_rules"


@dataclass(frozen=True)
class Whole:
    """Some days (a weekend) are all worked or all off; if not that costs once."""

    rule: str
    days: tuple[int, ...]
    cost: int | None = None
    goal: str = "preferred_rules"


Rule = Limit | Run | Follow | Spread | LongRest | Together | Whole


@dataclass(frozen=True)
class CaseLimit:
    """In the shifts of some days an agent is on cases for so many minutes.

    At least ``least``, at most ``most`` and ``percent`` of the paid minutes of these
    shifts, rounded down. Each minute outside costs ``cost`` under ``goal``; ``None``:
    none may be above (``least`` is then not asked).
    """

    days: tuple[int, ...]
    least: int = 0
    most: int | None = None
    percent: int = 0
    cost: int | None = None
    goal: str = "preferred_rules"


@dataclass(frozen=True)
class Headcount:
    """How many people work some shifts, and what too few and too many cost.

    Each one below ``needed`` costs ``under_cost``, each one above it ``over_cost``,
    under the goal ``headcount``; ``None``: ``rule`` forbids it.

    Attributes
    ----------
    day
        On which the shifts start; ``None``: any.
    mark
        Only agents with this mark count; ``None``: everybody.
    against
        Agents with this mark count once less: ``needed`` 0 then asks that as many of
        the one kind work such a shift as of the other.
    fixed
        What people outside the problem count for.
    """

    name: str
    day: int | None
    which: Which
    needed: int
    under_cost: int | None
    over_cost: int | None = 0
    fixed: int = 0
    mark: int | None = None
    against: int | None = None
    rule: str = "people_wanted"

    def counts(self, marks: frozenset[int]) -> int:
        """Return what an agent with these marks counts for: -1, 0 or 1."""
        own = self.mark is None or self.mark in marks
        return int(own) - int(self.against is not None and self.against in marks)

    @property
    def is_required(self) -> bool:
        """Whether the rule forbids too few or too many."""
        return None in (self.under_cost, self.over_cost)

    @property
    def prices(self) -> tuple[int, int]:
        """What one too few and one too many cost, or would have to cost to be rare."""
        under, over = self.under_cost, self.over_cost
        return (
            REQUIRED_COST if under is None else under,
            REQUIRED_COST if over is None else over,
        )
