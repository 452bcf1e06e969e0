"""The command that plays a roster: simulate."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.output import JsonFlag, NotesFlag, asides, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.preparing import prepare
from scheduler.report.simulated import simulated_parts
from scheduler.rosters.origin import origin_notes
from scheduler.rosters.reading import read_roster
from scheduler.simulating import RESUME, Blend, Wanted
from scheduler.simulating import simulate as simulated
from scheduler.simulating.playable import refuse_unplayable


def simulate(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR",
            help="Folder with roster.csv and activities.csv, or a roster.xlsx.",
        ),
    ],
    replications: Annotated[
        int, typer.Option(min=1, help="How often the weeks are played, at most.")
    ] = 100,
    seed: Annotated[
        int, typer.Option(min=0, help="The same seed plays the same calls and cases.")
    ] = 0,
    half_width: Annotated[
        float | None,
        typer.Option(
            min=0,
            metavar="POINTS",
            help="Stop once the service level of all calls is known to so many points.",
        ),
    ] = None,
    blend: Annotated[
        Blend, typer.Option(help="How cases get their time.")
    ] = Blend.RING_FENCED,
    reserve: Annotated[
        int, typer.Option(min=0, help="With threshold: people who stay free.")
    ] = 0,
    resume: Annotated[
        float,
        typer.Option(
            min=0,
            metavar="SECONDS",
            help="Time to find back to cases after a call, where they are worked on "
            "between calls.",
        ),
    ] = RESUME,
    keep_half_done: Annotated[
        bool,
        typer.Option(
            "--keep-half-done",
            help="A case that is not done when a block ends waits for its agent's next "
            "block. Without it anybody goes on with it.",
        ),
    ] = False,
    confidence: Annotated[
        float, typer.Option(min=0.5, max=0.999, help="Of the intervals.")
    ] = 0.95,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Threads. Default: one a processor.")
    ] = None,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Play the weeks of a roster: would it keep its promise?"""
    if reserve and blend is not Blend.THRESHOLD:
        raise typer.BadParameter("goes with --blend threshold", param_hint="--reserve")
    prepared = prepare(plan)
    axis = prepared.translation.axis
    read = read_roster(folder, prepared.problem, axis)
    refuse_unplayable(prepared.problem, read.roster, folder)
    if not quiet:
        origin = origin_notes(folder, prepared.plea.plan_hash)
        tell([*origin, *prepared.translation.notes, *read.notes])
    wanted = Wanted(
        replications=replications,
        seed=seed,
        blend=blend,
        reserve=reserve,
        resume=resume,
        confidence=confidence,
        half_width=None if half_width is None else half_width / 100,
        hand_on=not keep_half_done,
        workers=workers,
    )
    with asides(quiet=quiet).status("simulating") as status:

        def watch(done: int) -> None:
            status.update(f"simulating: {done} of {replications}")

        found = simulated(prepared, read.roster, wanted, watch)
    give(
        found.model_dump(mode="json"),
        as_json=as_json,
        shown=lambda: simulated_parts(found),
    )
