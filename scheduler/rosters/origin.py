"""Of which plan a roster is."""

import json
from pathlib import Path

from scheduler.reading.finding import Finding
from scheduler.reading.workbook import is_workbook, open_workbook
from scheduler.rosters.document import RESULT_FILE

SUMMARY, PLAN_HASH = "Summary", "plan hash"  # where a workbook tells it


def origin_notes(folder: Path, plan_hash: str) -> list[str]:
    """Return what to say where a roster was made for another plan than this one.

    Rosters made elsewhere have no result.json; nothing is known of their plan.
    """
    if is_workbook(folder):
        made_for = _hash_in(folder)
        if made_for is None:
            return []
    else:
        path = folder / RESULT_FILE
        if not path.is_file():
            return []
        try:
            made_for = json.loads(path.read_text(encoding="utf-8")).get("plan_hash")
        except (ValueError, AttributeError):
            return [f"{path}: not a result; of which plan the roster is, is not known"]
    if made_for == plan_hash:
        return []
    return [
        f"the roster in {folder} was made for another plan, or this one has changed "
        "since: all that is told here is of the plan as it stands"
    ]


def _hash_in(path: Path) -> str | None:
    """Return the plan's hash that a workbook tells, ``None`` where it tells none."""
    book = open_workbook(path)
    if isinstance(book, Finding) or SUMMARY not in book.names:
        return None
    rows = (cells for _, cells in book.rows(SUMMARY) if cells[0] == PLAN_HASH)
    cells = next(rows, None)
    return None if cells is None or len(cells) < 2 else str(cells[1])
