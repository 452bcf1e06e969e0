"""One agent as rows of the rule book speak of: shifts, windows, weekends, history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from models.roster.problem import Limit, Measure, Which
from scheduler.domain import Weekday
from scheduler.tables import BookRow
from scheduler.translate.frame import Frame
from scheduler.translate.weekends import Weekend, weekends, worked
from scheduler.translate.windows import Past, Window, counted, daily
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
        touching = None if row.times is None else daily(self.frame, *row.times)
        least = max(1, round(_HOUR * row.hours)) if row.hours else 1
        return Which(types, touching, least)

    def was(self, row: BookRow, which: Which) -> list[Past]:
        """Return the shifts before day one that are such, as far as history tells."""
        if which.types is None and which.touching is None:
            return list(self.history)
        if row.times is not None:
            touching = daily(self.frame, *row.times, self._earliest - 1)
            which = replace(which, touching=touching)
        shifts = [(shift, Window(shift.day, -1, ())) for shift in self.history]
        return [
            shift
            for shift, own in shifts
            if counted([shift], own, which, Measure.SHIFTS)
        ]

    @cached_property
    def _earliest(self) -> int:
        return min((shift.day for shift in self.history), default=0)

    def windows(self, row: BookRow) -> Iterator[Window]:
        """Yield the windows of a row."""
        return windows_of(self.frame, row.window)

    def known(self, row: BookRow, window: Window) -> bool:
        """Whether all days of a window are known, and the types of their shifts.

        They are not after the horizon, nor before it without history. N days that roll
        are not before N days are there.
        """
        if window.last >= self.frame.days:
            return False
        if window.first >= 0:
            return True
        inside = [shift for shift in self.history if shift.day >= window.first]
        untold = row.shift_types and any(x.shift_type is None for x in inside)
        return bool(self.history) and not untold

    def limits(
        self,
        row: BookRow,
        which: Which,
        measure: Measure = Measure.SHIFTS,
        scale: float = 1,
    ) -> Iterator[Limit]:
        """Yield the limits of a row, window by window."""
        past = self.was(row, which)
        for window in self.windows(row):
            own = [shift for shift in past if shift.day >= window.first]
            paid = measure is Measure.PAID
            before = sum(shift.paid for shift in own) if paid else len(own)
            limit = self.limit(row, window, before, scale)
            if limit is not None:
                yield replace(limit, which=which, measure=measure)

    def limit(
        self, row: BookRow, window: Window, before: int, scale: float = 1
    ) -> Limit | None:
        """Return the limit of a window to which history adds ``before``.

        Nothing least is asked where a window is not ``known``. What has been beyond the
        most before day one breaks nothing: nothing more may be added.
        """
        known = self.known(row, window)
        least = None if row.min is None or not known else round(scale * row.min)
        most = None if row.max is None else max(before, round(scale * row.max))
        if least is None and most is None:
            return None
        return Limit(row.rule.value, window.days, before=before, least=least, most=most)

    def days_on(self, row: BookRow) -> list[int]:
        """Return the days that are one of a row's weekdays."""
        wanted = row.days_of_week or list(Weekday)
        return sorted(day for each in wanted for day in self.frame.days_of(each))

    def weekends(self, row: BookRow) -> list[Weekend]:
        """Return the weekends of the horizon, by a row's weekdays."""
        return weekends(self.frame, row.days_of_week)

    def worked_weekends(self, row: BookRow) -> set[int]:
        """Return the first days of the weekends worked before day one."""
        days = (shift.day for shift in self.history)
        return worked(self.frame, row.days_of_week, days)
