"""What the figures say of ours and a peer, in sentences: which one is better."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from scheduler.bench import Record

SAME = 1e-6


def all_of(sections: dict[str, list[Record]]) -> list[tuple[bool, str]]:
    """Return sentences, each with whether a peer is better in it."""
    return [
        *_rosters(sections["roster"]),
        *_slots(sections["slots"]),
        *_example(sections["example"]),
        *_compact(sections["compact"]),
        *_erlang(sections["erlang"]),
    ]


def catches_up(ours: Record, cost: float) -> float | None:
    """Return the seconds after which ours was as good as a cost; ``None``: never."""
    times = (s for s, best in ours.get("progress", ()) if best <= cost + SAME)
    return next(times, ours["seconds"] if _at_most(ours["cost"], cost) else None)


def _rosters(runs: Sequence[Record]) -> Iterator[tuple[bool, str]]:
    """Yield, for each size, who is better and how much sooner ours is as good."""
    for people, group in _grouped(runs, "people").items():
        mine = group["ours"]
        for name, theirs in group.items():
            if name == "ours":
                continue
            lead = f"{name}'s roster problem, {people:,} people: "
            if name == "HiGHS":
                lead = f"The same as a plain integer program in HiGHS, {people:,}: "
            yield _against(lead, name, theirs, mine)


def _against(lead: str, name: str, theirs: Record, mine: Record) -> tuple[bool, str]:
    if not _is_good(mine):
        return _is_good(theirs), f"{lead}ours found no legal roster."
    if not _is_good(theirs):
        return (
            False,
            f"{lead}{name} found no legal roster, ours one that costs {_n(mine)}.",
        )
    bound = "" if mine["bound"] is None else f", bound {mine['bound']:,.0f}"
    told = (
        f"{lead}{name} {_n(theirs)} in {theirs['seconds']:,.1f} s "
        f"({theirs['status']}), ours {_n(mine)} in {mine['seconds']:,.1f} s "
        f"({mine['status']}{bound})"
    )
    as_good = catches_up(mine, theirs["cost"])
    if as_good is None:
        return True, f"{told}: **{name} is better**."
    times = theirs["seconds"] / max(as_good, 1e-3)
    told += f"; ours is as good after {as_good:,.1f} s"
    if times < 1:
        return True, f"{told}: **{name} is {1 / times:,.1f} times as fast**."
    return False, f"{told}: {times:,.1f} times as fast."


def _slots(runs: Sequence[Record]) -> Iterator[tuple[bool, str]]:
    by_limit: dict[tuple[int, float], dict[str, Record]] = defaultdict(dict)
    for run in runs:
        by_limit[run["people"], run["limit"]][run["solver"]] = run
    for (people, limit), group in sorted(by_limit.items()):
        lead = f"Slots, {people:,} people, {limit:g} s: "
        theirs, mine = group.get("Timefold"), group.get("ours")
        if theirs is None or mine is None:
            continue
        costs = f"Timefold {_n(theirs)}, ours {_n(mine)}"
        if not _is_good(mine) and _is_good(theirs):
            yield True, f"{lead}ours found no legal roster, **Timefold is better**."
        elif _is_good(mine) and _is_good(theirs) and theirs["cost"] < mine["cost"]:
            yield True, f"{lead}{costs}: **Timefold is better**."
        else:
            yield False, f"{lead}{costs}."


def _example(runs: Sequence[Record]) -> Iterator[tuple[bool, str]]:
    group = {run["solver"]: run for run in runs}
    if {"OR-Tools", "ours"} <= group.keys():
        theirs, mine = group["OR-Tools"], group["ours"]
        told = (
            f"OR-Tools' example: CP-SAT {_n(theirs)} in {theirs['seconds']:,.1f} s "
            f"({theirs['status']}), ours {_n(mine)} in {mine['seconds']:,.1f} s "
            f"({mine['status']})"
        )
        sooner = theirs["seconds"] < mine["seconds"]
        if theirs["status"] != mine["status"]:
            sooner = theirs["status"] == "optimal"
        is_better = not _is_good(mine) or theirs["cost"] < mine["cost"] or sooner
        yield is_better, f"{told}{': **CP-SAT is better**' if is_better else ''}."


def _compact(runs: Sequence[Record]) -> Iterator[tuple[bool, str]]:
    by_case: dict[str, dict[str, Record]] = defaultdict(dict)
    for run in runs:
        by_case[run["case"]][run["solver"]] = run
    for case, group in by_case.items():
        costs = {round(run["cost"], 4) for run in group.values() if run.get("cost")}
        agree = (
            "the same optimum" if len(costs) == 1 else f"**different costs {costs}**"
        )
        quickest = min(
            (run for run in group.values() if run["seconds"] is not None),
            key=lambda run: run["seconds"],
        )
        mine = min(
            (r for s, r in group.items() if s.startswith("ours") and r["seconds"]),
            key=lambda run: run["seconds"],
        )
        told = (
            f"Compact model of {case}: {agree}; quickest {quickest['solver']}, "
            f"{quickest['seconds']:.2f} s, of ours {mine['solver'][6:]}, "
            f"{mine['seconds']:.2f} s"
        )
        yield quickest is not mine, f"{told}."


def _erlang(runs: Sequence[Record]) -> Iterator[tuple[bool, str]]:
    for run in runs:
        is_better = run["seconds"] > run["peer_seconds"]
        yield (
            is_better,
            f"Erlang C of {run['intervals']:,} intervals: pyworkforce "
            f"{run['peer_seconds']:.1f} s, ours {run['seconds']:.2f} s; more than the "
            f"least agents in {run['peer_not_the_least']} and {run['not_the_least']} "
            "of them.",
        )


def _grouped(runs: Sequence[Record], name: str) -> dict[int, dict[str, Record]]:
    found: dict[int, dict[str, Record]] = defaultdict(dict)
    for run in runs:
        found[run[name]][run["solver"]] = run
    return dict(sorted(found.items()))


def _is_good(run: Record) -> bool:
    return run.get("cost") is not None and not run["breaches"]


def _at_most(cost: float | None, other: float) -> bool:
    return cost is not None and cost <= other + SAME


def _n(run: Record) -> str:
    if run.get("cost") is None:
        return "nothing"
    return f"{run['cost']:,.6g}" if run["cost"] < 1e6 else f"{run['cost']:,.0f}"
