"""What an agent sees by a link: the own published weeks, and nothing else."""

import datetime as dt
from collections.abc import Sequence

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scheduler.exports import own_week
from scheduler.service.http.problems import Refusal
from scheduler.service.http.service import service_of
from scheduler.service.store.published import Link

_HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}
_ICS = ".ics"
_LONGEST = 100


async def own(request: Request) -> Response:
    """Return an agent's page, or with ``.ics`` the calendar."""
    service = service_of(request)
    name: str = request.path_params["token"]
    is_calendar, token = name.endswith(_ICS), name.removesuffix(_ICS)
    address = request.client.host if request.client else ""
    service.rates.refuse_guessing(address)
    link = None
    if len(token) <= _LONGEST:
        link = await run_in_threadpool(service.published.opened, token)
    if link is None:
        service.rates.guessed(address)
        raise Refusal("not-found", "the link opens nothing", headers=_HEADERS)
    service.rates.take_link(link.id)
    weeks = await run_in_threadpool(_weeks, request, link)
    if is_calendar:
        text = own_week.calendar(weeks, link.agent)
        return Response(text, headers=_HEADERS, media_type="text/calendar")
    now = dt.datetime.now(dt.UTC)
    html = own_week.page(weeks, link.agent, now, f"/a/{token}{_ICS}")
    headers = {**_HEADERS, "Content-Security-Policy": own_week.POLICY}
    return Response(html, headers=headers, media_type="text/html")


def _weeks(request: Request, link: Link) -> Sequence[own_week.OwnWeek]:
    return [
        own_week.OwnWeek(
            plan=version.name,
            time_zone=version.time_zone,
            first_day=dt.date.fromisoformat(version.first_day),
            days=version.days,
            number=version.number,
            published=version.at,
            rows=week,
            name=week.get("name", ""),
        )
        for version, week in service_of(request).published.weeks_of(link)
    ]


ROUTES = (Route("/a/{token}", own),)
