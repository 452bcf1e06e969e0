"""The people of a page: who works when, and how it is shared out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from models.roster.problem import Agent, Kind
from models.roster.result import Activity, Worked
from scheduler.report.page.document import Person, Portion
from scheduler.report.page.doings import Doings
from scheduler.report.page.sources import Sources
from scheduler.rosters.fair import portions, unit
from scheduler.rosters.turns import Turns, turns
from scheduler.rosters.wishes import Asked, asked_wishes

_HOUR = 60


def people(sources: Sources, doings: Doings) -> list[Person]:
    """Return all agents in the plan's order, also those who do not work."""
    own = _Own(sources, doings)
    agents = sources.prepared.problem.agents
    return [own.person(a, agent) for a, agent in enumerate(agents)]


class _OfAgent(Protocol):
    @property
    def agent(self) -> int: ...


_Thing = TypeVar("_Thing", bound=_OfAgent)


def _by_agent(things: Iterable[_Thing]) -> Mapping[int, list[_Thing]]:
    found: dict[int, list[_Thing]] = defaultdict(list)
    for thing in things:
        found[thing.agent].append(thing)
    return found


class _Own:
    """What belongs to each agent."""

    def __init__(self, sources: Sources, doings: Doings) -> None:
        self._sources, self._doings = sources, doings
        plan, roster = sources.prepared.translation.plan, sources.roster
        self._known = roster.activities is not None
        self._rows = {row.agent_id: row for row in plan.agents}
        self._skills: dict[str, list[str]] = defaultdict(list)
        for row in plan.skills:
            self._skills[row.agent_id].append(row.skill)
        self._shifts: Mapping[int, list[Worked]] = _by_agent(
            sorted(roster.worked, key=lambda w: w.start)
        )
        self._doing: Mapping[int, list[Activity]] = _by_agent(
            sorted(roster.activities or (), key=lambda x: x.start)
        )
        self._wishes: Mapping[int, list[Asked]] = _by_agent(
            asked_wishes(sources.prepared.problem, roster)
        )

    @cached_property
    def _turns(self) -> list[Turns]:
        problem = self._sources.prepared.problem
        axis = self._sources.prepared.translation.axis
        return [turns(axis, self._shifts[a]) for a in range(len(problem.agents))]

    @cached_property
    def _means(self) -> dict[str, float]:
        """Return the mean of turns by team."""
        agents = self._sources.prepared.problem.agents
        teams: dict[str, list[int]] = defaultdict(list)
        for agent, own in zip(agents, self._turns, strict=True):
            teams[self._rows[agent.name].team].append(own.all)
        return {team: sum(all_) / len(all_) for team, all_ in teams.items()}

    @cached_property
    def _portions(self) -> Mapping[str, list[Portion]]:
        """Return what each agent has of what the plan shares out."""
        found: dict[str, list[Portion]] = defaultdict(list)
        translation = self._sources.prepared.translation
        for shared, all_ in portions(translation, self._sources.roster):
            for each in all_:
                had = round(each.before + each.rostered, 2)
                found[each.agent].append(
                    Portion(
                        name=shared.name,
                        unit=unit(shared),
                        had=had,
                        off=round(each.off, 2),
                    )
                )
        return found

    def person(self, a: int, agent: Agent) -> Person:
        """Return an agent's row."""
        row, shifts, doing = self._rows[agent.name], self._shifts[a], self._doing[a]
        own, wishes = self._turns[a], self._wishes[a]
        paid = sum(w.paid_minutes for w in shifts) / _HOUR
        cases = _hours(x for x in doing if x.kind is Kind.CASE) if self._known else None
        calls = _hours(x for x in doing if x.kind is Kind.VOICE)
        end = self._sources.prepared.problem.day_starts[-1]
        return Person(
            agent=agent.name,
            name=row.name,
            team=row.team,
            contract=row.contract,
            skills=sorted(self._skills[agent.name]),
            shifts=_flat(
                (w.day, w.start, w.end - w.start, w.shift_type, w.paid_minutes)
                for w in shifts
            ),
            doings=_flat(
                (x.start, x.end - x.start, self._doings.label(x)) for x in doing
            ),
            away=_flat(
                (max(0, start), min(end, stop) - max(0, start))
                for start, stop in agent.leave
                if start < end and stop > 0
            ),
            paid_hours=round(paid, 2),
            least_hours=round(sum(w.min_minutes for w in agent.weeks) / _HOUR, 2),
            most_hours=round(sum(w.max_minutes for w in agent.weeks) / _HOUR, 2),
            days=len({w.day for w in shifts}),
            weekends=own.weekends,
            earlies=own.earlies,
            lates=own.lates,
            case_hours=cases,
            case_share=round(cases / (calls + cases), 4) if cases else cases,
            wishes=len(wishes),
            granted=sum(wish.is_granted for wish in wishes),
            against=round(own.all - self._means[row.team], 2),
            portions=self._portions[agent.name],
        )


def _hours(doing: Iterable[Activity]) -> float:
    return round(sum(x.end - x.start for x in doing) / _HOUR, 2)


def _flat(rows: Iterable[Sequence[int]]) -> list[int]:
    return [value for row in rows for value in row]
