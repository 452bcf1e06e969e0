"""What `ringfence robust` tells people."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from scheduler.report.words import grid
from scheduler.robust.document import FIGURES, Means, RobustDocument

_WORDS = ("short, h", "late calls", "breaches", "cost")


def robust_parts(
    found: RobustDocument, files: Sequence[str]
) -> Iterator[RenderableType]:
    """Yield both rosters in samples that none was made for, and what is proved."""
    unseen = found.unseen
    yield (
        f"{found.name}: {unseen.samples} samples ({found.samples_name}, seed "
        f"{unseen.seed}) that neither roster was made for; means"
    )
    yield _table(found)
    yield (
        f"It costs less than the roster for the mean in {unseen.better} of them, more "
        f"in {unseen.worse}."
    )
    if found.chosen == "mean":
        yield (
            "No other shifts did better in the samples they were made for: this is the "
            "roster for the mean."
        )
    if found.bound is not None:
        yield (
            f"If breaks and blocks are settled beforehand, too, it costs "
            f"{found.expected_cost_robust:,.1f} on average, the roster for the mean "
            f"{found.expected_cost_mean:,.1f}, none less than {found.bound:,.1f}."
        )
    if files:
        yield "written: " + ", ".join(files)


def _table(found: RobustDocument) -> Table:
    unseen = found.unseen
    table = grid()
    table.add_column("")
    table.add_column("paid, h", justify="right")
    for words in _WORDS:
        table.add_column(words, justify="right")
    rows = (
        ("for the mean", f"{found.paid_hours_mean:,.1f}", unseen.mean),
        ("robust", f"{found.paid_hours_robust:,.1f}", unseen.robust),
    )
    for label, paid, own in rows:
        table.add_row(label, paid, *(f"{getattr(own, k):,.2f}" for k in FIGURES))
    table.add_row("difference", "", *_differences(unseen))
    return table


def _differences(unseen: Means) -> Iterator[str]:
    """Yield mean differences with twice their standard error."""
    for name in FIGURES:
        value, error = getattr(unseen.difference, name), getattr(unseen.error, name)
        yield f"{value:+,.2f} ± {2 * error:,.2f}"
