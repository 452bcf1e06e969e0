"""Checks of leave, meetings and history: stretches of an agent's time."""

from collections.abc import Iterable, Iterator

from scheduler.tables import Meeting
from scheduler.validation.facts import Facts
from scheduler.validation.issue import PlanIssue, check

Span = tuple[str, int, int, int]  # agent, start, end, position in its table


def _overlaps(
    spans: Iterable[Span], table: str, column: str, expected: str
) -> Iterator[PlanIssue]:
    """Yield an issue for each span that starts before an earlier one has ended."""
    last: dict[str, tuple[int, int]] = {}
    for agent_id, start, end, i in sorted(span for span in spans if span[1] < span[2]):
        ended, before = last.get(agent_id, (start, i))
        if start < ended:
            yield PlanIssue((table, i, column), expected, other=(table, before, column))
        last[agent_id] = max((ended, before), (end, i))


@check("horizon")
def leave_runs_forwards(facts: Facts) -> Iterator[PlanIssue]:
    """Leave ends after it starts."""
    line = facts.timeline
    for i, row in enumerate(facts.plan.leave):
        if line.ends(row.end) <= line.begins(row.start):
            yield PlanIssue(("leave", i, "end"), f"an end after the start, {row.start}")


@check("horizon")
def leave_apart(facts: Facts) -> Iterator[PlanIssue]:
    """No two rows of leave of one agent overlap."""
    line = facts.timeline
    spans = (
        (row.agent_id, line.begins(row.start), line.ends(row.end), i)
        for i, row in enumerate(facts.plan.leave)
    )
    yield from _overlaps(
        spans, "leave", "start", "leave that does not overlap the same agent's in"
    )


@check("horizon")
def meeting_minutes(facts: Facts) -> Iterator[PlanIssue]:
    """A meeting lasts a multiple of the grid."""
    for i, row in enumerate(facts.plan.meetings):
        if row.minutes % facts.grid:
            yield PlanIssue(
                ("meetings", i, "minutes"),
                f"a multiple of the grid of {facts.grid} minutes",
            )


@check("shift_types")
def meeting_in_shift(facts: Facts) -> Iterator[PlanIssue]:
    """A meeting fits into the longest shift."""
    for i, row in enumerate(facts.plan.meetings):
        if row.minutes > facts.longest_shift:
            yield PlanIssue(
                ("meetings", i, "minutes"),
                f"at most {facts.longest_shift} minutes, the longest shift",
            )


@check()
def meeting_fixed_or_floating(facts: Facts) -> Iterator[PlanIssue]:
    """A meeting has a start, or a window, not both."""
    for i, row in enumerate(facts.plan.meetings):
        if row.start is not None and (row.earliest or row.latest):
            column = "earliest" if row.earliest else "latest"
            yield PlanIssue(
                ("meetings", i, column), "no window: the meeting has a fixed start"
            )


def _fixed(facts: Facts) -> Iterator[tuple[int, Meeting, int]]:
    """Yield position, row and start of every fixed meeting."""
    for i, row in enumerate(facts.plan.meetings):
        if row.start is not None:
            yield i, row, facts.timeline.minute(row.start)


@check("horizon")
def meeting_start(facts: Facts) -> Iterator[PlanIssue]:
    """A fixed meeting starts on the grid and lies in the horizon."""
    line = facts.timeline
    for i, row, start in _fixed(facts):
        path = ("meetings", i, "start")
        if not 0 <= start <= line.end - row.minutes:
            yield PlanIssue(path, f"a meeting from {line.first_day} to {line.last_day}")
        elif start % facts.grid:
            yield PlanIssue(path, f"a start on the grid of {facts.grid} minutes")


@check("horizon")
def meeting_window(facts: Facts) -> Iterator[PlanIssue]:
    """A floating meeting fits into its window, inside the horizon."""
    line, grid = facts.timeline, facts.grid
    for i, row in enumerate(facts.plan.meetings):
        if row.start is not None:
            continue
        first = 0 if row.earliest is None else max(0, line.begins(row.earliest))
        last = line.end if row.latest is None else min(line.end, line.ends(row.latest))
        if first + -first % grid + row.minutes > last:
            yield PlanIssue(
                ("meetings", i, "latest" if row.latest else "earliest"),
                f"a window inside the horizon that holds {row.minutes} minutes",
            )


@check("horizon", "leave")
def meeting_apart_from_leave(facts: Facts) -> Iterator[PlanIssue]:
    """A fixed meeting does not touch leave of the agent."""
    for i, row, start in _fixed(facts):
        leave = facts.leave_during(row.agent_id, start, start + row.minutes)
        if leave is not None:
            yield PlanIssue(
                ("meetings", i, "start"),
                "a time when the agent is not on leave, as in",
                other=("leave", leave, "start"),
            )


@check("horizon")
def meetings_apart(facts: Facts) -> Iterator[PlanIssue]:
    """No two fixed meetings of one agent overlap."""
    spans = (
        (row.agent_id, start, start + row.minutes, i) for i, row, start in _fixed(facts)
    )
    yield from _overlaps(
        spans, "meetings", "start", "a time when the agent has no other meeting, as in"
    )


@check("horizon")
def history_before_start(facts: Facts) -> Iterator[PlanIssue]:
    """A shift of the history starts before the first day."""
    line = facts.timeline
    for i, row in enumerate(facts.plan.history):
        if line.minute(row.start) >= 0:
            yield PlanIssue(("history", i, "start"), f"a start before {line.first_day}")


@check("horizon")
def history_runs_forwards(facts: Facts) -> Iterator[PlanIssue]:
    """A shift of the history ends after it starts, and within a day."""
    line = facts.timeline
    for i, row in enumerate(facts.plan.history):
        if not 0 < line.minute(row.end) - line.minute(row.start) <= 1440:
            yield PlanIssue(
                ("history", i, "end"),
                f"an end after the start, {row.start}, and within 24 hours",
            )


@check("horizon")
def history_paid(facts: Facts) -> Iterator[PlanIssue]:
    """A shift of the history pays no more minutes than it lasts."""
    line = facts.timeline
    for i, row in enumerate(facts.plan.history):
        length = line.minute(row.end) - line.minute(row.start)
        if row.paid_minutes is not None and row.paid_minutes > length > 0:
            yield PlanIssue(
                ("history", i, "paid_minutes"), f"at most {length}, the shift's length"
            )


@check("horizon")
def history_apart(facts: Facts) -> Iterator[PlanIssue]:
    """No two shifts of one agent's history overlap."""
    line = facts.timeline
    spans = (
        (row.agent_id, line.minute(row.start), line.minute(row.end), i)
        for i, row in enumerate(facts.plan.history)
    )
    yield from _overlaps(
        spans, "history", "start", "a start after the same agent's shift has ended in"
    )


@check("horizon", "queues")
def history_activity(facts: Facts) -> Iterator[PlanIssue]:
    """A shift that runs into the horizon works on a queue, if on anything."""
    known = {queue.name for queue in facts.plan.queues}
    for i, row in enumerate(facts.plan.history):
        runs_in = facts.timeline.minute(row.end) > 0
        if runs_in and row.activity is not None and row.activity not in known:
            yield PlanIssue(("history", i, "activity"), "a queue of the plan", known)


CHECKS = (
    leave_runs_forwards,
    leave_apart,
    meeting_minutes,
    meeting_in_shift,
    meeting_fixed_or_floating,
    meeting_start,
    meeting_window,
    meeting_apart_from_leave,
    meetings_apart,
    history_before_start,
    history_runs_forwards,
    history_paid,
    history_apart,
    history_activity,
)
