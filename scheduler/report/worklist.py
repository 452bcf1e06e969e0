"""The work list as people read it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.report.words import count, grid, moment, plural
from scheduler.rosters.worklist import OpenWork, Worklist


def worklist_parts(found: Worklist, most: int) -> Iterator[RenderableType]:
    """Yield who takes what next, and the first open cases in the order of work."""
    if found.tasks:
        yield _tasks(found)
    else:
        yield f"nobody is in a block of case work at {moment(found.at)}"
    yield ""
    if not found.open:
        yield "no case is open"
        return
    yield _open(found, most)
    if found.open[most:]:
        rest = sum(work.cases for work in found.open[most:])
        yield f"and {plural(rest, 'case')} after these"


def _tasks(found: Worklist) -> Table:
    table = grid(title=f"next, at {moment(found.at)}")
    for name in ("agent", "case type", "until", "take", "received", "due"):
        table.add_column(name, overflow="fold")
    for task in found.tasks:
        work = task.next
        if work is None:
            table.add_row(task.agent, task.case_type, f"{task.until:%H:%M}", "-")
            continue
        table.add_row(
            Text(task.agent),
            Text(task.case_type),
            f"{task.until:%H:%M}",
            Text(task.case_id or "the oldest"),
            f"{work.received:%a} {work.received.day} {work.received:%b %H:%M}",
            _due(work, found.at),
        )
    return table


def _open(found: Worklist, most: int) -> Table:
    table = grid(title="open, in the order of work")
    for name in ("case type", "received", "due"):
        table.add_column(name, overflow="fold")
    table.add_column("cases", justify="right", no_wrap=True)
    for work in found.open[:most]:
        table.add_row(
            Text(work.case_type),
            f"{work.received:%a} {work.received.day} {work.received:%b %H:%M}",
            _due(work, found.at),
            count(work.cases),
        )
    return table


def _due(work: OpenWork, at: dt.datetime) -> Text:
    """Return a deadline and how far it is off, red where it has passed."""
    if work.due is None:
        return Text("never")
    hours = (work.due - at).total_seconds() / 3600
    away = f"{hours:.0f} h left" if hours >= 0 else f"{-hours:.0f} h late"
    return Text(f"{moment(work.due)} ({away})", style="bold red" if work.late else "")


def worklist_document(found: Worklist) -> dict[str, Any]:
    """Return the work list for JSON."""
    return {
        "at": found.at.isoformat(),
        "tasks": [
            {
                "agent_id": task.agent,
                "case_type": task.case_type,
                "until": task.until.isoformat(),
                "case_id": task.case_id,
                "next": None if task.next is None else _work(task.next),
            }
            for task in found.tasks
        ],
        "open": [_work(work) for work in found.open],
    }


def _work(work: OpenWork) -> dict[str, Any]:
    return {
        "case_type": work.case_type,
        "received": work.received.isoformat(),
        "due": None if work.due is None else work.due.isoformat(),
        "cases": round(work.cases, 4),
        "late": work.late,
        "case_ids": list(work.case_ids),
    }
