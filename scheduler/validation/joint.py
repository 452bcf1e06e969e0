"""Checks of rules that join agents: who is meant, and that there are such people."""

from collections.abc import Iterator

from scheduler.tables import PairRow, RuleLevel
from scheduler.validation.facts import Facts
from scheduler.validation.issue import PlanIssue, check


@check("agents", "skills", "queues", "case_types")
def floor_people(facts: Facts) -> Iterator[PlanIssue]:
    """A row names a role or a skill, and enough agents have it."""
    plan = facts.plan
    roles = {role for agent in plan.agents for role in agent.roles}
    for i, row in enumerate(plan.floor_mix if plan.agents else ()):
        if (row.role is None) == (row.skill is None):
            yield PlanIssue(("floor_mix", i, "role"), "a role or a skill, one of them")
        elif row.role is not None and row.role not in roles:
            expected = "a role of agents.csv"
            yield PlanIssue(("floor_mix", i, "role"), expected, roles)
        elif row.skill is not None and row.skill not in facts.skills:
            expected = "a skill of a queue or case type"
            yield PlanIssue(("floor_mix", i, "skill"), expected, facts.skills)
        elif row.level is RuleLevel.REQUIRED:
            people = len(set(plan.able(row.role, row.skill)))
            if people < row.agents:
                yield PlanIssue(
                    ("floor_mix", i, "agents"),
                    f"at most {people}: so many have {row.role or row.skill}",
                )


@check("agents")
def pair_people(facts: Facts) -> Iterator[PlanIssue]:
    """A row names two agents or a team of two at least."""
    known = {agent.agent_id for agent in facts.plan.agents}
    for i, row in enumerate(facts.plan.pairs if known else ()):
        if row.team is not None:
            yield from _team(facts, i, row)
        elif row.agent_id is None or row.other_id is None:
            column = "agent_id" if row.agent_id is None else "other_id"
            yield PlanIssue(("pairs", i, column), "two agents, or a team")
        elif row.other_id == row.agent_id:
            yield PlanIssue(("pairs", i, "other_id"), "another agent")
        elif row.other_id not in known:
            expected = "an agent_id of agents.csv"
            yield PlanIssue(("pairs", i, "other_id"), expected, known)


def _team(facts: Facts, i: int, row: PairRow) -> Iterator[PlanIssue]:
    teams = {agent.team for agent in facts.plan.agents if agent.team}
    if (row.agent_id, row.other_id) != (None, None):
        yield PlanIssue(("pairs", i, "team"), "nothing beside two agents")
    elif row.team not in teams:
        yield PlanIssue(("pairs", i, "team"), "a team of agents.csv", teams)
    elif len(facts.plan.members(row)) < 2:
        yield PlanIssue(("pairs", i, "team"), "a team of two at least")


CHECKS = (floor_people, pair_people)
