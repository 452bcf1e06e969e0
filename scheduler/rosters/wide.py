"""A roster as a wide sheet: a row for each agent, a column for each date."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import PlanError
from models.roster.problem import RosterProblem, Shift
from models.roster.result import Roster, Worked
from scheduler.calendars import TimeAxis
from scheduler.clock import as_text
from scheduler.domain import Plan
from scheduler.reading.workbook import Workbook, dated, text_of_cell
from scheduler.rosters.sheet import Line, Sheet, csv_rows
from scheduler.rosters.wide_cells import LEAVE, OFF, Span, parts_of, span_of
from scheduler.rosters.wide_dates import dates_of
from scheduler.tables.guarded import plain

_AGENT = ("agent_id", "agent", "id", "employee_id", "employee", "staff_id", "name")
_TOP = 30  # rows in which the dates are looked for
_SHOWN = 6
_NUMBER = re.compile(r"[\d.,\s%]*")

Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class WideRead:
    """What a wide sheet says.

    Attributes
    ----------
    sheet
        Its findings and notes.
    worked
        The shifts of the cells that are right.
    """

    sheet: Sheet
    worked: tuple[Worked, ...]

    @property
    def roster(self) -> Roster:
        """The shifts as a roster; what fills them is not known."""
        return Roster(self.worked, None)


def wide_file(
    path: Path, problem: RosterProblem, axis: TimeAxis, names: Mapping[str, str]
) -> WideRead:
    """Read a wide sheet that is a CSV file.

    ``names`` are the agents by what else they are called.

    Raises
    ------
    PlanError
        Where it has no row of dates.
    """
    sheet, rows = csv_rows(path)
    return _Reader(sheet, problem, axis, names).read(rows)


def wide_in_book(
    book: Workbook, problem: RosterProblem, axis: TimeAxis, names: Mapping[str, str]
) -> WideRead | None:
    """Read the first sheet of a workbook that is wide, ``None`` where none is."""
    for name in book.names:
        rows = [
            (n, [text_of_cell(dated(cell)) for cell in cells])
            for n, cells in book.rows(name)
        ]
        if any(
            len(dates_of(cells, axis, problem.days)) > 1 for _, cells in rows[:_TOP]
        ):
            return wide_sheet(book.file, name, rows, problem, axis, names)
    return None


def wide_sheet(
    file: str,
    name: str,
    rows: Rows,
    problem: RosterProblem,
    axis: TimeAxis,
    names: Mapping[str, str],
) -> WideRead:
    """Read a sheet of a workbook that is wide; raise as ``wide_file`` does."""
    return _Reader(Sheet(file, name=name), problem, axis, names).read(rows)


class _Reader:
    """Reads the rows below the dates, and keeps what is wrong with them."""

    def __init__(
        self,
        sheet: Sheet,
        problem: RosterProblem,
        axis: TimeAxis,
        names: Mapping[str, str],
    ) -> None:
        self._sheet, self._problem, self._axis = sheet, problem, axis
        ids = {agent.name: a for a, agent in enumerate(problem.agents)}
        self._agents = {n: ids[own] for n, own in names.items() if own in ids} | ids
        self._menu: dict[int, list[Shift]] = {}
        for shift in problem.shifts:
            self._menu.setdefault(shift.day, []).append(shift)
        self._types = [kind.name for kind in problem.shift_types]
        self._leave: list[str] = []

    def read(self, rows: Rows) -> WideRead:
        """Return the shifts of a sheet."""
        top, header, days = self._header(rows)
        at = self._agent_column(header, days)
        worked: list[Worked] = []
        for line, cells in rows:
            if line > top and any(cells):
                worked += self._row(line, cells, at, header, days)
        self._tell()
        return WideRead(self._sheet, tuple(worked))

    def _header(self, rows: Rows) -> tuple[int, list[str], dict[int, int]]:
        """Return the row of dates: its line, its cells, and by column the day."""
        axis, count = self._axis, self._problem.days
        found = max(
            rows[:_TOP], key=lambda row: _known(row[1], axis, count), default=(1, [])
        )
        dates = dates_of(found[1], axis, count)
        days = {c: (date - axis.first_day).days for c, date in dates.items()}
        inside = {c: day for c, day in days.items() if 0 <= day < count}
        if not inside:
            first, last = axis.date(0), axis.date(count - 1)
            expected = f"a row with dates from {first} to {last}, one for each column"
            self._sheet.wrong(found[0] if rows else None, None, None, expected)
        for column in [c for n, c in enumerate(inside) if _is_twice(inside, n)]:
            expected = "a date that one column has"
            self._sheet.wrong(found[0], found[1][column], None, expected)
        if self._sheet.findings:
            raise PlanError(self._sheet.findings)
        if len(inside) < len(days):
            count = len(days) - len(inside)
            self._sheet.notes.append(
                f"{self._sheet.title}: {count} columns are of dates outside the plan"
            )
        return found[0], found[1], inside

    def _agent_column(self, header: list[str], days: dict[int, int]) -> int:
        """Return the column that names agents: by its header, or the first."""
        names = [cell.strip().casefold().replace(" ", "_") for cell in header]
        known = [names.index(name) for name in _AGENT if name in names]
        others = (c for c in range(len(header)) if c not in days)
        return known[0] if known else next(others, 0)

    def _row(
        self,
        line: int,
        cells: list[str],
        at: int,
        header: list[str],
        days: dict[int, int],
    ) -> Iterator[Worked]:
        """Yield the shifts of an agent."""
        own = {c: cells[c].strip() for c in days if c < len(cells)}
        text = plain(cells[at].strip()) if at < len(cells) else ""
        text = " ".join(text.split())
        row = Line(line, {"agent_id": text})
        if text not in self._agents:
            if all(_NUMBER.fullmatch(cell) for cell in own.values()):
                return  # a blank row, or one of totals
            found = self._sheet.wrong(
                line,
                header[at] or _AGENT[0],
                text,
                "an agent of the plan",
                self._agents,
            )
            self._sheet.elsewhere.append((row, found))
            return
        for column, cell in own.items():
            yield from self._day(
                line, header[column], cell, self._agents[text], days[column]
            )

    def _day(
        self, line: int, column: str, cell: str, a: int, day: int
    ) -> Iterator[Worked]:
        """Yield the shifts of a cell."""
        word = plain(cell).casefold().strip(" .()")
        if word in OFF:
            return
        if word in LEAVE:
            if not self._is_away(a, day):
                self._leave.append(
                    f"{self._problem.agents[a].name} on {self._axis.date(day)}"
                )
            return
        for part in parts_of(plain(cell)):
            found = self._shift(part, a, day)
            if isinstance(found, str):
                self._sheet.wrong(line, column, cell, found)
            else:
                paid = found.paid_minutes
                yield Worked(a, day, found.shift_type, found.start, found.end, paid)

    def _is_away(self, a: int, day: int) -> bool:
        """Whether an agent has leave on a part of a day."""
        start, end = self._problem.day_starts[day], self._problem.day_starts[day + 1]
        leave = self._problem.agents[a].leave
        return any(first < end and last > start for first, last in leave)

    def _shift(self, text: str, a: int, day: int) -> Shift | str:
        """Return the shift of the menu that is meant, or what was expected."""
        span = span_of(text)
        kinds = self._problem.agents[a].shift_types
        menu = [s for s in self._menu.get(day, []) if s.shift_type in kinds]
        name = text if span is None else span.name
        if name:
            named = {n.casefold(): k for k, n in enumerate(self._types)}
            kind = named.get(name.casefold())
            if kind is None and span is None:
                return "a shift such as 08:00-16:30, OFF, or PTO"
            menu = [s for s in menu if kind is None or s.shift_type == kind]
        found = menu if span is None else self._meant(span, menu)
        if len(found) == 1:
            return found[0]
        return self._expected(found, menu, a)

    def _meant(self, span: Span, menu: Sequence[Shift]) -> list[Shift]:
        """Return the shifts with the times of a cell, as a clock of 24 hours if any."""
        literal = [] if span.literal is None else [span.literal]
        for times in (literal, span.others):
            found = [s for s in menu if any(self._has(s, t) for t in times)]
            if found:
                return found
        return []

    def _has(self, shift: Shift, times: tuple[int, int]) -> bool:
        """Whether a shift has some times, or its length where a clock changes."""
        start, end = times
        local = self._axis.local
        date = self._axis.date(shift.day)
        if shift.start != local(date, start):
            return False
        return shift.end == local(date, end) or shift.end - shift.start == end - start

    def _expected(self, found: Sequence[Shift], menu: Sequence[Shift], a: int) -> str:
        """Return what was expected where no shift is meant, or several are."""
        shown = dict.fromkeys(self._words(shift) for shift in found or menu)
        words = ", ".join([*shown][:_SHOWN]) + (" ..." if len(shown) > _SHOWN else "")
        if found:
            return f"one shift, it may be {words}"
        agent = self._problem.agents[a].name
        if not menu:
            return f"OFF: {agent} has no such shift on that day"
        return f"a shift that {agent} may have on that day: {words}"

    def _words(self, shift: Shift) -> str:
        clocks = (self._axis.moment(minute) for minute in (shift.start, shift.end))
        start, end = (as_text(60 * at.hour + at.minute) for at in clocks)
        return f"{self._types[shift.shift_type]} {start}-{end}"

    def _tell(self) -> None:
        if self._leave:
            more = len(self._leave) - _SHOWN
            words = ", ".join(self._leave[:_SHOWN])
            words += f" and {more} more" if more > 0 else ""
            self._sheet.notes.append(
                f"{self._sheet.title}: leave that the plan does not know of "
                f"(leave.csv): {words}"
            )


def names_of(plan: Plan) -> dict[str, str]:
    """Return the agents by their names, as far as these are of one agent."""
    counts = Counter(" ".join(agent.name.split()) for agent in plan.agents)
    return {
        name: agent.agent_id
        for agent in plan.agents
        if (name := " ".join(agent.name.split())) and counts[name] == 1
    }


def _known(cells: list[str], axis: TimeAxis, days: int) -> int:
    """Return how many cells are dates of the plan."""
    dates = dates_of(cells, axis, days).values()
    return sum(0 <= (date - axis.first_day).days < days for date in dates)


def _is_twice(days: dict[int, int], n: int) -> bool:
    seen = list(days.values())
    return seen[n] in seen[:n]
