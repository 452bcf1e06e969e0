"""The files of a robust roster."""

from pathlib import Path

from scheduler.pipeline import save as save_roster
from scheduler.robust.building import Built
from scheduler.robust.document import FIGURES, RobustDocument
from scheduler.rosters.cells import csv_text, number, write_files

TABLE_FILE, DOCUMENT_FILE = "robust.csv", "robust.json"
MEAN = "mean"  # folder of the roster for the mean
_COLUMNS = (
    "sample",
    *(f"{name}_mean" for name in FIGURES),
    *(f"{name}_robust" for name in FIGURES),
)


def save(built: Built, folder: Path) -> list[Path]:
    """Write the roster, the one for the mean beside it, and how both did."""
    files = save_roster(built.mean, folder / MEAN).files
    if built.robust is None or built.document is None:
        return files
    files += save_roster(built.robust, folder).files
    text = built.document.model_dump_json(indent=2) + "\n"
    table = table_text(built.document)
    return files + write_files(folder, {TABLE_FILE: table, DOCUMENT_FILE: text})


def table_text(document: RobustDocument) -> str:
    """Return the unseen samples, one a row."""
    return csv_text(
        _COLUMNS,
        (
            [
                str(one.sample),
                *(number(getattr(one.mean, name)) for name in FIGURES),
                *(number(getattr(one.robust, name)) for name in FIGURES),
            ]
            for one in document.tried
        ),
    )
