"""The files of a run of scenarios."""

from collections.abc import Sequence
from pathlib import Path

from scheduler.domain import Plan
from scheduler.pipeline import ROSTER_FILES
from scheduler.rosters.cells import csv_text, number, write_files
from scheduler.tables.guarded import guarded
from scheduler.whatif.document import (
    DOCUMENT_FILE,
    METRICS,
    PAGE_FILE,
    TABLE_FILE,
    ScenarioEntry,
    WhatIfDocument,
)
from scheduler.whatif.running import Solved

STORE = "answers"  # folder of what was found, by hash
_COLUMNS = (
    "scenario",
    "changes",
    "circumstances",
    "grid",
    "samples",
    "sample",
    "status",
    *METRICS,
    "bound",
    "gap",
    *(f"{name}_more" for name in METRICS),
    "cost_least",
    "cost_most",
    "too_small_to_tell",
    "on_frontier",
    "folder",
)


def save(
    document: WhatIfDocument, solved: Sequence[Solved], page: str, folder: Path
) -> list[Path]:
    """Write the table, the page, and each scenario's plan and roster.

    A roster can be checked, reported, compared as any other: with its own plan.json.
    """
    for entry, one in zip(document.scenarios, solved, strict=True):
        if entry.folder is not None and one.answer is not None:
            own = folder / entry.folder
            write_files(own, {"plan.json": plan_text(one.made.plan)})
            write_files(own / "roster", one.answer.files)
            for name in ROSTER_FILES - one.answer.files.keys():
                (own / "roster" / name).unlink(missing_ok=True)
    text = document.model_dump_json(indent=2) + "\n"
    return write_files(
        folder,
        {
            TABLE_FILE: table_text(document),
            PAGE_FILE: page,
            DOCUMENT_FILE: text,
        },
    )


def plan_text(plan: Plan) -> str:
    """Return a plan as plan.json, without what is as it is by default."""
    return plan.model_dump_json(indent=1, exclude_defaults=True) + "\n"


def table_text(document: WhatIfDocument) -> str:
    """Return the table of scenarios, one a row."""
    return csv_text(_COLUMNS, map(_row, document.scenarios))


def _row(one: ScenarioEntry) -> list[str]:
    own, more = one.figures, one.difference
    return [
        guarded(one.name),
        guarded(one.changes),
        guarded(one.circumstances),
        guarded(one.grid or ""),
        guarded(one.samples or ""),
        "" if one.sample is None else str(one.sample),
        one.status,
        *(number(getattr(own, name)) for name in METRICS),
        number(one.bound),
        number(one.gap, 6),
        *(number(getattr(more, name) if more else None) for name in METRICS),
        number(more.cost_least if more else None),
        number(more.cost_most if more else None),
        "|".join(more.too_small) if more else "",
        "yes" if one.on_frontier else "no",
        one.folder or "",
    ]
