"""The people of a roster, for the simulator."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.roster.problem import FULL_SPEED, Kind
from models.roster.result import Activity, Roster, Worked
from models.simulation import Blend, StaffModel
from models.simulation.world import AWAY, EVENT, Bytes, Floats
from scheduler.domain import CaseType, Plan, Queue
from scheduler.tables import History
from scheduler.translate import Translation
from scheduler.translate.frame import Frame
from scheduler.translate.skills import Skills

MINUTE = 60.0
_JOINED = "+"  # queues of one work


@dataclass
class _Pools:
    """Pools of people: sets of queues, or a kind of cases, numbered as they come."""

    plan: Plan
    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    kinds: list[int] = field(default_factory=list)

    def of_queues(self, names: Sequence[str]) -> int:
        """Return the activity of being there for some queues."""
        return self._numbered(("queues", *sorted(names)), -1)

    def of_kind(self, name: str) -> int:
        """Return the activity of a block of a case type."""
        names = [kind.name for kind in self.plan.case_types]
        return self._numbered(("cases", name), names.index(name))

    def _numbered(self, key: tuple[str, ...], kind: int) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.kinds)
            self.kinds.append(kind)
        return self.numbers[key] + 1

    def serves(self) -> Bytes:
        """Return a table of pools and queues."""
        found = np.zeros((len(self.kinds), len(self.plan.queues)), dtype=np.int8)
        for (what, *names), number in self.numbers.items():
            for q, queue in enumerate(self.plan.queues):
                found[number, q] = what == "queues" and queue.name in names
        return found


@dataclass(frozen=True)
class _Stint:
    """A shift of somebody: what is done when, minutes; ``lost``: chance of absence."""

    agent: int
    day: int
    steps: tuple[tuple[int, int, int], ...]  # start, activity, length of a break
    lost: float


def staff_of(translation: Translation, roster: Roster, blend: Blend) -> StaffModel:
    """Return who is there when.

    Between calls and with a threshold there are no blocks: who could take calls then is
    there for calls, who cannot stays at the cases. People whose shift of before day one
    runs into the horizon count as their row of history.csv says.
    """
    plan = translation.plan
    pools, skills = _Pools(plan), Skills(plan)
    stints = [*_stints(translation, roster, blend, pools, skills)]
    stints += _from_before(translation, pools)
    rows = sorted(
        (MINUTE * start, s, stint.agent, activity, MINUTE * kept)
        for s, stint in enumerate(stints)
        for start, activity, kept in stint.steps
    )
    events = np.zeros(len(rows), EVENT)
    for event, (at, shift, agent, activity, kept) in zip(events, rows, strict=True):
        event["at"], event["shift"], event["agent"] = at, shift, agent
        event["activity"], event["kept"] = activity, kept
    ids = [agent.agent_id for agent in plan.agents]

    def speeds(works: Sequence[Queue | CaseType]) -> Floats:
        found = [[skills.speed(a, work) for work in works] for a in ids]
        return np.array(found, dtype=float).reshape(len(ids), len(works)) / FULL_SPEED

    return StaffModel(
        events=events,
        pools=np.array(pools.kinds, dtype=np.int64),
        serves=pools.serves(),
        queue_speed=speeds(plan.queues),
        kind_speed=speeds(plan.case_types),
        shift_agent=np.array([stint.agent for stint in stints], dtype=np.int64),
        shift_day=np.array([stint.day for stint in stints], dtype=np.int64),
        absence=np.array([stint.lost for stint in stints]),
    )


def _stints(
    translation: Translation,
    roster: Roster,
    blend: Blend,
    pools: _Pools,
    skills: Skills,
) -> Iterator[_Stint]:
    """Yield the shifts of the roster."""
    plan = translation.plan
    doing: dict[int, list[Activity]] = defaultdict(list)
    for activity in sorted(roster.activities or (), key=lambda x: x.start):
        doing[activity.agent].append(activity)
    lost = {queue.name: queue.unplanned_shrinkage for queue in plan.queues}
    lost |= {kind.name: kind.unplanned_shrinkage for kind in plan.case_types}
    for shift in roster.worked:
        own = [x for x in doing[shift.agent] if shift.start <= x.start < shift.end]
        able = skills.queues(plan.agents[shift.agent].agent_id)
        queues = [plan.queues[q].name for q in able]
        steps = list(_steps(shift, own, blend, pools, queues))
        yield _Stint(shift.agent, shift.day, tuple(steps), _lost(own, lost))


def _steps(
    shift: Worked,
    own: Sequence[Activity],
    blend: Blend,
    pools: _Pools,
    queues: Sequence[str],
) -> Iterator[tuple[int, int, int]]:
    before = AWAY
    for x in own:
        activity, kept = AWAY, 0
        if x.kind is Kind.VOICE:
            activity = pools.of_queues(x.name.split(_JOINED))
        elif x.kind is Kind.CASE and (blend is Blend.RING_FENCED or not queues):
            activity = pools.of_kind(x.name)
        elif x.kind is Kind.CASE:
            activity = pools.of_queues(queues)
        elif x.kind is Kind.BREAK:
            kept = x.end - x.start
        if activity != before or kept:
            yield x.start, activity, kept
        before = activity
    yield shift.end, AWAY, 0


def _lost(own: Sequence[Activity], lost: Mapping[str, float]) -> float:
    """Return the chance of absence on a shift: of its works, by their time."""
    total = weighted = 0.0
    for x in own:
        if x.kind in (Kind.VOICE, Kind.CASE):
            names = x.name.split(_JOINED) if x.kind is Kind.VOICE else [x.name]
            length = x.end - x.start
            total += length
            weighted += length * max(lost[name] for name in names)
    return weighted / total if total else 0.0


def _from_before(translation: Translation, pools: _Pools) -> Iterator[_Stint]:
    """Yield the shifts of before day one that run into the horizon."""
    plan = translation.plan
    frame = Frame.of(plan)
    numbers = {agent.agent_id: a for a, agent in enumerate(plan.agents)}
    for row in plan.history:
        end = frame.axis.minute(row.end)
        if end > 0 and row.activity is not None:
            activity = _activity_of(plan, row, pools)
            yield _Stint(numbers[row.agent_id], 0, ((0, activity, 0), (end, 0, 0)), 0.0)


def _activity_of(plan: Plan, row: History, pools: _Pools) -> int:
    if row.activity in {kind.name for kind in plan.case_types}:
        return pools.of_kind(str(row.activity))
    return pools.of_queues([str(row.activity)])
