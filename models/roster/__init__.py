"""Rosters: the problem, the engines that solve it, and the checker apart."""
