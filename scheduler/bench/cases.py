"""The cases of the benchmark, by name or from a path."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from models.errors import InvalidInput
from scheduler.bench.crew import crew
from scheduler.bench.curtois import read_curtois
from scheduler.domain import Plan, RuleSet
from scheduler.reading import read_plan
from scheduler.samples import SAMPLES
from scheduler.samples.centre import centre

Made = Callable[[int], Plan]  # a plan for a seed

LISTED = (
    "centre-24-different",
    "centre-50-different",
    "centre-200-different",
    "centre-1000-different",
    "centre-1000-hard",
    "centre-1000-classes",
    "centre-5000-different",
    "centre-1000-different-28d",
    "crew-30",
    "retail-bank",
    "tiny",
)
PATTERN = "centre-<agents>-<different|hard|classes>[-<days>d]"
DEFAULT_LOAD = 0.95

_NAME = re.compile(r"centre-([1-9]\d*)-(different|hard|classes)(?:-([1-9]\d*)d)?")
_SECONDS = {"different": 60.0, "hard": 180.0, "classes": 30.0}
_SECONDS_OF_INSTANCES = 600.0
_SECONDS_OF_WEEKS = 900.0
_SECONDS_OF_MANY = 240.0
_MANY = 1000


@dataclass(frozen=True)
class Centre:
    """What the name of a case says of a sample ``centre``."""

    agents: int
    sort: str
    days: int

    def plan(self, load: float, seed: int) -> Plan:
        """Return its plan; raise ``InvalidInput`` where there is none."""
        return centre(
            self.agents,
            self.days,
            different=self.sort != "classes",
            load=load,
            queues=2 if self.sort == "hard" else 1,
            seed=seed,
            hard=self.sort == "hard",
        )

    @property
    def seconds(self) -> float:
        """The time to search, by how long the horizon is and how many people."""
        if self.days > 7:
            return _SECONDS_OF_WEEKS
        if self.agents > _MANY:
            return _SECONDS_OF_MANY
        return _SECONDS[self.sort]


@dataclass(frozen=True)
class Case:
    """A problem with a name.

    Attributes
    ----------
    seconds
        Time to search unless another is asked for.
    centre
        ``None`` for what has a load of its own.
    made
        Makes the plan, of what is no centre.
    """

    name: str
    seconds: float
    centre: Centre | None = None
    made: Made | None = None

    def plan(self, load: float | None = None, seed: int = 0) -> Plan:
        """Return its plan.

        Parameters
        ----------
        load
            Work over people, of a centre; left out: ``DEFAULT_LOAD``.
        seed
            Of a case that is drawn.

        Raises
        ------
        InvalidInput
            If there is no such centre, or a load is asked of what has its own.
        """
        if self.centre is not None:
            return self.centre.plan(DEFAULT_LOAD if load is None else load, seed)
        if load is not None:
            raise InvalidInput(f"only a centre takes a load, {self.name} has its own")
        if self.made is None:
            raise InvalidInput(f"nothing makes {self.name}")
        return self.made(seed)


def _always(plan: Plan) -> Made:
    """Return what makes the same plan for every seed."""
    return lambda _: plan


def _sample(name: str) -> Case:
    return Case(name, _SECONDS["different"], made=lambda _: SAMPLES[name]())


REGISTERED = {
    **{name: _sample(name) for name in SAMPLES},
    "crew-30": Case("crew-30", 60.0, made=lambda seed: crew(30, seed)),
}


def ruled(case: Case, plan: Plan, rules: RuleSet) -> tuple[Case, Plan]:
    """Return a case, named after the rules too, whose contracts have these rules."""
    everybody = plan.rules.model_copy(update={"set": rules})
    contracts = [each.model_copy(update={"rules": None}) for each in plan.contracts]
    changed = plan.model_copy(update={"rules": everybody, "contracts": contracts})
    return replace(case, name=f"{case.name}+{rules}"), changed


def case_of(text: str) -> Case:
    """Return the case of a name; where none has it, that of a path.

    A path is a plan (folder, .json, .xlsx) or an instance of Curtois and Qu (.txt).

    Raises
    ------
    InvalidInput
        Where there is neither.
    PlanError
        With every problem of the plan.
    """
    path = Path(text)
    if text in REGISTERED or _NAME.fullmatch(text) or not path.exists():
        return case_named(text)
    if path.suffix.lower() == ".txt":
        return Case(text, _SECONDS_OF_INSTANCES, made=_always(read_curtois(path)))
    return Case(text, _SECONDS["different"], made=_always(read_plan(path).plan))


def case_named(name: str) -> Case:
    """Return the case of a name, listed or of the pattern ``PATTERN``.

    Raises
    ------
    InvalidInput
        Where no case has this name.

    >>> case_named("centre-30-hard-14d").centre
    Centre(agents=30, sort='hard', days=14)
    """
    if name in REGISTERED:
        return REGISTERED[name]
    match = _NAME.fullmatch(name)
    if match is None:
        raise InvalidInput(
            f"no case {name!r}, there are {', '.join(LISTED)}, any {PATTERN}, and "
            "the path of any plan"
        )
    agents, sort, days = match.groups()
    found = Centre(int(agents), sort, int(days or 7))
    return Case(name, found.seconds, found)
