"""How often a process looks for rubbish that refers to itself."""

import gc

_RARELY = (200_000, 20, 100)


def look_rarely() -> None:
    """Have it look rarely.

    A plan of a million cases is a million objects that stay: looking for rubbish among
    them again and again takes as long as all the rest.
    """
    gc.set_threshold(*_RARELY)
