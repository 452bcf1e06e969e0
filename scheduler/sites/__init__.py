"""Many sites: each with its plan, solved apart; shared queues are divided among them.

What is divided is the people that a shared queue needs in an interval. Prices of the
sites' own bounds say what no division can cost less than, and how to divide better.
"""
