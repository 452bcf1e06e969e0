"""Examples of the OpenAPI document: bodies that can be sent as they are."""

import json
from collections.abc import Mapping
from typing import Any

from scheduler.samples import SAMPLES
from scheduler.writing import json_text

_SHIFT = {
    "agent_id": "T1",
    "date": "2026-03-02",
    "shift_type": "early",
    "start": "2026-03-02T08:00:00Z",
    "end": "2026-03-02T14:00:00Z",
    "paid_minutes": 330,
}
_MORE_CALLS = {"name": "a tenth more calls", "calls": [{"change": "+10%"}]}
_TWO_MORE = {"name": "two more", "agents": [{"add": 2, "like": "T1"}]}
_BURNDOWN = {
    "inflow_per_week": 540,
    "backlog": 2000,
    "weeks": 4,
    "handle_minutes": 30,
    "productive_hours_per_week": 30,
}


def add_examples(document: Mapping[str, Any]) -> None:
    """Add an example to each body of a schema that has one."""
    values = _values()
    document["components"]["examples"] = {
        name: {"summary": summary, "value": value}
        for name, (summary, value) in values.items()
    }
    for methods in document["paths"].values():
        for operation in methods.values():
            content = operation.get("requestBody", {}).get("content", {})
            body = content.get("application/json", {})
            name = body.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
            if name in values:
                place = {"$ref": f"#/components/examples/{name}"}
                body["examples"] = {"small": place}


def _values() -> dict[str, tuple[str, Any]]:
    """Return what an example is about, and its content, by schema."""
    plan = json.loads(json_text(SAMPLES["tiny"]()))
    scenarios = {"scenarios": [_MORE_CALLS, _TWO_MORE]}
    hires = {"hires": [{"name": "like T1", "like": "T1", "at_most": 2}]}
    return {
        "Plan": ("Six people, three days.", plan),
        "CheckBody": (
            "One shift of one agent, the rest of it free.",
            {"plan": plan, "roster": [_SHIFT]},
        ),
        "WhatIfBody": (
            "More calls, and more people.",
            {"plan": plan, "scenarios": scenarios},
        ),
        "HireBody": ("Up to two more like T1.", {"plan": plan, "hires": hires}),
        "ErlangQuestion": (
            "100 calls of 3 minutes in half an hour.",
            {"calls": 100, "handle_seconds": 180},
        ),
        "BurndownQuestion": ("2,000 cases to clear in four weeks.", _BURNDOWN),
    }
