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
    if violations:
        yield Text(f"illegal: {plural(len(violations), 'violation')}", style="bold red")
    else:
        yield Text("legal", style="bold green")
    if not_judged:
        yield (
            "without activities.csv only the shifts are judged, not "
            f"{', '.join(name.replace('_', ' ') for name in not_judged)}"
        )
    total = sum(parts.values())
    yield f"cost {total:,.1f} paid hours' worth: {costs(parts) or 'nothing'}"
