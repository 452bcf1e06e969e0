"""Other people's solvers beside ours, each in an environment of its own."""
