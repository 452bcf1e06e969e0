"""The hour of `make bench`: everything of RESULTS.md in one run."""
