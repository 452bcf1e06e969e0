"""The command that tells why: explain."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import JsonFlag, NotesFlag, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.pipeline import prepare
from scheduler.report.explained import explained_parts
from scheduler.rosters.explained import Explainer
from scheduler.rosters.reading import read_roster


def explain(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR", help="Folder with roster.csv and activities.csv."
        ),
    ],
    agent: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Why this agent works that, with --day."),
    ] = None,
    replace: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who could step in for them, with --day."),
    ] = None,
    day: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Of the shift."),
    ] = None,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Why this shift, what any other would cost or break; who could step in."""
    asked = [name for name in (agent, replace) if name is not None]
    if len(asked) != 1 or day is None:
        raise typer.BadParameter("one of --agent and --replace, and --day, are needed")
    prepared = prepare(plan)
    roster = read_roster(folder, prepared.problem, prepared.translation.axis).roster
    explainer = Explainer(prepared, roster)
    if agent is not None:
        found = explainer.agent_day(agent, day.date())
    else:
        found = explainer.missing_agent(asked[0], day.date())
    if not quiet:
        tell(prepared.translation.notes)
    give(
        found.model_dump(mode="json"),
        as_json=as_json,
        shown=lambda: explained_parts(found),
    )
