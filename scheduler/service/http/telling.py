"""Events as clients read them."""

import json
from typing import NamedTuple

from fastapi.sse import format_sse_event

from scheduler.service.jobs.records import Event


class Told(NamedTuple):
    """An event as it is sent, made once for all who listen."""

    id: int
    kind: str
    sent: bytes


def told(event: Event) -> Told:
    """Return an event as it is sent: its data is JSON on one line."""
    content = {"at": event.at.isoformat(timespec="milliseconds"), **event.data}
    data = json.dumps(content, allow_nan=False, default=str)
    sent = format_sse_event(data_str=data, event=event.kind, id=str(event.id))
    return Told(event.id, event.kind, sent)
