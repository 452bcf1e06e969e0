"""Links of the OpenAPI document: what can be asked next of what an answer tells."""

from collections.abc import Mapping
from typing import Any

#: Operations whose answers name something, and the paths that take its name.
_NAMED = {
    "submit": ("202", "/v1/rosters/", "job_id"),
    "solve": ("202", "/v1/rosters/", "job_id"),
    "suppose": ("202", "/v1/whatifs/", "job_id"),
    "submit_hire": ("202", "/v1/hires/", "job_id"),
    "draft": ("201", "/v1/drafts/", "draft_id"),
    "publish": ("201", "/v1/versions/", "version_id"),
    "publish_draft": ("201", "/v1/versions/", "version_id"),
    "make_link": ("201", "/v1/agent-links/", "link_id"),
}
_SEEN = {"draft_id": "$request.path.draft_id", "If-Match": "$response.header.ETag"}


def add_links(document: Mapping[str, Any]) -> None:
    """Say of each answer that names something what can be asked of that."""
    for name, (status, under, place) in _NAMED.items():
        answer = _operations(document)[name]["responses"][status]
        answer["links"] = _links(document, under, {place: "$response.body#/id"})
    seen = _operations(document)["read_draft"]["responses"]["200"]
    seen["links"] = _links(document, "/v1/drafts/", _SEEN)


def _links(
    document: Mapping[str, Any], under: str, told: Mapping[str, str]
) -> dict[str, Any]:
    """Return links to all operations of such paths that take such parameters."""
    return {
        name: {"operationId": name, "parameters": dict(told)}
        for name, operation in _operations(document, under).items()
        if told.keys() <= {one["name"] for one in operation.get("parameters", ())}
    }


def _operations(document: Mapping[str, Any], under: str = "/") -> dict[str, Any]:
    """Return the operations of paths that start so, by their names."""
    return {
        each["operationId"]: each
        for path, methods in document["paths"].items()
        if path.startswith(under)
        for each in methods.values()
    }
