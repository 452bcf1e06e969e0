"""Checks of names: each is given once, and what is named exists."""

from collections.abc import Iterator

from scheduler.tables import TABLES
from scheduler.validation.facts import Facts
from scheduler.validation.issue import Path, PlanIssue, check

NAMED = {
    "queues": "name",
    "case_types": "name",
    "shift_types": "name",
    "contracts": "name",
    "agents": "agent_id",
}
AGENT_TABLES = tuple(
    name
    for name, row in TABLES.items()
    if name != "agents" and "agent_id" in row.model_fields
)


@check()
def somebody(facts: Facts) -> Iterator[PlanIssue]:
    """A plan has agents."""
    if not facts.plan.agents:
        yield PlanIssue(("agents",), "at least one agent")


@check("queues", "case_types")
def something_to_do(facts: Facts) -> Iterator[PlanIssue]:
    """A plan has a queue, a case type, or people wanted on shifts."""
    plan = facts.plan
    if not plan.queues and not plan.case_types and not plan.headcount:
        yield PlanIssue(("queues",), "at least one queue, case type or headcount")


@check()
def names_given_once(facts: Facts) -> Iterator[PlanIssue]:
    """No two queues, case types, shift types, contracts or agents share a name."""
    for part, key in NAMED.items():
        first: dict[str, int] = {}
        for i, entry in enumerate(getattr(facts.plan, part)):
            at = first.setdefault(getattr(entry, key), i)
            if at != i:
                yield PlanIssue(
                    (part, i, key),
                    "a name of its own; it is taken in",
                    other=(part, at, key),
                )


@check()
def queues_apart_from_case_types(facts: Facts) -> Iterator[PlanIssue]:
    """A queue and a case type do not share a name."""
    queues = {queue.name: i for i, queue in enumerate(facts.plan.queues)}
    for i, case_type in enumerate(facts.plan.case_types):
        if case_type.name in queues:
            yield PlanIssue(
                ("case_types", i, "name"),
                "a name that no queue has; it is taken in",
                other=("queues", queues[case_type.name], "name"),
            )


@check("calendars")
def known_calendars(facts: Facts) -> Iterator[PlanIssue]:
    """The calendars of queues, case types and SLAs exist."""
    plan = facts.plan
    named: list[tuple[Path, str | None]] = []
    for i, queue in enumerate(plan.queues):
        named.append((("queues", i), queue.calendar))
    for i, case_type in enumerate(plan.case_types):
        named.append((("case_types", i), case_type.calendar))
        named.append((("case_types", i, "sla"), case_type.sla.calendar))
        if case_type.sla.rest is not None:
            rest = ("case_types", i, "sla", "rest")
            named.append((rest, case_type.sla.rest.calendar))
    for path, name in named:
        if name is not None and name not in plan.calendars:
            yield PlanIssue(
                (*path, "calendar"), "a calendar of the plan", plan.calendars
            )


@check("shift_types")
def known_shift_types(facts: Facts) -> Iterator[PlanIssue]:
    """The shift types of contracts, pins and preferences exist."""
    known = facts.shift_types
    expected = "a shift type of the plan"
    for i, contract in enumerate(facts.plan.contracts):
        for j, name in enumerate(contract.shift_types):
            if name not in known:
                yield PlanIssue(("contracts", i, "shift_types", j), expected, known)
    for table in ("pins", "preferences", "headcount"):
        for i, row in enumerate(getattr(facts.plan, table)):
            if row.shift_type is not None and row.shift_type not in known:
                yield PlanIssue((table, i, "shift_type"), expected, known)


@check("contracts")
def known_contracts(facts: Facts) -> Iterator[PlanIssue]:
    """Every agent's contract exists."""
    for i, agent in enumerate(facts.plan.agents):
        if agent.contract not in facts.contracts:
            yield PlanIssue(
                ("agents", i, "contract"), "a contract of the plan", facts.contracts
            )


@check("agents")
def known_agents(facts: Facts) -> Iterator[PlanIssue]:
    """Every agent that a table names is in agents."""
    known = {agent.agent_id for agent in facts.plan.agents}
    for table in AGENT_TABLES if known else ():
        for i, row in enumerate(getattr(facts.plan, table)):
            if row.agent_id is not None and row.agent_id not in known:
                yield PlanIssue(
                    (table, i, "agent_id"), "an agent_id of agents.csv", known
                )


@check("queues", "case_types")
def known_skills(facts: Facts) -> Iterator[PlanIssue]:
    """Every skill of an agent is one that a queue or case type needs."""
    for i, row in enumerate(facts.plan.skills):
        if row.skill not in facts.skills:
            yield PlanIssue(
                ("skills", i, "skill"),
                "a skill of a queue or case type",
                facts.skills,
            )


@check("queues")
def known_queues(facts: Facts) -> Iterator[PlanIssue]:
    """Every queue that a table names is in the plan."""
    known = {queue.name for queue in facts.plan.queues}
    for table in ("calls", "required"):
        for i, row in enumerate(getattr(facts.plan, table)):
            if row.queue not in known:
                yield PlanIssue((table, i, "queue"), "a queue of the plan", known)


@check("case_types")
def known_case_types(facts: Facts) -> Iterator[PlanIssue]:
    """Every case type that a table names is in the plan."""
    known = {case_type.name for case_type in facts.plan.case_types}
    for table in ("inflow", "open_cases", "backlog_ages"):
        for i, row in enumerate(getattr(facts.plan, table)):
            if row.case_type not in known:
                yield PlanIssue(
                    (table, i, "case_type"), "a case type of the plan", known
                )


@check()
def one_row_per_skill(facts: Facts) -> Iterator[PlanIssue]:
    """An agent has a skill once."""
    first: dict[tuple[str, str], int] = {}
    for i, row in enumerate(facts.plan.skills):
        at = first.setdefault((row.agent_id, row.skill), i)
        if at != i:
            yield PlanIssue(
                ("skills", i, "skill"),
                "one row for an agent and skill; there is one in",
                other=("skills", at, "skill"),
            )


CHECKS = (
    somebody,
    something_to_do,
    names_given_once,
    queues_apart_from_case_types,
    known_calendars,
    known_shift_types,
    known_contracts,
    known_agents,
    known_skills,
    known_queues,
    known_case_types,
    one_row_per_skill,
)
