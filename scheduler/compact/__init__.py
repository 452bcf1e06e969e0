"""The compact model as a file for any solver, and a solver's solution as a roster."""

from scheduler.compact.export import FORMATS, Exported, export
from scheduler.compact.solution import read_solution

__all__ = ["FORMATS", "Exported", "export", "read_solution"]
