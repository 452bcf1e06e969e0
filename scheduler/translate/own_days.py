"""What an agent's days hold already: meetings, pins and wishes."""

from collections.abc import Iterator, Mapping, Sequence

from models.errors import InvalidInput
from models.roster.problem import UNIT, Meeting, Pin, Task, Wish, WishKind
from scheduler import tables
from scheduler.tables import PinKind, PreferenceKind
from scheduler.translate.absence import range_on, stretch_on
from scheduler.translate.frame import Frame, ceil_to, floor_to, whole

_DAYS = (PinKind.OFF, PinKind.SHIFT)
_WISHES = (PreferenceKind.AVOID, PreferenceKind.WORK, PreferenceKind.SHIFT_TYPE)


def meeting(frame: Frame, row: tables.Meeting) -> Meeting:
    """Return a meeting: at its time, or to be placed between earliest and latest."""
    if row.start is not None:
        start = frame.axis.minute(row.start)
        return Meeting(row.name, row.minutes, start, start)
    earliest, end = 0, frame.horizon_end
    if row.earliest is not None:
        earliest = max(earliest, frame.begins(row.earliest))
    if row.latest is not None:
        end = min(end, frame.ends(row.latest))
    return Meeting(
        name=row.name,
        minutes=row.minutes,
        earliest=ceil_to(earliest, frame.period),
        latest=floor_to(end - row.minutes, frame.period),
    )


def pins(frame: Frame, rows: Sequence[tables.Pin]) -> Iterator[Pin]:
    """Yield pinned days."""
    return (_pin(frame, row) for row in rows if row.pin in _DAYS)


def tasks(
    frame: Frame, rows: Sequence[tables.Pin], works: Mapping[str, int]
) -> Iterator[Task]:
    """Yield pinned activities; ``works`` is what queues and case types are."""
    for row in rows:
        what = row.activity or ""
        if row.pin is PinKind.ACTIVITY and what in works:
            yield Task(works[what], *stretch_on(frame, row.date, row.start, row.end))


def _pin(frame: Frame, row: tables.Pin) -> Pin:
    """Return a pin; a pinned shift is the one of the menu that it describes."""
    day = (row.date - frame.axis.first_day).days
    if row.pin is PinKind.OFF:
        return Pin(day, None)
    names = [kind.name for kind in frame.plan.shift_types]
    start = frame.axis.local(row.date, row.start or 0)
    for shift in frame.shifts:
        if (
            (shift.day, shift.start) == (day, start)
            and names[shift.shift_type] == row.shift_type
            and row.length_minutes in (None, shift.end - shift.start)
        ):
            return Pin(day, shift)
    raise InvalidInput(
        f"pins: the shift of {row.agent_id!r} on {row.date} starts in an hour that the "
        "clock skips"
    )


def wishes(frame: Frame, rows: Sequence[tables.Preference]) -> Iterator[Wish]:
    """Yield a wish for each day of the horizon that a row speaks of."""
    for day, row in frame.dated(row for row in rows if row.wish in _WISHES):
        yield _wish(frame, row, day)


def _wish(frame: Frame, row: tables.Preference, day: int) -> Wish:
    hours = row.weight * frame.plan.weights.preference
    if row.wish is PreferenceKind.WORK:
        return Wish(WishKind.WORK, day, whole(hours * UNIT))
    if row.wish is PreferenceKind.SHIFT_TYPE:
        names = [kind.name for kind in frame.plan.shift_types]
        position = names.index(row.shift_type or "")
        return Wish(WishKind.SHIFT_TYPE, day, whole(hours * UNIT), shift_type=position)
    stretch = range_on(frame, row, frame.axis.date(day))
    return Wish(WishKind.AVOID, day, whole(hours * UNIT / 60), stretch=stretch)
