"""What a roster gives, as coverage.csv and backlog.csv."""

from scheduler.calendars import TimeAxis
from scheduler.rosters.cells import AGE_COLUMNS, csv_text, number
from scheduler.rosters.outlook import Outlook
from scheduler.rosters.writing import moment_text
from scheduler.tables.guarded import guarded

COVERAGE_COLUMNS = (
    "queue",
    "start",
    "required",
    "rostered",
    "shortfall",
    "predicted_service_level",
    "effective",
    "least",
)
BACKLOG_COLUMNS = (
    "case_type",
    "date",
    "opening",
    "inflow",
    "completed",
    "closing",
    "due",
    "breaches",
    "hours_needed",
    "hours_rostered",
    "oldest_days",
    "hours_fill",
    *AGE_COLUMNS,
)


def coverage_text(axis: TimeAxis, outlook: Outlook) -> str:
    """Return coverage.csv: a row per queue and interval that is open or asks people."""
    rows = (
        (
            guarded(queue.demand.name),
            moment_text(axis, int(queue.demand.starts[i])),
            number(queue.demand.required[i]),
            number(queue.rostered[i]),
            number(queue.short[i]),
            number(queue.service_level[i]),
            number(queue.effective[i]),
            number(queue.demand.least[i]),
        )
        for queue in outlook.queues
        for i in queue.shown
    )
    return csv_text(COVERAGE_COLUMNS, rows)


def backlog_text(axis: TimeAxis, outlook: Outlook) -> str:
    """Return backlog.csv: a row per case type and day."""
    rows = (
        (
            guarded(case.case_type),
            axis.date(day).isoformat(),
            *(
                number(values[day])
                for values in (
                    case.forecast.opening,
                    case.forecast.inflow,
                    case.forecast.completed,
                    case.forecast.closing,
                    case.forecast.due,
                    case.forecast.breaches,
                    case.hours_needed,
                    case.hours_rostered,
                    case.forecast.oldest_days,
                    case.hours_fill,
                    *case.forecast.ages.T,
                )
            ),
        )
        for case in outlook.cases
        for day in range(len(case.hours_needed))
    )
    return csv_text(BACKLOG_COLUMNS, rows)
