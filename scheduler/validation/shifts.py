"""Checks of shift types: starts, lengths and breaks."""

from collections.abc import Iterator

from scheduler.clock import MINUTES_PER_DAY, as_starts
from scheduler.domain import Break, ShiftType
from scheduler.validation.facts import Facts, paid_minutes
from scheduler.validation.issue import Path, PlanIssue, check


@check("horizon")
def starts(facts: Facts) -> Iterator[PlanIssue]:
    """Start times can be read, lie before midnight and on the grid."""
    for i, shift_type in enumerate(facts.plan.shift_types):
        for j, text in enumerate(shift_type.starts):
            if expected := _wrong_starts(text, facts.grid):
                yield PlanIssue(("shift_types", i, "starts", j), expected)


def _wrong_starts(text: str, grid: int) -> str | None:
    """Return what was expected instead of these start times, if they are wrong."""
    try:
        minutes = as_starts(text)
    except ValueError:
        return 'a time such as "08:00", or starts such as "07:00-10:00/30"'
    if minutes[-1] >= MINUTES_PER_DAY:
        return "starts before 24:00"
    if any(minute % grid for minute in minutes):
        return f"starts on the grid of {grid} minutes"
    return None


@check("horizon")
def lengths(facts: Facts) -> Iterator[PlanIssue]:
    """Lengths are on the grid and a day at most."""
    for i, shift_type in enumerate(facts.plan.shift_types):
        for j, length in enumerate(shift_type.length_minutes):
            if not 0 < length <= MINUTES_PER_DAY or length % facts.grid:
                yield PlanIssue(
                    ("shift_types", i, "length_minutes", j),
                    f"a multiple of the grid of {facts.grid} minutes, "
                    f"up to {MINUTES_PER_DAY}",
                )


@check("horizon")
def breaks_on_grid(facts: Facts) -> Iterator[PlanIssue]:
    """Breaks start and end on the grid."""
    for path, pause in _breaks(facts):
        for key in ("minutes", "earliest_minutes", "latest_minutes"):
            if getattr(pause, key) % facts.grid:
                yield PlanIssue(
                    (*path, key), f"a multiple of the grid of {facts.grid} minutes"
                )


@check()
def break_windows(facts: Facts) -> Iterator[PlanIssue]:
    """A break's window is not empty."""
    for path, pause in _breaks(facts):
        if pause.latest_minutes < pause.earliest_minutes:
            yield PlanIssue(
                (*path, "latest_minutes"),
                f"at least earliest_minutes = {pause.earliest_minutes}",
            )


@check()
def breaks_in_shift(facts: Facts) -> Iterator[PlanIssue]:
    """A break ends by the end of the shortest shift, even at its latest."""
    for path, pause in _breaks(facts):
        shift_type = facts.plan.shift_types[int(path[1])]
        shortest = min(shift_type.length_minutes)
        if pause.latest_minutes + pause.minutes > shortest:
            yield PlanIssue(
                (*path, "latest_minutes"),
                f"at most {shortest - pause.minutes}: a break of {pause.minutes} "
                f"minutes inside the shortest shift of {shortest}",
            )


@check()
def breaks_in_order(facts: Facts) -> Iterator[PlanIssue]:
    """The breaks of a shift fit one after another, as far apart as asked."""
    for i, shift_type in enumerate(facts.plan.shift_types):
        free_from = 0
        for j, pause in enumerate(shift_type.breaks):
            start = max(pause.earliest_minutes, free_from)
            start += -start % facts.grid
            if pause.earliest_minutes <= pause.latest_minutes < start:
                yield PlanIssue(
                    ("shift_types", i, "breaks", j, "latest_minutes"),
                    f"at least {start}: {_why_so_late(shift_type, j)}",
                )
            free_from = start + pause.minutes + shift_type.minutes_between_breaks


def _why_so_late(shift_type: ShiftType, j: int) -> str:
    apart = shift_type.minutes_between_breaks
    if j == 0:
        return "earliest_minutes on the grid"
    before = f"it comes after break {shift_type.breaks[j - 1].name!r}"
    return f"{before} and {apart} minutes" if apart else before


@check()
def break_names(facts: Facts) -> Iterator[PlanIssue]:
    """No two breaks of a shift type share a name."""
    for i, shift_type in enumerate(facts.plan.shift_types):
        names = [pause.name for pause in shift_type.breaks]
        for j, name in enumerate(names):
            if name in names[:j]:
                yield PlanIssue(
                    ("shift_types", i, "breaks", j, "name"),
                    "a name that no other break of the shift type has",
                )


@check()
def something_paid(facts: Facts) -> Iterator[PlanIssue]:
    """Unpaid breaks leave something of the shortest shift."""
    for i, shift_type in enumerate(facts.plan.shift_types):
        shortest = min(shift_type.length_minutes)
        if shortest > 0 >= paid_minutes(shift_type, shortest):
            yield PlanIssue(
                ("shift_types", i, "breaks"),
                f"unpaid breaks shorter than the shortest shift of {shortest} minutes",
            )


def _breaks(facts: Facts) -> Iterator[tuple[Path, Break]]:
    for i, shift_type in enumerate(facts.plan.shift_types):
        for j, pause in enumerate(shift_type.breaks):
            yield ("shift_types", i, "breaks", j), pause


CHECKS = (
    starts,
    lengths,
    breaks_on_grid,
    break_windows,
    breaks_in_shift,
    breaks_in_order,
    break_names,
    something_paid,
)
