"""Links of the OpenAPI document: what can be asked next of what an answer tells."""

from collections.abc import Iterator, Mapping
from typing import Any

#: Operations whose answers name something, and the parameter of paths that takes it.
_NAMED = {
    "submit": ("202", "job_id"),
    "solve": ("202", "job_id"),
    "draft": ("201", "draft_id"),
    "publish": ("201", "version_id"),
    "publish_draft": ("201", "version_id"),
    "make_link": ("201", "link_id"),
}
_SEEN = {"draft_id": "$request.path.draft_id", "If-Match": "$response.header.ETag"}


def add_links(document: Mapping[str, Any]) -> None:
    """Say of each answer that names something what can be asked of that."""
    by_name = {each["operationId"]: each for each in _operations(document)}
    for name, (status, place) in _NAMED.items():
        answer = by_name[name]["responses"][status]
        answer["links"] = _links(by_name, {place: "$response.body#/id"})
    by_name["read_draft"]["responses"]["200"]["links"] = _links(by_name, _SEEN)


def _links(
    by_name: Mapping[str, Mapping[str, Any]], told: Mapping[str, str]
) -> dict[str, Any]:
    """Return links to all operations that take such parameters."""
    return {
        name: {"operationId": name, "parameters": dict(told)}
        for name, operation in by_name.items()
        if told.keys() <= {one["name"] for one in operation.get("parameters", ())}
    }


def _operations(document: Mapping[str, Any]) -> Iterator[Any]:
    for path in document["paths"].values():
        yield from path.values()
