"""What is told of one run of the benchmark."""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Run:
    """One case, solved once.

    Attributes
    ----------
    seed
        Of the case and of the search.
    load
        Work over people, as it came out (``scheduler.load.load_of``); ``None`` where
        contracts give no hours.
    classes
        Agents that differ in more than their name.
    objective, bound, floor
        In paid hours.
    gap, influenced_gap
        ``(objective - bound) / bound``, and over ``bound - floor``.
    seconds
        Wall time from the problem to the named, checked roster.
    total_seconds
        Since the process started.
    peak_mb
        Most memory of the process and its children, million bytes.
    legal
        The checker's word.
    shortfall_agent_hours, shortfall_bound
        Agent-hours missing on calls as the cost counts them, of the roster and at
        least. ``None`` where they cost nothing.
    required_agent_hours
        What the calls need.
    overdue_hour_days
        Hours of case work overdue times days, as the cost counts them.
    breaches
        Cases that miss their deadline.
    """

    case: str
    engine: str
    seed: int
    load: float | None
    agents: int
    classes: int
    days: int
    status: str
    stop_reason: str
    objective: float | None
    bound: float | None
    floor: float | None
    gap: float | None
    influenced_gap: float | None
    seconds: float
    total_seconds: float
    peak_mb: float
    legal: bool | None
    shortfall_agent_hours: float | None
    shortfall_bound: float | None
    required_agent_hours: float
    overdue_hour_days: float | None
    breaches: float | None
    versions: Mapping[str, str]


COLUMNS = tuple(field.name for field in fields(Run))
HEADER = f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}"

_DECIMALS = {"load": 3, "peak_mb": 0}
_SHARES = ("gap", "influenced_gap")


def row(run: Run) -> str:
    """Return a run as a row of a Markdown table whose head is ``HEADER``."""
    cells = (_cell(name, getattr(run, name)) for name in COLUMNS)
    return f"| {' | '.join(cells)} |"


def _cell(name: str, value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{library} {number}" for library, number in value.items())
    if isinstance(value, float):
        if name in _SHARES:
            return f"{value:.2%}"
        return f"{value:,.{_DECIMALS.get(name, 1)}f}"
    return str(value)
