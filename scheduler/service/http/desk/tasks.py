"""The table of contents of the desk: every task by its name."""

from collections.abc import Callable

from scheduler.service.http.desk import (
    calculators,
    calls,
    editing,
    hiring,
    mending,
    plans,
    resolving,
    rosters,
    showing,
    supposing,
    tables,
    warming,
)
from scheduler.service.http.desk.answering import refusal_of
from scheduler.service.http.desk.given import Answer, Given

__all__ = ["TASKS", "refusal_of"]

TASKS: dict[str, Callable[[Given], Answer]] = {
    "validate": plans.validate,
    "document": mending.document,
    "plan_workbook": plans.plan_workbook,
    "requirements": plans.requirements,
    "throughput": plans.throughput,
    "check": plans.check,
    "submit": plans.submit,
    "suppose": supposing.suppose,
    "hire": hiring.hire,
    "demo": plans.demo,
    "erlang": calculators.erlang,
    "burndown": calculators.burndown,
    "explain": rosters.explain,
    "page": rosters.page,
    "compare": rosters.compare,
    "simulate": rosters.simulate,
    "table": tables.table,
    "whole": tables.whole,
    "workbook": rosters.workbook,
    "calendar": rosters.calendar,
    "warm": warming.warm,
    "edit": editing.edit,
    "known_days": editing.known_days,
    "draft_table": showing.draft_table,
    "draft_calls": calls.draft_calls,
    "draft_page": showing.draft_page,
    "to_publish": showing.to_publish,
    "published": showing.published,
    "resolving": resolving.resolving,
}
