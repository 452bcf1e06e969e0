"""The files of a robust roster."""

from pathlib import Path

from scheduler.pipeline import TABLE_FILES
from scheduler.pipeline import save as save_roster
from scheduler.robust.building import Built
from scheduler.robust.document import FIGURES, RobustDocument
from scheduler.rosters.cells import csv_text, number, write_files
from scheduler.rosters.document import RESULT_FILE

TABLE_FILE, DOCUMENT_FILE = "robust.csv", "robust.json"
MEAN = "mean"  # folder of the roster for the mean
_COLUMNS = (
    "sample",
    *(f"{name}_mean" for name in FIGURES),
    *(f"{name}_robust" for name in FIGURES),
)


def save(built: Built, folder: Path) -> tuple[list[Path], list[str]]:
    """Write the roster, the one for the mean beside it, and how both did.

    Returned are the files, and what there is to say of those of an earlier run.
    """
    mean = save_roster(built.mean, folder / MEAN)
    if built.robust is None or built.document is None:
        return mean.files, [*mean.notes, *_earlier(folder)]
    own = save_roster(built.robust, folder)
    text = built.document.model_dump_json(indent=2) + "\n"
    table = table_text(built.document)
    more = write_files(folder, {TABLE_FILE: table, DOCUMENT_FILE: text})
    return [*mean.files, *own.files, *more], [*mean.notes, *own.notes]


def _earlier(folder: Path) -> list[str]:
    names = (RESULT_FILE, *TABLE_FILES, TABLE_FILE, DOCUMENT_FILE)
    there = ", ".join(name for name in names if (folder / name).exists())
    if not there:
        return []
    return [f"{folder} still has {there} of an earlier run: this one has no such"]


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
