"""Tasks in this process, one after the other."""

import threading
from collections.abc import Iterator, Sequence

from scheduler.executing.task import Done, Task, perform, said


class Here:
    """Runs tasks where it is asked to, for who is in a process of its own already."""

    def run(
        self, work: str, tasks: Sequence[Task], stop: threading.Event
    ) -> Iterator[Done]:
        """Yield what comes of tasks (see ``Executor``)."""
        for task in tasks:
            if stop.is_set():
                return
            try:
                yield Done(task.key, perform(work, task.content, stop))
            except MemoryError:
                raise
            except Exception as error:
                yield Done(task.key, None, said(error))
