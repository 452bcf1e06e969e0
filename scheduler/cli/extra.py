"""Commands that need more than the core."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.errors import InvalidInput

_OURS = ("scheduler", "models")


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """Say what to install where an import of an extra's fails.

    Raises
    ------
    InvalidInput
        Then.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _OURS:
            raise
        raise InvalidInput(
            f"this needs more than is installed ({error.name}): "
            f"pip install 'ringfence[{extra}]'"
        ) from error
