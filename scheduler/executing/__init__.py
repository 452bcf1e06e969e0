"""Where many solves run: processes of this machine, or a Ray cluster.

A task is a pure function of bytes with a key that its content gives, so that whoever
loses one runs it again and gets the same. Ray is imported only by ``on_ray``.
"""

from scheduler.executing.processes import Processes
from scheduler.executing.task import Done, Executor, Task

__all__ = ["Done", "Executor", "Processes", "Task"]
