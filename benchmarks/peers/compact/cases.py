"""Parts of the sample ``tiny`` whose compact models the free Gurobi takes."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.compact import export
from scheduler.domain import Plan
from scheduler.pipeline import prepare_made
from scheduler.samples.tiny import DAYS, tiny

MOST = 2_000  # variables, and rows
_OF_AGENTS = ("skills", "leave", "meetings", "preferences")


def fitting() -> Iterator[tuple[str, Plan]]:
    """Yield, for each number of days, the plan of most agents that fits."""
    for days in range(DAYS, 0, -1):
        for agents in range(len(tiny().agents), 0, -1):
            plan = part(agents, days)
            if _fits(plan):
                yield f"tiny, {agents} agents, {days} days", plan
                break


def part(agents: int, days: int) -> Plan:
    """Return ``tiny`` with its first agents and days, and a part of its calls."""
    plan = tiny()
    kept = plan.agents[:agents]
    names = {agent.agent_id for agent in kept}
    share = agents / len(plan.agents)
    last = plan.horizon.first_day.toordinal() + days
    tables = {
        table: [row for row in getattr(plan, table) if row.agent_id in names]
        for table in _OF_AGENTS
    }
    tables["leave"] = [row for row in tables["leave"] if row.start.toordinal() < last]
    calls = [
        row.model_copy(update={"calls": row.calls * share})
        for row in plan.calls
        if row.start.toordinal() < last
    ]
    horizon = plan.horizon.model_copy(update={"days": days})
    contracts = [
        each.model_copy(update={"min_hours_per_week": 0.0}) for each in plan.contracts
    ]
    inflow = [row for row in plan.inflow if row.date.toordinal() < last]
    preferences = tables["preferences"] if days == DAYS else []
    return plan.model_copy(
        update={
            **tables,
            "agents": kept,
            "calls": calls,
            "contracts": contracts,
            "horizon": horizon,
            "inflow": inflow,
            "preferences": preferences,
        }
    )


def _fits(plan: Plan) -> bool:
    prepared = prepare_made(plan)
    with TemporaryDirectory() as folder:
        path = Path(folder, "model.mps")
        made = export(prepared.problem, prepared.translation.axis, path)
    return max(made.variables, made.rows) <= MOST
