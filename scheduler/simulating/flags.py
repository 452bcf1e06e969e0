"""Where a plan promises more than it keeps."""

from collections.abc import Iterator, Sequence

from scheduler.rosters.simulated import QueueEntry, SimulatedCases

_POINTS = 0.02  # of service level
_CASES = 0.5  # breaches of a day


def flags(
    queues: Sequence[QueueEntry], case_types: Sequence[SimulatedCases]
) -> Iterator[str]:
    """Yield a sentence for each day on which calls or cases fall short of the promise.

    Only what lies outside the interval of confidence counts.
    """
    for queue in queues:
        for day in queue.days:
            level = day.service_level
            if day.promised is None or level.mean is None:
                continue
            if level.mean + (level.half or 0) < day.promised - _POINTS:
                yield (
                    f"{queue.queue} on {day.date:%a %Y-%m-%d}: service level "
                    f"{level.mean:.1%}, {day.promised:.1%} promised"
                )
    for kind in case_types:
        for each in kind.days:
            late = each.breaches
            most = each.promised_breaches + _CASES
            if late.mean is not None and late.mean - (late.half or 0) > most:
                yield (
                    f"{kind.case_type} due on {each.date:%a %Y-%m-%d}: "
                    f"{late.mean:.1f} breaches, {each.promised_breaches:.1f} promised"
                )
