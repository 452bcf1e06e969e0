"""Finds the shifts for what may come, and tries them on what they were not made for."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import numpy.typing as npt

from models.errors import RingfenceError
from models.roster import check
from models.roster.problem import UNIT, RosterProblem
from models.roster.result import Limits, Result, Roster, Status, StopReason
from models.roster.robust import expected, holding
from models.roster.solve import solve
from scheduler.domain import Plan
from scheduler.executing import Executor
from scheduler.pipeline import Asked, Outcome, judged_outcome, searching
from scheduler.preparing import Prepared, prepare_made
from scheduler.robust.document import FIGURES, Figures, Means, RobustDocument, Tried
from scheduler.robust.trial import WORK, figures_of, tasks_of
from scheduler.whatif.absences import absent
from scheduler.whatif.changes import Absence
from scheduler.whatif.sampling import sampled
from scheduler.whatif.sections import ForecastSamples

Tell = Callable[[str], None]
_FIRST = 0.5  # of the time; then each of both rosters has half of what is left


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    Attributes
    ----------
    samples
        That the roster is made for.
    unseen, seed
        How many others it is tried on, and their seed.
    holds
        Whether everybody is to work as much as in the roster for the mean.
    """

    samples: ForecastSamples
    unseen: int
    seed: int
    holds: bool = True

    @property
    def others(self) -> ForecastSamples:
        """The samples that the roster is tried on."""
        update = {"seed": self.seed, "count": self.unseen}
        return self.samples.model_copy(update=update)


@dataclass(frozen=True, eq=False)
class Built:
    """Both rosters as outcomes for the plan as it stands; ``None`` where none came."""

    mean: Outcome
    robust: Outcome | None = None
    document: RobustDocument | None = None


def build(
    prepared: Prepared,
    asked: Asked,
    wanted: Wanted,
    executor: Executor,
    tell: Tell,
    stop: threading.Event,
) -> Built:
    """Build the roster for the mean and the one for the samples, and try both.

    A roster to start from is the one for the mean, if it is whole and legal.
    """
    tell("the roster for what is expected")
    mean = _for_the_mean(prepared, asked, stop)
    outcome = judged_outcome(prepared, asked, mean)
    if mean.roster is None or outcome.document.violations or stop.is_set():
        return Built(outcome)
    plan, problem = prepared.translation.plan, prepared.problem
    search = _Search(asked, wanted, stop, problem, mean, mean.roster, tell)
    many = _expected(plan, problem, wanted.samples, stop)
    if many is None:
        return Built(outcome)
    found, mean = search.both(many)
    outcome = judged_outcome(prepared, asked, mean)
    if found.roster is None or mean.roster is None or stop.is_set():
        return Built(outcome)
    trial = _Trial(plan, executor, stop, (mean.roster, found.roster), tell)
    seen = trial.of(wanted.samples, asked.limits.seed, "that one was made for")
    if seen is None:
        return Built(outcome)
    is_better = seen[0].difference.cost < 0
    if not is_better:  # the roster for the mean is one of those for what may come
        trial = replace(trial, rosters=(mean.roster, mean.roster))
    unseen = trial.of(wanted.others, asked.limits.seed, "that none was made for")
    if unseen is None:
        return Built(outcome)
    chosen = trial.rosters[1]
    document = RobustDocument(
        name=prepared.plea.name,
        samples_name=wanted.samples.name,
        paid_hours_mean=_paid(mean.roster),
        paid_hours_robust=_paid(chosen),
        hours_held=wanted.holds,
        chosen="robust" if is_better else "mean",
        expected_cost_mean=check.cost(many, mean.roster) / UNIT,
        expected_cost_robust=check.cost(many, chosen) / UNIT,
        bound=None if found.bound is None else found.bound / UNIT,
        made_for=seen[0],
        unseen=unseen[0],
        tried=unseen[1],
        notes=list(prepared.plea.notes),
    )
    told = replace(mean, status=Status.FEASIBLE, roster=chosen, certificate=None)
    return Built(outcome, judged_outcome(prepared, asked, told), document)


def _for_the_mean(prepared: Prepared, asked: Asked, stop: threading.Event) -> Result:
    """Return the roster for the mean: the one that was brought, or one searched for."""
    start = None if asked.start is None else asked.start.roster
    if start is not None and _is_whole(prepared.problem, start):
        return Result(Status.FEASIBLE, StopReason.STOPPED, roster=start)
    limits = searching(prepared.problem, asked.limits)
    limits = _part(limits, _FIRST)
    return solve(prepared.problem, asked.engine, limits, None, stop, start)


def _part(limits: Limits, share: float) -> Limits:
    """Return a share of the time, and of the steps if they are limited."""
    return replace(
        limits, seconds=share * limits.seconds, work=ceil(share * limits.work)
    )


@dataclass(frozen=True)
class _Search:
    """What follows the first roster for the mean."""

    asked: Asked
    wanted: Wanted
    stop: threading.Event
    problem: RosterProblem
    mean: Result
    roster: Roster
    tell: Tell

    def both(self, many: RosterProblem) -> tuple[Result, Result]:
        """Return the roster for the samples, and the one for the mean.

        Both are searched for as long, the second one from the better of both, so that
        neither is better only because more was searched. One that was brought stays.
        """
        self.tell("the roster for what may come")
        found = self._solved(many, self.roster)
        if found.roster is None or self.is_given or self.stop.is_set():
            return found, self.mean
        self.tell("the roster for what is expected, as long again")
        both = (self.roster, found.roster)
        better = min(both, key=lambda one: check.cost(self.problem, one))
        again = self._solved(self.problem, better)
        return found, replace(self.mean, roster=again.roster, certificate=None)

    @property
    def is_given(self) -> bool:
        """Whether the roster for the mean was brought."""
        return self.mean.stop_reason is StopReason.STOPPED

    def _solved(self, problem: RosterProblem, start: Roster) -> Result:
        limits = searching(self.problem, self.asked.limits)
        if not self.is_given:
            limits = _part(limits, (1 - _FIRST) / 2)
        held = holding(problem, self.roster) if self.wanted.holds else problem
        return solve(held, self.asked.engine, limits, None, self.stop, start)


def _is_whole(problem: RosterProblem, roster: Roster) -> bool:
    return roster.activities is not None and not check.violations(problem, roster)


def _expected(
    plan: Plan,
    problem: RosterProblem,
    samples: ForecastSamples,
    stop: threading.Event,
) -> RosterProblem | None:
    """Return the problem of the mean cost; who is away is shrinkage of who is left.

    ``None`` where it was stopped: each sample is a problem of its own to set up.
    """
    drawn = samples.model_copy(update={"absence": 0.0})
    found = []
    for sample in range(samples.count):
        if stop.is_set():
            return None
        made = sampled(plan, drawn, sample)
        if samples.absence:
            made = absent(made, Absence(share=samples.absence, how="shrinkage"))
        found.append(prepare_made(made).problem)
    return expected(problem, found)


@dataclass(frozen=True)
class _Trial:
    """Two rosters that meet the same samples."""

    plan: Plan
    executor: Executor
    stop: threading.Event
    rosters: tuple[Roster, Roster]
    tell: Tell

    def of(
        self, samples: ForecastSamples, seed: int, which: str
    ) -> tuple[Means, list[Tried]] | None:
        """Return what both give; ``None`` where it was stopped.

        It is told how many have been tried, of ``which`` samples.

        Raises
        ------
        RingfenceError
            Where a sample cannot be tried.
        """
        tasks = list(tasks_of(self.plan, self.rosters, samples, seed))
        found: dict[int, list[Figures]] = {}
        words = f"of {samples.count} samples {which} tried"
        self.tell(f"0 {words}")
        for done in self.executor.run(WORK, tasks, self.stop):
            if done.content is None:
                raise RingfenceError(f"samples not tried: {done.error}")
            found |= figures_of(done.content)
            self.tell(f"{len(found)} {words}")
        if len(found) < samples.count:
            return None
        tried = [
            Tried(sample=sample + 1, mean=own[0], robust=own[1])
            for sample, own in sorted(found.items())
        ]
        return means(tried, samples.seed), tried


def means(tried: Sequence[Tried], seed: int) -> Means:
    """Return the means over samples."""
    both = [
        [[getattr(one, name) for name in FIGURES] for one in pair]
        for pair in ((one.mean, one.robust) for one in tried)
    ]
    table = np.array(both)
    more = table[:, 1] - table[:, 0]
    error = more.std(axis=0, ddof=1) / np.sqrt(len(more)) if len(more) > 1 else 0 * more
    cost = np.round(more[:, FIGURES.index("cost")], 6)
    return Means(
        samples=len(tried),
        seed=seed,
        mean=_figures(table[:, 0].mean(axis=0)),
        robust=_figures(table[:, 1].mean(axis=0)),
        difference=_figures(more.mean(axis=0)),
        error=_figures(np.reshape(error, (-1, len(FIGURES)))[0]),
        better=int((cost < 0).sum()),
        worse=int((cost > 0).sum()),
    )


def _figures(values: npt.ArrayLike) -> Figures:
    rounded = np.round(np.asarray(values, dtype=float), 6).tolist()
    return Figures(**dict(zip(FIGURES, rounded, strict=True)))


def _paid(roster: Roster) -> float:
    return sum(one.paid_minutes for one in roster.worked) / 60
