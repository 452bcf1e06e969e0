"""Cells and files of the CSV tables that a roster consists of."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from models.throughput import AGES

AGE_COLUMNS = (
    *(f"age_{first:g}_{last:g}" for first, last in pairwise((0, *AGES))),
    f"age_{AGES[-1]:g}_up",
)


def number(value: float | None, digits: int = 4) -> str:
    """Return a number as a cell: no trailing zeros, empty if there is none.

    >>> number(3.0), number(0.88835123), number(None)
    ('3', '0.8884', '')
    """
    if value is None or not math.isfinite(value):
        return ""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV table with a header and lines that end in a newline."""
    import pandas as pd  # takes half a second to load, and few processes write tables

    table = pd.DataFrame(
        [list(row) for row in rows], columns=list(columns), dtype=object
    )
    return table.to_csv(index=False, lineterminator="\n")


def write_files(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Write files into a folder, which is made if need be; return their paths.

    All are written under other names first, so that a failure leaves what was there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    partial = {name: folder / f".{name}.partial" for name in texts}
    try:
        for name, text in texts.items():
            partial[name].write_text(text, encoding="utf-8", newline="")
        for name, path in partial.items():
            path.replace(folder / name)
    finally:
        for path in partial.values():
            path.unlink(missing_ok=True)
    return [folder / name for name in texts]
