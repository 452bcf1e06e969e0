"""The command that writes a roster as calendars: calendars."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from models.roster import check
from scheduler.cli.output import JsonFlag, NotesFlag, asides, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.exports.calendars import Calendars, Tally
from scheduler.exports.calendars import calendars as as_calendars
from scheduler.preparing import Prepared, prepare
from scheduler.report.words import entry, plural
from scheduler.rosters.cells import write_files
from scheduler.rosters.origin import origin_notes
from scheduler.rosters.reading import RosterRead, read_roster

_NAMES = 12
_TABLES = ("roster.csv", "activities.csv")


def calendars(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR",
            help="Folder with roster.csv (and activities.csv), or a roster.xlsx.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where the calendars go; those that are there get their next version.",
        ),
    ],
    shifts_only: Annotated[
        bool, typer.Option("--shifts-only", help="Leave out what fills the shifts.")
    ] = False,
    sequence: Annotated[
        int,
        typer.Option(
            min=0,
            metavar="N",
            help="Least version number of events that are new or have changed.",
        ),
    ] = 0,
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """A calendar file (.ics) for each agent, to import or to subscribe to."""
    prepared = prepare(plan)
    read = read_roster(
        folder,
        prepared.problem,
        prepared.translation.axis,
        prepared.translation.plan,
    )
    with asides(quiet=quiet).status("reading calendars") as status:
        found = as_calendars(
            prepared.translation,
            read.roster,
            out,
            _made(folder),
            sequence=sequence,
            shifts_only=shifts_only,
            watch=lambda done, of: status.update(f"calendars: {done:,} of {of:,}"),
        )
    write_files(out, found.texts)
    notes = [*_notes(prepared, folder, read, shifts_only=shifts_only), *found.notes]
    if not quiet:
        tell(notes)
    give(
        {**_document(found), "notes": notes},
        as_json=as_json,
        shown=lambda: _parts(found, out),
    )


def _made(folder: Path) -> dt.datetime:
    """Return when a roster's files were last changed."""
    there = [folder / name for name in _TABLES if (folder / name).exists()] or [folder]
    seconds = max(path.stat().st_mtime for path in there)
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC)


def _notes(
    prepared: Prepared, folder: Path, read: RosterRead, *, shifts_only: bool
) -> list[str]:
    """Return what whoever publishes a roster should hear of it first."""
    notes = [*origin_notes(folder, prepared.plea.plan_hash), *read.notes]
    if read.roster.activities is None and not shifts_only:
        notes.append("only shifts: there is no activities.csv")
    broken = len(check.violations(prepared.problem, read.roster))
    if broken:
        notes.append(
            f"the roster breaks rules, {plural(broken, 'time')}: ringfence check "
            "tells which"
        )
    return notes


def _together(found: Calendars) -> Tally:
    tallies = found.tallies.values()
    return Tally(
        new=sum(tally.new for tally in tallies),
        changed=sum(tally.changed for tally in tallies),
        same=sum(tally.same for tally in tallies),
        cancelled=sum(tally.cancelled for tally in tallies),
    )


def _document(found: Calendars) -> dict[str, Any]:
    return {
        "events": asdict(_together(found)),
        "calendars": [
            {
                "agent_id": agent,
                "file": file,
                "written": file in found.texts,
                **asdict(found.tallies[agent]),
            }
            for agent, file in found.files.items()
        ],
        "without": found.idle,
    }


def _parts(found: Calendars, out: Path) -> Iterator[RenderableType]:
    """Yield what was written, and whose calendar is not what it was."""
    events = _together(found)
    words = f"{plural(len(found.texts), 'calendar')} written to {out}"
    as_they_were = len(found.files) - len(found.texts)
    if as_they_were:
        words += f", {as_they_were} as they were"
    yield entry("calendars", words)
    told = [f"{events.new:,} new"]
    told += [
        f"{number:,} {word}"
        for number, word in (
            (events.changed, "changed"),
            (events.cancelled, "cancelled"),
            (events.same, "as they were"),
        )
        if number
    ]
    yield entry("events", ", ".join(told))
    known = [a for a, tally in found.tallies.items() if tally.touched]
    if known and events.same + events.changed + events.cancelled:
        yield entry("for", _some(known))
    if found.idle:
        yield entry("without", f"{_some(found.idle)}: no shift, no calendar")


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMES:,} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more
