"""The search for the mix: bounds by columns first, then rosters, best bound first."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf, isinf

from models.roster.hiring import Mix, Mixes
from models.roster.problem import UNIT
from models.roster.solve import STARTING, engine_named
from scheduler.executing import Task
from scheduler.hiring.answers import Answers
from scheduler.hiring.reading import Hiring
from scheduler.hiring.solving import (
    PRICING,
    SOLVING,
    MixAnswer,
    mix_answer_of,
    priced_of,
    pricing_task,
    solving_task,
)
from scheduler.hiring.staffing import short_only
from scheduler.hiring.tried import Tried, WeekTried, missed, tried
from scheduler.pipeline import TABLE_FILES, Asked

Watch = Callable[[str], None]
_ROUNDS = 100  # mixes whose prices are found before any roster is looked for
_CLOSE = 1e-6  # paid hours that are no difference


@dataclass(eq=False)
class HireRun:
    """A search for the mix of least cost.

    Attributes
    ----------
    most
        Most mixes whose rosters are looked for.
    tried
        Those that were, in order.
    columns_bound
        What column generation alone proves: with whole hires and any tours.
    interrupted
        Whether it was stopped before it was done.
    """

    hiring: Hiring
    answers: Answers
    asked: Asked
    most: int = 25
    tried: dict[Mix, Tried] = field(default_factory=dict)
    columns_bound: float = 0.0
    interrupted: bool = False
    mixes: Mixes = field(init=False)
    _priced: set[Mix] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.mixes = self.hiring.mixes()

    @property
    def best(self) -> Tried | None:
        """The cheapest mix that meets everything; of several the first found."""
        good = [one for one in self.tried.values() if one.meets]
        return min(good, key=lambda one: one.cost or 0.0, default=None)

    @property
    def bound(self) -> float | None:
        """No mix costs less; ``None``: it is proved that none does."""
        least, best = self.mixes.bound(), self.best
        if best is not None and best.cost is not None:
            return min(least, best.cost)
        return None if isinf(least) else least

    @property
    def gap(self) -> float | None:
        """How far the best is above the bound."""
        best, bound = self.best, self.bound
        if best is None or best.cost is None or not bound:
            return None
        return max(0.0, (best.cost - bound) / bound)

    def search(self, stop: threading.Event, watch: Watch = lambda _: None) -> None:
        """Search until the gap is closed, or as many mixes as asked were solved."""
        self._price_down(stop, watch)
        self._solve_down(stop, watch)
        self._look_beside(stop, watch)
        self.interrupted = stop.is_set()

    def _price_down(self, stop: threading.Event, watch: Watch) -> None:
        """Price the mix of least bound until it is one that has been priced."""
        for _ in range(_ROUNDS):
            mix = self.mixes.next(set())
            if mix is None or mix in self._priced or stop.is_set() or self.failed:
                break
            watch(f"priced {len(self._priced)} mixes")
            self._price([mix], stop)
        least = self.mixes.bound()
        self.columns_bound = 0.0 if isinf(least) else least

    def _solve_down(self, stop: threading.Event, watch: Watch) -> None:
        """Solve the mix of least bound until no other can be better."""
        while len(self.tried) < self.most and not stop.is_set() and not self.failed:
            gap = self.gap
            if gap is not None and gap <= self.asked.limits.gap:
                return
            best = self.best
            below = inf if best is None or best.cost is None else best.cost - _CLOSE
            mix = self.mixes.next(set(self.tried), below)
            if mix is None:
                return
            if mix not in self._priced:
                self._price([mix], stop)
                continue
            watch(self._told())
            self._solve(mix, stop)

    def _look_beside(self, stop: threading.Event, watch: Watch) -> None:
        """Solve what has one more or fewer of a kind than the best, until it stays."""
        while (best := self.best) is not None and not stop.is_set():
            near = [mix for _, _, mix in self.mixes.beside(best.mix)]
            self._price([mix for mix in near if mix not in self._priced], stop)
            for mix in near:
                known = mix in self.tried or self.mixes.is_out(mix)
                if known or len(self.tried) >= self.most or self.failed:
                    continue
                watch(self._told())
                self._solve(mix, stop)
            if self.best is best:
                return

    def _told(self) -> str:
        words = f"solved {len(self.tried)} of {len(self.mixes):,} mixes"
        best, gap = self.best, self.gap
        if best is not None and best.cost is not None:
            words += f", best {best.cost:,.1f}"
        return words if gap is None else f"{words}, gap {gap:.1%}"

    @property
    def failed(self) -> bool:
        """Whether a task has failed: bounds would be of some weeks only."""
        return bool(self.answers.errors)

    def _price(self, mixes: Sequence[Mix], stop: threading.Event) -> None:
        """Raise bounds by the prices of mixes, all weeks of all of them at once."""
        weeks = self.hiring.weeks
        tasks = {
            (mix, w): pricing_task(week, mix, self.asked)
            for mix in mixes
            for w, week in enumerate(weeks)
        }
        self._run(PRICING, list(tasks.values()), stop)
        for (mix, w), task in tasks.items():
            content = self.answers.get(task.key)
            if content is None:
                continue
            cut = priced_of(content).cut
            self.mixes.cut(w, cut.cut(), UNIT)
            self._priced.add(mix)

    def _solve(self, mix: Mix, stop: threading.Event) -> None:
        """Look for rosters of a mix; raise bounds by what their prices prove."""
        weeks = self.hiring.weeks
        tasks = [
            solving_task(week, mix, self.asked, self._start(w, mix))
            for w, week in enumerate(weeks)
        ]
        self._run(SOLVING, tasks, stop)
        found = [self._week(task) for task in tasks]
        price = self.mixes.price_of(mix)
        self.tried[mix] = tried(mix, price, [week.share for week in weeks], found)
        for w, one in enumerate(found):
            if one.answer is not None:
                self._learn(w, mix, one.answer)
        self._doubt(self.tried[mix], stop)

    def _start(self, week: int, mix: Mix) -> dict[str, str]:
        """Return the roster of a week with the mix that is nearest, to start from."""
        if engine_named(self.asked.engine) not in STARTING:
            return {}
        known = [one for one in self.tried.values() if one.weeks[week].cost is not None]

        def distance(one: Tried) -> int:
            return sum(abs(a - b) for a, b in zip(one.mix, mix, strict=True))

        nearest = min(known, key=distance, default=None)
        texts = {} if nearest is None else self.files(nearest.weeks[week])
        return {name: texts[name] for name in TABLE_FILES[:2] if name in texts}

    def _doubt(self, one: Tried, stop: threading.Event) -> None:
        """Find out whether a mix can do with as few hours short as are asked for."""
        most = self.hiring.file.targets.short_hours
        weeks = [
            (week, own.answer)
            for week, own in zip(self.hiring.weeks, one.weeks, strict=True)
            if "short_hours" in own.missed and own.answer is not None
        ]
        if most is None or not weeks:
            return
        tasks = [
            solving_task(short_only(week), one.mix, self.asked) for week, _ in weeks
        ]
        self._run(SOLVING, tasks, stop)
        for task, (_, answer) in zip(tasks, weeks, strict=True):
            summary, found = answer.result.summary, self._week(task).answer
            if summary is None or found is None:
                continue
            together = most * len(summary.queues)
            if found.cut is not None:
                self.mixes.must(found.cut.cut(), together, UNIT)
            if (found.result.bound or 0.0) > together + _CLOSE:
                self.mixes.rule_out(one.mix)

    def _week(self, task: Task) -> WeekTried:
        content, error = self.answers.get(task.key), self.answers.errors.get(task.key)
        if content is None:
            return WeekTried(task.key, None, error)
        whole = mix_answer_of(content)
        answer = whole.model_copy(update={"files": {}})  # they stay on the disk
        one = WeekTried(task.key, answer, error)
        told = missed(one.figures, self.hiring.file.targets)
        return WeekTried(task.key, answer, error, tuple(told))

    def _learn(self, week: int, mix: Mix, answer: MixAnswer) -> None:
        if answer.result.status == "infeasible":
            self.mixes.rule_out(mix)
        if answer.cut is not None:
            self.mixes.cut(week, answer.cut.cut(), UNIT)
        if answer.result.bound is not None:
            self.mixes.raise_bound(week, mix, answer.result.bound)

    def files(self, one: WeekTried) -> dict[str, str]:
        """Return the files of a week's roster, from the disk."""
        content = self.answers.get(one.key)
        return {} if content is None else mix_answer_of(content).files

    def _run(self, work: str, tasks: Sequence[Task], stop: threading.Event) -> None:
        whole = _is_priced if work == PRICING else _is_solved
        self.answers.run(work, tasks, whole, stop)


def _is_priced(content: bytes) -> bool:
    return priced_of(content).whole


def _is_solved(content: bytes) -> bool:
    return mix_answer_of(content).whole
