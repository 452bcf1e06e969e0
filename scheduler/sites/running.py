"""All sites solved on an executor, those that share queues in rounds."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.domain import Plan
from scheduler.executing import Done, Executor, Task
from scheduler.pipeline import TABLE_FILES, Asked
from scheduler.sites.components import components
from scheduler.sites.group import Division, Group
from scheduler.sites.packed import packed, unpacked
from scheduler.sites.reading import SiteRead, Sites
from scheduler.sites.sharing import divided
from scheduler.sites.solved import Solved
from scheduler.sites.solving import WORK, SiteAnswer, site_answer_of, site_task
from scheduler.whatif.stored import Store


@dataclass(eq=False)
class Progress:
    """How far a run is: ``round`` counts divisions of shared queues.

    ``sites`` are those that are solved in it.
    """

    sites: int
    solved: int = 0
    failed: int = 0
    round: int = 1


@dataclass(eq=False)
class SitesRun:
    """A run of all sites.

    Attributes
    ----------
    store
        Answers on the disk, by the hash of their tasks.
    rounds
        Most divisions of shared queues that are tried.
    groups
        Of sites that share queues, once solved.
    interrupted
        Whether it was stopped before all were solved.
    """

    store: Store
    asked: Asked
    executor: Executor
    rounds: int = 3
    groups: list[Group] = field(default_factory=list)
    interrupted: bool = False
    _unkept: dict[str, bytes] = field(default_factory=dict)  # of searches cut short

    def solve(
        self,
        sites: Sites,
        stop: threading.Event,
        watch: Callable[[Progress], None] = lambda _: None,
    ) -> list[Solved]:
        """Return what came of each site; the answers stay on the disk."""
        read = {site.name: site for site in sites.sites}
        links = [shared.sites for shared in sites.shared]
        own = components(list(read), links)
        self.groups = [
            Group.of(names, sites.shared, {n: unpacked(read[n].plan) for n in names})
            for names in own
            if len(names) > 1
        ]
        progress = Progress(len(read))
        found = self._first(read, stop, lambda: watch(progress), progress)
        for group in self.groups:
            self._settle(group, read, found, stop, lambda: watch(progress), progress)
        self.interrupted = stop.is_set()
        return [found[name] for name in read]

    def answer(self, solved: Solved) -> SiteAnswer | None:
        """Return an answer with its files, from the disk."""
        content = self._content(solved.key)
        return None if content is None else site_answer_of(content)

    def _first(
        self,
        read: Mapping[str, SiteRead],
        stop: threading.Event,
        watch: Callable[[], None],
        progress: Progress,
    ) -> dict[str, Solved]:
        """Solve every site, those that share queues with their first part of them."""
        parts: dict[str, Division] = {}
        for group in self.groups:
            parts |= dict.fromkeys(group.sites, group.first())
        wanted, tasks = {}, []
        for name, site in read.items():
            plan, task = self._task(site, parts.get(name), {})
            wanted[name] = Solved(site, task.key, plan)
            tasks.append(task)
        found = self._done(wanted, tasks, stop, watch, progress)
        for group in self.groups:
            group.tried(parts[group.sites[0]], {n: found[n] for n in group.sites})
        return found

    def _settle(
        self,
        group: Group,
        read: Mapping[str, SiteRead],
        found: dict[str, Solved],
        stop: threading.Event,
        watch: Callable[[], None],
        progress: Progress,
    ) -> None:
        """Divide shared queues anew, as prices ask for, while it may help."""
        gap = self.asked.limits.gap
        for number in range(2, self.rounds + 1):
            division = None if stop.is_set() else group.better(gap)
            if division is None:
                break
            progress.round = number
            wanted, tasks = {}, []
            for name in group.sites:
                start = self._roster(group.best[name])
                plan, task = self._task(read[name], division, start)
                wanted[name] = Solved(read[name], task.key, plan)
                tasks.append(task)
            done = self._done(wanted, tasks, stop, watch, progress)
            group.tried(division, done)
        found |= group.best

    def _roster(self, solved: Solved) -> dict[str, str]:
        """Return the files of a roster to start from; none where there is none."""
        answer = self.answer(solved)
        if answer is None:
            return {}
        names = TABLE_FILES[:2]
        return {name: answer.files[name] for name in names if name in answer.files}

    def _task(
        self, site: SiteRead, division: Division | None, start: Mapping[str, str]
    ) -> tuple[bytes, Task]:
        """Return the plan of a site, packed, and the task of solving it."""
        plan: Plan = unpacked(site.plan)
        if division is None:
            return site.plan, site_task(plan, self.asked, {}, start)
        plan = divided(plan, division.parts(site.name))
        task = site_task(plan, self.asked, division.most(site.name, plan), start)
        return packed(plan), task

    def _done(
        self,
        wanted: Mapping[str, Solved],
        tasks: Sequence[Task],
        stop: threading.Event,
        watch: Callable[[], None],
        progress: Progress,
    ) -> dict[str, Solved]:
        """Return what came of tasks, what was found before included."""
        progress.sites, progress.solved, progress.failed = len(wanted), 0, 0
        told: dict[str, Solved] = {}
        new = dict[str, Task]()
        by_key = {one.key: one for one in wanted.values()}
        alike = Counter(one.key for one in wanted.values())
        for task in tasks:
            content = self._content(task.key)
            if content is None:
                new[task.key] = task
                continue
            told[task.key] = _remembered(by_key[task.key], content, before=True)
            progress.solved += 1
        watch()
        for done in self._ran(list(new.values()), stop):
            told[done.key] = found = self._kept(by_key[done.key], done)
            progress.solved += alike[done.key] * (found.answer is not None)
            progress.failed += alike[done.key] * (found.answer is None)
            watch()
        return {name: _of(one, told.get(one.key, one)) for name, one in wanted.items()}

    def _ran(self, tasks: Sequence[Task], stop: threading.Event) -> Iterable[Done]:
        return self.executor.run(WORK, tasks, stop) if tasks else ()

    def _kept(self, one: Solved, done: Done) -> Solved:
        """Put an answer on the disk; return what is remembered of it."""
        if done.content is None:
            return replace(one, error=done.error or "no answer")
        found = _remembered(one, done.content)
        assert found.answer is not None
        if found.answer.whole:
            self.store.put(done.key, done.content)
        else:
            self._unkept[done.key] = done.content
        return found

    def _content(self, key: str) -> bytes | None:
        return self._unkept.get(key) or self.store.get(key)


def _of(one: Solved, told: Solved) -> Solved:
    """Return what came of a site; sites with the same plan have the same answer."""
    return replace(told, site=one.site)


def _remembered(one: Solved, content: bytes, *, before: bool = False) -> Solved:
    """Return what is remembered of an answer."""
    answer = site_answer_of(content)
    bare = answer.model_copy(update={"files": {}, "priced": None})
    return replace(one, answer=bare, priced=answer.priced, found_before=before)
