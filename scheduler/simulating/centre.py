"""From a plan and a roster to what the simulator plays."""

import numpy as np

from models.roster.result import Roster
from models.simulation import Blend, Centre
from scheduler.simulating.demand import MINUTE, STEP_MINUTES, kind_models, queue_models
from scheduler.simulating.staff import staff_of
from scheduler.translate import Translation

RESUME = 60.0  # seconds


def centre_of(
    translation: Translation,
    roster: Roster,
    blend: Blend = Blend.RING_FENCED,
    reserve: int = 0,
    *,
    resume: float = RESUME,
    hand_on: bool = False,
) -> Centre:
    """Return what the simulator plays of a plan and a roster with activities.

    ``resume``: seconds to find back to cases after a call, see ``kind_models``.

    Raises
    ------
    InvalidInput
        Where the reserve is negative.
    """
    problem = translation.problem
    return Centre(
        interval=MINUTE * translation.plan.horizon.interval_minutes,
        day_starts=MINUTE * np.array(problem.day_starts, dtype=float),
        queues=queue_models(translation),
        kinds=kind_models(translation, resume),
        staff=staff_of(translation, roster, blend),
        due_step=MINUTE * STEP_MINUTES,
        blend=blend,
        reserve=reserve,
        hand_on=hand_on,
    )
