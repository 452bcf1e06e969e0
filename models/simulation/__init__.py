"""Discrete events: calls and cases on a roster, minute by minute.

An independent witness: nothing here knows the formulas of ``models.erlang`` or
``models.throughput``.
"""

from models.simulation.centre import (
    Blend,
    Centre,
    FeedModel,
    KindModel,
    PartModel,
    QueueModel,
    StaffModel,
)
from models.simulation.draws import Chance, drawn
from models.simulation.replicate import played, replications

__all__ = [
    "Blend",
    "Centre",
    "Chance",
    "FeedModel",
    "KindModel",
    "PartModel",
    "QueueModel",
    "StaffModel",
    "drawn",
    "played",
    "replications",
]
