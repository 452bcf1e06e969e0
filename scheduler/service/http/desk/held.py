"""Drafts that stay in memory, edit after edit: what they began with, how they stand."""

import gc
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.roster.editing import Standing
from models.roster.result import Roster
from scheduler.domain import Plan
from scheduler.preparing import Prepared, prepare_made
from scheduler.rosters.edits import Names
from scheduler.rosters.reading import read_roster
from scheduler.rosters.writing import activities_text, roster_text
from scheduler.service.http.desk.given import Answer, Given

COLD = Answer(b"", told={"cold": True})
_MOST_AGENTS = 5000  # of all plans in memory, or one plan
_MOST_STATES = 64


@dataclass(frozen=True, eq=False)
class Base:
    """A plan and a roster that drafts began with."""

    prepared: Prepared
    names: Names
    standing: Standing


_bases: OrderedDict[str, Base] = OrderedDict()
_states: OrderedDict[str, tuple[str, Standing]] = OrderedDict()  # base, standing


def _base(given: Given, key: str) -> Base | None:
    """Return what a draft began with; ``None`` where its files must be sent first."""
    found = _bases.get(key)
    if found is None:
        folder = Path(given.folder)
        if not (folder / "plan.json").exists():
            return None
        found = read_base(folder)
        keep(key, found)
    _bases.move_to_end(key)
    return found


def is_held(key: str) -> bool:
    """Whether what a draft began with is in memory."""
    return key in _bases


def keep(key: str, base: Base) -> None:
    """Keep what drafts began with; no garbage is looked for in that ever after.

    Each look through a large plan would take longer than an edit.
    """
    _bases[key] = base
    gc.freeze()
    _make_room()


def read_base(folder: Path) -> Base:
    """Return what a draft began with: it was judged when its job was asked for."""
    with _no_collecting():
        prepared, roster = _read(folder)
        standing = Standing.of(prepared.problem, roster)
        standing.parts  # noqa: B018  what the first edit is held against
        return Base(prepared, Names.of(prepared), standing)


def _read(folder: Path) -> tuple[Prepared, Roster]:
    """Return the plan and the roster that lie in a folder."""
    text = (folder / "plan.json").read_text(encoding="utf-8")
    prepared = prepare_made(Plan.model_validate_json(text))
    axis, plan = prepared.translation.axis, prepared.translation.plan
    return prepared, read_roster(folder, prepared.problem, axis, plan).roster


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Look for no garbage while much is made that stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _make_room() -> None:
    """Forget the plans that were not asked for longest, and their drafts."""
    while (
        len(_bases) > 1
        and sum(len(b.prepared.problem.agents) for b in _bases.values()) > _MOST_AGENTS
    ):
        gone, _ = _bases.popitem(last=False)
        for state in [s for s, (key, _) in _states.items() if key == gone]:
            del _states[state]


def remember(state: str, key: str, standing: Standing) -> None:
    """Keep a state of a draft that began with a base; forget what is oldest."""
    _states[state] = key, standing
    _states.move_to_end(state)
    while len(_states) > _MOST_STATES:
        _states.popitem(last=False)


def standing_of(given: Given) -> tuple[Base, Standing] | None:
    """Return a draft as it is; ``None`` where it must be told how it came to be."""
    asked = given.options
    key, state, weeks = asked["base"], asked["state"], asked["weeks"]
    if state in _states and key in _bases:
        _states.move_to_end(state)
        _bases.move_to_end(key)
        return _bases[key], _states[state][1]
    if weeks is None:
        return None
    base = _base(given, key)
    if base is None:
        return None
    standing = with_weeks(base, base.standing, weeks)
    if state:
        remember(state, key, standing)
    return base, standing


def laid_out(given: Given) -> tuple[Base, Standing]:
    """Return a draft whose files lie there, in a process that keeps nothing of it."""
    base = read_base(Path(given.folder))
    return base, with_weeks(base, base.standing, given.options["weeks"])


def unjudged(given: Given) -> tuple[Prepared, Roster]:
    """Return a draft whose files lie there, without the checker's word."""
    prepared, roster = _read(Path(given.folder))
    names = Names.of(prepared)
    weeks = {names.agent(a): names.week(w) for a, w in given.options["weeks"].items()}
    worked = [shift for shift in roster.worked if shift.agent not in weeks]
    doings = [doing for doing in roster.activities or () if doing.agent not in weeks]
    for a, week in weeks.items():
        worked += [replace(shift, agent=a) for shift in week.worked]
        doings += [replace(doing, agent=a) for doing in week.activities or ()]
    return prepared, Roster(tuple(worked), tuple(doings))


def with_weeks(base: Base, standing: Standing, weeks: Mapping[str, Any]) -> Standing:
    """Return a roster with other weeks of some agents, by their ids."""
    for agent, kept in weeks.items():
        position = base.names.agent(agent)
        standing = standing.with_week(position, base.names.week(kept))
    return standing


def texts_of(base: Base, roster: Roster) -> dict[str, str]:
    """Return a roster's tables by the names of their files."""
    problem, axis = base.prepared.problem, base.prepared.translation.axis
    return {
        "roster.csv": roster_text(problem, axis, roster),
        "activities.csv": activities_text(problem, axis, roster),
    }
