"""Who can do what, and how fast."""

from models.roster.problem import FULL_SPEED
from scheduler.domain import CaseType, Plan, Queue


class Skills:
    """Speeds of the plan's agents, in hundredths; 0: cannot."""

    def __init__(self, plan: Plan) -> None:
        self._queues = plan.queues
        self._speeds = {
            (row.agent_id, row.skill): round(FULL_SPEED * row.speed)
            for row in plan.skills
        }

    def speed(self, agent_id: str, work: Queue | CaseType) -> int:
        """Return an agent's speed on a queue or case type."""
        return self._speeds.get((agent_id, work.skill or work.name), 0)

    def queues(self, agent_id: str) -> tuple[int, ...]:
        """Return the positions of the queues whose calls an agent can take."""
        return tuple(
            q for q, queue in enumerate(self._queues) if self.speed(agent_id, queue)
        )
