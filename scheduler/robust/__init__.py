"""A roster whose shifts do well over samples of what may come.

Shifts are settled before it is known what comes; breaks, calls and case blocks follow
when it is. ``building`` finds the shifts, ``trial`` tries them on samples that they
were not made for.
"""
