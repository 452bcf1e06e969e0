"""What was measured: as a table, as pictures, and held against what was before."""

from pathlib import Path
from typing import Annotated

import typer

from models.errors import InvalidInput
from scheduler import bench as benchmark
from scheduler.bench.table import lined
from scheduler.cli.exits import ExitCode
from scheduler.cli.output import JsonFlag, give

Results = Annotated[
    Path, typer.Argument(metavar="FILE", help="What `bench --into` wrote.")
]


def table(file: Results) -> None:
    """Print the Markdown table of a results file."""
    typer.echo(benchmark.markdown(_read(file)))


def plot(
    file: Results,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the pictures.")],
    form: Annotated[str, typer.Option("--format", help="svg or png.")] = "svg",
) -> None:
    """Draw profile, gap over time and scaling of a results file."""
    if form not in ("svg", "png"):
        raise typer.BadParameter(f"svg or png, got {form!r}", param_hint="--format")
    try:
        from scheduler.bench.plots import draw
    except ImportError as error:
        message = "pictures need matplotlib: pip install 'ringfence[bench]'"
        raise InvalidInput(message) from error
    for path in draw(_read(file), out, form):
        typer.echo(str(path))


def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Earlier results.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Later results.")],
    fail: Annotated[
        bool,
        typer.Option("--fail-on-worse", help="Exit code 7 where anything is worse."),
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """What got slower or worse from OLD to NEW, with noise taken into account."""
    found = benchmark.compare(_read(old), _read(new))
    give(found.as_document(), as_json=as_json, shown=list)
    if not as_json:
        typer.echo(_shown(found))
    if fail and found.is_worse:
        raise typer.Exit(ExitCode.WORSE)


def _read(path: Path) -> list[benchmark.Record]:
    if not path.exists():
        raise InvalidInput(f"no results file {path}")
    return benchmark.read(path)


def _shown(found: benchmark.Comparison) -> str:
    """Return a comparison as a Markdown table, what is worse first."""
    if not found.changes:
        return "no run of the one file is in the other"
    order = ["worse", "unclear", "better", "same"]
    rows = [
        [
            change.case if change.load is None else f"{change.case} {change.load:g}",
            change.engine,
            f"{change.time_limit:g}",
            change.measure,
            str(change.pairs),
            f"{change.ratio:.3f}",
            "-" if change.low is None else f"{change.low:.3f} to {change.high:.3f}",
            f"**{change.verdict}**" if change.verdict == "worse" else change.verdict,
        ]
        for change in sorted(found.changes, key=lambda c: order.index(c.verdict))
    ]
    head = ("case", "engine", "limit (s)", "figure", "pairs", "new / old")
    lines = [lined((*head, "95% interval", "verdict"), rows)]
    if found.machine is not None:
        lines.append(
            f"\nSeconds are corrected for the machine, which took {found.machine:.2f} "
            "times as long for the same piece of work."
        )
    lines += [f"\n**no legal roster any more**: {name}" for name in found.lost]
    return "\n".join(lines)
