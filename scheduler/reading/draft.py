"""As much of a plan as is well formed, so that all of it is checked in one go."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from scheduler.domain import Plan
from scheduler.reading.collect import Issues
from scheduler.reading.words import issue_of
from scheduler.tables import Row
from scheduler.validation import Path


@dataclass
class Draft:
    """A plan without what is not well formed in it.

    Attributes
    ----------
    plan
        ``None`` where too little is left.
    positions
        Part by part, where the entries of the plan stand in what was handed in.
    """

    plan: Plan | None = None
    positions: dict[str, Sequence[int]] = field(default_factory=dict)

    def moved(self, path: Path) -> Path:
        """Return where a path of the plan leads in what was handed in."""
        if len(path) < 2 or not isinstance(path[1], int):
            return path
        positions = self.positions.get(str(path[0]))
        return path if positions is None else (path[0], positions[path[1]], *path[2:])


def draft_plan(
    settings: dict[str, Any], tables: dict[str, list[Row]], issues: Issues
) -> Draft:
    """Return what is well formed; add what is wrong with the settings."""
    draft = Draft()
    try:
        draft.plan = Plan.of({**settings, **tables})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        issues.add(issue_of(detail) for detail in details)
        spare = [d["loc"] for d in details if d["type"] == "extra_forbidden"]
        wrong = [d["loc"] for d in details if d["type"] != "extra_forbidden"]
        rest = _without(settings, spare, wrong, draft)
        draft.plan = _plan_or_none({**rest, **tables})
    return draft


def _plan_or_none(content: dict[str, Any]) -> Plan | None:
    try:
        return Plan.of(content)
    except ValidationError:
        return None


def _without(
    settings: dict[str, Any], spare: list[Path], wrong: list[Path], draft: Draft
) -> dict[str, Any]:
    """Return settings without spare keys, and without entries with something wrong."""
    rest = deepcopy(settings)
    for *path, key in spare:
        inside: Any = rest
        for part in path:
            inside = inside[part]
        del inside[key]
    for name, entries in rest.items():
        bad = {path[1] for path in wrong if path[0] == name and len(path) > 1}
        if isinstance(entries, list):
            kept = [i for i in range(len(entries)) if i not in bad]
            draft.positions[name] = kept
            rest[name] = [entries[i] for i in kept]
        elif isinstance(entries, dict) and name == "calendars":
            rest[name] = {key: entries[key] for key in entries if key not in bad}
    whole = {path[0] for path in wrong if len(path) == 1}
    whole |= {path[0] for path in wrong if path[0] in ("horizon", "rules", "weights")}
    return {name: entries for name, entries in rest.items() if name not in whole}
