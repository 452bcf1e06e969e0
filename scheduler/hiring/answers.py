"""Answers of tasks: those found before are on the disk, others run on an executor."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scheduler.executing import Executor, Task
from scheduler.whatif.stored import Store


@dataclass(eq=False)
class Answers:
    """What tasks answer.

    Attributes
    ----------
    errors
        Of those that failed, by key.
    found
        How many were run; those that an earlier run has answered are not.
    """

    store: Store
    executor: Executor
    errors: dict[str, str] = field(default_factory=dict)
    found: int = 0
    _unkept: dict[str, bytes] = field(default_factory=dict)  # of searches cut short

    def get(self, key: str) -> bytes | None:
        """Return an answer; ``None`` where there is none."""
        return self._unkept.get(key) or self.store.get(key)

    def run(
        self,
        work: str,
        tasks: Sequence[Task],
        whole: Callable[[bytes], bool],
        stop: threading.Event,
    ) -> None:
        """Answer tasks that have no answer yet; keep on the disk what is whole."""
        new = {task.key: task for task in tasks if self.get(task.key) is None}
        if not new:
            return
        for done in self.executor.run(work, list(new.values()), stop):
            self.found += 1
            if done.content is None:
                self.errors[done.key] = done.error or "no answer"
            elif whole(done.content):
                self.store.put(done.key, done.content)
            else:
                self._unkept[done.key] = done.content
