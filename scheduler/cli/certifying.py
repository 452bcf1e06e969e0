"""The command that proves a bound again: certify."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from models.roster.certify import FINE
from models.roster.problem import UNIT
from scheduler.cli.exits import ExitCode
from scheduler.cli.output import JsonFlag, NotesFlag, asides, give, tell
from scheduler.cli.plans import PlanPath
from scheduler.pipeline import Certified, prepare
from scheduler.pipeline import certify as certified
from scheduler.report.words import entry, plural
from scheduler.report.words import ratio as gap_words
from scheduler.rosters.record import ratio
from scheduler.rosters.units import in_hours

Watch = Callable[[int, int], None]


def certify(
    plan: PlanPath,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="ROSTER_DIR", help="Folder that `ringfence roster` wrote."
        ),
    ],
    quiet: NotesFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Is the bound right: what the prices beside a roster prove, reckoned again."""
    prepared = prepare(plan)
    with _progress(quiet=quiet) as watch:
        found = certified(prepared, folder, watch)
    notes = [*found.verdict.notes, *_notes(found)]
    if not quiet:
        tell(notes)
    give(
        _document(found, notes),
        as_json=as_json,
        shown=lambda: _parts(found),
    )
    if not _holds(found):
        raise typer.Exit(ExitCode.ILLEGAL)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Watch | None]:
    """Show on a terminal how many agents are reckoned."""
    console = asides()
    if quiet or not console.is_terminal:
        yield None
        return
    with console.status("reckoning the bound again") as status:
        yield lambda done, of: status.update(f"{done} of {plural(of, 'agent')}")


def _holds(found: Certified) -> bool:
    """Whether the prices prove what they are said to prove."""
    return found.proof.bound >= found.claimed


def _cost(found: Certified) -> int | None:
    """Return what the roster costs, where that can be held against the bound."""
    verdict = found.verdict
    if verdict.violations or verdict.not_judged:
        return None
    return sum(verdict.objective_parts.values())


def _notes(found: Certified) -> Iterator[str]:
    """Yield what keeps bound, proof and cost from saying one thing."""
    verdict, cost, proved = found.verdict, _cost(found), in_hours(found.proof.bound)
    told, claimed = found.told, in_hours(found.claimed)
    if told is not None and proved is not None and told > proved:
        yield (
            "the bound of result.json is higher than what the prices prove: the search "
            "proved the rest in another way, as it does where a problem is small, and "
            "that is not reckoned again here"
        )
    if told is not None and claimed is not None and told < claimed:
        yield (
            "the bound of result.json is lower than the one of duals.json: they are "
            "not of one run"
        )
    if verdict.violations:
        count = plural(len(verdict.violations), "violation")
        yield f"the roster is illegal ({count}): its cost says nothing about the gap"
    elif verdict.not_judged:
        yield "what the roster costs is not known: there is no activities.csv"
    elif cost is not None and cost < found.proof.bound:
        yield (
            "the roster costs less than the bound, which speaks of rosters without "
            "time spent on 'other'"
        )


def _document(found: Certified, notes: list[str]) -> dict[str, Any]:
    """Return the answer for programs; in paid hours but for ``cost_units``."""
    proof, cost = found.proof, _cost(found)
    parts = {
        "cover": proof.cover,
        "cases": proof.cases,
        "headcounts": proof.headcounts,
        "agents": proof.agents,
    }
    return {
        "holds": _holds(found),
        "agrees": proof.bound == found.claimed,
        "bound": found.told,
        "claimed": in_hours(found.claimed),
        "proved": in_hours(proof.bound),
        "proved_parts": {
            name: round(fine / FINE / UNIT, 6) for name, fine in parts.items()
        },
        "cost_units": {"claimed": found.claimed, "proved": proof.bound},
        "objective": in_hours(cost),
        "gap": ratio(cost, proof.bound, 0),
        "notes": notes,
    }


def _parts(found: Certified) -> Iterator[RenderableType]:
    """Yield whether the bound holds, and bound, proof and roster in paid hours."""
    claimed, proved, cost = found.claimed, found.proof.bound, _cost(found)
    yield _word(claimed, proved)
    if found.told is not None:
        yield entry("bound", f"{found.told:,.3f} paid hours' worth, says result.json")
    yield entry("proved", f"{_hours(proved)} paid hours' worth, by the prices alone")
    if cost is not None:
        gap = ratio(cost, proved, 0)
        above = "" if gap is None else f", {gap_words(gap)} above what is proved"
        yield entry("roster", f"{_hours(cost)} paid hours' worth{above}")


def _word(claimed: int, proved: int) -> Text:
    """Return whether the prices prove what duals.json says."""
    if proved == claimed:
        return Text("the bound holds: agrees to the unit", style="bold green")
    more = f"duals.json says {_hours(claimed)}, its prices prove {_hours(proved)}"
    units = f"{claimed:,} and {proved:,} cost units"
    if proved > claimed:
        return Text(f"the bound holds, and more: {more} ({units})", style="bold green")
    return Text(f"the bound does NOT hold: {more} ({units})", style="bold red")


def _hours(units: int) -> str:
    return f"{units / UNIT:,.3f}"
