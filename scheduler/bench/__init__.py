"""Benchmarks: named cases, solved under a clock, each told in one line."""

from scheduler.bench.cases import DEFAULT_LOAD, LISTED, PATTERN, Case, case_named, ruled
from scheduler.bench.curtois import read_curtois
from scheduler.bench.figures import HEADER, Run, row
from scheduler.bench.run import Ran, run

__all__ = [
    "DEFAULT_LOAD",
    "HEADER",
    "LISTED",
    "PATTERN",
    "Case",
    "Ran",
    "Run",
    "case_named",
    "read_curtois",
    "row",
    "ruled",
    "run",
]
