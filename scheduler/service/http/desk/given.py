"""What a process of the desk is given, and what it answers."""

from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"
ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {JSON: ".json", ZIP: ".zip", XLSX: ".xlsx"}


@dataclass(frozen=True)
class Bounds:
    """How much an upload may hold once it is unpacked.

    Attributes
    ----------
    ratio
        Most inflated bytes for each byte of a compressed file, from a megabyte on.
    rows
        Most lines of a table.
    """

    inflated_bytes: int = 200_000_000
    ratio: int = 100
    rows: int = 1_000_000
    files: int = 200


@dataclass(frozen=True)
class Given:
    """What is to be worked on.

    Attributes
    ----------
    folder
        Where the files are; what else is written there is thrown away.
    form
        Media type of the file ``body`` in it, if there is one.
    options
        What else was asked, by name.
    """

    folder: str
    form: str = JSON
    options: dict[str, Any] = field(default_factory=dict)
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True)
class Answer:
    """What came of it; ``told`` is what the server itself wants to know."""

    body: bytes
    media_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
