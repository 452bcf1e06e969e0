"""From a file of scenarios to plans, or to everything that is wrong with it."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from models.errors import NotSupported, PlanError
from scheduler import validation
from scheduler.domain import Plan
from scheduler.preparing import prepare_made
from scheduler.reading.files import text_of
from scheduler.reading.finding import Finding
from scheduler.reading.source import at
from scheduler.reading.suggest import closest
from scheduler.reading.toml_lines import key_lines, line_of
from scheduler.reading.words import issue_of
from scheduler.validation import Path, PlanIssue
from scheduler.whatif.expanding import Scenario, expanded, size
from scheduler.whatif.names import MOST, unknown
from scheduler.whatif.overrides import named
from scheduler.whatif.sections import ScenarioFile

_MOST_ALIKE = 20
_LONGEST = 60
_OF_KEYS = ("extra_forbidden", "no_key", "no_entry")  # rules about a key, not a value
_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class Made:
    """A scenario, and the plan that it makes."""

    scenario: Scenario
    plan: Plan


@dataclass(frozen=True)
class _File:
    name: str
    content: dict[str, Any]
    lines: dict[Path, int]

    def finding(self, issue: PlanIssue) -> Finding:
        """Return an issue with its place in the file."""
        value = issue.value if issue.value is not None else _typed(self.content, issue)
        meant = issue.path[-1] if issue.rule in _OF_KEYS else value
        return Finding(
            self.name,
            self._line(issue.path),
            self._key(issue.path),
            _shown(value),
            issue.expected,
            closest(str(meant), issue.known) if meant is not None else None,
            issue.rule,
        )

    def _line(self, path: Path) -> int | None:
        """Return the line of a path, also where it is a part of a dotted key."""
        size = len(path)
        inside = [line for key, line in self.lines.items() if key[:size] == path]
        return min(inside) if inside else line_of(path, self.lines)

    def _key(self, path: Path) -> str:
        parts = (p + 1 if isinstance(p, int) else p for p in named(self.content, path))
        return ".".join(map(str, parts))


def read_scenarios(path: FilePath, plan: Plan) -> list[Made]:
    """Return the scenarios of a file (TOML, or JSON), each with its plan.

    Raises
    ------
    PlanError
        With a ``Finding`` for everything that is wrong with the file, or with what it
        makes of the plan.
    """
    return _scenarios(_read(path), plan)


def scenarios_in(content: dict[str, Any], plan: Plan, name: str) -> list[Made]:
    """Return the scenarios of what a file of some name would hold, as JSON has it.

    Raises
    ------
    PlanError
        As ``read_scenarios``.
    """
    return _scenarios(_File(name, content, {}), plan)


def _scenarios(read: _File, plan: Plan) -> list[Made]:
    try:
        file = ScenarioFile.model_validate(read.content)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        issues = [_known(issue_of(detail)) for detail in details]
        raise PlanError(_in_order(map(read.finding, issues))) from error
    found = list(unknown(plan, file))
    if not found and size(file) > MOST:
        found = [
            PlanIssue(("format",), f"at most {MOST:,} scenarios, not {size(file):,}")
        ]
    if found:
        raise PlanError(_in_order(map(read.finding, found)))
    return made(plan, expanded(file), read.finding)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings line by line."""
    return sorted(findings, key=lambda one: one.row or 0)


def made(
    plan: Plan, scenarios: Iterable[Scenario], told: Any = lambda issue: issue
) -> list[Made]:
    """Return scenarios with their plans, each of which is found right.

    Raises
    ------
    PlanError
        With what ``told`` makes of each issue (paths are those of a file).
    """
    found, issues = [], []
    for one in scenarios:
        own = list[PlanIssue]()
        try:
            made_plan = one.plan(plan)
        except PlanError as error:
            own += [_placed(issue, one) for issue in error.problems]
        else:
            own += _wrong(made_plan, one)
            found.append(Made(one, made_plan))
        issues += [told(issue) for issue in own[:_MOST_ALIKE]]
    if issues:
        raise PlanError(list(dict.fromkeys(issues)))
    return found


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
        words += "" if value is None else f"{_shown(value)!r} - "
        words += f"expected {issue.expected}"
        if issue.other is not None:
            words += f" {'.'.join(map(str, named(settings, issue.other)))}"
        yield PlanIssue(scenario.path, words, rule=issue.rule, value=scenario.name)
    if not issues and scenario.draw is None:
        try:
            prepare_made(plan)
        except NotSupported as error:
            words = f"a plan that can be solved: {error}"
            yield PlanIssue(
                scenario.path, words, rule="not_supported", value=scenario.name
            )


def _read(path: FilePath) -> _File:
    """Return the content of a file, and the lines of its keys."""
    text = text_of(path)
    if isinstance(text, Finding):
        raise PlanError([text])
    is_json = path.suffix.lower() == ".json"
    try:
        content = json.loads(text) if is_json else tomllib.loads(text)
    except RecursionError:
        raise _syntax(path, "it is nested too deeply", None) from None
    except json.JSONDecodeError as error:
        raise _syntax(path, error.msg, error.lineno) from error
    except ValueError as error:
        where = _LINE.search(str(error))
        line = int(where[1]) if where and where[1] else None
        if where and line is None:
            line = text.rstrip().count("\n") + 1
        raise _syntax(path, _LINE.sub("", str(error)), line) from error
    if not isinstance(content, dict):
        raise _syntax(path, "a table of keys and values at the top", None)
    lines = {} if is_json else key_lines(text.replace("\r\n", "\n"))
    return _File(path.name, content, lines)


def _syntax(path: FilePath, why: str, line: int | None) -> PlanError:
    kind = "JSON" if path.suffix.lower() == ".json" else "TOML"
    expected = f"{kind}: {why[:1].lower()}{why[1:]}"
    return PlanError([Finding(path.name, line, None, None, expected, rule="syntax")])


def _known(issue: PlanIssue) -> PlanIssue:
    """Return an issue with the keys that there are where one is that is not."""
    if issue.rule != "extra_forbidden":
        return issue
    model: type[BaseModel] = ScenarioFile
    for part in issue.path[:-1]:
        field = model.model_fields.get(str(part))
        if field is not None:
            model = _model_in(field.annotation) or model
    keys = list(model.model_fields)
    return PlanIssue(issue.path, issue.expected, keys, rule=issue.rule)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation such as ``list[Grid]`` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation))
    return next((model for model in found if model is not None), None)


def _typed(content: Any, issue: PlanIssue) -> object:
    """Return what was typed at a path, or what is short for it."""
    for part in issue.path:
        inside = at(content, (part,))
        if inside is None and isinstance(part, int) and part == 0:
            continue  # one entry instead of a list of one
        if inside is None:
            break
        content = inside
    else:
        return content
    return None if isinstance(content, dict | list) else content


def _shown(value: object) -> str | None:
    if value is None or isinstance(value, str):
        text = value
    else:
        text = json.dumps(value, default=str, ensure_ascii=False)
    long = text is not None and len(text) > _LONGEST
    return f"{str(text)[:_LONGEST]}..." if long else text
