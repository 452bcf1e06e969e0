"""The roster that people know of: what stays, and what a change costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.roster.problem import UNIT, Limit, Stretch, Task, Which
from scheduler.tables import ActivityKind, Published, PublishedActivity
from scheduler.translate.frame import Frame, floor_to, whole

_HOUR = 60


@dataclass(frozen=True)
class Known:
    """Published shifts of one agent by day; ``leave`` are stretches of absence."""

    frame: Frame
    shifts: dict[int, Which]
    spans: dict[int, Stretch]
    leave: Sequence[Stretch]

    @classmethod
    def of(
        cls, frame: Frame, rows: Sequence[Published], leave: Sequence[Stretch]
    ) -> "Known":
        """Return what is published of an agent."""
        names = [kind.name for kind in frame.plan.shift_types]
        shifts, spans = {}, {}
        for row in rows:
            day = (row.date - frame.axis.first_day).days
            start, end = frame.axis.minute(row.start), frame.axis.minute(row.end)
            if 0 <= day < frame.days and row.shift_type in names:
                types = frozenset({names.index(row.shift_type)})
                lengths = frozenset({end - start})
                starting = ((start, start + 1),)
                shifts[day] = Which(types, starting=starting, lengths=lengths)
                spans[day] = start, end
        return cls(frame, shifts, spans, leave)

    def rules(self) -> Iterator[Limit]:
        """Yield what is frozen, and what changes of other days cost."""
        starts, moment = self.frame.day_starts, self._now
        for day in range(self.frame.days):
            if self._has_begun(day):
                yield Limit("frozen", (day,), self.shifts[day], least=1)
                continue
            if starts[day] < moment:
                past = ((starts[day], min(moment, starts[day + 1])),)
                yield Limit("frozen", (day,), Which(starting=past), most=0)
            yield self._change(day, moment)

    def tasks(
        self, rows: Sequence[PublishedActivity], works: Mapping[str, int]
    ) -> Iterator[Task]:
        """Yield what was done before now in shifts that have begun, and so stays.

        ``works`` are by name as in activities.csv.
        """
        now = floor_to(self._now, self.frame.period)
        for start, row in self._begun(rows):
            end = min(now, self.frame.axis.minute(row.end))
            on_work = row.kind in (ActivityKind.VOICE, ActivityKind.CASE)
            if start < end and (not on_work or row.activity in works):
                yield Task(works[row.activity] if on_work else None, start, end)

    def meetings(self, rows: Sequence[PublishedActivity]) -> dict[str, list[int]]:
        """Return when meetings began that have begun, by name."""
        found: dict[str, list[int]] = {}
        for start, row in self._begun(rows):
            if row.kind is ActivityKind.MEETING and start < self._now:
                found.setdefault(row.activity, []).append(start)
        return found

    def _begun(
        self, rows: Sequence[PublishedActivity]
    ) -> Iterator[tuple[int, PublishedActivity]]:
        """Yield the activities of shifts that have begun, with their starts."""
        begun = [self.spans[day] for day in self.spans if self._has_begun(day)]
        for row in rows:
            start = self.frame.axis.minute(row.start)
            if any(first <= start < last for first, last in begun):
                yield start, row

    @property
    def _now(self) -> int:
        now = self.frame.plan.changes.now
        return 0 if now is None else self.frame.axis.minute(now)

    def _has_begun(self, day: int) -> bool:
        """Whether a day's published shift began before now, and nobody called in."""
        start, _ = self.spans.get(day, (self._now, 0))
        return start < self._now and not self._is_away(day)

    def _is_away(self, day: int) -> bool:
        start, end = self.spans[day]
        return any(first < end and start < last for first, last in self.leave)

    def _change(self, day: int, moment: int) -> Limit:
        """Return what it costs to change a day, more if it comes at short notice."""
        plan = self.frame.plan
        start, _ = self.spans.get(day, (self.frame.day_starts[day], 0))
        soon = start < moment + _HOUR * plan.changes.notice_hours
        known = plan.changes.now is not None and soon
        factor = plan.changes.notice_factor if known else 1
        cost = whole(factor * plan.weights.change * UNIT)
        if day in self.shifts:
            which = self.shifts[day]
            return Limit("changes", (day,), which, least=1, cost=cost, goal="changes")
        return Limit("changes", (day,), most=0, cost=cost, goal="changes")
