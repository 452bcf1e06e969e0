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

    @staticmethod
    def late(in_time: Floats, level: Floats, target: float) -> Floats:
        """Return the share of calls that is late, as the target of a day sees it.

        The mean level of intervals reaches the target exactly if late calls of all of
        them are at most ``1 - target`` of those offered. Calls that do not count are
        late by what the target lacks: ``1 - in_time - target (1 - counted)``.

        Parameters
        ----------
        in_time
            Answered in time / offered.
        level
            Answered in time / those who count: the level by this definition.
        """
        counted = np.divide(
            in_time, level, out=np.ones_like(in_time), where=level > 0
        ).clip(0, 1)
        return np.asarray((1 - in_time - target * (1 - counted)).clip(0, 1))
