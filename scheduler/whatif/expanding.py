"""From a file of scenarios to the plans of all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from scheduler.domain import Plan
from scheduler.validation import Path
from scheduler.whatif.changes import Changes
from scheduler.whatif.patches import circumstances, patched
from scheduler.whatif.sampling import sampled
from scheduler.whatif.sections import BASE, ForecastSamples, Grid, ScenarioFile
from scheduler.whatif.words import words


@dataclass(frozen=True)
class Draw:
    """One of some samples, counted from 0."""

    samples: ForecastSamples
    sample: int


@dataclass(frozen=True)
class Scenario:
    """A plan that is to be solved, as it comes from another.

    Attributes
    ----------
    name
        That no other has.
    path
        Where in the file it comes from; nowhere: the plan as it is.
    group
        Grid that it is of, if any.
    of
        Scenario that meets the sample; without a draw its own name.
    """

    name: str
    changes: Changes
    path: Path = ()
    group: str = ""
    of: str = BASE
    draw: Draw | None = None

    def plan(self, plan: Plan) -> Plan:
        """Return the plan that it makes of one.

        Raises
        ------
        PlanError
            With a ``PlanIssue`` for each change that the plan cannot have.
        """
        made = patched(plan, self.changes)
        if self.draw is not None:
            made = sampled(made, self.draw.samples, self.draw.sample)
        return made

    @property
    def circumstances(self) -> str:
        """What happens to the centre in it, as words."""
        told = words(circumstances(self.changes))
        if self.draw is None:
            return told
        return f"{told}, {self.draw.samples.name} {self.draw.sample + 1}"


def expanded(file: ScenarioFile) -> list[Scenario]:
    """Return all scenarios of a file, the plan as it is first."""
    plain = [Scenario(BASE, Changes())]
    for n, one in enumerate(file.scenarios):
        values = {key: getattr(one, key) for key in one.model_fields_set - {"name"}}
        changes = Changes.model_validate(values)
        plain.append(Scenario(one.name, changes, ("scenarios", n), of=one.name))
    for n, grid in enumerate(file.grids):
        plain += _grid(grid, ("grids", n))
    found = list(plain)
    for n, samples in enumerate(file.samples):
        found += _sampled(samples, plain, ("samples", n))
    return _told_apart(found)


def size(file: ScenarioFile) -> int:
    """Return how many scenarios a file has, before they are made."""
    points = {grid.name: _points(grid) for grid in file.grids}
    drawn = sum(
        one.count * sum(points.get(name, 1) for name in one.scenarios)
        for one in file.samples
    )
    return 1 + len(file.scenarios) + sum(points.values()) + drawn


def _points(grid: Grid) -> int:
    total = 1
    for key in grid.model_fields_set - {"name"}:
        total *= max(1, len(getattr(grid, key)))
    return total


def _grid(grid: Grid, path: Path) -> Iterator[Scenario]:
    """Yield every combination of a grid's values, the last key fastest."""
    keys = [key for key in Changes.model_fields if getattr(grid, key)]
    for values in product(*(getattr(grid, key) for key in keys)):
        changes = Changes.model_validate(dict(zip(keys, values, strict=True)))
        name = f"{grid.name}: {words(changes)}"
        yield Scenario(name, changes, path, grid.name, of=name)


def _sampled(
    samples: ForecastSamples, plain: list[Scenario], path: Path
) -> Iterator[Scenario]:
    for one in plain:
        if one.name in samples.scenarios or one.group in samples.scenarios:
            for sample in range(samples.count):
                lead = (
                    samples.name if one.name == BASE else f"{samples.name}, {one.name}"
                )
                yield replace(
                    one,
                    name=f"{lead}, {sample + 1}",
                    path=path,
                    draw=Draw(samples, sample),
                )


def _told_apart(scenarios: list[Scenario]) -> list[Scenario]:
    """Return scenarios with a number after names that others have, too."""
    seen: dict[str, int] = {}
    found = []
    for one in scenarios:
        times = seen[one.name] = seen.get(one.name, 0) + 1
        name = one.name if times == 1 else f"{one.name} ({times})"
        found.append(replace(one, name=name))
    return found
