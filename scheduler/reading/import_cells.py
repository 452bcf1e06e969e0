"""Cells of other tools' files, read as an import says."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from scheduler.reading.csv_table import with_point
from scheduler.reading.given import Given
from scheduler.reading.imports import First, Ratio, TableImport
from scheduler.reading.moments import (
    DAILY,
    folds,
    is_repeated,
    length_of,
    settled,
)
from scheduler.reading.raw_rows import Cells, RawRows

_TIMES = {"start", "date", "received", "due"}
_NAMED = {"queue", "case_type"}
_NUMBERS = {"calls", "handle_seconds", "agents", "cases", "paused_minutes"}
_SURVEYED = 1000  # rows, of which the commonest length is that of all
_MINUTE = dt.timedelta(minutes=1)
_ANY = "*"


class CellReader:
    """Reads what a column of a table has in a row of a file."""

    def __init__(self, how: TableImport, raw: RawRows, given: Given) -> None:
        self._how, self._raw, self._given = how, raw, given
        self._zone = how.zone
        self._spelt = {name.casefold(): name for name in reversed(raw.names)}
        self._comma = how.decimal == "," or (
            how.decimal is None and raw.separator == ";"
        )
        self._widths = {self.spelt(n): width for n, width in how.zero_fill.items()}
        self._present: dict[str, list[list[str]]] = {}
        self._folds: dict[int, int] = {}
        self._minutes: int | None = None
        self._filters = [
            (self.spelt(column), {value.casefold() for value in values}, wanted)
            for told, wanted in ((how.only, True), (how.without, False))
            for column, values in told.items()
            if self.spelt(column) is not None
        ]

    def spelt(self, column: str) -> str | None:
        """Return a column as the file spells it, ``None`` where it has none such."""
        if column in self._raw.names:
            return column
        return self._spelt.get(column.casefold())

    @property
    def is_filtered(self) -> bool:
        """Whether the file has a column by which rows are taken or left out."""
        return bool(self._filters)

    def alternatives(self, column: str) -> list[list[str]]:
        """Return the columns that a column may come from, as the plan writes them."""
        told = self._how.columns.get(column, [])
        if isinstance(told, Ratio):
            return [[*told.total, *told.per]]
        return told.first if isinstance(told, First) else [told]

    def present(self, column: str) -> list[list[str]]:
        """Return those of them that the file has, as it spells them."""
        if column not in self._present:
            found = ([self.spelt(p) for p in ps] for ps in self.alternatives(column))
            self._present[column] = [
                [p for p in ps if p is not None] for ps in found if None not in ps
            ]
        return self._present[column]

    def parts(self, column: str) -> list[str]:
        """Return the columns that a column comes from, for those who look it up."""
        return next(iter(self.present(column) or self.alternatives(column)), [])

    def unwanted(self, cells: Cells) -> str | None:
        """Return why a row is left out by its cells, ``None`` where it is not."""
        for column, values, wanted in self._filters:
            text = cells.get(str(column), "")
            has = text.casefold() in values or (_ANY in values and text != "")
            if has != wanted:
                word = "other than wanted" if wanted else "not wanted"
                return f"have {column} {text!r}, which is {word}"
        return None

    def value(self, column: str, cells: Cells, row: int) -> object:
        """Return what a column has in a row; a cell that cannot be read stays text.

        Raises
        ------
        Unclear
            For a local time that is no moment, or two.
        """
        told = self._how.columns[column]
        if isinstance(told, Ratio):
            return self._ratio(told, cells)
        for parts in self.present(column):
            texts = [self._text(part, cells) for part in parts]
            if any(texts):
                return self._read(column, texts, cells, row)
        return None

    def _text(self, part: str, cells: Cells) -> str:
        text = cells.get(part, "")
        width = self._widths.get(part, 0)
        return text.zfill(width) if text.isdecimal() else text

    def _read(
        self, column: str, texts: Sequence[str], cells: Cells, row: int
    ) -> object:
        if column in _NUMBERS:
            return self._number(texts)
        text = " ".join(texts).strip()
        if column in _NAMED:
            return self._how.named(text) or text
        return self._moment(column, text, cells, row) if column in _TIMES else text

    def _number(self, texts: Sequence[str]) -> object:
        """Return a number as it stands, or the sum of several."""
        pointed = [self._pointed(text) for text in texts if text]
        if len(pointed) == 1:
            return pointed[0]
        try:
            return sum(map(float, pointed))
        except ValueError:
            return " + ".join(texts)

    def _pointed(self, text: str) -> str:
        return with_point(text) if self._comma else text

    def _ratio(self, told: Ratio, cells: Cells) -> object:
        """Return total / count; nothing where nothing was counted."""
        sums = []
        for names in (told.total, told.per):
            texts = [cells.get(self.spelt(name) or name, "") for name in names]
            try:
                sums.append(sum(float(self._pointed(text) or 0) for text in texts))
            except ValueError:
                both = [*told.total, *told.per]
                return " + ".join(cells.get(self.spelt(n) or n, "") for n in both)
        total, per = sums
        return total / per if per else None

    def _moment(self, column: str, text: str, cells: Cells, row: int) -> object:
        try:
            moment = self._how.moment(text)
        except ValueError:
            return text
        by_date = column == "date" or column in self._how.dates
        # As it stands: midnight of another zone is no hour of that day here.
        by_date |= column == "start" and self.minutes(cells) == DAILY
        if not isinstance(moment, dt.datetime):
            if by_date or column != "start":
                return moment
            moment = dt.datetime.combine(moment, dt.time())
        return moment.date() if by_date else self._local(moment, row)

    def _local(self, moment: dt.datetime, row: int) -> dt.datetime:
        """Return a moment in the plan's zone; without an offset if it needs none."""
        zone = self._zone or self._given.zone
        if moment.tzinfo is None and zone is not None:
            fold = {"first": 0, "second": 1}.get(self._how.repeated_hour)
            known = settled(moment, zone, self._folds.get(row, fold))
            if self._zone is not None or is_repeated(moment, zone):
                moment = known
        if moment.tzinfo is not None and self._given.zone is not None:
            moment = moment.astimezone(self._given.zone)
        return moment

    def minutes(self, cells: Cells) -> int:
        """Return how long the interval of a row is; 0 where its cell says nothing."""
        told = self._how.interval
        if not isinstance(told, str):
            return told or self._given.interval
        return length_of(cells.get(self.spelt(told) or told, "")) or self._minutes or 0

    def survey(self) -> None:
        """Look through the file for what one row does not tell.

        Which hour is meant of one that a clock change repeats, and how long the
        intervals are where only their ends are told.
        """
        self._minutes = self._usual_minutes()
        zone = self._zone or self._given.zone
        if zone is None or self._how.repeated_hour != "order":
            return
        if not _puts_back(zone, self._given):
            return
        self._folds = folds(self._local_starts(), zone)

    def _local_starts(self) -> Iterator[tuple[int, str, dt.datetime]]:
        """Yield row, queue and start of the rows whose start has no offset."""
        for row, (_, cells) in enumerate(self._raw):
            moment = self._start(cells)
            if moment is not None and moment.tzinfo is None:
                queue = " ".join(cells.get(part, "") for part in self.parts("queue"))
                yield row, queue, moment

    def _start(self, cells: Cells) -> dt.datetime | None:
        text = " ".join(self._text(part, cells) for part in self.parts("start"))
        try:
            moment = self._how.moment(text)
        except ValueError:
            return None
        if isinstance(moment, dt.datetime):
            return moment
        return dt.datetime.combine(moment, dt.time())

    def _usual_minutes(self) -> int | None:
        """Return the commonest time from starts to ends, where ends are told."""
        told = self._how.interval
        if not isinstance(told, str):
            return None
        column = self.spelt(told) or told
        lengths: Counter[int] = Counter()
        for _, cells in islice(self._raw, _SURVEYED):
            start = self._start(cells)
            try:
                end = self._how.moment(cells.get(column, ""))
            except ValueError:
                continue
            if start is not None and isinstance(end, dt.datetime) and end > start:
                lengths[(end - start) // _MINUTE] += 1
        return lengths.most_common(1)[0][0] if lengths else None


def _puts_back(zone: ZoneInfo, given: Given) -> bool:
    """Whether a clock is put back on one of the dates that rows may have."""
    offsets = [
        dt.datetime.combine(date, dt.time(12), zone).utcoffset() or dt.timedelta()
        for date in given.dates()
    ]
    return any(b < a for a, b in pairwise(offsets))
