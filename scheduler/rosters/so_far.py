"""What is short while a roster is being built, worked out many times a minute."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.roster import predict
from models.roster.check.goals import accounts_of
from models.roster.problem import FULL_SPEED, WORK_PER_MINUTE
from models.roster.result import Gives
from models.throughput import Cohort
from scheduler.rosters.outlook import outermost
from scheduler.rosters.so_far_document import (
    LateCases,
    ShortInterval,
    ShortQueue,
    SoFar,
)
from scheduler.translate import QueueDemand, Translation
from scheduler.translate.demand import centi_agents

_WORST = 5  # intervals told of a queue
_DIGITS = 2


def so_far(translation: Translation, gives: Gives) -> SoFar:
    """Return what a roster under way leaves short and late."""
    problem, axis = translation.problem, translation.axis
    covers = zip(translation.demands, gives.cover, strict=True)
    widest = outermost(translation.demands)
    kept = accounts_of(problem, gives.room.tolist())
    return SoFar(
        days=[axis.date(day) for day in range(problem.days)],
        queues=[
            _queue(translation, demand, row)
            for q, (demand, row) in enumerate(covers)
            if len(demand.queues) == 1 or q in widest
        ],
        case_types=[
            _late(translation, problem.works[cases.work].name, own.late, cohorts)
            for cases, own, cohorts in zip(
                problem.cases, kept, translation.cohorts, strict=True
            )
        ],
    )


def _queue(
    translation: Translation, demand: QueueDemand, cover: npt.NDArray[np.int64]
) -> ShortQueue:
    problem, axis = translation.problem, translation.axis
    periods = demand.minutes // problem.period
    missing = np.maximum(0, centi_agents(demand.least, periods) - cover)
    hours = missing * problem.period / 60 / FULL_SPEED
    people = predict.people_on_calls(missing, periods)
    people = np.where(demand.starts < problem.day_starts[-1], people, 0)
    worst = np.argsort(-people, kind="stable")[:_WORST]
    return ShortQueue(
        queue=demand.name,
        queues=list(demand.queues),
        short_hours=[
            _hours(hours, first // problem.period, end // problem.period)
            for first, end in pairwise(problem.day_starts)
        ],
        worst=[
            ShortInterval(
                start=axis.moment(int(demand.starts[i])),
                people=round(float(people[i]), _DIGITS),
            )
            for i in sorted(worst.tolist())
            if people[i] > 0
        ],
    )


def _hours(hours: npt.NDArray[np.float64], first: int, end: int) -> float:
    return round(float(hours[first:end].sum()), _DIGITS)


def _late(
    translation: Translation,
    case_type: str,
    late: Sequence[int],
    cohorts: Sequence[Cohort],
) -> LateCases:
    problem = translation.problem
    minutes = [
        late[bisect_right(problem.cuts, end) - 1] / WORK_PER_MINUTE
        for end in problem.day_starts[1:]
    ]
    items = sum(each.items for each in cohorts)
    mean = sum(each.work_minutes for each in cohorts) / items if items else 0.0
    return LateCases(
        case_type=case_type,
        late=[round(each / mean, _DIGITS) if mean else 0.0 for each in minutes],
        late_hours=[round(each / 60, _DIGITS) for each in minutes],
    )
