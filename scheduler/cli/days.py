"""Days and moments as they are typed: by date, or in a plan of a week by weekday."""

import datetime as dt

import typer

from scheduler.calendars import TimeAxis

_WEEK = 7


def date_of(text: str, axis: TimeAxis, days: int, option: str) -> dt.date:
    """Return a date: ``2026-03-02``, ``monday``, ``mon``.

    Raises
    ------
    typer.BadParameter
        Where it is neither; a weekday says a date where the plan has it once.
    """
    word = text.strip().casefold()
    dates = [axis.date(day) for day in range(days)]
    meant = [
        d for d in dates if len(word) > 2 and f"{d:%A}".casefold().startswith(word)
    ]
    if len(meant) == 1:
        return meant[0]
    try:
        return dt.date.fromisoformat(word)
    except ValueError as error:
        week = " or a weekday" if days <= _WEEK else ""
        raise typer.BadParameter(
            f"expected a date such as {dates[0]}{week}, got {text!r}", param_hint=option
        ) from error


def moment_of(text: str, axis: TimeAxis, days: int, option: str) -> dt.datetime:
    """Return a moment: ``2026-03-02T08:30``, ``2026-03-02 8:30``, ``monday 08:30``.

    Raises
    ------
    typer.BadParameter
        Where it is none of them.
    """
    day, _, clock = text.strip().replace("T", " ").rpartition(" ")
    try:
        time = dt.datetime.strptime(clock, "%H:%M").time()
    except ValueError as error:
        example = f"{axis.date(0)}T08:30"
        raise typer.BadParameter(
            f"expected a moment such as {example}, got {text!r}", param_hint=option
        ) from error
    return dt.datetime.combine(date_of(day, axis, days, option), time)
