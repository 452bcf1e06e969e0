"""The command that exports the formats: schema."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from scheduler.cli.output import JsonFlag, give
from scheduler.exports.schedule_genesys import GenesysSchedule
from scheduler.hiring.document import HireDocument
from scheduler.hiring.sections import HiringFile
from scheduler.meanings import described
from scheduler.reading import plan_schema
from scheduler.robust.document import RobustDocument
from scheduler.rosters.cells import write_files
from scheduler.rosters.compared import CompareDocument
from scheduler.rosters.document import RosterResult
from scheduler.rosters.explained import ExplainDocument
from scheduler.rosters.scored import ScoreDocument
from scheduler.rosters.worth import WorthDocument
from scheduler.simulating import SimulateDocument
from scheduler.sites.document import SitesDocument
from scheduler.whatif.document import WhatIfDocument
from scheduler.whatif.sections import ScenarioFile


def schema(
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write plan.schema.json and the others there."
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """JSON Schema of the plan, the result, scores, comparisons and the others."""
    schemas = {
        "plan": plan_schema(),
        "result": _schema_of(RosterResult, "Ringfence result"),
        "score": _schema_of(ScoreDocument, "Ringfence score"),
        "compare": _schema_of(CompareDocument, "Ringfence comparison"),
        "worth": _schema_of(WorthDocument, "Ringfence worth"),
        "simulate": _schema_of(SimulateDocument, "Ringfence simulation"),
        "explain": _schema_of(ExplainDocument, "Ringfence explanation"),
        "genesys": _schema_of(GenesysSchedule, "Ringfence schedule for Genesys"),
        "whatif": _schema_of(WhatIfDocument, "Ringfence what-if"),
        "robust": _schema_of(RobustDocument, "Ringfence robust roster"),
        "scenarios": scenario_schema(),
        "sites": _schema_of(SitesDocument, "Ringfence sites"),
        "hires": _format_of(HiringFile, "Ringfence hires"),
        "hire": _schema_of(HireDocument, "Ringfence hiring plan"),
    }
    if out is not None:
        texts = {f"{name}.schema.json": _text(one) for name, one in schemas.items()}
        write_files(out, texts)
    if as_json:
        give(schemas, as_json=True, shown=list)
    elif out is None:
        typer.echo(_text(schemas), nl=False)


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file of scenarios."""
    return _format_of(ScenarioFile, "Ringfence scenarios")


def _format_of(model: type[BaseModel], title: str) -> dict[str, Any]:
    """Return the JSON Schema of a file that a command reads."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **described(model.model_json_schema()),
        "title": title,
    }


def _schema_of(model: type[BaseModel], title: str) -> dict[str, Any]:
    """Return the JSON Schema of what a command prints or writes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **described(model.model_json_schema(mode="serialization")),
        "title": title,
    }


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
