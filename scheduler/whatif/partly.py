"""What is right in a file of scenarios of which some is wrong.

It can be judged further, so that everything that is wrong is told at once.
"""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from scheduler.reading.settings_file import SettingsFile, misshapen
from scheduler.validation import Path, PlanIssue
from scheduler.whatif.sections import ScenarioFile

_PARTS = ("scenarios", "grids", "samples")


def well_formed(read: SettingsFile) -> tuple[ScenarioFile, list[PlanIssue]]:
    """Return what of a file is well formed, each section in its place, and what is not.

    Of a section only the keys are left out that are wrong; one without a right name
    gets one that says where it stands.
    """
    try:
        return ScenarioFile.model_validate(read.content), []
    except ValidationError as error:
        issues = misshapen(error, ScenarioFile)
    left = _without(read.content, [issue.path for issue in issues])
    return ScenarioFile.model_validate(left), issues


def _without(content: dict[str, Any], wrong: Iterable[Path]) -> dict[str, Any]:
    """Return content without the keys in which something is wrong."""
    left = dict(content)
    for path in wrong:
        part, rest = str(path[0]), path[1:]
        if not rest or part not in _PARTS:
            left.pop(part, None)
        elif part in left:
            n = int(rest[0])
            left[part] = [*left[part]]
            left[part][n] = _section(left[part][n], part, n, rest[1:])
    return left


def _section(section: Any, part: str, n: int, rest: Path) -> dict[str, Any]:
    """Return a section without the key that is wrong; a sample is one at least."""
    stand_in = {"name": f"({part} {n + 1})"}
    if not rest or not isinstance(section, dict):
        own: dict[str, Any] = stand_in
    else:
        own = {key: value for key, value in section.items() if key != rest[0]}
    return {**stand_in, **({"count": 1} if part == "samples" else {}), **own}
