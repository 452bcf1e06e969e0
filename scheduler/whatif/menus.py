"""Another menu of shifts."""

from collections.abc import Iterator

from pydantic import ValidationError

from models.errors import PlanError
from scheduler.domain import Plan, ShiftType
from scheduler.reading.words import issue_of
from scheduler.validation import Path, PlanIssue
from scheduler.whatif.changes import MenuChange, ShiftChange

_OURS = ("like", "contracts")


def menu(plan: Plan, change: MenuChange) -> Plan:
    """Return a plan with another menu of shifts.

    Raises
    ------
    PlanError
        Where a shift type cannot be as it is told, or a contract is left with none.
    """
    issues: list[PlanIssue] = []
    for n, each in enumerate(change.change):
        issues += _unheard(plan, each, ("change", n))
        try:
            plan = _changed(plan, each)
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False)
            issues += [issue_of(one, ("change", n)) for one in found]
    left = [one for one in plan.shift_types if one.name not in change.remove]
    contracts = []
    for contract in plan.contracts:
        kept = [name for name in contract.shift_types if name not in change.remove]
        if not kept:
            expected = f"a shift type that is left for contract {contract.name!r}"
            issues.append(PlanIssue(("remove",), expected, rule="none_left"))
        contracts.append(contract.model_copy(update={"shift_types": kept}))
    if issues:
        raise PlanError(issues)
    return plan.model_copy(update={"shift_types": left, "contracts": contracts})


def _unheard(plan: Plan, change: ShiftChange, path: Path) -> Iterator[PlanIssue]:
    """Yield what only a new shift type can have, of one that there is."""
    if any(one.name == change.name for one in plan.shift_types):
        expected = "nothing: the plan has this shift type, only a new one can have it"
        for key in _OURS:
            if key in change.model_fields_set:
                yield PlanIssue((*path, key), expected, rule="not_new")


def _changed(plan: Plan, change: ShiftChange) -> Plan:
    """Return a plan with a shift type that is other, or new."""
    known = {one.name: one for one in plan.shift_types}
    told = {
        key: value
        for key, value in change
        if key in change.model_fields_set and key not in _OURS and value is not None
    }
    pattern = known.get(change.name) or known.get(change.like or "")
    other = ShiftType.model_validate({**(dict(pattern) if pattern else {}), **told})
    if change.name in known:
        kinds = [other if one.name == other.name else one for one in plan.shift_types]
        return plan.model_copy(update={"shift_types": kinds})
    contracts = [
        one.model_copy(update={"shift_types": [*one.shift_types, other.name]})
        if _gets(one.name, one.shift_types, change)
        else one
        for one in plan.contracts
    ]
    kinds = [*plan.shift_types, other]
    return plan.model_copy(update={"shift_types": kinds, "contracts": contracts})


def _gets(contract: str, has: list[str], change: ShiftChange) -> bool:
    """Whether a contract gets a new shift type."""
    if change.contracts is not None:
        return contract in change.contracts
    return change.like is None or change.like in has
