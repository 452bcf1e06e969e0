"""The planner's page: files that everybody may have; what they ask for needs a key."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scheduler.service.http.problems import Refusal
from scheduler.service.http.routes.rosters import is_known
from scheduler.web import PAGE, POLICY, web_file


async def page(request: Request) -> Response:
    """Return a file of the page; without a name the page itself."""
    found = web_file(request.path_params.get("name", PAGE))
    if found is None:
        raise Refusal("not-found", "there is no such file")
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-cache",
        "ETag": found.etag,
    }
    if is_known(request.headers.get("if-none-match"), found.etag):
        return Response(status_code=304, headers=headers)
    return Response(found.content, headers=headers, media_type=found.media_type)


ROUTES = (Route("/", page), Route("/web/{name:path}", page))
