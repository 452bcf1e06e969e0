"""Simulating a roster: from a plan and a roster to what it would give."""

from models.simulation import Blend
from scheduler.rosters.simulated import SimulateDocument
from scheduler.simulating.centre import RESUME, centre_of
from scheduler.simulating.results import Wanted, simulate

__all__ = ["RESUME", "Blend", "SimulateDocument", "Wanted", "centre_of", "simulate"]
