"""The files of a search for hires."""

from pathlib import Path

from scheduler.hiring.document import (
    DOCUMENT_FILE,
    PAGE_FILE,
    TABLE_FILE,
    HireDocument,
    TriedEntry,
)
from scheduler.hiring.running import HireRun
from scheduler.pipeline import ROSTER_FILES
from scheduler.rosters.cells import csv_text, number, write_files
from scheduler.whatif.saving import plan_text


def save(document: HireDocument, run: HireRun, page: str, folder: Path) -> list[Path]:
    """Write the table of mixes, the page, and the roster of every week with the mix.

    A roster can be checked, reported, compared as any other: with its own plan.json.
    """
    best = run.best
    if best is not None:
        for entry, week, one in zip(
            document.weeks, run.hiring.weeks, best.weeks, strict=True
        ):
            if entry.folder is not None:
                own, texts = folder / entry.folder, run.files(one)
                write_files(own, {"plan.json": plan_text(week.plan(best.mix))})
                write_files(own / "roster", texts)
                for name in ROSTER_FILES - texts.keys():
                    (own / "roster" / name).unlink(missing_ok=True)
    text = document.model_dump_json(indent=2) + "\n"
    return write_files(
        folder,
        {TABLE_FILE: table_text(document), PAGE_FILE: page, DOCUMENT_FILE: text},
    )


def table_text(document: HireDocument) -> str:
    """Return the table of mixes that were tried, one a row, the best first."""
    columns = (
        *(f"hired {kind.name}" for kind in document.kinds),
        "hires_cost",
        "cost",
        "bound",
        "meets",
        "missed",
        "short_hours",
        "breaches",
        "service_level",
    )
    return csv_text(columns, map(_row, sorted(document.tried, key=_dearness)))


def _dearness(one: TriedEntry) -> tuple[bool, float]:
    return not one.meets, one.cost if one.cost is not None else float("inf")


def _row(one: TriedEntry) -> list[str]:
    return [
        *map(str, one.mix),
        number(one.hires_cost),
        number(one.cost),
        number(one.bound),
        "yes" if one.meets else "no",
        "|".join(one.missed),
        number(one.short_hours),
        number(one.breaches),
        number(one.service_level, 6),
    ]
