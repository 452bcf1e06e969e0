"""Tables of a roster as JSON."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from scheduler.rosters.document import RESULT_FILE, RosterResult
from scheduler.service.documents import (
    ActivityRow,
    ActivityTable,
    BacklogRow,
    BacklogTable,
    CoverageRow,
    CoverageTable,
    ExportDocument,
    JobMetadata,
    RosterRow,
    RosterTable,
)
from scheduler.service.http.desk.given import Answer, Given
from scheduler.tables.guarded import plain

ROWS: dict[str, type[BaseModel]] = {
    "roster": RosterRow,
    "activities": ActivityRow,
    "coverage": CoverageRow,
    "backlog": BacklogRow,
}
TABLES: dict[str, type[BaseModel]] = {
    "roster": RosterTable,
    "activities": ActivityTable,
    "coverage": CoverageTable,
    "backlog": BacklogTable,
}


def table(given: Given) -> Answer:
    """Return a table of a roster."""
    name = given.options["name"]
    found = TABLES[name](rows=list(_rows(Path(given.folder), name)))
    return Answer(found.model_dump_json().encode())


def whole(given: Given) -> Answer:
    """Return everything of a roster in one document."""
    folder = Path(given.folder)
    found = ExportDocument(
        metadata=JobMetadata.model_validate_json(given.options["metadata"]),
        result=RosterResult.model_validate_json((folder / RESULT_FILE).read_bytes()),
        **{name: list(_rows(folder, name)) for name in ROWS},
    )
    return Answer(found.model_dump_json().encode())


def _rows(folder: Path, name: str) -> Iterator[BaseModel]:
    """Yield the rows of a table: texts as they were, an empty cell is none."""
    model = ROWS[name]
    text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    texts = {n for n, field in model.model_fields.items() if field.annotation is str}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield model.model_validate(
            {
                column: plain(cell) if column in texts else cell or None
                for column, cell in row.items()
                if column is not None
            }
        )
