"""Where a command's words go: the answer to standard output, the rest to error."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeVar

import typer
from rich.console import Console, RenderableType

JsonFlag = Annotated[
    bool, typer.Option("--json", help="Print one JSON document on one line.")
]
QuietFlag = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print no progress, notes or summary.")
]
NotesFlag = Annotated[bool, typer.Option("--quiet", "-q", help="Print no notes.")]
MAX_WIDTH = 100


def answers() -> Console:
    """Return the console of standard output, no wider than ``MAX_WIDTH``."""
    console = Console(highlight=False, emoji=False, markup=False)
    return _narrowed(console)


def asides(*, quiet: bool = False) -> Console:
    """Return the console of standard error: progress, notes, errors."""
    console = Console(
        stderr=True, quiet=quiet, highlight=False, emoji=False, markup=False
    )
    return _narrowed(console)


def _narrowed(console: Console) -> Console:
    console.width = min(console.width, MAX_WIDTH)
    return console


def give(
    document: Mapping[str, Any],
    *,
    as_json: bool,
    shown: Callable[[], Iterable[RenderableType]],
) -> None:
    """Print a command's answer: the document, or what people read."""
    if as_json:
        sys.stdout.write(json.dumps(document, allow_nan=False) + "\n")
        sys.stdout.flush()
        return
    console = answers()
    for part in shown():
        console.print(part)


def tell(lines: Iterable[str], *, lead: str = "note: ") -> None:
    """Print notes to standard error, one a line."""
    console = asides()
    for line in lines:
        console.print(lead + line, soft_wrap=True)


class _Noted(Protocol):
    """A document with notes."""

    @property
    def notes(self) -> list[str]: ...
    def model_dump(self, *, mode: str) -> dict[str, Any]: ...


_Document = TypeVar("_Document", bound=_Noted)


def give_noted(
    document: _Document,
    files: Iterable[Path],
    parts: Callable[[_Document, list[str]], Iterable[RenderableType]],
    *,
    quiet: bool,
    as_json: bool,
) -> None:
    """Print a document's notes and the answer, with the files that were written."""
    if not quiet:
        tell(document.notes)
    if as_json or not quiet:
        give(
            document.model_dump(mode="json"),
            as_json=as_json,
            shown=lambda: parts(document, list(map(str, files))),
        )


def made_folder(out: Path) -> Path:
    """Return a folder, made where it is missing; refuse one that cannot be made."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "it cannot be made").lower()
        raise typer.BadParameter(f"cannot write to {out}: {reason}") from error
    return out
