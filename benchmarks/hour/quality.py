"""The usual heuristic and ours on the same weeks, judged by the same checker."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hour.scale import Scale
from benchmarks.quality.heuristic import heuristic
from models.roster.result import Limits, Result, Status, StopReason
from scheduler.bench import Record, case_named
from scheduler.pipeline import Asked, Outcome, build, judged_outcome, prepare_made


def measure(scale: Scale, _: Path) -> Iterator[Record]:
    for name in scale.quality:
        prepared = prepare_made(case_named(name).plan())
        by_hand = Result(
            Status.FEASIBLE, StopReason.STOPPED, heuristic(prepared.translation)
        )
        yield _figures(name, "heuristic", judged_outcome(prepared, Asked(), by_hand))
        asked = Asked(limits=Limits(scale.quality_seconds, workers=2))
        yield _figures(name, "ours", build(prepared, asked))


def _figures(name: str, who: str, outcome: Outcome) -> Record:
    found, plan = outcome.document, outcome.prepared.translation.plan
    summary = found.summary
    if summary is None:
        return {"case": name, "who": who, "legal": None}
    short = found.objective_parts.get("voice_shortfall", 0.0)
    return {
        "case": name,
        "who": who,
        "legal": found.legal,
        "violations": dict(Counter(each.rule for each in found.violations)),
        "objective": found.objective,
        "bound": found.bound,
        "short_hours": round(short / plan.weights.voice_short_hour, 2),
        "breaches": round(sum(case.breaches for case in summary.cases), 1),
        "due": round(sum(case.due for case in summary.cases)),
        "paid_hours": summary.people.paid_hours,
        "useful_hours": round(summary.people.useful_hours, 1),
        "wishes": summary.people.wishes,
        "wishes_missed": summary.people.wishes_missed,
    }
