"""The two one-liners that answer without any file: erlang and burndown."""

import math
from dataclasses import asdict
from typing import Annotated

import typer

from models import erlang as mathematics
from models.errors import InvalidInput
from models.throughput import burn_down
from scheduler.cli.output import JsonFlag, give
from scheduler.cli.quantities import duration, share, target
from scheduler.report.calculators import (
    CallAnswer,
    CallQuestion,
    burndown_lines,
    erlang_lines,
)


def erlang(
    calls: Annotated[float, typer.Option(help="Calls offered in --per.")],
    aht: Annotated[
        str, typer.Option(metavar="TIME", help="Mean handle time, such as 180s or 3m.")
    ],
    per: Annotated[
        str, typer.Option(metavar="TIME", help="Length of the interval.")
    ] = "30m",
    goal: Annotated[
        str,
        typer.Option(
            "--target", metavar="PERCENT/SECONDS", help="80/20: 80 % within 20 s."
        ),
    ] = "80/20",
    agents: Annotated[
        int | None, typer.Option(min=0, help="What would this many achieve?")
    ] = None,
    patience: Annotated[
        str | None, typer.Option(metavar="TIME", help="Mean patience: Erlang A.")
    ] = None,
    max_occupancy: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Such as 0.85 or 85%.")
    ] = None,
    shrinkage: Annotated[
        str, typer.Option(metavar="SHARE", help="Scheduled time lost: 0.3 or 30%.")
    ] = "0",
    as_json: JsonFlag = False,
) -> None:
    """Agents that a number of calls needs, and what they achieve (Erlang C or A)."""
    asked = CallQuestion(
        calls=calls,
        per=duration(per, "--per"),
        aht=duration(aht, "--aht"),
        target=target(goal, "--target"),
        agents=agents,
        patience=duration(patience, "--patience") if patience else None,
        max_occupancy=share(max_occupancy, "--max-occupancy")
        if max_occupancy
        else None,
        shrinkage=share(shrinkage, "--shrinkage"),
    )
    try:
        answer = _answered(asked)
    except InvalidInput as error:
        raise typer.BadParameter(str(error)) from error
    give(asdict(answer), as_json=as_json, shown=lambda: erlang_lines(asked, answer))


def _answered(asked: CallQuestion) -> CallAnswer:
    """Return the agents needed, and what they or the agents asked about achieve."""
    level, within = asked.target
    load = mathematics.offered_load(asked.calls, asked.per, asked.aht)
    required = int(
        mathematics.required_agents(
            load, asked.aht, within, level, asked.patience, asked.max_occupancy
        )
    )
    agents = required if asked.agents is None else asked.agents
    achieved = mathematics.performance(agents, load, asked.aht, within, asked.patience)
    scheduled = float(mathematics.scheduled_agents(agents, asked.shrinkage))
    wait = float(achieved.average_speed_of_answer_seconds)
    return CallAnswer(
        agents_required=required,
        agents=agents,
        agents_scheduled=math.ceil(round(scheduled, 9)),
        service_level=float(achieved.service_level),
        average_speed_of_answer_seconds=wait if math.isfinite(wait) else None,
        occupancy=float(achieved.occupancy),
        probability_of_wait=float(achieved.probability_of_wait),
        abandonment=float(achieved.abandonment),
    )


def burndown(
    inflow: Annotated[float, typer.Option(help="New cases a week.")],
    backlog: Annotated[float, typer.Option(help="Cases that wait now.")],
    weeks: Annotated[float, typer.Option(help="Weeks in which to clear the backlog.")],
    handle_time: Annotated[
        str, typer.Option(metavar="TIME", help="Mean handle time, such as 30m.")
    ],
    productive_hours: Annotated[
        float, typer.Option(help="Hours of case work per person and week.")
    ],
    as_json: JsonFlag = False,
) -> None:
    """People who clear a backlog, and who keep it cleared."""
    minutes = duration(handle_time, "--handle-time") / 60
    try:
        plan = burn_down(inflow, backlog, weeks, minutes, productive_hours)
    except InvalidInput as error:
        raise typer.BadParameter(str(error)) from error
    give(
        asdict(plan),
        as_json=as_json,
        shown=lambda: burndown_lines(plan, inflow, backlog, weeks),
    )
