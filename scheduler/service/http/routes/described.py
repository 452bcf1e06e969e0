"""The OpenAPI document: the file that is committed, made by ``make openapi``.

To make it takes seconds of a processor, and it is the same for every server.
"""

import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scheduler.service.http.routes.rosters import is_known

_FILE = "openapi.json"


async def openapi(request: Request) -> Response:
    """Return the OpenAPI document."""
    content, etag = _document()
    headers = {"Cache-Control": "no-cache", "ETag": etag}
    if is_known(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/json")


@cache
def _document() -> tuple[bytes, str]:
    content = (files("scheduler.service") / _FILE).read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()}"'


ROUTES = (Route("/openapi.json", openapi),)
