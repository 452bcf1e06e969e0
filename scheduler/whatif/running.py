"""All scenarios solved on an executor: what is known is not solved again."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.executing import Done, Executor, Task
from scheduler.pipeline import Asked
from scheduler.whatif.reading import Made
from scheduler.whatif.solving import WORK, Answer, answer_of, task_of
from scheduler.whatif.stored import Store


@dataclass(frozen=True)
class Solved:
    """What came of one scenario; without an answer there may be an error."""

    made: Made
    answer: Answer | None
    error: str | None = None
    found_before: bool = False


@dataclass(eq=False)
class Progress:
    """How far a run is.

    Attributes
    ----------
    known
        Scenarios whose answer an earlier run has found, or another scenario of this.
    """

    scenarios: int
    known: int
    to_solve: int
    solved: int = 0
    failed: int = 0


@dataclass(eq=False)
class Run:
    """A run of scenarios.

    Attributes
    ----------
    store
        What was found before, and is kept from now on; none: nothing is.
    start
        Files of a roster that every scenario starts from; none: from nothing.
    interrupted
        Whether it was stopped before all were solved.
    """

    store: Store | None
    asked: Asked
    executor: Executor
    start: Mapping[str, str] = field(default_factory=dict)
    interrupted: bool = False
    _answers: dict[str, Answer] = field(default_factory=dict)
    _errors: dict[str, str] = field(default_factory=dict)
    _before: set[str] = field(default_factory=set)

    def solve(
        self,
        scenarios: Sequence[Made],
        stop: threading.Event,
        watch: Callable[[Progress], None] | None = None,
    ) -> list[Solved]:
        """Return what comes of scenarios; each is kept as soon as it is there."""
        keys, tasks = [], dict[str, Task]()
        for made in scenarios:
            task = task_of(made.plan, self.asked, self.start)
            keys.append(task.key)
            if task.key not in tasks and not self._found(task.key):
                tasks[task.key] = task
        progress = Progress(len(keys), len(keys) - len(tasks), len(tasks))
        for _ in self._run(list(tasks.values()), stop, progress):
            if watch is not None:
                watch(progress)
        self.interrupted = stop.is_set()
        return [self._solved(*one) for one in zip(scenarios, keys, strict=True)]

    def _found(self, key: str) -> bool:
        """Whether an earlier run has found the answer to a task."""
        if key in self._answers:
            return True
        content = None if self.store is None else self.store.get(key)
        if content is None:
            return False
        self._answers[key] = answer_of(content)
        self._before.add(key)
        return True

    def _run(
        self, tasks: Sequence[Task], stop: threading.Event, progress: Progress
    ) -> Iterator[None]:
        yield
        if not tasks:
            return
        for done in self.executor.run(WORK, tasks, stop):
            self._keep(done, progress)
            yield

    def _keep(self, done: Done, progress: Progress) -> None:
        if done.content is None:
            progress.failed += 1
            self._errors[done.key] = done.error or "no answer"
            return
        answer = answer_of(done.content)
        if answer.whole and self.store is not None:
            self.store.put(done.key, done.content)
        progress.solved += 1
        self._answers[done.key] = answer

    def _solved(self, made: Made, key: str) -> Solved:
        return Solved(
            made, self._answers.get(key), self._errors.get(key), key in self._before
        )
