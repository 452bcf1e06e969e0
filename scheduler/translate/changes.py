"""The roster that people know of: what stays, and what a change costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.roster.problem import UNIT, Limit, Stretch, Which
from scheduler.tables import Published
from scheduler.translate.frame import Frame, whole

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
        plan, starts = self.frame.plan, self.frame.day_starts
        now = plan.changes.now
        moment = 0 if now is None else self.frame.axis.minute(now)
        for day in range(self.frame.days):
            begun = self.spans.get(day, (moment, 0))[0] < moment
            if begun and not self._is_away(day):
                yield Limit("frozen", (day,), self.shifts[day], least=1)
                continue
            if starts[day] < moment:
                past = ((starts[day], min(moment, starts[day + 1])),)
                yield Limit("frozen", (day,), Which(starting=past), most=0)
            yield self._change(day, moment)

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
