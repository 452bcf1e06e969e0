"""Writes RESULTS.md, its pictures, and the short version in the README."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl

from benchmarks.report import tables
from benchmarks.report.files import Measured, read_all
from benchmarks.report.verdicts import all_of
from scheduler.bench.plots import PICTURES, STYLE, save

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"
LICENCES = {
    "pyworkforce": "MIT",
    "ortools": "Apache-2.0",
    "solverforge-legacy": "Apache-2.0 (Timefold's engine, Apache-2.0)",
    "gurobipy": "proprietary; the wheel's own licence, for models of 2,000 variables",
    "highspy": "MIT",
    "pulp": "BSD; it brings CBC, EPL-2.0",
}


def write(results: Path, home: Path) -> Path:
    """Write the page of a run into a folder; of the repository's own the README too."""
    measured = read_all(results)
    pictures = _pictures(measured, home / "plots" / "hour")
    page = home / "RESULTS.md"
    text = "\n".join(_page(measured, pictures)) + "\n"
    page.write_text(text, encoding="utf-8")
    if home == Path(__file__).parents[1]:
        README.write_text(with_short(README.read_text("utf-8"), measured), "utf-8")
    return page


def _pictures(measured: Measured, folder: Path) -> list[str]:
    """Draw what was measured of our engines; return the names of the pictures."""
    runs = {
        "profile": [*measured["cases"], *measured["sizes"]],
        "gap-over-time": [*measured["cases"], *measured["sizes"]],
        "scaling": measured["sizes"],
    }
    found = []
    with mpl.rc_context(STYLE):
        for name, drawn in PICTURES.items():
            figure = drawn(runs[name])
            if figure is not None:
                found.append(save(figure, folder / f"{name}.svg").stem)
    return found


def with_short(readme: str, measured: Measured) -> str:
    """Return the README's text with the short version of a run."""
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(END)[2]
    return "\n".join([before + BEGIN, *short(measured), END + after])


def short(measured: Measured) -> list[str]:
    """Return what the README says: a sentence for each, a peer that is better first."""
    machine = measured.origin["machine"]
    told = sorted(all_of(measured.sections), key=lambda each: not each[0])
    return [
        "### Beside others\n",
        f"Measured {measured.origin['date']} in one run of `make bench` on "
        f"{machine['processors']} processors ([all of it](benchmarks/RESULTS.md)); "
        "where a peer is better comes first.",
        "",
        *(f"- {sentence}" for _, sentence in told),
    ]


def _page(measured: Measured, pictures: list[str]) -> Iterator[str]:
    yield "# Results\n"
    yield (
        "Written by `make bench`, all from one run; how to repeat it, and what is "
        "measured how: [README.md](README.md). Compare ratios, not single figures: "
        "another machine has other times."
    )
    yield from _origin(measured)
    yield from _plainly(measured)
    yield from _ours(measured, pictures)
    yield from _peers(measured)
    yield from _quality(measured)


def _origin(measured: Measured) -> Iterator[str]:
    origin, machine = measured.origin, measured.origin["machine"]
    yield "\n## Date, machine, versions\n"
    yield (
        f"{origin['date']}; {machine['processor']}, {machine['processors']} "
        f"processors, {machine['memory_gb']} GB, {machine['system']}; "
        f"{_minutes(measured)} in all. "
        f"A fixed piece of work took {1000 * machine['yardstick']:.0f} ms; the load "
        f"at the start was {machine['load_at_start']}."
    )
    yield f"\nOurs: {_versions(origin['versions'])}. Java: {origin['java']}.\n"
    rows = [
        [name, number, LICENCES.get(name, "")]
        for versions in origin["peers"].values()
        for name, number in versions.items()
    ]
    ours = origin["versions"]
    rows += [[n, ours[n], LICENCES[n]] for n in ("highspy", "pulp") if n in ours]
    yield tables.lined(("peer", "version", "licence"), rows)


def _plainly(measured: Measured) -> Iterator[str]:
    told = all_of(measured.sections)
    yield "\n## Where a peer is better\n"
    yield from ([f"- {x}" for is_worse, x in told if is_worse] or ["Nowhere here."])
    yield "\n## Where ours is as good or better\n"
    yield from [f"- {x}" for is_worse, x in told if not is_worse]


def _ours(measured: Measured, pictures: list[str]) -> Iterator[str]:
    yield "\n## Our engines\n"
    yield (
        "The compact CP-SAT model (`cpsat`) and the PuLP model (`milp`, with HiGHS) of "
        "the whole problem beside `columns`, 2 workers, median of the seeds. An engine "
        "that ends without a legal roster, or needs more than 12 GB, is not asked for "
        "a larger centre.\n"
    )
    yield tables.engines([*measured["sizes"], *measured["cases"]])
    for name in pictures:
        yield f"\n![{name}](plots/hour/{name}.svg)"


def _peers(measured: Measured) -> Iterator[str]:
    yield "\n## pyworkforce's roster problem\n"
    yield (
        "`MinHoursRoster`: 4 shift types, 7 days, required people by shift and day, "
        "bans, preferences, two days off at most, 36 hours at least. After a night its "
        "model allows no shift at all on the next day, whatever the pair says; so both "
        "are asked for that. It sets the number of workers where its solver does not "
        "look and so has all processors. HiGHS solves the same as a plain integer "
        "program, for scale: its relaxation is whole at the root, which is hard to "
        "beat where rules are this few; ours reads any rule, prices tours first and "
        "takes about two seconds before it begins. Whether it is 20 times as fast as "
        "pyworkforce at 1,000 people, as is wanted, the second table tells.\n"
    )
    yield tables.solvers(measured["roster"], ["people"])
    yield "\n" + tables.as_good_after(measured["roster"])
    yield "\n## Timefold: slots\n"
    yield (
        "Slots of shifts want people with their skill; rest, days away and days a week "
        "are hard, slots left open, too few days and wishes cost. Time is the search's "
        "of Timefold, of ours all from problem to checked roster. One evaluator for "
        "both. `solverforge-legacy` is its former Python binding, with streams, "
        "joiners and counts; its search has one thread, more are not part of the free "
        "engine.\n"
    )
    yield tables.solvers(measured["slots"], ["people", "limit"])
    yield "\n## OR-Tools' shift scheduling example\n"
    yield (
        "The instance of `examples/python/shift_scheduling_sat.py` (8 people, 3 "
        "weeks); CP-SAT with the example's constraints, written anew, two workers.\n"
    )
    yield tables.solvers(measured["example"], [])
    yield "\n## Other solvers on the exported model\n"
    yield (
        "`ringfence export-model` of parts of `tiny` that fit Gurobi's free licence "
        "(2,000 variables and rows); every solution comes back through the checker.\n"
    )
    yield tables.solvers(measured["compact"], ["case", "variables", "rows"])


def _quality(measured: Measured) -> Iterator[str]:
    yield "\n## What an hour of planning is worth\n"
    yield (
        "The usual heuristic: fixed proportions of the pool to each work, shifts by "
        "template (who is on calls has the one that meets most of the need), breaks by "
        "rule. Judged by the same checker.\n"
    )
    yield tables.quality(measured["quality"])


def _minutes(measured: Measured) -> str:
    return f"{sum(measured.seconds.values()) / 60:.0f} minutes"


def _versions(versions: dict[str, Any]) -> str:
    return ", ".join(f"{name} {number}" for name, number in versions.items())
