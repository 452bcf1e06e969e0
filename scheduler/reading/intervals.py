"""Rows of other tools' intervals, brought to the intervals of a plan."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from scheduler.calendars import TimeAxis
from scheduler.clock import as_minutes
from scheduler.reading.given import Given
from scheduler.reading.imports import TableImport
from scheduler.reading.moments import DAILY, fixed
from scheduler.validation import PlanIssue

_MINUTE = dt.timedelta(minutes=1)
_DAY = dt.timedelta(days=1)
_SHOWN = 3
_DIGITS = 9
_HANDLE = "handle_seconds"
_COUNT = {"calls": "calls", "required": "agents"}

Record = dict[str, Any]
Key = tuple[str, dt.datetime]


@dataclass(frozen=True)
class IntervalRow:
    """A row of the file: its position, its cells, and how long its interval is."""

    i: int
    record: Record
    minutes: int


@dataclass
class Intervals:
    """Brings rows to a plan's intervals; afterwards knows what to say of them.

    Attributes
    ----------
    issues, notes
        What is wrong with rows, and what was done to them.
    """

    how: TableImport
    given: Given
    issues: list[PlanIssue] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _told: Counter[str] = field(default_factory=Counter)

    @property
    def _count(self) -> str:
        return _COUNT[self.how.table]

    def of(self, rows: Iterable[IntervalRow]) -> Iterator[tuple[int, Record]]:
        """Yield the rows of the plan's intervals, each with a row that it is from."""
        taken = list(self._single(rows))
        cells: dict[Key, tuple[int, Record]] = {}
        for row in taken:
            if not isinstance(row.record.get("start"), dt.date):
                yield row.i, row.record  # of which more is said where it is checked
                continue
            for record in self._parts(row):
                key = self._key(record)
                if key not in cells:
                    cells[key] = row.i, record
                else:
                    self._add(cells[key][1], record, most=True)
        for i, record in cells.values():
            yield i, {**_rounded(record), "start": fixed(record["start"])}
        self._tell(taken)

    def _single(self, rows: Iterable[IntervalRow]) -> Iterator[IntervalRow]:
        """Yield the rows, one for each interval of the file."""
        kept: dict[Any, IntervalRow] = {}
        for row in rows:
            start = row.record.get("start")
            key: Any = row.i
            if isinstance(start, dt.date):
                key = (*self._key(row.record), row.minutes == DAILY)
            other = kept.get(key)
            if other is None:
                kept[key] = row
                continue
            self._told["duplicates"] += 1
            if self.how.duplicates == "last":
                kept[key] = row
            elif self.how.duplicates == "add":
                self._add(other.record, row.record)
            else:
                self._twice(row, other)
        yield from kept.values()

    def _twice(self, row: IntervalRow, other: IntervalRow) -> None:
        table = self.how.table
        expected = (
            f"one row for an interval of {row.record.get('queue')!r} (see duplicates); "
            "there is one in"
        )
        place, first = (table, row.i, "start"), (table, other.i, "start")
        self.issues.append(
            PlanIssue(place, expected, other=first, rule="one_row_per_interval")
        )

    def _key(self, record: Record) -> Key:
        start = record["start"]
        if not isinstance(start, dt.datetime):
            start = dt.datetime.combine(start, dt.time())
        if start.tzinfo is None:
            start = start.replace(tzinfo=self.given.zone or dt.UTC)
        return str(record.get("queue")), start.astimezone(dt.UTC)

    def _add(self, one: Record, other: Record, *, most: bool = False) -> None:
        """Add what comes in the same interval: calls, and their mean handle time.

        People needed one after the other are the ``most`` at once.
        """
        count, more = _number(one.get(self._count)), _number(other.get(self._count))
        if count is None or more is None:
            bad = one if count is None else other
            one[self._count] = bad.get(self._count)
        elif self.how.table == "required":
            one["agents"] = max(count, more) if most else count + more
        else:
            mean = _mean(one, count, other, more)
            one |= {"calls": count + more} | ({} if mean is None else {_HANDLE: mean})

    def _parts(self, row: IntervalRow) -> Iterator[Record]:
        """Yield what of a row is in each of the plan's intervals."""
        step = self.given.interval
        if row.minutes == DAILY:
            yield from self._of_day(row)
        elif row.minutes == step:
            yield row.record
        elif row.minutes % step == 0:
            self._told["split"] += 1
            count = row.minutes // step
            shares = [(n * step, 1 / count) for n in range(count)]
            yield from self._shared(row.record, _moment(row), shares)
        elif row.minutes > 0 and step % row.minutes == 0:
            self._told["joined"] += 1
            start = _moment(row)
            off = start.minute % step
            yield {**row.record, "start": _later(start, -off)}
        else:
            expected = f"a length that divides, or is a multiple of, {step} minutes"
            self._wrong(row, expected, f"{row.minutes} minutes")

    def _shared(
        self, record: Record, start: dt.datetime, shares: list[tuple[int, float]]
    ) -> Iterator[Record]:
        """Yield shares of a row's calls; of people needed as many each time."""
        count = _number(record.get(self._count))
        for minutes, share in shares:
            part = {**record, "start": _later(start, minutes)}
            if count is not None and self.how.table == "calls":
                part["calls"] = count * share
            yield part

    def _of_day(self, row: IntervalRow) -> Iterator[Record]:
        """Yield what of a day's row is in each of its intervals."""
        axis, start = self.given.axis, row.record["start"]
        if axis is None:
            return
        date = start.date() if isinstance(start, dt.datetime) else start
        weights = self._weights(axis, str(row.record.get("queue")), date)
        if weights is None:
            expected = (
                "day_shape, or a calendar of its queue: the row is of a whole day"
            )
            self._wrong(row, expected, None)
            return
        total = sum(weight for _, weight in weights)
        if not total:
            self._told["closed"] += 1
            return
        self._told["spread"] += 1
        origin = axis.moment(0)
        shares = [(minute, weight / total) for minute, weight in weights if weight]
        yield from self._shared(row.record, origin, shares)

    def _weights(
        self, axis: TimeAxis, queue: str, date: dt.date
    ) -> list[tuple[int, float]] | None:
        """Return the intervals of a date, and how much of its calls is in each."""
        step = self.given.interval
        if not self.how.day_shape:
            hours = self.given.open_hours(queue)
            if hours is None:
                return None
            spans = hours.on(date)
            return [(m, 1.0) for a, b in spans for m in range(a - a % step, b, step)]
        shape = sorted((as_minutes(t), w) for t, w in self.how.day_shape.items())
        found = []
        for minute in range(axis.local(date, 0), axis.local(date + _DAY, 0), step):
            clock = axis.moment(minute)
            passed = [w for at, w in shape if at <= 60 * clock.hour + clock.minute]
            found.append((minute, passed[-1] if passed else 0.0))
        return found

    def _wrong(self, row: IntervalRow, expected: str, value: str | None) -> None:
        path = (self.how.table, row.i, "start")
        self.issues.append(PlanIssue(path, expected, rule="import", value=value))

    def _tell(self, rows: list[IntervalRow]) -> None:
        """Make notes of what was done, and of the intervals that are missing."""
        file, step = self.how.file, self.given.interval
        words = {
            "split": f"are longer than {step} minutes and are shared out evenly",
            "joined": f"are shorter than {step} minutes and are joined",
            "spread": "are of whole days and are spread over their intervals",
            "closed": "are left out: they are of a day on which their queue is closed",
            "duplicates": "are of an interval that has one already: "
            + {"last": "the last counts", "add": "they are added up"}.get(
                self.how.duplicates, ""
            ),
        }
        refused = {"duplicates"} if self.how.duplicates == "refuse" else set()
        self.notes += [
            f"{file}: {self._told[what]} rows {why}"
            for what, why in words.items()
            if self._told[what] and what not in refused
        ]
        self.notes += self._gaps(rows)

    def _gaps(self, rows: list[IntervalRow]) -> Iterator[str]:
        """Yield for each queue which intervals are missing between those of a date."""
        seen: dict[str, dict[dt.datetime, int]] = {}
        for row in rows:
            if isinstance(row.record.get("start"), dt.datetime) and row.minutes < DAILY:
                queue, start = self._key(row.record)
                seen.setdefault(queue, {})[start] = row.minutes
        zone = self.given.zone or dt.UTC
        for queue, starts in seen.items():
            missing = [at.astimezone(zone) for at in _missing(starts, zone)]
            if missing:
                first = ", ".join(f"{at:%a %d %b %H:%M}" for at in missing[:_SHOWN])
                more = " ..." if len(missing) > _SHOWN else ""
                yield (
                    f"{self.how.file}: {queue} has no row for {len(missing)} intervals "
                    f"between others of their day, which are taken as empty: {first}"
                    f"{more}"
                )


def _missing(starts: dict[dt.datetime, int], zone: dt.tzinfo) -> Iterator[dt.datetime]:
    """Yield the intervals that are missing between two of the same date."""
    ordered = sorted(starts)
    for one, after in pairwise(ordered):
        if one.astimezone(zone).date() == after.astimezone(zone).date():
            at = one + starts[one] * _MINUTE
            while at < after:
                yield at
                at += starts[one] * _MINUTE


def _moment(row: IntervalRow) -> dt.datetime:
    start = row.record["start"]
    if isinstance(start, dt.datetime):
        return start
    return dt.datetime.combine(start, dt.time())


def _later(moment: dt.datetime, minutes: int) -> dt.datetime:
    """Return a moment so many minutes on, by a clock that never jumps."""
    if moment.tzinfo is None:
        return moment + minutes * _MINUTE
    later = moment.astimezone(dt.UTC) + minutes * _MINUTE
    return later.astimezone(moment.tzinfo)


def _mean(one: Record, count: float, other: Record, more: float) -> float | None:
    """Return the mean handle time of two rows, ``None`` where neither tells one."""
    first, second = _number(one.get(_HANDLE)), _number(other.get(_HANDLE))
    if first is None or second is None or count + more <= 0:
        return second if first is None else first
    return (count * first + more * second) / (count + more)


def _rounded(record: Record) -> Record:
    """Return a row without what sums and shares of binary fractions leave behind."""
    return {
        column: round(cell, _DIGITS) if isinstance(cell, float) else cell
        for column, cell in record.items()
    }


def _number(cell: object) -> float | None:
    try:
        return float(str(cell))
    except ValueError:
        return None
