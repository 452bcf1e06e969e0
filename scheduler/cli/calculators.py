"""One-liners that answer without any file: erlang, establishment and burndown."""

from dataclasses import asdict
from typing import Annotated

import typer

from models import erlang as mathematics
from models.errors import InvalidInput
from models.throughput import burn_down
from scheduler.calculating import call_answer
from scheduler.cli.output import JsonFlag, give
from scheduler.cli.quantities import duration, share, target
from scheduler.report.calculators import (
    CallQuestion,
    burndown_lines,
    erlang_lines,
    establishment_lines,
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
    max_wait: Annotated[
        str | None, typer.Option(metavar="TIME", help="Mean wait over all calls.")
    ] = None,
    max_abandonment: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Callers who give up.")
    ] = None,
    forecast_error: Annotated[
        str,
        typer.Option(
            metavar="SHARE",
            help="How uncertain the calls are: standard deviation / mean.",
        ),
    ] = "0",
    service_level_of: Annotated[
        mathematics.Definition,
        typer.Option(help="Calls that count in the service level."),
    ] = mathematics.Definition.OFFERED,
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
        max_wait=duration(max_wait, "--max-wait") if max_wait else None,
        max_abandonment=share(max_abandonment, "--max-abandonment")
        if max_abandonment
        else None,
        forecast_error=share(forecast_error, "--forecast-error"),
        definition=service_level_of,
        shrinkage=share(shrinkage, "--shrinkage"),
    )
    _refuse_what_cannot_bind(asked)
    try:
        answer = call_answer(asked)
    except InvalidInput as error:
        raise typer.BadParameter(str(error)) from error
    give(asdict(answer), as_json=as_json, shown=lambda: erlang_lines(asked, answer))


def _refuse_what_cannot_bind(asked: CallQuestion) -> None:
    """Raise ``BadParameter`` for limits that need callers who give up."""
    if asked.patience is not None:
        return
    if asked.max_abandonment is not None:
        raise typer.BadParameter(
            "--max-abandonment needs --patience: without it nobody gives up"
        )
    if asked.max_wait is not None and asked.forecast_error:
        raise typer.BadParameter(
            "--max-wait with --forecast-error needs --patience: now and then more "
            "calls come than any team takes, and without it they wait for ever"
        )


def establishment(
    hours: Annotated[
        float, typer.Option(help="Agent-hours needed, all intervals together.")
    ],
    contract: Annotated[
        float, typer.Option(help="Paid hours of a full-time contract, same time.")
    ],
    planned: Annotated[
        str, typer.Option(metavar="SHARE", help="Paid time on leave, in training...")
    ] = "0",
    unplanned: Annotated[
        str, typer.Option(metavar="SHARE", help="Of the rest: sickness, lateness...")
    ] = "0",
    fit: Annotated[
        str,
        typer.Option(metavar="SHARE", help="Rostered hours that fall where needed."),
    ] = "1",
    as_json: JsonFlag = False,
) -> None:
    """People to employ for agent-hours on the calls (net staffing)."""
    shares = {
        "planned_shrinkage": share(planned, "--planned"),
        "unplanned_shrinkage": share(unplanned, "--unplanned"),
        "fit": share(fit, "--fit"),
    }
    try:
        people = mathematics.establishment([hours], 1.0, contract, **shares)
    except InvalidInput as error:
        raise typer.BadParameter(str(error)) from error
    bare = hours / contract
    give(
        {"fte": people, "fte_without_shrinkage": bare},
        as_json=as_json,
        shown=lambda: establishment_lines(people, bare, hours),
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
