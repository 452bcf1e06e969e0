"""Why an agent is not there, as words."""

from models.roster.problem import Agent, Stretch

ON_LEAVE, NOT_AVAILABLE, PINNED_OFF, DAY_OFF, OTHER_HOURS = (
    "on leave",
    "not available",
    "pinned off",
    "day off",
    "other hours",
)


def away(agent: Agent, day: int, whole: Stretch) -> str | None:
    """Return why an agent cannot be there in the whole of a stretch of a day."""
    for word, stretches in (
        (ON_LEAVE, agent.leave),
        (NOT_AVAILABLE, agent.unavailable),
    ):
        if any(start <= whole[0] and whole[1] <= end for start, end in stretches):
            return word
    pinned = any(pin.day == day and pin.shift is None for pin in agent.pins)
    return PINNED_OFF if pinned else None
