"""Events as clients read them."""

import json

from scheduler.service.jobs.backend import Event


def event_text(event: Event) -> str:
    """Return what an event says, as JSON on one line."""
    content = {"at": event.at.isoformat(timespec="milliseconds"), **event.data}
    return json.dumps(content, allow_nan=False, default=str)
