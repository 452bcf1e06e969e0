"""Checks of pins, preferences and availability."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from scheduler.clock import MINUTES_PER_DAY
from scheduler.domain import ShiftType
from scheduler.tables import Pin, PinKind, PreferenceKind
from scheduler.validation.facts import Facts, start_minutes, weekday_of
from scheduler.validation.issue import PlanIssue, check

_HOUR = 60
_STRETCHES = (PreferenceKind.AVOID, PreferenceKind.HOURS)
_SHIFTS = (PreferenceKind.SHIFT, PreferenceKind.NO_SHIFT)
_OF_TYPES = (PreferenceKind.SHIFT_TYPE, *_SHIFTS)
_TIMES = (
    ("start", (None, 0), (*_STRETCHES, *_SHIFTS)),
    ("end", (MINUTES_PER_DAY,), _STRETCHES),
)
PIN_COLUMNS: dict[PinKind, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    # columns that must be given, columns that may be, why
    PinKind.OFF: ((), (), "the day is off"),
    PinKind.SHIFT: (("shift_type", "start"), ("length_minutes",), "a shift is pinned"),
    PinKind.ACTIVITY: (("activity", "start", "end"), (), "an activity is pinned"),
}
_OF_PINS = ("shift_type", "start", "length_minutes", "activity", "end")


@check("horizon")
def pins_in_horizon(facts: Facts) -> Iterator[PlanIssue]:
    """A pin is for a day of the horizon."""
    line = facts.timeline
    for i, row in enumerate(facts.plan.pins):
        if not line.covers(row.date):
            yield PlanIssue(
                ("pins", i, "date"), f"a date from {line.first_day} to {line.last_day}"
            )


@check()
def one_pin_per_day(facts: Facts) -> Iterator[PlanIssue]:
    """An agent's day is off or has a shift once; activities may be several."""
    first: dict[tuple[str, dt.date], int] = {}
    for i, row in enumerate(facts.plan.pins):
        if row.pin is PinKind.ACTIVITY:
            continue
        at = first.setdefault((row.agent_id, row.date), i)
        if at != i:
            yield PlanIssue(
                ("pins", i, "date"),
                "one pin for an agent's day; there is one in",
                other=("pins", at, "date"),
            )


@check()
def pin_columns(facts: Facts) -> Iterator[PlanIssue]:
    """A pin has what it pins, and nothing else."""
    for i, row in enumerate(facts.plan.pins):
        must, may, why = PIN_COLUMNS[row.pin]
        for column in _OF_PINS:
            given = getattr(row, column) is not None
            if given and column not in (*must, *may):
                yield PlanIssue(("pins", i, column), f"nothing: {why}")
            if not given and column in must:
                yield PlanIssue(("pins", i, column), f"a value: {why}")


@check("agents", "skills", "queues", "case_types")
def pinned_activity(facts: Facts) -> Iterator[PlanIssue]:
    """A pinned activity is one that the agent has the skill for, on the grid."""
    plan = facts.plan
    works = {queue.name: queue.skill or queue.name for queue in plan.queues}
    works |= {kind.name: kind.skill or kind.name for kind in plan.case_types}
    skills = {(row.agent_id, row.skill) for row in plan.skills}
    for i, row in enumerate(plan.pins):
        if row.pin is not PinKind.ACTIVITY or row.activity is None:
            continue
        skill = works.get(row.activity)
        if skill is None:
            expected = "a queue or case type of the plan"
            yield PlanIssue(("pins", i, "activity"), expected, works)
        elif (row.agent_id, skill) not in skills:
            expected = "an activity that the agent has the skill for"
            yield PlanIssue(("pins", i, "activity"), expected)
        for column in ("start", "end"):
            if (getattr(row, column) or 0) % facts.grid:
                expected = f"a time on the grid of {facts.grid} minutes"
                yield PlanIssue(("pins", i, column), expected)


@check("horizon")
def pinned_apart(facts: Facts) -> Iterator[PlanIssue]:
    """Pinned activities of an agent do not overlap, and none is on a day off."""
    off = {
        (row.agent_id, row.date): i
        for i, row in enumerate(facts.plan.pins)
        if row.pin is PinKind.OFF
    }
    taken: dict[str, list[tuple[int, int, int]]] = {}
    for i, row in enumerate(facts.plan.pins):
        if row.pin is not PinKind.ACTIVITY or row.start is None or row.end is None:
            continue
        if (at := off.get((row.agent_id, row.date))) is not None:
            expected = "a day that is not pinned off, as it is in"
            yield PlanIssue(("pins", i, "date"), expected, other=("pins", at, "pin"))
        clock = dt.datetime.combine(row.date, dt.time(*divmod(row.start, _HOUR)))
        if why := facts.timeline.trouble(clock):
            yield PlanIssue(("pins", i, "start"), why)
        axis = facts.timeline.axis
        until = row.end if row.end > row.start else row.end + MINUTES_PER_DAY
        start, end = axis.local(row.date, row.start), axis.local(row.date, until)
        own = taken.setdefault(row.agent_id, [])
        if clash := [at for first, last, at in own if first < end and start < last]:
            yield PlanIssue(
                ("pins", i, "start"),
                "a time apart from the other pinned activity, in",
                other=("pins", clash[0], "start"),
            )
        own.append((start, end, i))


class PinnedShift(NamedTuple):
    """A pin with the shift type that it names."""

    position: int
    row: Pin
    shift_type: ShiftType
    start: int

    @property
    def length(self) -> int | None:
        """Minutes, where the pin or a menu of one length tells them."""
        if self.row.length_minutes is None and len(self.shift_type.length_minutes) == 1:
            return self.shift_type.length_minutes[0]
        return self.row.length_minutes


def _pinned(facts: Facts) -> Iterator[PinnedShift]:
    for i, row in enumerate(facts.plan.pins):
        shift_type = facts.shift_types.get(row.shift_type or "")
        if row.pin is PinKind.SHIFT and shift_type and row.start is not None:
            yield PinnedShift(i, row, shift_type, row.start)


@check("shift_types")
def pinned_start(facts: Facts) -> Iterator[PlanIssue]:
    """A pinned shift starts when its type does, on one of its weekdays."""
    for i, row, shift_type, start in _pinned(facts):
        if start not in start_minutes(shift_type):
            yield PlanIssue(
                ("pins", i, "start"),
                f"a start of shift type {shift_type.name!r}: "
                f"{', '.join(shift_type.starts)}",
            )
        if weekday_of(row.date) not in shift_type.weekdays:
            yield PlanIssue(
                ("pins", i, "date"),
                f"a weekday of shift type {shift_type.name!r}: "
                f"{', '.join(shift_type.weekdays)}",
            )


@check("shift_types")
def pinned_length(facts: Facts) -> Iterator[PlanIssue]:
    """A pinned shift has a length of its type."""
    for pinned in _pinned(facts):
        lengths = pinned.shift_type.length_minutes
        if pinned.length not in lengths:
            yield PlanIssue(
                ("pins", pinned.position, "length_minutes"),
                f"a length of shift type {pinned.shift_type.name!r}: "
                f"{', '.join(map(str, lengths))}",
            )


@check("agents", "contracts", "shift_types")
def pinned_in_contract(facts: Facts) -> Iterator[PlanIssue]:
    """A pinned shift is of a type of the agent's contract."""
    for i, row, shift_type, _ in _pinned(facts):
        contract = facts.agent_contracts.get(row.agent_id)
        if contract and shift_type.name not in contract.shift_types:
            yield PlanIssue(
                ("pins", i, "shift_type"),
                f"a shift type of contract {contract.name!r}: "
                f"{', '.join(contract.shift_types)}",
            )


@check("horizon", "leave", "shift_types")
def pinned_apart_from_leave(facts: Facts) -> Iterator[PlanIssue]:
    """A pinned shift does not touch leave of the agent."""
    for pinned in _pinned(facts):
        row = pinned.row
        if not facts.timeline.covers(row.date):
            continue
        start = facts.timeline.axis.local(row.date, pinned.start)
        end = start + (pinned.length or min(pinned.shift_type.length_minutes))
        leave = facts.leave_during(row.agent_id, start, end)
        if leave is not None:
            yield PlanIssue(
                ("pins", pinned.position, "date"),
                "a day when the agent is not on leave, as in",
                other=("leave", leave, "start"),
            )


@check()
def wish_columns(facts: Facts) -> Iterator[PlanIssue]:
    """A wish for shifts names what it is for, another does not; so with times."""
    for i, row in enumerate(facts.plan.preferences):
        for_type = row.wish in _OF_TYPES
        if row.wish is PreferenceKind.SHIFT_TYPE and row.shift_type is None:
            yield PlanIssue(
                ("preferences", i, "shift_type"), "the shift type that is wished for"
            )
        if not for_type and row.shift_type is not None:
            yield PlanIssue(
                ("preferences", i, "shift_type"), "nothing: the wish is for no type"
            )
        for column, usual, kinds in _TIMES:
            if row.wish not in kinds and getattr(row, column) not in usual:
                asked = ", ".join(kinds)
                yield PlanIssue(
                    ("preferences", i, column), f"nothing: times are for {asked}"
                )


@check()
def starts_before_midnight(facts: Facts) -> Iterator[PlanIssue]:
    """Availability and preferences start before 24:00."""
    for table in ("availability", "preferences"):
        for i, row in enumerate(getattr(facts.plan, table)):
            if row.start == MINUTES_PER_DAY:
                yield PlanIssue((table, i, "start"), "a time before 24:00")


CHECKS = (
    pins_in_horizon,
    one_pin_per_day,
    pin_columns,
    pinned_activity,
    pinned_apart,
    pinned_start,
    pinned_length,
    pinned_in_contract,
    pinned_apart_from_leave,
    wish_columns,
    starts_before_midnight,
)
