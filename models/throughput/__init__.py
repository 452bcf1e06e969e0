"""Deferred work: hours between what has arrived and what is due.

Work is a fluid: a cohort is a batch of cases of one case type that arrive together and
are due together, and any fraction of it can be done. Clocks are minutes from the start
of the horizon; what arrived before is there at minute 0.
"""

from models.throughput.buffer import buffered_work
from models.throughput.capacity import (
    BurnDown,
    StructuralCheck,
    burn_down,
    conservation,
    daily_fte,
    effective_inflow,
    hours,
    required_daily_completions,
    structural_check,
    weeks_to_clear,
)
from models.throughput.chance import Chance, breach_chance
from models.throughput.checks import Floats
from models.throughput.cohorts import Cohort, curves, monotone_streams
from models.throughput.forward import Forecast, Order, forecast
from models.throughput.history import AGES, History, by_age, history
from models.throughput.items import cohorts_of
from models.throughput.rescue import Rescue, rescues

__all__ = [
    "AGES",
    "BurnDown",
    "Chance",
    "Cohort",
    "Floats",
    "Forecast",
    "History",
    "Order",
    "Rescue",
    "StructuralCheck",
    "breach_chance",
    "buffered_work",
    "burn_down",
    "by_age",
    "cohorts_of",
    "conservation",
    "curves",
    "daily_fte",
    "effective_inflow",
    "forecast",
    "history",
    "hours",
    "monotone_streams",
    "required_daily_completions",
    "rescues",
    "structural_check",
    "weeks_to_clear",
]
