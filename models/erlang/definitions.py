"""What service level may mean."""

from enum import StrEnum

import numpy as np

from models.erlang.checks import Floats


class Definition(StrEnum):
    """Which calls count as served, out of which; the default is ``OFFERED``.

    Whoever gives up was not answered in time in any of them; they differ in who counts
    at all. The more callers give up, the farther they are apart.
    """

    OFFERED = "offered"  #: answered in time / offered
    ANSWERED = "answered"  #: answered in time / answered
    #: answered in time / (offered less those who gave up within the threshold)
    OFFERED_LESS_EARLY = "offered-less-early-abandons"

    def level(self, in_time: Floats, lost: Floats, early: Floats) -> Floats:
        """Return the service level, given shares of the offered calls.

        ``early`` of the ``lost`` gave up within the threshold. Where nobody counts, as
        when nobody was answered, the level is 0.
        """
        if self is Definition.OFFERED:
            return in_time
        counted = 1 - (lost if self is Definition.ANSWERED else early)
        return np.divide(
            in_time, counted, out=np.zeros_like(in_time), where=counted > 0
        ).clip(0, 1)
