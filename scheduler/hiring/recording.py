"""Makes the content of hire.json."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isinf

from scheduler.exports.filenames import safe_names
from scheduler.hiring.document import (
    BesideEntry,
    HireDocument,
    HireWeekEntry,
    KindEntry,
    TargetsEntry,
    TriedEntry,
)
from scheduler.hiring.running import HireRun
from scheduler.hiring.staffing import Week
from scheduler.hiring.tried import Tried, WeekTried
from scheduler.reading import plan_hash
from scheduler.report.words import plural
from scheduler.whatif.recording import head_of

FOLDER = "weeks"


def hire_document(run: HireRun, notes: Sequence[str]) -> HireDocument:
    """Return everything that is told of a search for hires."""
    plan, best, targets = run.hiring.plan, run.best, run.hiring.file.targets
    bound, shown = run.bound, best or _last(run)
    return HireDocument(
        status=_status(run),
        interrupted=run.interrupted,
        targets=TargetsEntry(**targets.model_dump()),
        kinds=_kinds(run),
        cost=_rounded(best.cost if best else None),
        hires_cost=_rounded(best.price if best else None),
        weeks_cost=_rounded(
            best.cost - best.price if best and best.cost is not None else None
        ),
        bound=_rounded(bound),
        columns_bound=round(run.columns_bound, 6),
        gap=_rounded(run.gap),
        mixes=len(run.mixes),
        ruled_out=len(run.mixes) - run.mixes.left,
        weeks=_weeks(run, shown) if shown else [],
        tried=[_tried(run, one) for one in run.tried.values()],
        notes=[
            *notes,
            *run.hiring.notes,
            *_notes(run, shown),
        ],
        **head_of(plan, run.asked),
    )


def _last(run: HireRun) -> Tried | None:
    """Return the mix to show where none meets everything: the one of least bound."""
    every = list(run.tried.values())
    return min(every, key=lambda one: run.mixes.bound_of(one.mix), default=None)


def _status(run: HireRun) -> str:
    best, bound = run.best, run.bound
    if run.failed:
        return "failed"
    if best is None or best.cost is None:
        return "infeasible" if bound is None else "unknown"
    proved = bound is not None and best.cost - bound <= 1e-6
    return "optimal" if proved else "feasible"


def _kinds(run: HireRun) -> list[KindEntry]:
    best = run.best
    near = {}
    if best is not None:
        near = {
            (k, step): _beside(run, best, run.tried.get(mix), list(mix))
            for k, step, mix in run.mixes.beside(best.mix)
        }
    return [
        KindEntry(
            name=one.name,
            number=best.mix[k] if best else None,
            at_least=one.at_least,
            at_most=one.at_most,
            cost_per_week=one.cost_per_week,
            one_more=near.get((k, 1)),
            one_fewer=near.get((k, -1)),
        )
        for k, one in enumerate(run.hiring.file.hires)
    ]


def _beside(
    run: HireRun, best: Tried, other: Tried | None, mix: list[int]
) -> BesideEntry:
    least = run.mixes.bound_of(tuple(mix))
    cost = other.cost if other is not None and other.meets else None
    assert best.cost is not None
    return BesideEntry(
        mix=mix,
        cost=_rounded(cost),
        bound=None if isinf(least) else round(least, 6),
        more=None if cost is None else round(cost - best.cost, 6),
        meets=other.meets if other is not None else None,
        missed=_missed(other) if other is not None else [],
        too_small=not isinf(least) and least < best.cost - 1e-6,
    )


def _missed(one: Tried) -> list[str]:
    return sorted({name for week in one.weeks for name in week.missed})


def _weeks(run: HireRun, shown: Tried) -> list[HireWeekEntry]:
    """Return the weeks with a mix, whose rosters are kept if it meets everything."""
    weeks, kept = run.hiring.weeks, run.best is not None
    names = safe_names([week.name for week in weeks])
    return [
        _week(week, shown, one, f"{FOLDER}/{names[week.name]}" if kept else None)
        for week, one in zip(weeks, shown.weeks, strict=True)
    ]


def _week(
    week: Week, shown: Tried, one: WeekTried, folder: str | None
) -> HireWeekEntry:
    found = one.answer.result if one.answer else None
    return HireWeekEntry(
        name=week.name,
        share=round(week.share, 9),
        folder=folder,
        status=one.status,
        error=one.error,
        why=[each.message for each in found.conflicts] if found else [],
        plan_hash=plan_hash(week.plan(shown.mix)),
        figures=one.figures,
        service_level_at_best=one.answer.at_best if one.answer else False,
        bound=found.bound if found else None,
        gap=found.gap if found else None,
        seconds=found.seconds if found else None,
        missed=list(one.missed),
    )


def _tried(run: HireRun, one: Tried) -> TriedEntry:
    least = run.mixes.bound_of(one.mix)
    every = [week.figures for week in one.weeks]
    return TriedEntry(
        mix=list(one.mix),
        hires_cost=round(one.price, 6),
        cost=_rounded(one.cost),
        bound=None if isinf(least) else round(least, 6),
        meets=one.meets,
        missed=_missed(one),
        short_hours=_of((own.short_hours for own in every), max),
        breaches=_of((own.breaches for own in every), max),
        service_level=_of((own.service_level for own in every), min),
    )


def _of(
    values: Iterable[float | None], choose: Callable[[list[float]], float]
) -> float | None:
    known = [value for value in values if value is not None]
    return choose(known) if known else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _left_open(run: HireRun) -> Iterator[str]:
    """Yield which mixes do not do as far as is known, without a proof."""
    every = [
        one
        for one in run.tried.values()
        if not one.meets and not run.mixes.is_out(one.mix)
    ]
    lacking = sum(one.cost is None for one in every)
    missing = len(every) - lacking
    if missing:
        yield (
            f"{plural(missing, 'mix', 'mixes')} missed a target with the rosters "
            f"found, and it is not proved that they must: the bound counts them"
        )
    if lacking:
        yield (
            f"{plural(lacking, 'mix', 'mixes')} had a week without a legal roster in "
            f"the time given: the bound counts them, and more time may find one"
        )


def _notes(run: HireRun, shown: Tried | None) -> list[str]:
    """Return what the reader should know."""
    told = list(run.answers.notes)
    told += [f"failed: {one}" for one in dict.fromkeys(run.answers.errors.values())]
    if shown is not None and run.best is None:
        told.append(
            "no mix was found that meets everything: shown is the one that would cost "
            "least"
        )
    told += _left_open(run)
    full = len(run.tried) >= run.most and (run.gap is None or run.gap > 0)
    if full and not run.failed:
        many = plural(run.most, "mix", "mixes")
        told.append(f"stopped after {many}, as asked (mixes): more may get nearer")
    return told
