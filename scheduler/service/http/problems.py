"""What goes wrong, as problem documents (RFC 9457)."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"
TYPES = "urn:ringfence:problem:"


class Kind(NamedTuple):
    """A kind of problem: its status and its title, which never change."""

    status: int
    title: str


KINDS = {
    "malformed": Kind(400, "The request cannot be read"),
    "unauthenticated": Kind(401, "Who asks is not known"),
    "forbidden": Kind(403, "Who asks may not do that"),
    "not-found": Kind(404, "There is no such thing"),
    "method-not-allowed": Kind(405, "The resource has no such method"),
    "conflict": Kind(409, "The state of the resource does not allow that"),
    "precondition-failed": Kind(412, "Somebody else has changed it meanwhile"),
    "precondition-required": Kind(428, "It must be told which version is meant"),
    "too-large": Kind(413, "More than the service takes"),
    "unsupported-media-type": Kind(415, "The content is of another kind"),
    "invalid-request": Kind(422, "The request is not right"),
    "invalid-plan": Kind(422, "The plan is not right"),
    "unsafe-upload": Kind(422, "The file cannot be opened safely"),
    "beyond-limits": Kind(422, "It takes more than the service gives"),
    "idempotency-key-reused": Kind(422, "The key was used for another request"),
    "rate-limited": Kind(429, "Too many requests"),
    "quota": Kind(429, "The tenant has used what it may"),
    "internal": Kind(500, "The service failed"),
    "unavailable": Kind(503, "The service cannot do that now"),
}
OF_STATUS = {400: "malformed", 401: "unauthenticated", 403: "forbidden"} | {
    kind.status: name for name, kind in KINDS.items() if kind.status not in (422, 429)
}


class ErrorEntry(BaseModel):
    """One thing that is wrong, and where: a file's cell, or a JSON pointer."""

    model_config = ConfigDict(frozen=True)

    code: str = Field(description="Name of the rule that is broken.")
    pointer: str | None = Field(None, description="JSON pointer (RFC 6901).")
    parameter: str | None = Field(None, description="Of the query or a header.")
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = Field(None, description="What stands there.")
    expected: str = Field(description="What should stand there.")
    suggestion: str | None = Field(None, description="What was probably meant.")


class Problem(BaseModel):
    """What went wrong (RFC 9457), with every error at once."""

    type: str = Field(description="A URI that names the kind of problem, stable.")
    title: str = Field(description="The kind of problem, in words.")
    status: int = Field(description="Status code of the answer.")
    detail: str = Field(description="What went wrong, in words.")
    instance: str = Field(description="Path of the request.")
    trace_id: str = Field(description="Names the request in logs.")
    errors: list[ErrorEntry] = Field([], description="Everything that is wrong.")


class Refusal(Exception):
    """A request that is not carried out; it becomes a problem document."""

    def __init__(
        self,
        name: str,
        detail: str,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.name, self.detail = name, detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.name, self.detail, self.errors, self.headers)

    @property
    def status(self) -> int:
        """The status code."""
        return KINDS[self.name].status


def document(refusal: Refusal, instance: str, trace_id: str) -> Problem:
    """Return a refusal as the document that the client reads."""
    kind = KINDS[refusal.name]
    return Problem(
        type=TYPES + refusal.name,
        title=kind.title,
        status=kind.status,
        detail=refusal.detail,
        instance=instance,
        trace_id=trace_id,
        errors=[ErrorEntry.model_validate(each) for each in refusal.errors],
    )


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of these statuses."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {
                MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
        for status in statuses
    }


def of_validation(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the errors of a request's parameters and body, as pydantic found them."""
    return [_entry(each) for each in errors]


def _entry(error: Mapping[str, Any]) -> dict[str, Any]:
    where, *rest = error["loc"]
    entry: dict[str, Any] = {"code": error["type"], "expected": error["msg"]}
    if where == "body":
        entry["pointer"] = "".join(f"/{_escaped(part)}" for part in rest)
    else:
        entry["parameter"] = ".".join(str(part) for part in rest)
    value = error.get("input")
    if isinstance(value, str | int | float | bool):
        entry["value"] = str(value)[:60]
    return entry


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
