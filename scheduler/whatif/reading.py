"""From a file of scenarios to plans, or to everything that is wrong with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from models.errors import InvalidInput, PlanError
from scheduler import validation
from scheduler.domain import Plan
from scheduler.preparing import prepare_made
from scheduler.reading.settings_file import (
    SettingsFile,
    as_shown,
    named,
    read_settings,
)
from scheduler.reading.source import at
from scheduler.validation import PlanIssue
from scheduler.whatif.expanding import Scenario, expanded, size
from scheduler.whatif.names import MOST, unknown
from scheduler.whatif.partly import well_formed
from scheduler.whatif.sections import ForecastSamples, ScenarioFile

_MOST_ALIKE = 20


@dataclass(frozen=True)
class Made:
    """A scenario, and the plan that it makes."""

    scenario: Scenario
    plan: Plan


def read_scenarios(path: FilePath, plan: Plan) -> list[Made]:
    """Return the scenarios of a file (TOML, or JSON), each with its plan.

    Raises
    ------
    PlanError
        With a ``Finding`` for everything that is wrong with the file, or with what it
        makes of the plan.
    """
    return scenarios_of(read_settings(path), plan)


def scenarios_in(content: dict[str, Any], plan: Plan, name: str) -> list[Made]:
    """Return the scenarios of what a file of some name would hold, as JSON has it.

    Raises
    ------
    PlanError
        As ``read_scenarios``.
    """
    return scenarios_of(SettingsFile(name, content, {}), plan)


def scenarios_of(read: SettingsFile, plan: Plan, most: int = MOST) -> list[Made]:
    """Return the scenarios of a file that was read, each with its plan.

    ``most`` is how many it may have, the plan as it is included.

    Raises
    ------
    PlanError
        As ``read_scenarios``.
    """
    file, issues = _judged(read, plan, most)
    found, more = _tried(plan, _unharmed(file, issues, most))
    if issues or more:
        raise read.wrong([*issues, *more])
    return found


def read_samples(
    path: FilePath, plan: Plan, name: str | None = None
) -> ForecastSamples:
    """Return the samples of a file of scenarios: those of a name, or its only ones.

    Raises
    ------
    PlanError
        As ``read_scenarios``; and where there are none, or several and no name.
    """
    read = read_settings(path)
    file, issues = _judged(read, plan, MOST)
    if issues:
        raise read.wrong(issues)
    names = [one.name for one in file.samples]
    if name is None and len(names) == 1:
        return file.samples[0]
    if name in names:
        return file.samples[names.index(name)]
    expected = "one [[samples]] section"
    if names:
        expected = f"a name of one of its samples: {', '.join(map(repr, names))}"
    issue = PlanIssue(("samples",), expected, names, rule="no_samples", value=name)
    raise PlanError([read.finding(issue)])


def _judged(
    read: SettingsFile, plan: Plan, most: int
) -> tuple[ScenarioFile, list[PlanIssue]]:
    """Return what of a file is well formed, and all that is wrong with it by itself."""
    file, issues = well_formed(read)
    issues += unknown(plan, file)
    if size(file) > most:
        words = f"at most {most:,} scenarios, not {size(file):,}"
        issues.append(PlanIssue(("format",), words))
    return file, issues


def _unharmed(
    file: ScenarioFile, issues: Iterable[PlanIssue], most: int
) -> list[Scenario]:
    """Return the scenarios of which nothing is wrong but a name, with their samples."""
    if size(file) > most:
        return []
    wrong = {issue.path[:2] for issue in issues if issue.rule != "unique_name"}
    every = expanded(file)
    names = {one.of for one in every if one.draw is None and one.path in wrong}
    return [one for one in every if one.path not in wrong and one.of not in names]


def made(
    plan: Plan, scenarios: Iterable[Scenario], told: Any = lambda issue: issue
) -> list[Made]:
    """Return scenarios with their plans, each of which is found right.

    Raises
    ------
    PlanError
        With what ``told`` makes of each issue (paths are those of a file).
    """
    found, issues = _tried(plan, scenarios)
    if issues:
        raise PlanError(list(dict.fromkeys(map(told, issues))))
    return found


def _tried(
    plan: Plan, scenarios: Iterable[Scenario]
) -> tuple[list[Made], list[PlanIssue]]:
    """Return the scenarios whose plans are right, and what is wrong with the others."""
    found: list[Made] = []
    issues: list[PlanIssue] = []
    for one in scenarios:
        own = list[PlanIssue]()
        try:
            made_plan = one.plan(plan)
        except PlanError as error:
            own += [_placed(issue, one) for issue in error.problems]
        else:
            own += _wrong(made_plan, one)
            found.append(Made(one, made_plan))
        issues += own[:_MOST_ALIKE]
    return found, issues


def _placed(issue: object, scenario: Scenario) -> PlanIssue:
    """Return an issue of changes as one of the file."""
    assert isinstance(issue, PlanIssue)
    path = scenario.path
    if scenario.group or scenario.draw is not None:  # values of a grid have their place
        path = (*path, str(issue.path[0])) if scenario.draw is None else path
        words = f"{issue.expected} (in {scenario.name!r})"
        return PlanIssue(path, words, rule=issue.rule)
    return PlanIssue((*path, *issue.path), issue.expected, issue.known, rule=issue.rule)


def _wrong(plan: Plan, scenario: Scenario) -> Iterator[PlanIssue]:
    """Yield what is wrong with the plan that a scenario makes."""
    issues = list(validation.findings(plan))
    settings = plan.model_dump(mode="json") if issues else {}
    for issue in issues:
        where = ".".join(map(str, named(settings, issue.path)))
        value = issue.value if issue.value is not None else at(settings, issue.path)
        words = f"a right plan, which it does not make: {where}: "
        words += "" if value is None else f"{as_shown(value)!r} - "
        words += f"expected {issue.expected}"
        if issue.other is not None:
            words += f" {'.'.join(map(str, named(settings, issue.other)))}"
        yield PlanIssue(scenario.path, words, rule=issue.rule, value=scenario.name)
    if not issues and scenario.draw is None:
        try:
            prepare_made(plan)
        except InvalidInput as error:
            words = f"a plan that can be solved: {error}"
            yield PlanIssue(
                scenario.path, words, rule="not_supported", value=scenario.name
            )
