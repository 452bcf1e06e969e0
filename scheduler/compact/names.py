"""Names of variables that people can read and every solver takes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.roster.milp import RosterModel
from models.roster.milp.variables import Variable
from scheduler.calendars import TimeAxis

_OTHERS = re.compile(r"[^A-Za-z0-9]+")
_Decision = tuple[Variable, str, str, str, int]
_LONGEST = 16  # of each name in it: old readers take 100 characters and no more


@dataclass(frozen=True)
class Named:
    """A decision of the model: the variable's name, and what it says in words.

    Attributes
    ----------
    what
        ``works`` (a shift), ``rests`` (a break starts), ``meets`` (a meeting starts),
        ``does`` (on a queue or case type in one period of the grid).
    agent, thing
        Whose; and the shift type, break, meeting, queue or case type.
    start
        Minute of the horizon at which it starts.
    """

    variable: str
    what: str
    agent: str
    thing: str
    start: int


def name_all(made: RosterModel, axis: TimeAxis) -> list[Named]:
    """Name the variables of a model anew, always alike for a plan; return decisions.

    Amounts (``missing_812`` and the like) keep their number. No two names are alike,
    not even to who does not tell capitals apart.
    """
    taken: set[str] = set()
    found = []
    for variable, what, agent, thing, start in _decisions(made):
        moment = axis.moment(start)
        parts = (what, _slug(agent), f"{moment:%m%d_%H%M}", _slug(thing))
        variable.name = _free("_".join(parts), taken)
        found.append(Named(variable.name, what, agent, thing, start))
    return found


def _decisions(made: RosterModel) -> Iterator[_Decision]:
    """Yield each decision: variable, what it is, whose, of which thing, from when."""
    x, problem = made.variables, made.problem
    agents = [agent.name for agent in problem.agents]
    for (a, i), variable in x.works.items():
        shift = problem.shifts[i]
        kind = problem.shift_types[shift.shift_type].name
        yield variable, "works", agents[a], kind, shift.start
    for (a, i, b), starts in x.rests.items():
        yield from _periods(
            made, "rests", agents[a], problem.breaks_of[i][b].name, starts.items()
        )
    for (a, m), starts in x.meets.items():
        name = problem.agents[a].meetings[m].name
        yield from _periods(made, "meets", agents[a], name, starts.items())
    for (a, w), does in x.does.items():
        yield from _periods(
            made, "does", agents[a], problem.works[w].name, does.items()
        )


def _periods(
    made: RosterModel,
    what: str,
    agent: str,
    thing: str,
    variables: Iterable[tuple[int, Variable]],
) -> Iterator[_Decision]:
    for p, variable in variables:
        yield variable, what, agent, thing, p * made.problem.period


def _slug(text: str) -> str:
    """Return letters and digits of a name.

    >>> _slug("Zoë O'Neill"), _slug("=1+1"), _slug("李")
    ('Zoe_O_Neill', '1_1', 'x')
    """
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHERS.sub("_", bare).strip("_")[:_LONGEST].strip("_") or "x"


def _free(name: str, taken: set[str]) -> str:
    """Return a name, with a number after it where others are the same."""
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{name}__{number}"
    taken.add(found.casefold())
    return found
