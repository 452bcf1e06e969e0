"""The command that describes the service: openapi."""

import json
from pathlib import Path
from typing import Annotated

import typer
from fastapi import FastAPI
from rich.text import Text

from models.errors import InvalidInput
from scheduler.cli.output import JsonFlag, give
from scheduler.rosters.cells import write_files
from scheduler.service.http.additive import breaking
from scheduler.service.http.app import include_routes
from scheduler.service.http.openapi import document


def openapi(
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write it there; refused where clients of what is there would break.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write it all the same.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """The service's OpenAPI document, for whoever writes a client."""
    app = FastAPI()
    include_routes(app)
    found = document(app)
    if out is None:
        if as_json:
            give(found, as_json=True, shown=list)
        else:
            typer.echo(_text(found), nl=False)
        return
    if out.exists() and not force:
        missed = breaking(json.loads(out.read_text(encoding="utf-8")), found)
        if missed:
            raise InvalidInput("not only added to:\n" + "\n".join(missed))
    write_files(out.parent, {out.name: _text(found)})
    give({"file": str(out)}, as_json=as_json, shown=lambda: [Text(f"written: {out}")])


def _text(found: dict[str, object]) -> str:
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"
