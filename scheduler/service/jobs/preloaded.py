"""Imported once by the server that children are forked from: what all of them need.

Machine code is loaded as well, which takes a second and more. Nothing here leaves a
thread behind: a process that is forked has none but its own.
"""

import atexit
import gc
import os
from contextlib import suppress
from importlib import import_module

from scheduler.service.jobs.work import CHILD

# Whatever is loaded is not put away one by one at the end, which may take seconds.
atexit.register(os._exit, 0)

# All of it stays: to look for rubbish in it takes time here, and memory in each child.
gc.disable()

# A child that lacks something says so; the server must not end for it.
with suppress(Exception):
    import_module(CHILD)
    import_module("models.roster.columns.warm").warm()

gc.freeze()
gc.enable()
