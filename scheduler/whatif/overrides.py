"""Any key of a plan, by its path: names stand for positions in lists."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from models.errors import PlanError
from scheduler.domain import Plan
from scheduler.reading.settings_file import named
from scheduler.reading.words import issue_of, keys_at
from scheduler.tables import TABLES
from scheduler.validation import Path, PlanIssue
from scheduler.whatif.changes import Overrides


def overridden(plan: Plan, values: Overrides) -> Plan:
    """Return a plan with other values; what is no table of keys replaces what is there.

    Raises
    ------
    PlanError
        With everything that cannot be set.
    """
    if not values:
        return plan
    settings = plan.model_dump(mode="json", exclude=set(TABLES))
    whole = {name: getattr(plan, name) for name in TABLES if name not in values}
    tables = {name: values[name] for name in TABLES if name in values}
    rest = {key: value for key, value in values.items() if key not in tables}
    issues = list(_merged(settings, rest, ()))
    if issues:
        raise PlanError(issues)
    try:
        return Plan.of({**settings, **whole, **tables})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        told = [issue_of(one) for one in found]
        raise PlanError(
            [
                PlanIssue(
                    named(settings, one.path), one.expected, one.known, rule=one.rule
                )
                for one in told
            ]
        ) from error


def _merged(
    content: dict[str, Any], values: Overrides, path: Path
) -> Iterator[PlanIssue]:
    """Put values where they belong; yield those that belong nowhere."""
    for key, value in values.items():
        own, here = (*path, key), content.get(key)
        if not isinstance(value, dict):
            content[key] = value
        elif isinstance(here, list):
            yield from _in_list(here, value, own)
        elif isinstance(here, dict):
            yield from _merged(here, value, own)
        elif here is None and _is_known(key, content, path):
            content[key] = value
        else:
            known = content if isinstance(content, dict) else keys_at(path)
            yield PlanIssue(own, "a key of the plan", list(known), rule="no_key")


def _is_known(key: str, content: dict[str, Any], path: Path) -> bool:
    """Whether a key may come anew: it is one of names, or it is left out so far."""
    return key in content or path in (("calendars",),)


def _in_list(entries: list[Any], values: Overrides, path: Path) -> Iterator[PlanIssue]:
    """Put values into the entries of a list that have these names."""
    named = {
        entry["name"]: entry
        for entry in entries
        if isinstance(entry, dict) and "name" in entry
    }
    for name, value in values.items():
        if name in named and isinstance(value, dict):
            yield from _merged(named[name], value, (*path, name))
        else:
            expected = "the name of an entry, and a key of it"
            if not named:
                expected = "a whole list: its entries have no names"
            yield PlanIssue((*path, name), expected, list(named), rule="no_entry")
