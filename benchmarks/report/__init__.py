"""RESULTS.md and the README's short version, from one run's results files."""

from benchmarks.report.page import write

__all__ = ["write"]
