"""Engine ``columns``: two-level column generation, and search on whole rosters."""
