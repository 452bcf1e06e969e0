"""A file of settings of another format than the plan's: TOML, or JSON."""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from models.errors import PlanError
from scheduler.reading.files import WHOLE_TEXT, escapes_amiss, text_of
from scheduler.reading.finding import Finding
from scheduler.reading.source import at
from scheduler.reading.suggest import closest
from scheduler.reading.toml_lines import key_lines, line_of
from scheduler.reading.words import issue_of
from scheduler.validation import Path, PlanIssue

Model = TypeVar("Model", bound=BaseModel)
_LONGEST = 60
_OF_KEYS = ("extra_forbidden", "no_key", "no_entry")  # rules about a key, not a value
_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class SettingsFile:
    """A file's name, what it holds, and the line of each of its keys."""

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
            as_shown(value),
            issue.expected,
            closest(str(meant), issue.known) if meant is not None else None,
            issue.rule,
        )

    def parsed(self, model: type[Model]) -> Model:
        """Return what it says.

        Raises
        ------
        PlanError
            With a ``Finding`` for everything that is not well formed.
        """
        try:
            return model.model_validate(self.content)
        except ValidationError as error:
            raise self.wrong(misshapen(error, model)) from error

    def wrong(self, issues: Iterable[PlanIssue]) -> PlanError:
        """Return the error of issues, line by line, each once."""
        findings = list(dict.fromkeys(map(self.finding, issues)))
        findings.sort(key=lambda one: one.row or 0)
        return PlanError(findings)

    def _line(self, path: Path) -> int | None:
        """Return the line of a path, also where it is a part of a dotted key."""
        size = len(path)
        inside = [line for key, line in self.lines.items() if key[:size] == path]
        return min(inside) if inside else line_of(path, self.lines)

    def _key(self, path: Path) -> str:
        parts = (p + 1 if isinstance(p, int) else p for p in named(self.content, path))
        return ".".join(map(str, parts))


def read_settings(path: FilePath) -> SettingsFile:
    """Return the content of a file, and the lines of its keys.

    Raises
    ------
    PlanError
        Where it cannot be read.
    """
    text = text_of(path)
    if isinstance(text, Finding):
        raise PlanError([text])
    is_json = path.suffix.lower() == ".json"
    try:
        content = json.loads(text) if is_json else tomllib.loads(text)
        if escapes_amiss(text, content):
            raise ValueError(f"expected {WHOLE_TEXT}")
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
    return SettingsFile(path.name, content, lines)


def misshapen(error: ValidationError, model: type[BaseModel]) -> list[PlanIssue]:
    """Return what a model has found wrong with the form of a file's content."""
    details = error.errors(include_url=False, include_input=False)
    return [_known(issue_of(detail), model) for detail in details]


def _syntax(path: FilePath, why: str, line: int | None) -> PlanError:
    kind = "JSON" if path.suffix.lower() == ".json" else "TOML"
    expected = f"{kind}: {why[:1].lower()}{why[1:]}"
    return PlanError([Finding(path.name, line, None, None, expected, rule="syntax")])


def _known(issue: PlanIssue, model: type[BaseModel]) -> PlanIssue:
    """Return an issue with the keys that there are where one is that is not."""
    if issue.rule != "extra_forbidden":
        return issue
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


def as_shown(value: object) -> str | None:
    """Return a value as it is told in a finding: short, as it was typed."""
    if value is None or isinstance(value, str):
        text = value
    else:
        text = json.dumps(value, default=str, ensure_ascii=False)
    long = text is not None and len(text) > _LONGEST
    return f"{str(text)[:_LONGEST]}..." if long else text


def named(content: Any, path: Path) -> Path:
    """Return a path in which names stand for positions.

    >>> named({"queues": [{"name": "phones"}]}, ("queues", 0, "skill"))
    ('queues', 'phones', 'skill')
    """
    words: list[str | int] = []
    for part in path:
        inside = isinstance(content, list | dict)
        content = content[part] if inside and _has(content, part) else None
        name = content.get("name") if isinstance(content, dict) else None
        words.append(name if isinstance(part, int) and name else part)
    return tuple(words)


def _has(content: Any, part: str | int) -> bool:
    if isinstance(content, list):
        return isinstance(part, int) and part < len(content)
    return part in content
