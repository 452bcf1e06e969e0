"""What a planner may change by hand, as values: positions and whole minutes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PutShift:
    """An agent's shift on a day: moved, longer or shorter, of another type, or new.

    ``replaces`` is the start of the shift that it takes the place of; ``None``: of all
    that the agent has on the day.
    """

    agent: int
    day: int
    shift_type: int
    start: int
    end: int
    replaces: int | None = None


@dataclass(frozen=True)
class DayOff:
    """No shift for an agent on a day."""

    agent: int
    day: int


@dataclass(frozen=True)
class Move:
    """A break, a meeting or a stretch of work that starts at ``start`` goes elsewhere.

    It stays in its shift. ``until`` is its new end; ``None``: it stays as long.
    """

    agent: int
    start: int
    to: int
    until: int | None = None


@dataclass(frozen=True)
class PutWork:
    """Work for an agent in ``[start, end)`` of a shift; ``None``: nothing to do."""

    agent: int
    start: int
    end: int
    work: int | None


Edit = PutShift | DayOff | Move | PutWork
