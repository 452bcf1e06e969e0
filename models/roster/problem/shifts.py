"""The menu: shift types with their breaks, and dated shifts."""

from dataclasses import dataclass

from models.errors import InvalidInput


@dataclass(frozen=True)
class Break:
    """A break that a shift holds exactly once.

    ``earliest`` and ``latest`` bound its start, in minutes after the shift's start.
    """

    name: str
    minutes: int
    paid: bool
    earliest: int
    latest: int

    def __post_init__(self) -> None:
        if self.minutes <= 0 or not 0 <= self.earliest <= self.latest:
            raise InvalidInput(
                f"break {self.name!r}: must have minutes > 0 and "
                f"0 <= earliest <= latest, got {self.minutes} minutes, "
                f"[{self.earliest}, {self.latest}]"
            )


@dataclass(frozen=True)
class ShiftType:
    """Breaks in their order, and the least minutes from one's end to the next."""

    name: str
    breaks: tuple[Break, ...] = ()
    spacing: int = 0


@dataclass(frozen=True)
class Shift:
    """A dated shift of the menu; it belongs to the day on which it starts."""

    shift_type: int
    day: int
    start: int
    end: int
    paid_minutes: int
