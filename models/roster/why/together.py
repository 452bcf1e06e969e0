"""Conflicts of several agents: what joins them, and what binds each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from models.roster.alone import alone
from models.roster.problem import Agent, Headcount, RosterProblem
from models.roster.why.member import Member
from models.roster.why.members import members

_FREE = 0


def shifts_alone(problem: RosterProblem) -> RosterProblem:
    """Return the shifts of all whom required rules join, with nothing to work on."""
    rows = tuple(_required(row) for row in problem.joint if _is_required(row))
    joined = tuple(
        alone(problem, agent).agents[0]
        for agent in problem.agents
        if any(row.counts(agent.marks) for row in rows)
    )
    bare = alone(problem, problem.agents[0])
    return replace(bare, agents=joined, headcounts=rows)


def joint_members(problem: RosterProblem) -> Iterator[Member]:
    """Yield what binds each agent of a problem, and then what joins them."""
    for a, agent in enumerate(problem.agents):
        for member in members(_one(problem, a)):
            yield _of_agent(a, agent.name, member)
    alike: dict[tuple[str, str], list[int]] = {}
    for i, row in enumerate(problem.headcounts):
        alike.setdefault((row.rule, _subject(row)), []).append(i)
    for (rule, subject), rows in alike.items():
        yield Member(
            rule,
            f"{rule}: {subject}",
            partial(_without_rows, rows),
            1,
            partial(_do_without, rule, subject),
        )


def _subject(row: Headcount) -> str:
    """Return whom a row is about, of who must be there also on which day.

    Names are of the form ``whom, day time``.
    """
    whom, _, moment = row.name.rpartition(", ")
    if row.rule != "floor_mix":
        return whom or row.name
    return f"{whom} on {' '.join(moment.split(' ')[:2])}"


def _is_required(row: Headcount) -> bool:
    return None in (row.under_cost, row.over_cost)


def _required(row: Headcount) -> Headcount:
    """Return a row without what is only preferred of it."""
    under = None if row.under_cost is None else _FREE
    over = None if row.over_cost is None else _FREE
    return replace(row, under_cost=under, over_cost=over)


def _one(problem: RosterProblem, a: int) -> RosterProblem:
    return replace(problem, agents=(problem.agents[a],), headcounts=())


def _of_agent(a: int, name: str, member: Member) -> Member:
    """Return a member of one agent as one of the problem of several."""

    def eased(problem: RosterProblem, notches: int) -> RosterProblem:
        own = member.eased(_one(problem, a), notches)
        agents: list[Agent] = list(problem.agents)
        agents[a] = own.agents[0]
        return replace(problem, agents=tuple(agents), off=problem.off | own.off)

    return replace(member, words=f"{name}: {member.words}", eased=eased, whose=name)


def _without_rows(rows: Sequence[int], problem: RosterProblem, _: int) -> RosterProblem:
    every = list(problem.headcounts)
    for i in rows:
        every[i] = replace(every[i], under_cost=_FREE, over_cost=_FREE)
    return replace(problem, headcounts=tuple(every))


def _do_without(rule: str, subject: str, _: int) -> str:
    return f"do without {rule} for {subject}"
