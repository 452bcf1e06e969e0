"""The command that tells why: explain."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.days import date_of, moment_of
from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.preparing import prepare
from scheduler.report.explained import explained_parts
from scheduler.rosters.explainer import Explainer
from scheduler.rosters.origin import origin_notes
from scheduler.rosters.reading import read_roster


def explain(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR",
            help="Folder with roster.csv and activities.csv, or a roster.xlsx.",
        ),
    ],
    agent: Annotated[
        str | None,
        typer.Option(metavar="AGENT", help="Why this agent works that, with --day."),
    ] = None,
    replace: Annotated[
        str | None,
        typer.Option(metavar="AGENT", help="Who could step in for them, with --day."),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Of the shift: a date, or a weekday."),
    ] = None,
    interval: Annotated[
        str | None,
        typer.Option(
            metavar="MOMENT",
            help="Why calls are short: 2026-03-02T08:30, or monday 08:30.",
        ),
    ] = None,
    cases: Annotated[
        str | None,
        typer.Option(metavar="CASE_TYPE", help="Why cases of a type breach."),
    ] = None,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Why this shift, what any other would cost or break; who could step in.

    Also why calls are short at a moment, and why cases breach and what saves them.
    """
    given = [x for x in (agent, replace, interval, cases) if x is not None]
    of_a_day = agent is not None or replace is not None
    if len(given) != 1 or of_a_day != (day is not None):
        raise typer.BadParameter(
            "give one of --agent with --day, --replace with --day, --interval, --cases"
        )
    prepared = prepare(plan)
    axis, days = prepared.translation.axis, prepared.problem.days
    roster = read_roster(folder, prepared.problem, axis).roster
    explainer = Explainer(prepared, roster)
    if interval is not None:
        found = explainer.interval(moment_of(interval, axis, days, "--interval"))
    elif cases is not None:
        found = explainer.case_type(cases)
    elif day is not None and agent is not None:
        found = explainer.agent_day(agent, date_of(day, axis, days, "--day"))
    elif day is not None and replace is not None:
        found = explainer.missing_agent(replace, date_of(day, axis, days, "--day"))
    if not quiet:
        origin = origin_notes(folder, prepared.plea.plan_hash)
        tell([*origin, *prepared.translation.notes])
    give(
        found.model_dump(mode="json"),
        as_json=as_json,
        shown=lambda: explained_parts(found),
    )
