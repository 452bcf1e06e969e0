"""Lists of jobs: what a filter asks for, and cursors for the next page."""

import base64
import datetime as dt
import json
from typing import Any

from sqlalchemy import ColumnElement, Row, exists

from scheduler.service.jobs.backend import NoSuchCursor
from scheduler.service.jobs.records import JobFilter
from scheduler.service.store.tables import job_tags, jobs


def conditions(wanted: JobFilter) -> list[ColumnElement[bool]]:
    """Return what a filter asks for."""
    found: list[ColumnElement[bool]] = []
    if wanted.statuses:
        found.append(jobs.c.status.in_(wanted.statuses))
    if wanted.kind is not None:
        found.append(jobs.c.kind == wanted.kind)
    if wanted.tag is not None:
        tagged = exists().where(
            job_tags.c.job == jobs.c.id, job_tags.c.tag == wanted.tag
        )
        found.append(tagged)
    if wanted.created_after is not None:
        found.append(jobs.c.submitted_at > wanted.created_after)
    return found


def cursor_after(row: Row[Any]) -> str:
    """Return the cursor of what follows a row."""
    text = json.dumps([row.submitted_at.isoformat(), row.id])
    return base64.urlsafe_b64encode(text.encode()).decode()


def place_of(cursor: str) -> tuple[Any, str]:
    """Return the place of a cursor."""
    try:
        moment, job = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return dt.datetime.fromisoformat(moment), str(job)
    except (ValueError, TypeError) as error:
        raise NoSuchCursor(f"no cursor {cursor!r}") from error
