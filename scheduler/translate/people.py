"""Agents: what each may work, when, and what they wish."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from models.roster.problem import UNIT, Agent, Meeting, Rule, Task
from scheduler.domain import Contract
from scheduler.tables import History
from scheduler.translate import own_days
from scheduler.translate.absence import leave_stretches, unavailable
from scheduler.translate.agent_rows import Rows, rows_by_agent
from scheduler.translate.bands import overtime_bands
from scheduler.translate.book import book_rules
from scheduler.translate.changes import Known
from scheduler.translate.fair import Fair
from scheduler.translate.frame import Frame, whole
from scheduler.translate.shares import FairCases, case_limits
from scheduler.translate.sharing import Shared
from scheduler.translate.skills import Skills
from scheduler.translate.subject import Subject
from scheduler.translate.voice import Voice
from scheduler.translate.weeks import week_limits, weeks_without
from scheduler.translate.windows import past
from scheduler.translate.wished import wished_rules


@dataclass(frozen=True)
class Team:
    """All agents, and what they have in common."""

    frame: Frame
    skills: Skills
    calls: Voice
    contracts: Mapping[str, Contract]
    rows: Mapping[str, Rows]
    fair: Fair
    shared_cases: Sequence[FairCases]

    def agents(self) -> Iterator[Agent]:
        """Yield the plan's agents in its order; their names are their ids."""
        for row in self.frame.plan.agents:
            contract = self.contracts[row.contract]
            yield self._agent(row.agent_id, contract, self.rows[row.agent_id])

    def shared(self) -> Iterator[Shared]:
        """Yield what the plan shares out, shifts first."""
        yield from self.fair.shared()
        for each in self.shared_cases:
            yield each.shared()

    def _agent(self, name: str, contract: Contract, rows: Rows) -> Agent:
        frame, weights = self.frame, self.frame.plan.weights
        subject, book = (
            Subject(frame, past(frame, rows.history)),
            rows.book(frame, contract),
        )
        minute_cost = contract.cost_per_hour * UNIT / 60
        minute = frame.axis.minute
        away = leave_stretches(frame, rows.leave)
        return Agent(
            name=name,
            shift_types=frozenset(
                s
                for s, kind in enumerate(frame.plan.shift_types)
                if kind.name in contract.shift_types
            ),
            speeds=(
                *self.calls.speeds(frame, self.skills, name),
                *(self.skills.speed(name, kind) for kind in frame.plan.case_types),
            ),
            weeks=week_limits(frame, contract, rows.history, rows.leave),
            min_rest=ceil(60 * contract.min_rest_hours),
            max_run=contract.max_days_in_a_row,
            run_before=_run_before(frame, rows.history),
            last_end=max((minute(row.end) for row in rows.history), default=None),
            unavailable=unavailable(frame, rows.availability),
            leave=away,
            weeks_without_leave=weeks_without(
                frame, contract, rows.history, rows.leave, away
            ),
            meetings=tuple(self._meetings(rows)),
            pins=tuple(own_days.pins(frame, rows.pins)),
            tasks=tuple(self._tasks(name, rows)),
            wishes=tuple(own_days.wishes(frame, rows.preferences)),
            rules=tuple(self._rules(name, contract, rows, book_rules(subject, book))),
            case_limits=(
                *case_limits(subject, book),
                *(limit for each in self.shared_cases for limit in each.limits(name)),
            ),
            paid_cost=whole(weights.paid_hour * minute_cost),
            overtime_cost=whole(weights.overtime_hour * minute_cost),
        )

    def _rules(
        self, name: str, contract: Contract, rows: Rows, book: Iterator[Rule]
    ) -> Iterator[Rule]:
        frame = self.frame
        yield from book
        yield from wished_rules(frame, rows.preferences)
        yield from self.fair.rules(name)
        yield from overtime_bands(frame, contract, rows.history, rows.leave)
        if rows.is_known:
            yield from self._known(rows).rules()

    def _meetings(self, rows: Rows) -> Iterator[Meeting]:
        """Yield an agent's meetings; one that has begun stays where it was."""
        held: dict[str, list[int]] = {}
        if rows.meetings and rows.published_activities:
            held = self._known(rows).meetings(rows.published_activities)
        for row in rows.meetings:
            found = own_days.meeting(self.frame, row)
            if starts := held.get(row.name):
                start = starts.pop(0)
                found = replace(found, earliest=start, latest=start)
            yield found

    def _tasks(self, name: str, rows: Rows) -> Iterator[Task]:
        works = self._works(name)
        yield from own_days.tasks(self.frame, rows.pins, works)
        if rows.published_activities:
            yield from self._known(rows).tasks(rows.published_activities, works)

    def _known(self, rows: Rows) -> Known:
        away = leave_stretches(self.frame, rows.leave)
        return Known.of(self.frame, rows.published, away)

    def _works(self, name: str) -> dict[str, int]:
        """Return the work that each queue and case type is for an agent.

        A queue is the work of that name, else the agent's first one on which its calls
        are taken.
        """
        plan, calls = self.frame.plan, self.calls
        found = {
            kind.name: len(calls.works) + k
            for k, kind in enumerate(plan.case_types)
            if self.skills.speed(name, kind)
        }
        speeds = calls.speeds(self.frame, self.skills, name)
        for w, queues in reversed(list(enumerate(calls.sets))):
            if speeds[w]:
                found |= {plan.queues[q].name: w for q in queues}
        named = enumerate(calls.works)
        return found | {work.name: w for w, work in named if speeds[w]}


def team(frame: Frame, skills: Skills, calls: Voice, case_hours: float) -> Team:
    """Return the plan's team; ``case_hours`` of case work are due in the horizon."""
    plan = frame.plan
    contracts = {contract.name: contract for contract in plan.contracts}
    rows = rows_by_agent(frame)
    history = {name: own.history for name, own in rows.items()}
    shared = rows.items() if plan.fairness else ()
    away = {name: unavailable(frame, own.availability) for name, own in shared}
    return Team(
        frame,
        skills,
        calls,
        contracts,
        rows,
        Fair(frame, contracts, history, away),
        tuple(_shared_cases(frame, contracts, history, skills, case_hours)),
    )


def _shared_cases(
    frame: Frame,
    contracts: Mapping[str, Contract],
    history: Mapping[str, Sequence[History]],
    skills: Skills,
    case_hours: float,
) -> Iterator[FairCases]:
    """Yield the case work that the plan wants shared out."""
    plan = frame.plan
    both: dict[str, Contract] = {}
    cases_only: dict[str, Contract] = {}
    for agent in plan.agents:
        name = agent.agent_id
        if any(skills.speed(name, kind) for kind in plan.case_types):
            calls = any(skills.speed(name, queue) for queue in plan.queues)
            (both if calls else cases_only)[name] = contracts[agent.contract]
    for kind in plan.fairness:
        if kind.of == "case_work":
            yield FairCases(kind, case_hours, both, cases_only, history, frame)


def _run_before(frame: Frame, history: Sequence[History]) -> int:
    """Return how many dates in a row up to the day before day one have a shift."""
    dates = {frame.axis.date_of(frame.axis.minute(row.start)) for row in history}
    run = 0
    while frame.axis.date(-1 - run) in dates:
        run += 1
    return run
