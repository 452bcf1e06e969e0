"""One agent as rows of the rule book speak of: shifts, windows, weekends, history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.roster.problem import Limit, Measure, Which
from scheduler.domain import Weekday
from scheduler.tables import BookRow
from scheduler.translate.frame import Frame
from scheduler.translate.windows import Past, Window, counted, daily
from scheduler.translate.windows import weekends as weekends_of
from scheduler.translate.windows import windows as windows_of

_HOUR = 60


@dataclass(frozen=True)
class Subject:
    """An agent, whose shifts before day one are ``history``."""

    frame: Frame
    history: Sequence[Past]

    def types(self, names: Sequence[str]) -> frozenset[int]:
        """Return the positions of shift types."""
        kinds = [kind.name for kind in self.frame.plan.shift_types]
        return frozenset(kinds.index(name) for name in names)

    def which(self, row: BookRow) -> Which:
        """Return the shifts of a row: of its types, in its time of day."""
        types = self.types(row.shift_types) if row.shift_types else None
        touching = None
        if row.start is not None and row.end is not None:
            touching = daily(self.frame, row.start, row.end)
        least = max(1, round(_HOUR * row.hours)) if row.hours else 1
        return Which(types, touching, least)

    def windows(self, row: BookRow, usual: str) -> Iterator[Window]:
        """Yield the windows of a row, by ``usual`` where it says nothing."""
        return windows_of(self.frame, row.per or usual)

    def limits(
        self,
        row: BookRow,
        window: Window,
        which: Which,
        measure: Measure = Measure.SHIFTS,
        scale: float = 1,
    ) -> Iterator[Limit]:
        """Yield the limit of a window.

        Nothing least is asked where days of the window are not known: after the
        horizon, or before it without history. N days that roll ask for no least before
        N days are there.
        """
        known = window.last < self.frame.days
        known = known and (window.first >= 0 or bool(self.history))
        least = None if row.min is None or not known else round(scale * row.min)
        most = None if row.max is None else round(scale * row.max)
        if least is None and most is None:
            return
        yield Limit(
            row.rule.value,
            window.days,
            which,
            measure,
            before=counted(self.history, window, which, measure),
            least=least,
            most=most,
        )

    def days_on(self, row: BookRow) -> list[int]:
        """Return the days that are one of a row's weekdays."""
        wanted = row.weekdays or list(Weekday)
        return [
            day
            for day in range(self.frame.days)
            if list(Weekday)[self.frame.axis.date(day).weekday()] in wanted
        ]

    def weekends(self, row: BookRow) -> list[tuple[int, ...]]:
        """Return the weekends of the horizon, by a row's weekdays."""
        named = row.weekdays or [Weekday.SATURDAY, Weekday.SUNDAY]
        return weekends_of(self.frame, named)

    def past_weekends(self, row: BookRow) -> list[tuple[int, ...]]:
        """Return the weekends before day one that were worked, as days."""
        named = row.weekdays or [Weekday.SATURDAY, Weekday.SUNDAY]
        wanted = [list(Weekday).index(day) for day in named]
        worked = {
            shift.day
            for shift in self.history
            if self.frame.axis.date(shift.day).weekday() in wanted
        }
        found: list[list[int]] = []
        for day in sorted(worked):
            if found and day - found[-1][0] < len(wanted):
                found[-1].append(day)
            else:
                found.append([day])
        return [tuple(days) for days in found]

    def was(self, shift: Past, which: Which) -> bool:
        """Whether a shift before day one is such; of what type it was is not known."""
        window = Window(shift.day, -1, ())
        return bool(counted([shift], window, which, Measure.SHIFTS))
