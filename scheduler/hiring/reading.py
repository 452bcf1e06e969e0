"""From a file of hires to weeks and whom they can have, or to all that is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path as FilePath
from typing import Any

from models.errors import InvalidInput, NotSupported
from models.roster.hiring import Kind, Mixes, alike, no_less, only_more
from models.roster.hiring.mixes import MOST
from models.roster.problem import RosterProblem
from scheduler import validation
from scheduler.domain import Plan
from scheduler.hiring.sections import HireKind, HiringFile
from scheduler.hiring.staffing import Week, staffed
from scheduler.preparing import prepare_made
from scheduler.reading.settings_file import SettingsFile, as_shown, named, read_settings
from scheduler.reading.source import at
from scheduler.validation import Path, PlanIssue
from scheduler.whatif.expanding import Scenario as Expanded
from scheduler.whatif.expanding import expanded
from scheduler.whatif.names import unknown, unknown_in
from scheduler.whatif.reading import Made, made
from scheduler.whatif.sections import ForecastSamples, Scenario, ScenarioFile

MOST_WEEKS = 200
_UNSHARED = "what the plan shares out (fairness) is left out of all weeks"
_PARTS = {"scenarios": "weeks"}  # what a file of scenarios calls them


@dataclass(frozen=True, eq=False)
class Hiring:
    """Weeks to be met, and who can be hired for them.

    Attributes
    ----------
    kinds
        In the order of ``file.hires``; costs are of a mean week as long as the plan.
    plan
        Without ``fairness``: a share of what is shared out depends on who is there.
    """

    plan: Plan
    file: HiringFile
    weeks: tuple[Week, ...]
    kinds: tuple[Kind, ...]
    notes: tuple[str, ...] = ()

    def mixes(self) -> Mixes:
        """Return all mixes within the limits."""
        shares = [week.share for week in self.weeks]
        return _mixes(self.file, self.kinds, shares, self.length)

    @property
    def length(self) -> float:
        """How many weeks long a mean week is: of plans of several weeks, more."""
        return sum(week.share * week.length for week in self.weeks)


def read_hires(path: FilePath, plan: Plan) -> Hiring:
    """Return the hires and weeks of a file (TOML, or JSON) for a plan.

    Raises
    ------
    PlanError
        With a ``Finding`` for everything that is wrong with the file, or with what it
        makes of the plan.
    """
    return hiring_of(read_settings(path), plan)


def hires_in(content: dict[str, Any], plan: Plan, name: str) -> Hiring:
    """Return the same of what a file of some name would hold, as JSON has it.

    Raises
    ------
    PlanError
        As ``read_hires``.
    """
    return hiring_of(SettingsFile(name, content, {}), plan)


def hiring_of(read: SettingsFile, plan: Plan, most: int = MOST_WEEKS) -> Hiring:
    """Return the same of a file that was read, of so many weeks at most.

    Raises
    ------
    PlanError
        As ``read_hires``.
    """
    file = read.parsed(HiringFile)
    told = (_UNSHARED,) if plan.fairness else ()
    plan = plan.model_copy(update={"fairness": []})
    if found := list(_wrong(plan, file, most)):
        raise read.wrong(found)
    asked = _scenarios(file)
    weights = _weights(file, asked)
    plans = made(plan, asked, lambda issue: read.finding(_placed(issue)))
    total = sum(weights)
    weeks = [
        staffed(one.scenario.name, weight / total, one.plan, file.hires)
        for one, weight in zip(plans, weights, strict=True)
    ]
    if found := list(_unfit(plans, weeks, file.hires)):
        raise read.wrong(found)
    length = sum(week.share * week.length for week in weeks)
    kinds = tuple(
        Kind(one.at_least, one.at_most, one.cost_per_week * length)
        for one in file.hires
    )
    found_kinds = Hiring(plan, file, tuple(weeks), kinds, told)
    try:
        found_kinds.mixes()
    except InvalidInput as error:
        expected = f"limits that some mix keeps: {error}"
        raise read.wrong([PlanIssue(("limits",), expected, rule="no_mix")]) from error
    return found_kinds


def _mixes(
    file: HiringFile, kinds: Sequence[Kind], shares: Sequence[float], length: float
) -> Mixes:
    budget = file.limits.cost_per_week
    scaled = None if budget is None else budget * length
    return Mixes(kinds, shares, file.limits.hires, scaled)


def _wrong(plan: Plan, file: HiringFile, most: int) -> Iterator[PlanIssue]:
    """Yield names that there are not, or twice, and what is too much."""
    yield from unknown_in(plan, file.hires, ("hires",))
    seen: set[str] = set()
    for n, one in enumerate(file.hires):
        if one.name.casefold() in seen:
            expected = "another name: it is that of other hires"
            yield PlanIssue(("hires", n, "name"), expected, rule="unique_name")
        seen.add(one.name.casefold())
    scenarios = _as_scenarios(file)
    yield from map(_placed, unknown(plan, scenarios))
    mixes = prod(one.at_most - one.at_least + 1 for one in file.hires)
    if mixes > MOST:
        expected = f"at most {MOST:,} mixes of all kinds, not {mixes:,}: fewer at most"
        yield PlanIssue(("hires",), expected, rule="too_many")
    weeks = len(file.weeks) + sum(one.count for one in file.samples)
    if weeks > most:
        expected = f"at most {most} weeks, samples included, not {weeks}"
        yield PlanIssue(("weeks",), expected, rule="too_many")


def _as_scenarios(file: HiringFile) -> ScenarioFile:
    """Return weeks and samples as a file of scenarios has them."""
    weeks = [
        Scenario.model_construct(
            one.model_fields_set - {"weight"},
            **{key: getattr(one, key) for key in Scenario.model_fields},
        )
        for one in file.weeks
    ]
    samples = [
        ForecastSamples.model_construct(
            one.model_fields_set - {"weight"},
            **{key: getattr(one, key) for key in ForecastSamples.model_fields},
        )
        for one in file.samples
    ]
    return ScenarioFile.model_construct(scenarios=weeks, grids=[], samples=samples)


def _scenarios(file: HiringFile) -> list[Expanded]:
    """Return the weeks; the plan as it is only where there are no others."""
    every = expanded(_as_scenarios(file))
    return every if len(every) == 1 else every[1:]


def _weights(file: HiringFile, asked: Sequence[Expanded]) -> list[float]:
    """Return how often each week comes, against the others."""
    return [
        getattr(file, _PARTS.get(str(one.path[0]), str(one.path[0])))[
            one.path[1]
        ].weight
        if one.path
        else 1.0
        for one in asked
    ]


def _placed(issue: PlanIssue) -> PlanIssue:
    """Return an issue of a file of scenarios as one of ours."""
    first = str(issue.path[0]) if issue.path else ""
    path = (_PARTS.get(first, first), *issue.path[1:])
    return PlanIssue(
        path, issue.expected, issue.known, rule=issue.rule, value=issue.value
    )


def _unfit(
    plans: Sequence[Made], weeks: Sequence[Week], hires: Sequence[HireKind]
) -> Iterator[PlanIssue]:
    """Yield what in plans with everybody hired is wrong, or does not bear a bound."""
    for one, week in zip(plans, weeks, strict=True):
        if one.scenario.draw is not None:
            continue  # what is drawn is how much comes
        found = list(_in_plan(week, hires))
        yield from found
        if not found:
            yield from _untied(one.plan, week, hires)
        if found:
            return  # it is so in every week


def _in_plan(week: Week, hires: Sequence[HireKind]) -> Iterator[PlanIssue]:
    issues = list(validation.findings(week.most))
    settings = week.most.model_dump(mode="json") if issues else {}
    for issue in issues:
        where = ".".join(map(str, named(settings, issue.path)))
        value = issue.value if issue.value is not None else at(settings, issue.path)
        words = "hires with whom the plan is right, which it is not: "
        words += f"{where}: {as_shown(value)!r} - expected {issue.expected}"
        yield PlanIssue(_path(week, hires, issue), words, rule=issue.rule)


def _path(week: Week, hires: Sequence[HireKind], issue: PlanIssue) -> Path:
    """Return the kind that an issue of a plan is about, if it names one."""
    row = at(week.most.model_dump(mode="json"), issue.path[:2])
    agent = row.get("agent_id") if isinstance(row, dict) else None
    for n, own in enumerate(week.kinds):
        if agent in own:
            return ("hires", n)
    return ("hires",)


def _untied(plan: Plan, week: Week, hires: Sequence[HireKind]) -> Iterator[PlanIssue]:
    """Yield where hires change more than how many people there are."""
    try:
        few, many = prepare_made(plan).problem, prepare_made(week.most).problem
    except NotSupported as error:
        yield PlanIssue(("hires",), f"a plan that can be solved: {error}")
        return
    places = week.positions
    least = few if week.least is None else prepare_made(week.least).problem
    same = alike(many, places) and only_more(few, many, places)
    if same and all(no_less(one.cases, least.cases) for one in (few, many)):
        return
    for n, one in enumerate(hires):
        if not _apart(few, plan, week.name, one):
            yield PlanIssue(
                ("hires", n),
                f"hires who change nothing but how many there are, in week "
                f"{week.name!r}: not whom pairs and teams tie, or which queues are "
                f"taken together (pooling, by the skills that somebody has)",
                rule="hires_apart",
                value=one.name,
            )


def _apart(few: RosterProblem, plan: Plan, name: str, one: HireKind) -> bool:
    """Whether hires of a kind leave all others of a plan's problem as they are."""
    week = staffed(name, 1, plan, [one])
    many = prepare_made(week.most).problem
    places = week.positions
    return alike(many, places) and only_more(few, many, places)
