"""Work of the sample ``retail-bank``: calls, new cases and the backlog.

Shapes are round figures after published profiles (data/README.md names them).
"""

import datetime as dt

import numpy as np

from scheduler.tables import Calls, Inflow, OpenCases

SEED = 20260302
MONDAY = dt.date(2026, 3, 2)

PEAK_CALLS = 48.0  # in the busiest half-hour of an ordinary day, all queues
LOAN_SHARE, CALLBACK_SHARE = 0.15, 0.05  # of them while the office is open
FRIDAY = 4
OFFICE = range(8, 18)  # hours, Monday to Friday
WEEKDAY = (1.2, 1.0, 1.0, 0.95, 0.9)  # Monday to Friday
OPENS, CLOSES = 8, (20, 20, 20, 21, 20)  # hours
SHAPE = (
    0.60, 0.95, 0.85, 1.00, 1.00, 1.00, 0.95, 0.90,  # 08:00 to 11:30
    0.75, 0.75, 0.80, 0.90, 0.95, 0.95, 0.95, 0.95,  # 12:00 to 15:30
    0.90, 0.85, 0.75, 0.70, 0.70, 0.65, 0.55, 0.55,  # 16:00 to 19:30
    0.45, 0.45,  # 20:00, 20:30
)  # fmt: skip
SATURDAY = (
    0.45, 0.55, 0.60, 0.60, 0.60, 0.55, 0.50, 0.50,  # 09:00 to 12:30
    0.45, 0.40, 0.40, 0.40, 0.35, 0.35, 0.30, 0.30,  # 13:00 to 16:30
)  # fmt: skip
HANDLE_SECONDS = {8: 195, 9: 220, 12: 205, 16: 190, 18: 200}  # from this hour on

INFLOW = {  # cases from Monday to Sunday
    "complaints": (26, 24, 22, 20, 18, 6, 4),
    "loans": (46, 38, 38, 36, 34, 10, 8),
    "changes": (96, 80, 82, 78, 72, 34, 28),
}

BACKLOG = {  # cases by days before Monday on which they came in
    "complaints": {17: 2, 14: 3, 12: 5, 11: 6, 7: 6, 6: 14, 5: 100, 4: 22, 3: 20},
    "replies": {11: 6, 10: 8, 7: 6, 6: 5, 4: 3},
    "loans": {10: 3, 6: 4, 5: 5, 4: 9, 3: 24, 2: 30},
    "changes": {5: 6, 4: 12, 3: 26, 2: 38, 1: 30},
}
AGREED = OpenCases(
    case_type="complaints",
    received=dt.date(2026, 2, 10),
    cases=4,
    due=dt.date(2026, 3, 3),
    case_id="agreed with the ombudsman",
)


def _spread(rng: np.random.Generator, share: float) -> float:
    """Return a factor in ``[1 - share, 1 + share)``."""
    return 1 + share * (2 * rng.random() - 1)


def calls() -> list[Calls]:
    """Return the forecast: the day's shape times the weekday's level, with ripples."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    rows = []
    for day, level in enumerate(WEEKDAY):
        shape = SHAPE[: 2 * (CLOSES[day] - OPENS)]
        rows += _day(rng, day, OPENS, [level * part for part in shape])
    return rows + _day(rng, 5, 9, list(SATURDAY))


def _day(
    rng: np.random.Generator, day: int, opens: int, shape: list[float]
) -> list[Calls]:
    """Return the rows of one day."""
    midnight = dt.datetime.combine(MONDAY + dt.timedelta(day), dt.time())
    rows = []
    for half_hour, part in enumerate(shape, start=2 * opens):
        start = midnight + dt.timedelta(minutes=30 * half_hour)
        handle = HANDLE_SECONDS[max(h for h in HANDLE_SECONDS if h <= start.hour)]
        offered = PEAK_CALLS * part * _spread(rng, 0.04)
        seconds = 5 * round(handle * _spread(rng, 0.03) / 5)
        for queue, share in _shares(day, start.hour).items():
            calls = round(offered * share, 1)
            rows.append(
                Calls(queue=queue, start=start, calls=calls, handle_seconds=seconds)
            )
    return rows


def _shares(day: int, hour: int) -> dict[str, float]:
    """Return the queues' shares of the calls."""
    if day > FRIDAY or hour not in OFFICE:
        return {"phones": 1.0}
    return {
        "phones": 1 - LOAN_SHARE - CALLBACK_SHARE,
        "loan line": LOAN_SHARE,
        "callbacks": CALLBACK_SHARE,
    }


def inflow() -> list[Inflow]:
    """Return the expected new cases of each day."""
    return [
        Inflow(case_type=name, date=MONDAY + dt.timedelta(day), cases=cases)
        for name, week in INFLOW.items()
        for day, cases in enumerate(week)
    ]


def open_cases() -> list[OpenCases]:
    """Return what is open on Monday morning, by the date on which it came in."""
    rows = [
        OpenCases(case_type=name, received=MONDAY - dt.timedelta(ago), cases=cases)
        for name, ages in BACKLOG.items()
        for ago, cases in ages.items()
    ]
    return [AGREED, *rows]
