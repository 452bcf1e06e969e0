"""Plan case work of two real exports, and count a million items.

Reads the third-party data from RINGFENCE_THIRD_PARTY.
"""

import json
import os
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.studies import records
from models.throughput import (
    buffered_work,
    cohorts_of,
    curves,
    forecast,
    history,
    monotone_streams,
)

RESULTS = records.RESULTS / "deferred.json"
CONFIDENCE = 0.95
LEFT_OPEN = 4 * 3600  # seconds: a work item was left open, nobody worked so long
DAY = 1440.0
ITEMS, TYPES, DAYS = 1_000_000, 50, 28


def main() -> None:
    data = Path(os.environ["RINGFENCE_THIRD_PARTY"])
    record = {
        "loans": loans(data / "loan_work_items" / "october_december_2011.csv.gz"),
        "incidents": incidents(data / "it_incidents" / "march_april_2016.csv"),
        "million_items": million(seed=0),
        "versions": {name: version(name) for name in ("numpy", "pandas", "scipy")},
    }
    RESULTS.write_text(json.dumps(record, indent=2) + "\n")
    print(RESULTS.read_text(), end="")


def loans(path: Path) -> dict[str, Any]:
    """Fit handle times in October and November, plan the weeks of December."""
    rows = pd.read_csv(path, parse_dates=["queued", "completed"])
    rows = rows[rows["touch_seconds"] <= LEFT_OPEN]
    rows["minutes"] = rows["touch_seconds"] / 60
    rows["week"] = rows["completed"].dt.to_period("W").dt.start_time
    december = rows["completed"] >= "2011-12-01"
    before, after = rows[~december], rows[december]
    found, kept, cells = [], 0, 0
    for activity, seen in before.groupby("activity"):
        mean, cv = (
            seen["minutes"].mean(),
            seen["minutes"].std() / seen["minutes"].mean(),
        )
        of_week = seen.groupby("week").size().iloc[1:-1]  # whole weeks
        spread = max(0.0, of_week.var() - of_week.mean()) ** 0.5 / of_week.mean()
        each = 1 - (1 - CONFIDENCE) / before["activity"].nunique()
        weeks = []
        for week, done in after[after["activity"] == activity].groupby("week"):
            number, actual = len(done), done["minutes"].sum() / 60
            planned = buffered_work([number], mean, cv, each, known=number)[0] / 60
            ahead = buffered_work([of_week.mean()], mean, cv, each, spread)[0] / 60
            kept, cells = kept + (actual <= planned), cells + 1
            weeks.append(
                {
                    "week": f"{week:%Y-%m-%d}",
                    "items": number,
                    "actual_hours": round(actual, 1),
                    "expected_hours": round(number * mean / 60, 1),
                    "planned_hours": round(float(planned), 1),
                    "planned_without_counts": round(float(ahead), 1),
                }
            )
        found.append(
            {
                "activity": activity,
                "mean_minutes": round(mean, 2),
                "cv": round(cv, 2),
                "weekly_items": round(float(of_week.mean()), 1),
                "forecast_cv": round(float(spread), 3),
                "weeks": weeks,
            }
        )
    return {"weeks_within_plan": int(kept), "weeks": cells, "activities": found}


def incidents(path: Path) -> dict[str, Any]:
    """Rebuild the backlog of tickets and their ages, and reconcile it to the ticket."""
    rows = pd.read_csv(path, parse_dates=["opened_at", "resolved_at", "closed_at"])
    start = rows["opened_at"].min().normalize()
    done = rows["resolved_at"].fillna(rows["closed_at"])
    opened, resolved = (
        ((moment - start).dt.total_seconds() / 60).to_numpy()
        for moment in (rows["opened_at"], done)
    )
    days = int(max(opened.max(), resolved.max()) // DAY) + 1
    backwards = int((resolved < opened).sum())
    seen = history(opened, np.maximum(resolved, opened), DAY * np.arange(days + 1))
    march_april = slice(0, 61)
    return {
        "tickets": len(rows),
        "resolved_before_opened": backwards,
        "opened_in_march_april": int(seen.arrived[march_april].sum()),
        "resolved_by_then": int(seen.completed[march_april].sum()),
        "open_at_the_end_of_april": int(seen.closing[60]),
        "highest_backlog": int(seen.closing.max()),
        "ages_at_the_end_of_april": seen.ages[60].tolist(),
        "oldest_days_at_the_end_of_april": round(float(seen.oldest_days[60]), 1),
        "left_at_the_very_end": int(seen.closing[-1]),
        "adds_up": bool(
            (seen.closing == seen.opening + seen.arrived - seen.completed).all()
            and (seen.ages.sum(axis=1) == seen.closing).all()
            and seen.arrived.sum() == len(rows) == seen.completed.sum()
        ),
    }


def million(seed: int) -> dict[str, Any]:
    """Time a million open items of fifty types: cohorts, curves, streams, forecast."""
    rng = np.random.default_rng(seed)
    kind, came = rng.integers(0, TYPES, ITEMS), -rng.uniform(0, 40 * DAY, ITEMS)
    due = came + np.array([5, 10, 20, 40, 60])[kind % 5] * DAY
    minutes = rng.lognormal(3, 0.8, ITEMS)
    ends, days = np.arange(15, DAYS * DAY + 1, 15.0), DAY * np.arange(1, DAYS + 1)
    capacity = np.full(ends.shape, 0.9 * minutes.sum() / TYPES / len(ends))
    began, count, done = time.perf_counter(), 0, 0.0
    for k in range(TYPES):
        own = kind == k
        late = np.where(due[own] <= 0, 3 * DAY, due[own])
        cohorts = cohorts_of(str(k), came[own], late, minutes[own])
        curves(cohorts, days)
        monotone_streams(cohorts)
        done += forecast(cohorts, ends, capacity, days).completed.sum()
        count += len(cohorts)
    seconds = time.perf_counter() - began
    return {"seconds": round(seconds, 2), "cohorts": count, "completed": round(done)}


if __name__ == "__main__":
    main()
