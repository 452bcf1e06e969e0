"""What `ringfence check` tells people."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from scheduler.report.words import costs, plural
from scheduler.rosters.document import ViolationEntry


def verdict_parts(
    violations: Sequence[ViolationEntry],
    parts: Mapping[str, float],
    not_judged: Sequence[str],
) -> Iterator[RenderableType]:
    """Yield every violation by agent, then legal or not, and what the roster costs."""
    for agent in dict.fromkeys(violation.agent for violation in violations):
        yield Text(agent, style="bold")
        for violation in violations:
            if violation.agent == agent:
                message = violation.message.removeprefix(f"{agent}: ")
                yield Padding(Text(f"{message} ({violation.rule})"), (0, 0, 0, 2))
    yield _word(len(violations), shifts_only=bool(not_judged))
    if not_judged:
        yield "breaks, meetings, calls and case blocks were not judged"
    yield _cost(parts, is_legal=not violations, shifts_only=bool(not_judged))


def _word(violations: int, *, shifts_only: bool) -> Text:
    """Return legal or not, and how far that goes."""
    why = "as far as shifts go: there is no activities.csv"
    if not violations:
        words = f"legal {why}" if shifts_only else "legal"
        return Text(words, style="bold green")
    words = f"illegal: {plural(violations, 'violation')}"
    return Text(f"{words}, {why}" if shifts_only else words, style="bold red")


def _cost(parts: Mapping[str, float], *, is_legal: bool, shifts_only: bool) -> str:
    """Return what the roster costs; of shifts alone only what is known, no total."""
    broken = "" if is_legal else " (of a roster that breaks rules: not comparable)"
    if shifts_only:
        known = costs(parts) or "nothing"
        return f"no total cost; of the shifts alone: {known}{broken}"
    total = sum(parts.values())
    return f"cost {total:,.1f} paid hours' worth{broken}: {costs(parts) or 'nothing'}"
