"""The files of a run of sites."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from scheduler.pipeline import ROSTER_FILES
from scheduler.rosters.cells import csv_text, number, write_files
from scheduler.sites.document import SiteEntry, SitesDocument
from scheduler.sites.group import Group
from scheduler.sites.packed import unpacked
from scheduler.sites.running import SitesRun
from scheduler.sites.solved import Solved
from scheduler.tables.guarded import guarded
from scheduler.whatif.saving import plan_text

TABLE_FILE, DOCUMENT_FILE, SHARED_FILE = "sites.csv", "results.json", "shared.csv"
_COLUMNS = (
    "site",
    "time_zone",
    "agents",
    "status",
    "cost",
    "bound",
    "gap",
    "paid_hours",
    "short_hours",
    "breaches",
    "seconds",
    "megabytes",
    "folder",
)


def save_sites(
    document: SitesDocument, run: SitesRun, solved: Sequence[Solved], folder: Path
) -> list[Path]:
    """Write the table, and each site's plan and roster, one after the other.

    A roster can be checked, reported, compared as any other: with its own plan.json.
    """
    for entry, one in zip(document.sites, solved, strict=True):
        answer = run.answer(one) if entry.folder is not None else None
        if entry.folder is None or answer is None:
            continue
        own = folder / entry.folder
        write_files(own, {"plan.json": plan_text(unpacked(one.plan))})
        write_files(own / "roster", answer.files)
        for name in ROSTER_FILES - answer.files.keys():
            (own / "roster" / name).unlink(missing_ok=True)
    texts = {
        TABLE_FILE: csv_text(_COLUMNS, map(_row, document.sites)),
        DOCUMENT_FILE: document.model_dump_json(indent=2) + "\n",
    }
    if run.groups:
        columns = ("queue", "start", "site", "agents", "of")
        rows = (row for group in run.groups for row in _divided(group))
        texts[SHARED_FILE] = csv_text(columns, rows)
    else:
        (folder / SHARED_FILE).unlink(missing_ok=True)
    return write_files(folder, texts)


def _row(one: SiteEntry) -> list[str]:
    return [
        guarded(one.name),
        one.time_zone,
        str(one.agents),
        one.status,
        number(one.cost),
        number(one.bound),
        number(one.gap, 6),
        number(one.paid_hours),
        number(one.short_hours),
        number(one.breaches),
        number(one.seconds),
        number(one.megabytes),
        one.folder or "",
    ]


def _divided(group: Group) -> Iterator[list[str]]:
    """Yield who takes how much of shared queues: a row for each site and interval."""
    division = group.division
    if division is None:
        return
    for queue, people in zip(division.queues, division.people, strict=True):
        for i, moment in enumerate(queue.moments):
            for s, site in enumerate(queue.sites):
                if queue.reach[s, i]:
                    yield [
                        guarded(queue.queue),
                        moment.isoformat(timespec="minutes"),
                        guarded(site),
                        str(people[s, i]),
                        str(queue.required[i]),
                    ]
