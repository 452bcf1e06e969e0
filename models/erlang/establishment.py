"""From agents needed to people employed: shrinkage and head count."""

import numpy as np
import numpy.typing as npt

from models.erlang.checks import Floats, checked
from models.errors import InvalidInput


def scheduled_agents(agents: npt.ArrayLike, shrinkage: npt.ArrayLike) -> Floats:
    """Return the agents to schedule so that ``agents`` are there: ``n / (1 - s)``.

    Parameters
    ----------
    agents
        Agents needed on the calls, any shape, ``>= 0``.
    shrinkage
        Share of scheduled time that is lost, in ``[0, 1)``.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    The fraction is kept: who adds intervals or queues up rounds last (Cleveland, *Call
    Center Management on Fast Forward*, 1997). What the roster already shows as leave,
    break or meeting is no shrinkage here.

    Examples
    --------
    >>> float(scheduled_agents(14, shrinkage=0.3))
    20.0
    """
    share = checked("shrinkage", shrinkage, "in [0, 1)")
    return np.asarray(checked("agents", agents) / (1 - share))


def establishment(
    agents: npt.ArrayLike,
    interval_hours: float,
    contract_hours: float,
    planned_shrinkage: float = 0.0,
    unplanned_shrinkage: float = 0.0,
    fit: float = 1.0,
) -> float:
    """Return the people to employ, full-time equivalents ("net staffing").

    Parameters
    ----------
    agents
        Agents needed in each interval of the time that ``contract_hours`` are for (all
        intervals of a week, say), any shape, ``>= 0``; without any shrinkage.
    interval_hours
        Length of an interval in hours, ``> 0``.
    contract_hours
        Paid hours of a full-time contract in the same time, ``> 0``.
    planned_shrinkage
        Share of paid time that the roster shows as leave, training, meetings, paid
        breaks, in ``[0, 1)``.
    unplanned_shrinkage
        Share of the rest that is lost to sickness, lateness and the like, in
        ``[0, 1)``.
    fit
        Share of rostered hours that fall where they are needed, in ``(0, 1]``: shifts
        never fit the curve of the day. A roster tells it; 1 is a lower bound.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    ``sum(agents) hours / (contract (1 - planned) (1 - unplanned) fit)``. The two kinds
    of shrinkage multiply, since who is on leave cannot also be sick (Cleveland, 1997).

    Examples
    --------
    14 agents from 8 to 18 o'clock on five days, contracts of 40 hours:

    >>> round(establishment([14] * 50, 1, 40, 0.2, 0.1), 2)
    24.31
    """
    hours = float(checked("agents", agents).sum())
    hours *= float(checked("interval_hours", interval_hours, "> 0"))
    paid = float(checked("contract_hours", contract_hours, "> 0"))
    share = float(checked("fit", fit, "in (0, 1]"))
    for name, lost in (
        ("planned_shrinkage", planned_shrinkage),
        ("unplanned_shrinkage", unplanned_shrinkage),
    ):
        share *= 1 - float(checked(name, lost, "in [0, 1)"))
    if not np.isfinite(people := hours / (paid * share)):
        raise InvalidInput(f"more people than can be counted: {people}")
    return people
