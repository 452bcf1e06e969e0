"""Cases between calls: who could do them, and who must stay on calls."""

from collections.abc import Sequence

from models.roster.problem import Bar, Fill
from scheduler.domain import Blend, CaseType
from scheduler.translate.demand import centi_agents
from scheduler.translate.frame import Frame
from scheduler.translate.skills import Skills
from scheduler.translate.voice import Voice


def fills(
    frame: Frame, skills: Skills, calls: Voice, kinds: Sequence[CaseType]
) -> tuple[Fill, ...]:
    """Return what case types are credited for between calls.

    Who can answer the fewest queues is freed first. People stay on calls up to the
    interval's requirement, that of a target for days or weeks included: those whom the
    target needs are no surplus.

    Parameters
    ----------
    kinds
        Of ``problem.cases``, in their order.
    """
    periods = frame.interval // frame.period
    found = []
    for k, kind in enumerate(kinds):
        share = round(100 * kind.fill_efficiency)
        works = _works(frame, skills, calls, kind)
        if kind.blend is Blend.FILL and share and works:
            bars = tuple(
                Bar(c, tuple(centi_agents(demand.required, periods).tolist()))
                for c, demand in enumerate(calls.demands)
                if calls.covers[c].counts & set(works)
            )
            found.append(Fill(k, share, works, bars))
    return tuple(found)


def _works(
    frame: Frame, skills: Skills, calls: Voice, kind: CaseType
) -> tuple[int, ...]:
    """Return the voice works on which somebody can be who can do the cases."""
    able = [a.agent_id for a in frame.plan.agents if skills.speed(a.agent_id, kind)]
    speeds = [calls.speeds(frame, skills, agent) for agent in able]
    return tuple(w for w in range(len(calls.sets)) if any(own[w] for own in speeds))
