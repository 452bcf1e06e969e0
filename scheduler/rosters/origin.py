"""Of which plan a roster is."""

import json
from pathlib import Path

from scheduler.rosters.document import RESULT_FILE


def origin_notes(folder: Path, plan_hash: str) -> list[str]:
    """Return what to say where a roster was made for another plan than this one.

    Rosters made elsewhere have no result.json; nothing is known of their plan.
    """
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
