"""What an hour of planning is worth: the usual heuristic beside ours."""
