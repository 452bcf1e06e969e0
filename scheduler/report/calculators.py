"""What `ringfence erlang`, `establishment` and `burndown` show people."""

from dataclasses import dataclass
from math import floor

from rich.console import RenderableType
from rich.table import Table

from models.erlang import Definition
from models.throughput import BurnDown
from scheduler.report.words import percent, plural, seconds


@dataclass(frozen=True)
class CallQuestion:
    """What was asked of `ringfence erlang`; times in seconds, shares in ``[0, 1]``."""

    calls: float
    per: float
    aht: float
    target: tuple[float, float]
    agents: int | None
    patience: float | None
    max_occupancy: float | None
    max_wait: float | None
    max_abandonment: float | None
    forecast_error: float
    definition: Definition
    shrinkage: float


@dataclass(frozen=True)
class CallAnswer:
    """The JSON document of `ringfence erlang`; ``None`` for an endless wait."""

    agents_required: int
    agents: int
    agents_scheduled: int
    service_level: float
    average_speed_of_answer_seconds: float | None
    queue_length: float | None
    occupancy: float
    probability_of_wait: float
    abandonment: float
    largest_calls: float


def erlang_lines(asked: CallQuestion, answer: CallAnswer) -> list[RenderableType]:
    """Return the answer as aligned lines."""
    load = asked.calls * asked.aht / asked.per
    share, within = asked.target
    intro = (
        f"{plural(asked.calls, 'call')} per {seconds(asked.per)}, {seconds(asked.aht)} "
        f"each: {load:.2f} erlangs ({'Erlang A' if asked.patience else 'Erlang C'})"
    )
    if asked.forecast_error:
        intro += f", give or take {percent(asked.forecast_error)}"
    wait = answer.average_speed_of_answer_seconds
    table = _lines()
    table.add_row(
        "agents needed",
        str(answer.agents_required),
        f"{percent(share)} within {seconds(within)}" + _caps(asked),
    )
    if asked.agents is not None:
        table.add_row("agents asked about", str(answer.agents), "the rest is for them")
    table.add_row(
        "service level",
        percent(answer.service_level, 1),
        f"answered within {seconds(within)} / {_COUNTED[asked.definition]}",
    )
    table.add_row(
        "average wait",
        "endless" if wait is None else seconds(round(wait, 1)),
        f"{percent(answer.probability_of_wait, 1)} of callers wait"
        + _queue(answer.queue_length),
    )
    table.add_row("occupancy", percent(answer.occupancy, 1), "of agents' time on calls")
    table.add_row("abandoned", percent(answer.abandonment, 1), _patience(asked))
    table.add_row(
        "agents to schedule",
        str(answer.agents_scheduled),
        f"with {percent(asked.shrinkage)} shrinkage"
        if asked.shrinkage
        else "no shrinkage given",
    )
    table.add_row(
        "calls at most",
        f"{floor(answer.largest_calls):,}",
        f"per {seconds(asked.per)}, of which {plural(answer.agents, 'agent')} "
        f"{'meets' if answer.agents == 1 else 'meet'} the targets",
    )
    return [intro, table]


def establishment_lines(
    people: float, bare: float, hours: float
) -> list[RenderableType]:
    """Return the answer as aligned lines."""
    table = _lines()
    table.add_row(
        "people to employ",
        f"{people:.2f}",
        f"full time, for {plural(hours, 'agent-hour')} where they are needed",
    )
    table.add_row("without losses", f"{bare:.2f}", "all paid hours on the calls")
    return [table]


def burndown_lines(
    plan: BurnDown, inflow: float, backlog: float, weeks: float
) -> list[RenderableType]:
    """Return the answer as aligned lines."""
    span = f"{weeks:g} week{'s' * (weeks != 1)}"
    table = _lines()
    table.add_row(
        "people for now",
        f"{plan.fte:.2f}",
        f"clear {plural(backlog, 'case')} in {span} and keep up with inflow",
    )
    table.add_row(
        "people for good",
        f"{plan.steady_state_fte:.2f}",
        f"keep up with {plural(inflow, 'new case')} a week; fewer never do",
    )
    table.add_row(
        "the difference",
        f"{plan.extra_fte:.2f}",
        f"can stand down after {span}",
    )
    return [table]


_COUNTED = {
    Definition.OFFERED: "offered",
    Definition.ANSWERED: "answered",
    Definition.OFFERED_LESS_EARLY: "offered less who gave up by then",
}


def _caps(asked: CallQuestion) -> str:
    """Return what else was asked for, as words that go on."""
    words = ""
    if asked.max_occupancy is not None:
        words += f", occupancy <= {percent(asked.max_occupancy)}"
    if asked.max_wait is not None:
        words += f", mean wait <= {seconds(asked.max_wait)}"
    if asked.max_abandonment is not None:
        words += f", abandoned <= {percent(asked.max_abandonment)}"
    return words


def _queue(length: float | None) -> str:
    """Return how many wait, as words that go on."""
    return "" if length is None else f", {length:.2g} at any moment"


def _patience(asked: CallQuestion) -> str:
    """Return why callers hang up, or that none does."""
    if asked.patience is None:
        return "nobody hangs up (no --patience given)"
    return f"mean patience {seconds(asked.patience)}"


def _lines() -> Table:
    """Return a table without lines: name, value, meaning."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True, style="bold")
    table.add_column(style="dim")
    return table
