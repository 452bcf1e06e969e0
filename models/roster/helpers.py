"""Others who work on parts of one very large problem: what may be asked of them."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Protocol


class Helpers(Protocol):
    """Processes, here or on other machines, that all hold the same thing."""

    @property
    def width(self) -> int:
        """How many pieces of work they do at a time."""

    def submit(self, work: str, content: bytes) -> Future[bytes]:
        """Hand out a piece of work and return what will come of it.

        Parameters
        ----------
        work
            ``module:function``, called with what is held and the content. It is pure:
            who lost it may be asked again, and whoever asked can do it as well.
        """


#: Opens helpers: ``module:function`` that makes what they hold out of bytes, and these.
Opener = Callable[[str, bytes], AbstractContextManager[Helpers]]
