"""Connections: how many there may be, and how long the header of a request may take.

uvicorn waits for a header for ever, and takes every connection that comes: who opens
thousands of them and says nothing would leave the process no file to open, not even its
database.
"""

import asyncio
import resource

from uvicorn.protocols.http.h11_impl import H11Protocol

_OTHERS = 200  # files that the process opens beside connections
_REFUSED = 100  # connections at a time that hear that there are too many


class Connection(H11Protocol):
    """A connection that is closed where the header of a request is late.

    It is read by h11, whatever else is installed: that bounds the size of a header.
    """

    header_seconds = 10.0
    refused = _REFUSED
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a header; close at once what is beyond all bounds."""
        super().connection_made(transport)
        most = self.limit_concurrency
        if most is not None and len(self.connections) > most + self.refused:
            transport.abort()
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait for the rest of a header, no longer where there is all of it."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._wait_no_more()
        elif self._late is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._late = self.loop.call_later(self.header_seconds, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def most_connections(wanted: int) -> int:
    """Return how many connections there may be, of so many that are wanted.

    Each is a file that the process has open, and the system allows only so many.
    """
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY:
        return wanted
    return max(1, min(wanted, allowed - _OTHERS - _REFUSED))
