"""A draft as tables and as a page; what is published of one."""

from pathlib import Path
from typing import Any

from models.roster.result import Roster
from scheduler.preparing import Prepared
from scheduler.report.page.content import page_document
from scheduler.report.page.sources import read_sources
from scheduler.rosters.changes import day_changes
from scheduler.rosters.reading import read_known
from scheduler.rosters.record import violation_entries
from scheduler.service.http.desk.answering import as_model
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.desk.held import (
    COLD,
    laid_out,
    standing_of,
    texts_of,
    unjudged,
)
from scheduler.service.http.desk.tables import TABLES


def draft_table(given: Given) -> Answer:
    """A draft's shifts, or what fills them, as the table of a roster."""
    found = standing_of(given)
    if found is None:
        return COLD
    base, standing = found
    rows: list[Any] = []
    for a, week in standing.weeks.items():
        name = base.prepared.problem.agents[a].name
        own = base.names.rows(name, base.names.kept(week))
        rows += own[given.options["table"]]
    return as_model(TABLES[given.options["table"]], {"rows": rows})


def draft_page(given: Given) -> Answer:
    """Everything that a report shows, of a draft."""
    base, standing = laid_out(given)
    folder = Path(given.folder) / "draft"
    folder.mkdir()
    for name, text in texts_of(base, standing.roster).items():
        (folder / name).write_text(text, encoding="utf-8")
    sources = read_sources(base.prepared, folder)
    return Answer(page_document(sources).model_dump_json().encode())


def to_publish(given: Given) -> Answer:
    """What a roster would change if it were published."""
    return Answer(b"{}", told={"changes": _changes(given, *unjudged(given))})


def _changes(given: Given, prepared: Prepared, roster: Roster) -> list[dict[str, Any]]:
    """Return what has changed since the version before; nothing in the first one."""
    folder, translation = Path(given.folder) / "before", prepared.translation
    if not folder.is_dir():
        return []
    read = read_known(folder, prepared.problem, translation.axis, translation.plan)
    return [
        change.model_dump(mode="json", exclude={"agent_name"})
        for change in day_changes(translation, read.roster, roster)
    ]


def published(given: Given) -> Answer:
    """What is to be kept of a roster that is published, and what has changed in it."""
    base, standing = laid_out(given)
    axis, plan = base.prepared.translation.axis, base.prepared.translation.plan
    entries = violation_entries(standing.violations, axis)
    called = {agent.agent_id: agent.name for agent in plan.agents}
    told = {
        "violations": [entry.model_dump(mode="json") for entry in entries],
        "changes": _changes(given, base.prepared, standing.roster),
        "weeks": {
            agent.name: {
                **base.names.rows(agent.name, base.names.kept(standing.weeks[a])),
                "name": called.get(agent.name, ""),
            }
            for a, agent in enumerate(base.prepared.problem.agents)
        },
        "files": texts_of(base, standing.roster),
        "name": plan.name,
    }
    return Answer(b"{}", told=told)
