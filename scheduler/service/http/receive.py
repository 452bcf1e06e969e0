"""Bodies of requests: written to a file as they come, no more than is allowed."""

import asyncio
from pathlib import Path

from fastapi import Request

from scheduler.service.http.desk.given import FORMS, JSON, ZIP
from scheduler.service.http.problems import Refusal
from scheduler.service.settings import Settings

_ALIASES = {"application/x-zip-compressed": ZIP}
_SLOWEST = 120.0  # seconds for a whole body


async def receive(request: Request, folder: Path, settings: Settings) -> str:
    """Write a body to the file ``body`` of a folder; return its form.

    Raises
    ------
    Refusal
        For another kind of content, and for too much of it.
    """
    form = form_of(request)
    megabytes = settings.body_mb if form == JSON else settings.upload_mb
    try:
        async with asyncio.timeout(_SLOWEST):
            size = await _written(request, folder / "body", int(megabytes * 1e6))
    except TimeoutError:
        raise Refusal("beyond-limits", f"it took more than {_SLOWEST:g} s") from None
    if not size:
        raise Refusal("malformed", "the body is empty")
    return form


def form_of(request: Request) -> str:
    """Return the media type of a body; refuse what is none of ours."""
    told = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    form = _ALIASES.get(told, told)
    coded = request.headers.get("content-encoding", "identity").lower() != "identity"
    if form not in FORMS or coded:
        expected = f"expected {', '.join(FORMS)}, without a Content-Encoding"
        raise Refusal("unsupported-media-type", expected)
    return form


async def _written(request: Request, path: Path, most: int) -> int:
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told) > most:
        raise _too_large(most)
    size = 0
    with path.open("xb") as file:
        async for piece in request.stream():
            size += len(piece)
            if size > most:
                raise _too_large(most)
            file.write(piece)
    return size


def _too_large(most: int) -> Refusal:
    return Refusal("too-large", f"a body of {most / 1e6:g} MB at most")
