"""Rows of the rule book as rules of one agent."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.roster.problem import (
    ANY,
    UNIT,
    Follow,
    Limit,
    LongRest,
    Measure,
    Rule,
    Run,
    Spread,
    Together,
    Which,
    Whole,
)
from scheduler.clock import MINUTES_PER_DAY
from scheduler.domain import Weekday
from scheduler.tables import BookRow, RuleLevel
from scheduler.translate.frame import Frame, whole
from scheduler.translate.windows import (
    Past,
    Window,
    counted,
    daily,
    in_a_row,
    weekends,
    windows,
)

_HOUR = 60
_NIGHT = 23 * _HOUR, 6 * _HOUR
_NOON = MINUTES_PER_DAY // 2


@dataclass(frozen=True)
class Maker:
    """Makes the rules of one agent, whose shifts before day one are ``history``."""

    frame: Frame
    history: Sequence[Past]

    def rules(self, rows: Sequence[BookRow]) -> Iterator[Rule]:
        """Yield the rules that rows are; a row that is off is none."""
        for row in rows:
            if row.level is not RuleLevel.OFF and row.rule.value in _KINDS:
                for rule in _KINDS[row.rule.value](self, row):
                    yield self._priced(row, rule)

    def _priced(self, row: BookRow, rule: Rule) -> Rule:
        """Return a rule with what a unit outside costs, if it is only preferred."""
        if row.level is RuleLevel.REQUIRED:
            return rule
        hours = row.weight * self.frame.plan.weights.preferred_rule
        by_minute = isinstance(rule, Spread) or (
            isinstance(rule, Limit) and rule.measure is not Measure.SHIFTS
        )
        return replace(rule, cost=whole(hours * UNIT / (_HOUR if by_minute else 1)))

    def _types(self, names: Sequence[str]) -> frozenset[int]:
        kinds = [kind.name for kind in self.frame.plan.shift_types]
        return frozenset(kinds.index(name) for name in names)

    def _which(self, row: BookRow) -> Which:
        """Return the shifts of a row: of its types, in its time of day."""
        types = self._types(row.shift_types) if row.shift_types else None
        touching = None
        if row.start is not None and row.end is not None:
            touching = daily(self.frame, row.start, row.end)
        least = max(1, round(_HOUR * row.hours)) if row.hours else 1
        return Which(types, touching, least)

    def _windows(self, row: BookRow, usual: str) -> Iterator[Window]:
        return windows(self.frame, row.per or usual)

    def _limits(
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

    def hours_worked(self, row: BookRow) -> Iterator[Rule]:
        """Paid hours of a window."""
        for window in self._windows(row, "week"):
            yield from self._limits(row, window, ANY, Measure.PAID, _HOUR)

    def days_worked(self, row: BookRow) -> Iterator[Rule]:
        """Days of a window with a shift."""
        for window in self._windows(row, "week"):
            for limit in self._limits(row, window, ANY):
                days = {shift.day for shift in self.history}
                before = sum(window.first <= day < 0 for day in days)
                groups = tuple((day,) for day in window.days)
                yield replace(limit, groups=groups, before=before)

    def shifts(self, row: BookRow) -> Iterator[Rule]:
        """Shifts of some types, or in a time of day."""
        for window in self._windows(row, "horizon"):
            yield from self._limits(row, window, self._which(row))

    def nights(self, row: BookRow) -> Iterator[Rule]:
        """Shifts that reach into the night."""
        for window in self._windows(row, "week"):
            yield from self._limits(row, window, self._night(row))

    def _night(self, row: BookRow) -> Which:
        if row.start is None or row.end is None:
            row = row.model_copy(update={"start": _NIGHT[0], "end": _NIGHT[1]})
        return self._which(row)

    def working_times(self, row: BookRow) -> Iterator[Rule]:
        """Shifts of a day that start too early, or end too late."""
        axis = self.frame.axis
        for day in self._days_on(row):
            date = axis.date(day)
            begin = self.frame.day_starts[day]
            if row.start is not None:
                early = ((begin, axis.local(date, row.start)),)
                yield Limit(row.rule.value, (day,), Which(starting=early), most=0)
            if row.end is not None:
                over = row.start is not None and row.end <= row.start
                end = row.end + MINUTES_PER_DAY * over
                late = ((axis.local(date, end), begin + 3 * MINUTES_PER_DAY),)
                yield Limit(row.rule.value, (day,), Which(touching=late), most=0)

    def _days_on(self, row: BookRow) -> list[int]:
        """Return the days that are one of a row's weekdays."""
        wanted = row.weekdays or list(Weekday)
        return [
            day
            for day in range(self.frame.days)
            if list(Weekday)[self.frame.axis.date(day).weekday()] in wanted
        ]

    def rotation(self, row: BookRow) -> Iterator[Rule]:
        """Other types than those whose turn it is, in the weeks of a turn."""
        frame = self.frame
        anchor = frame.week_start(row.date or frame.axis.first_day)
        turns, turn = row.turns or 1, row.turn or 1
        others = frozenset(range(len(frame.plan.shift_types)))
        others -= self._types(row.shift_types)
        days = tuple(
            day
            for day in self._days_on(row)
            if (frame.week_start(frame.axis.date(day)) - anchor).days // 7 % turns
            == turn - 1
        )
        if days and others:
            yield Limit(row.rule.value, days, Which(types=others), most=0)

    def _weekends(self, row: BookRow) -> list[tuple[int, ...]]:
        named = row.weekdays or [Weekday.SATURDAY, Weekday.SUNDAY]
        return weekends(self.frame, named)

    def weekends_worked(self, row: BookRow) -> Iterator[Rule]:
        """Weekends of a window with a shift on any of their days."""
        every = self._weekends(row)
        past_ones = self._past_weekends(row)
        for window in self._windows(row, "horizon"):
            inside = tuple(days for days in every if set(days) <= set(window.days))
            days = tuple(day for group in inside for day in group)
            if not days:
                continue
            for limit in self._limits(row, window, ANY):
                before = sum(window.first <= group[0] for group in past_ones)
                yield replace(limit, days=days, groups=inside, before=before)

    def _past_weekends(self, row: BookRow) -> list[tuple[int, ...]]:
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

    def whole_weekends(self, row: BookRow) -> Iterator[Rule]:
        """Each weekend by itself."""
        for days in self._weekends(row):
            if len(days) > 1:
                yield Whole(row.rule.value, days)

    def weekends_in_a_row(self, row: BookRow) -> Iterator[Rule]:
        """Weekends worked one after the other."""
        every = tuple(self._weekends(row))
        before, end = 0, every[0][0] if every else 0
        for days in reversed(self._past_weekends(row)):
            if end - days[-1] > 7:
                break
            before, end = before + 1, days[0]
        yield from self._run(row, every, before if self.history else None)

    def _run(
        self,
        row: BookRow,
        days: tuple[tuple[int, ...], ...],
        before: int | None,
        which: Which = ANY,
        *,
        off: bool = False,
    ) -> Iterator[Rule]:
        least = None if row.min is None else round(row.min)
        most = None if row.max is None else round(row.max)
        if days and (least, most) != (None, None):
            yield Run(row.rule.value, days, which, off, before, least, most)

    @property
    def _singles(self) -> tuple[tuple[int, ...], ...]:
        return tuple((day,) for day in range(self.frame.days))

    def days_in_a_row(self, row: BookRow) -> Iterator[Rule]:
        """Days worked one after the other."""
        yield from self._run(row, self._singles, in_a_row(self.history, off=False))

    def days_off_in_a_row(self, row: BookRow) -> Iterator[Rule]:
        """Days off one after the other."""
        before = in_a_row(self.history, off=True)
        yield from self._run(row, self._singles, before, off=True)

    def shifts_in_a_row(self, row: BookRow) -> Iterator[Rule]:
        """Days with such a shift one after the other."""
        which = self._which(row)
        before: int | None = None
        if self.history and which.types is None:
            days = [
                shift
                for shift in self.history
                if counted([shift], Window(shift.day, -1, ()), which, Measure.SHIFTS)
            ]
            before = in_a_row(days, off=False) or 0
        yield from self._run(row, self._singles, before, which)

    def days_off_together(self, row: BookRow) -> Iterator[Rule]:
        """Weeks that lie wholly inside the horizon."""
        for window in self._windows(row, "week"):
            if len(window.days) == window.last - window.first + 1 and row.min:
                yield Together(row.rule.value, window.days, round(row.min))

    def weekly_rest(self, row: BookRow) -> Iterator[Rule]:
        """Weeks (or N days that roll) that lie wholly inside the horizon."""
        starts = self.frame.day_starts
        for window in self._windows(row, "week"):
            if len(window.days) == window.last - window.first + 1 and row.hours:
                stretch = starts[window.first], starts[window.last + 1]
                yield LongRest(row.rule.value, stretch, round(_HOUR * row.hours))

    def rest_after(self, row: BookRow) -> Iterator[Rule]:
        """Hours that other shifts wait after some."""
        first, then = self._pair(row)
        rest = round(_HOUR * (row.hours or 0))
        ends = [p.end for p in self.history if self._was(p, first)]
        ready = max(ends, default=-rest) + rest
        yield Follow(row.rule.value, first, then, rest=rest, ready=max(0, ready))

    def successions(self, row: BookRow) -> Iterator[Rule]:
        """Days that other shifts wait after some."""
        first, then = self._pair(row)
        days = row.days or 1
        last = max(
            (p.day for p in self.history if self._was(p, first)), default=-days - 1
        )
        free = min(max(0, last + 1 + days), self.frame.days)
        ready = self.frame.day_starts[free] if free else 0
        yield Follow(row.rule.value, first, then, days=days, ready=ready)

    def _pair(self, row: BookRow) -> tuple[Which, Which]:
        then = Which(types=self._types(row.then)) if row.then else ANY
        return replace(self._which(row), minutes=1), then

    def _was(self, shift: Past, which: Which) -> bool:
        """Whether a shift before day one is such; of what type it was is not known."""
        window = Window(shift.day, -1, ())
        return bool(counted([shift], window, which, Measure.SHIFTS))

    def start_consistency(self, row: BookRow) -> Iterator[Rule]:
        """Starts of a week, by the clock on the wall."""
        axis = self.frame.axis
        for window in self._windows(row, "week"):
            noons = (axis.local(axis.date(day), _NOON) for day in window.days)
            midnights = tuple(noon - _NOON for noon in noons)
            most = round(_HOUR * (row.hours or 0))
            yield Spread(row.rule.value, window.days, midnights, most)


_KINDS: dict[str, Callable[[Maker, BookRow], Iterator[Rule]]] = {
    "hours_worked": Maker.hours_worked,
    "days_worked": Maker.days_worked,
    "shifts_of_type": Maker.shifts,
    "nights": Maker.nights,
    "working_times": Maker.working_times,
    "rotation": Maker.rotation,
    "weekends_worked": Maker.weekends_worked,
    "whole_weekends": Maker.whole_weekends,
    "weekends_in_a_row": Maker.weekends_in_a_row,
    "days_in_a_row": Maker.days_in_a_row,
    "days_off_in_a_row": Maker.days_off_in_a_row,
    "shifts_in_a_row": Maker.shifts_in_a_row,
    "days_off_together": Maker.days_off_together,
    "weekly_rest": Maker.weekly_rest,
    "rest_after": Maker.rest_after,
    "successions": Maker.successions,
    "start_consistency": Maker.start_consistency,
}
