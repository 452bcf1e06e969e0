"""From a plan and what is changed in it to another plan: plain functions.

Each changes what it says and nothing else; none changes the plan that it is given.
Names are taken as known (``names.unknown`` tells those that are not).
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from models.errors import PlanError
from scheduler.calendars import TimeAxis
from scheduler.domain import Blend, CaseType, Plan, Queue
from scheduler.reading.words import issue_of
from scheduler.tables import Calls, Inflow
from scheduler.validation import PlanIssue
from scheduler.whatif import absences, menus, overrides, staff
from scheduler.whatif.changes import (
    CIRCUMSTANCES,
    BlendChange,
    CallChange,
    CaseTimeChange,
    Changes,
    InflowChange,
    OvertimeChange,
    ShrinkageChange,
    SlaChange,
    TargetChange,
)

Model = TypeVar("Model", bound=BaseModel)


def patched(plan: Plan, changes: Changes) -> Plan:
    """Return a plan with changes: of people and terms first, then of what comes.

    Raises
    ------
    PlanError
        With a ``PlanIssue`` for each change that the plan cannot have; paths begin at
        the changes.
    """
    issues: list[PlanIssue] = []
    for key, apply in _APPLIED.items():
        for n, entry in enumerate(getattr(changes, key)):
            try:
                plan = apply(plan, entry)
            except ValidationError as error:
                found = error.errors(include_url=False, include_input=False)
                issues += [issue_of(one, (key, n)) for one in found]
            except PlanError as error:
                issues += [_under(one, (key, n)) for one in error.problems]
    try:
        plan = overrides.overridden(plan, changes.set)
    except PlanError as error:
        issues += [_under(one, ("set",)) for one in error.problems]
    if issues:
        raise PlanError(issues)
    return plan


def _under(issue: object, path: tuple[str | int, ...]) -> PlanIssue:
    assert isinstance(issue, PlanIssue)
    return PlanIssue((*path, *issue.path), issue.expected, issue.known, rule=issue.rule)


def circumstances(changes: Changes) -> Changes:
    """Return of changes those that happen to a centre, not those that it decides.

    A change by 0% is none.
    """
    found = {
        key: [one for one in getattr(changes, key) if getattr(one, "change", None) != 1]
        for key in CIRCUMSTANCES
    }
    return Changes.model_validate({key: value for key, value in found.items() if value})


def calls(plan: Plan, change: CallChange) -> Plan:
    """Return a plan with more or fewer calls."""

    def other(row: Calls) -> Calls:
        return renewed(row, calls=_number(row.calls * change.change))

    return _with_calls(plan, change, other)


def handle_time(plan: Plan, change: CallChange) -> Plan:
    """Return a plan whose calls take longer or shorter."""

    def other(row: Calls) -> Calls:
        seconds = _number(row.handle_seconds * change.change)
        return renewed(row, handle_seconds=seconds)

    return _with_calls(plan, change, other)


def _with_calls(plan: Plan, of: CallChange, other: Callable[[Calls], Calls]) -> Plan:
    axis = TimeAxis.of(plan.horizon)

    def meant(row: Calls) -> bool:
        own = of.queue in (None, row.queue)
        return own and on_day(axis.date_at(row.start), of.days)

    rows = [other(row) if meant(row) else row for row in plan.calls]
    return plan.model_copy(update={"calls": rows})


def inflow(plan: Plan, change: InflowChange) -> Plan:
    """Return a plan with more or fewer new cases."""

    def meant(row: Inflow) -> bool:
        own = change.case_type in (None, row.case_type)
        return own and on_day(row.date, change.days)

    rows = [
        renewed(row, cases=_number(row.cases * change.change)) if meant(row) else row
        for row in plan.inflow
    ]
    return plan.model_copy(update={"inflow": rows})


def case_handle_time(plan: Plan, change: CaseTimeChange) -> Plan:
    """Return a plan whose cases take longer or shorter."""

    def other(kind: CaseType) -> CaseType:
        if not kind.mix:
            minutes = _number(kind.handle_minutes * change.change)
            return renewed(kind, handle_minutes=minutes)
        mix = [
            renewed(part, handle_minutes=_number(part.handle_minutes * change.change))
            for part in kind.mix
        ]
        return renewed(kind, mix=mix)

    return _with_case_types(plan, change.case_type, other)


def shrinkage(plan: Plan, change: ShrinkageChange) -> Plan:
    """Return a plan with other unplanned shrinkage."""

    def other(one: Model) -> Model:
        was = getattr(one, "unplanned_shrinkage")  # noqa: B009  queue or case type
        share = change.to if change.to is not None else _number(was + (change.by or 0))
        return renewed(one, unplanned_shrinkage=share)

    every = change.queue is None and change.case_type is None
    if change.queue or every:
        plan = _with_queues(plan, change.queue, other)
    if change.case_type or every:
        plan = _with_case_types(plan, change.case_type, other)
    return plan


def targets(plan: Plan, change: TargetChange) -> Plan:
    """Return a plan whose queues promise something else."""
    told = _said(change, but=("queue",))
    return _with_queues(plan, change.queue, lambda queue: renewed(queue, **told))


def sla(plan: Plan, change: SlaChange) -> Plan:
    """Return a plan with other deadlines of cases."""
    told = _said(change, but=("case_type",))

    def other(kind: CaseType) -> CaseType:
        return renewed(kind, sla=renewed(kind.sla, **told))

    return _with_case_types(plan, change.case_type, other)


def overtime(plan: Plan, change: OvertimeChange) -> Plan:
    """Return a plan whose contracts allow other overtime."""
    contracts = [
        renewed(one, max_overtime_hours_per_week=change.hours)
        if change.contract in (None, one.name)
        else one
        for one in plan.contracts
    ]
    return plan.model_copy(update={"contracts": contracts})


def blend(plan: Plan, change: BlendChange) -> Plan:
    """Return a plan whose case types get their time in another way.

    What a plan counts on between calls goes with ``fill``.
    """
    told: dict[str, Any] = {"blend": change.to}
    if change.to is not Blend.FILL:
        told["fill_efficiency"] = 0.0
    elif change.fill_efficiency is not None:
        told["fill_efficiency"] = change.fill_efficiency
    return _with_case_types(plan, change.case_type, lambda kind: renewed(kind, **told))


_APPLIED: dict[str, Callable[[Plan, Any], Plan]] = {
    "agents": staff.staffed,
    "shift_types": menus.menu,
    "overtime": overtime,
    "targets": targets,
    "sla": sla,
    "blend": blend,
    "shrinkage": shrinkage,
    "case_handle_time": case_handle_time,
    "handle_time": handle_time,
    "calls": calls,
    "inflow": inflow,
    "absence": absences.absent,
}


def renewed(one: Model, **values: object) -> Model:
    """Return a row or section with other values, which are checked.

    Raises
    ------
    ValidationError
        Where one of them cannot be.
    """
    return type(one).model_validate({**dict(one), **values})


def on_day(date: Any, days: Sequence[object]) -> bool:
    """Whether a date is one of some weekdays and dates; of none: any date is.

    >>> import datetime as dt
    >>> on_day(dt.date(2026, 3, 2), ["monday"]), on_day(dt.date(2026, 3, 2), [])
    (True, True)
    """
    return not days or date in days or f"{date:%A}".lower() in days


def _with_queues(plan: Plan, name: str | None, other: Callable[[Queue], Queue]) -> Plan:
    queues = [other(one) if name in (None, one.name) else one for one in plan.queues]
    return plan.model_copy(update={"queues": queues})


def _with_case_types(
    plan: Plan, name: str | None, other: Callable[[CaseType], CaseType]
) -> Plan:
    kinds = [other(one) if name in (None, one.name) else one for one in plan.case_types]
    return plan.model_copy(update={"case_types": kinds})


def _said(change: BaseModel, but: Collection[str]) -> dict[str, Any]:
    """Return the values that are written in a change."""
    return {
        key: value
        for key, value in change
        if key in change.model_fields_set and key not in but and value is not None
    }


def _number(value: float) -> float:
    """Return a product without the dust of its last bits."""
    return round(value, 9)
