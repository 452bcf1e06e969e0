"""Names in a file of scenarios that its plan does not have, or that it has twice."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from scheduler.domain import Plan, Section
from scheduler.validation import Path, PlanIssue
from scheduler.whatif.sections import BASE, ScenarioFile

MOST = 10_000  # scenarios in all


def unknown(plan: Plan, file: ScenarioFile) -> Iterator[PlanIssue]:
    """Yield every name that the plan, or the file itself, does not have."""
    for part in ("scenarios", "grids"):
        yield from unknown_in(plan, getattr(file, part), (part,))
    yield from _twice(file)
    yield from _sampled(file)


def unknown_in(plan: Plan, sections: object, path: Path) -> Iterator[PlanIssue]:
    """Yield every name in a section, or a list of some, that the plan does not have."""
    yield from _in_section(sections, _known(plan), path)


_WORDS = {
    "queue": "the name of a queue",
    "case_type": "the name of a case type",
    "contract": "the name of a contract",
    "contracts": "the name of a contract",
    "skills": "a skill that an agent of the plan has",
    "like": "the id of an agent",
    "who": "the id of an agent",
    "shift_type": "the name of a shift type",
}


def _known(plan: Plan) -> dict[str, list[str]]:
    agents = [agent.agent_id for agent in plan.agents]
    contracts = [contract.name for contract in plan.contracts]
    return {
        "queue": [queue.name for queue in plan.queues],
        "case_type": [kind.name for kind in plan.case_types],
        "contract": contracts,
        "contracts": contracts,
        "skills": list(dict.fromkeys(row.skill for row in plan.skills)),
        "like": agents,
        "who": agents,
        "shift_type": [kind.name for kind in plan.shift_types],
    }


def _in_section(
    value: object, known: Mapping[str, Collection[str]], path: Path
) -> Iterator[PlanIssue]:
    """Yield the unknown names in a section, its lists, and what these hold."""
    if isinstance(value, list):
        for n, one in enumerate(value):
            yield from _in_section(one, known, (*path, n))
    elif isinstance(value, Section):
        menu = "shift_types" in path
        for key, own in value:
            kind = _kind(key, menu=menu)
            if kind is None:
                yield from _in_section(own, known, (*path, key))
            else:
                yield from _names(own, kind, known[kind], (*path, key))


def _kind(key: str, *, menu: bool) -> str | None:
    """Return what the names under a key are of; ``None``: they are no names."""
    if menu and key in ("remove", "like"):
        return "shift_type"
    return key if key in _WORDS and key != "shift_type" else None


def _names(
    value: object, kind: str, known: Collection[str], path: Path
) -> Iterator[PlanIssue]:
    told = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
    for n, name in told:
        if name is not None and name not in known:
            where = path if n is None else (*path, n)
            expected = _WORDS[kind]
            yield PlanIssue(where, expected, known, rule="unknown_name", value=name)


def _twice(file: ScenarioFile) -> Iterator[PlanIssue]:
    """Yield names that two things have, or that is the plan's own."""
    seen = {BASE: "the plan as it is"}
    for part in ("scenarios", "grids", "samples"):
        for n, name in enumerate(one.name for one in getattr(file, part)):
            if name.casefold() in seen:
                expected = f"another name: it is that of {seen[name.casefold()]}"
                yield PlanIssue((part, n, "name"), expected, rule="unique_name")
            seen.setdefault(name.casefold(), f"{part} {n + 1}")


def _sampled(file: ScenarioFile) -> Iterator[PlanIssue]:
    """Yield scenarios that samples are to meet and that do not exist."""
    grids = [grid.name for grid in file.grids]
    known = [BASE, *(one.name for one in file.scenarios), *grids]
    for n, samples in enumerate(file.samples):
        path: Path = ("samples", n, "scenarios")
        yield from (
            PlanIssue((*path, i), "the name of a scenario or grid", known, value=name)
            for i, name in enumerate(samples.scenarios)
            if name not in known
        )
        for name, times in Counter(samples.scenarios).items():
            if times > 1:
                yield PlanIssue(
                    path, f"each name once, {name!r} is there {times} times"
                )
