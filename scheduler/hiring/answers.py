"""Answers of tasks: what was found before, or an executor finds now."""

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
    store
        What was found before, and is kept from now on; none: nothing is.
    errors
        Of those that failed, by key.
    found
        How many were run; those that an earlier run has answered are not.
    """

    store: Store | None
    executor: Executor
    errors: dict[str, str] = field(default_factory=dict)
    found: int = 0
    _unkept: dict[str, bytes] = field(default_factory=dict)  # not on the disk

    def get(self, key: str) -> bytes | None:
        """Return an answer; ``None`` where there is none."""
        if key in self._unkept or self.store is None:
            return self._unkept.get(key)
        return self.store.get(key)

    @property
    def notes(self) -> list[str]:
        """What was found out about what was found before."""
        return [] if self.store is None else self.store.notes

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
            elif self.store is not None and whole(done.content):
                self.store.put(done.key, done.content)
            else:
                self._unkept[done.key] = done.content
