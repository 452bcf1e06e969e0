"""Compiled dynamic programs: what fills a shift, and which shifts make a tour.

They work on whole numbers alone (values in ``units.FINE`` parts of a cost unit), so
that what they find best is best exactly.
"""
