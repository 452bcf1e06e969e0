"""Benchmarks: named cases, solved under a clock, each told in one line."""

from scheduler.bench.alone import measured
from scheduler.bench.cases import (
    DEFAULT_LOAD,
    LISTED,
    PATTERN,
    Case,
    case_named,
    case_of,
    ruled,
)
from scheduler.bench.compare import Comparison, compare
from scheduler.bench.curtois import read_curtois
from scheduler.bench.figures import HEADER, Run, row
from scheduler.bench.grid import Grid, Record, Wanted, wanted_of
from scheduler.bench.results import append, read
from scheduler.bench.run import Ran, run
from scheduler.bench.session import run_all
from scheduler.bench.table import markdown

__all__ = [
    "DEFAULT_LOAD",
    "HEADER",
    "LISTED",
    "PATTERN",
    "Case",
    "Comparison",
    "Grid",
    "Ran",
    "Record",
    "Run",
    "Wanted",
    "append",
    "case_named",
    "case_of",
    "compare",
    "markdown",
    "measured",
    "read",
    "read_curtois",
    "row",
    "ruled",
    "run",
    "run_all",
    "wanted_of",
]
