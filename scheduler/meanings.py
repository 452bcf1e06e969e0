"""What properties of documents mean, where their models leave it to their names.

Names are one each in all documents, and so are their meanings: what is said here once
is what schemas, the OpenAPI document and the planner's page say of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

MEANINGS: Mapping[str, str] = {
    "agent": "Id of the agent, as in agents.csv.",
    "agent_id": "Id of the agent, as in agents.csv.",
    "bound": "No roster costs less, paid hours.",
    "case_type": "Name of the case type.",
    "column": "Name of the column.",
    "contract": "Name of the contract.",
    "date": "The day, as the plan counts them.",
    "end": "When it ends.",
    "engine": "What searches: columns, cpsat, milp or milp-cbc.",
    "expected": "What should stand there.",
    "file": "Name of the file.",
    "format": "Version of this format.",
    "gap": "(objective - bound) / bound; null where either is unknown.",
    "hours_fill": "Agent-hours for cases between calls, beside hours_rostered.",
    "hours_needed": "Agent-hours that the cases due take.",
    "hours_rostered": "Agent-hours in blocks for cases.",
    "legal": "Whether it breaks no rule.",
    "locale": "Language and country of numbers and dates, such as de-DE.",
    "message": "What is wrong, in words.",
    "name": "Its name.",
    "notes": "What is worth knowing of it, in words.",
    "objective": "Cost of the roster, paid hours.",
    "objective_parts": "What each goal costs, paid hours.",
    "op": "What is changed.",
    "overtime_hours": "Paid hours beyond contracts' hours.",
    "paid_hours": "Hours that are paid.",
    "paid_minutes": "Minutes of it that are paid.",
    "plan_hash": "SHA-256 of the plan.",
    "queue": "Name of the queue, or of queues that share agents.",
    "required_hours": "Agent-hours that the calls need.",
    "rostered_hours": "Agent-hours on calls, by the speed of agents.",
    "row": "Number of the row, as the file counts them.",
    "rule": "Name of the rule.",
    "seconds": "Seconds that it took.",
    "seed": "Of random choices: the same seed, the same choices.",
    "service_level": "Calls answered in time / offered; null without calls.",
    "sheet": "Name of the sheet.",
    "shift_type": "Name of the shift type.",
    "short_hours": "Agent-hours missing on calls, interval by interval.",
    "start": "When it starts.",
    "submitted_at": "When it was submitted.",
    "suggestion": "What was probably meant.",
    "tags": "To find it by.",
    "team": "Name of the team.",
    "time_zone": "IANA name, such as Europe/London.",
    "valid": "Whether the plan is right.",
    "value": "What stands there.",
    "versions": "Versions of the program and its solvers, by name.",
    "violations": "Breaches of rules, how many.",
    "workers": "Threads.",
}


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """Give each property of a JSON Schema that has no description its meaning.

    What refers to another schema means what that says of itself first. The schema is
    changed, and returned.

    >>> described({"properties": {"agent_id": {"type": "string"}}})
    {'properties': {'agent_id': {'type': 'string', 'description': 'Id of the agent, as \
in agents.csv.'}}}
    """
    named = schema.get("$defs", schema.get("schemas", {}))
    for name, told in _properties(schema):
        if "description" not in told:
            words = MEANINGS.get(name) or _said_by(told, named)
            if words:
                told["description"] = words
    return schema


def _said_by(told: Mapping[str, Any], named: Mapping[str, Any]) -> str:
    """Return what the schema says of itself that a property refers to."""
    if "$ref" in told:
        referred = named[told["$ref"].rpartition("/")[2]]
        return " ".join(referred.get("description", "").partition("\n\n")[0].split())
    given = [one for one in told.get("anyOf", ()) if one.get("type") != "null"]
    inside = given[0] if len(given) == 1 else told.get("items", {})
    return _said_by(inside, named) if inside else ""


def _properties(content: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the properties of all schemas in a document by name."""
    if isinstance(content, dict):
        if isinstance(found := content.get("properties"), dict):
            yield from found.items()
        content = list(content.values())
    if isinstance(content, list):
        for one in content:
            yield from _properties(one)
