"""More agents, or fewer."""

from collections.abc import Collection, Iterator

from models.errors import PlanError
from scheduler.domain import Plan
from scheduler.tables import TABLES, Agent, Skill
from scheduler.validation import PlanIssue
from scheduler.whatif.changes import StaffChange

_OF_AGENTS = ("agent_id", "other_id")


def staffed(plan: Plan, change: StaffChange) -> Plan:
    """Return a plan with more agents, or fewer.

    Raises
    ------
    PlanError
        Where not as many are there as are to leave.
    """
    if change.add:
        return with_new(plan, change)
    gone = set(change.who)
    if change.remove:
        able = [name for name in _meant(plan, change) if name not in gone]
        if len(able) < change.remove:
            expected = f"at most {len(able)}: the plan has no more of them"
            raise PlanError([PlanIssue(("remove",), expected, rule="too_many")])
        gone.update(able[len(able) - change.remove :])
    return without(plan, gone)


def without(plan: Plan, gone: Collection[str]) -> Plan:
    """Return a plan without some agents, and without every row that names them."""
    update = {}
    for name, kind in TABLES.items():
        keys = [key for key in _OF_AGENTS if key in kind.model_fields]
        rows = getattr(plan, name)
        kept = [row for row in rows if not any(getattr(row, k) in gone for k in keys)]
        if len(kept) < len(rows):
            update[name] = kept
    return plan.model_copy(update=update)


def _meant(plan: Plan, change: StaffChange) -> list[str]:
    """Return the agents of a contract who have some skills."""
    skills = {(row.agent_id, row.skill) for row in plan.skills}
    return [
        agent.agent_id
        for agent in plan.agents
        if change.contract in (None, agent.contract)
        and all((agent.agent_id, skill) in skills for skill in change.skills)
    ]


def with_new(plan: Plan, change: StaffChange, lead: str = "new") -> Plan:
    """Return a plan with more agents, whose ids are ``lead`` with a number."""
    like = next((one for one in plan.agents if one.agent_id == change.like), None)
    contract = change.contract or (like.contract if like else "")
    skills, availability = list(plan.skills), list(plan.availability)
    agents = list(plan.agents)
    for name in _new_names(plan, change.add, lead):
        agents.append(
            Agent(
                agent_id=name,
                name=name.replace("-", " "),
                team=like.team if like else "",
                contract=contract,
                roles=like.roles if like else [],
            )
        )
        skills += _skills(plan, change, name)
        availability += [
            row.model_copy(update={"agent_id": name})
            for row in plan.availability
            if row.agent_id == change.like
        ]
    told = {"agents": agents, "skills": skills, "availability": availability}
    return plan.model_copy(update=told)


def _skills(plan: Plan, change: StaffChange, name: str) -> list[Skill]:
    if change.skills:
        return [
            Skill(agent_id=name, skill=skill, speed=change.speed)
            for skill in change.skills
        ]
    return [
        Skill(agent_id=name, skill=row.skill, speed=row.speed)
        for row in plan.skills
        if row.agent_id == change.like
    ]


def _new_names(plan: Plan, count: int, lead: str) -> Iterator[str]:
    """Yield ids that nobody has yet."""
    taken = {agent.agent_id.casefold() for agent in plan.agents}
    number = 0
    while count:
        number += 1
        if f"{lead}-{number}".casefold() not in taken:
            count -= 1
            yield f"{lead}-{number}"
