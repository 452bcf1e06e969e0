"""Conflicts of several agents: what joins them, and what binds each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from models.roster.alone import joined_by
from models.roster.problem import Agent, Headcount, RosterProblem
from models.roster.why.member import Member
from models.roster.why.members import members
from models.roster.why.possible import has_tour
from models.roster.why.subsets import least, only

_FREE = 0


def narrowed(
    problem: RosterProblem, rows: Sequence[Headcount]
) -> tuple[RosterProblem, list[Member]] | None:
    """Return shifts that few agents cannot work so that few rows are kept.

    With the members that may be blamed: those of agents who matter, then rows. All
    others are bound by nothing. ``None``: the rows can be kept, or it is not known.
    """
    if has_tour(joined_by(problem, rows)):
        return None
    alike: dict[tuple[str, str], list[Headcount]] = {}
    for row in rows:
        alike.setdefault((row.rule, _subject(row)), []).append(row)
    few = least(
        list(alike.values()),
        lambda kept: (
            not has_tour(joined_by(problem, [x for same in kept for x in same]))
        ),
    )
    joined = joined_by(problem, [row for same in few for row in same])
    free = [_free(joined, a) for a in range(len(joined.agents))]

    def bound(agents: Sequence[int]) -> RosterProblem:
        return replace(
            joined,
            agents=tuple(
                joined.agents[a] if a in agents else free[a] for a in range(len(free))
            ),
        )

    whose = least(range(len(free)), lambda kept: not has_tour(bound(kept)))
    shifts = bound(whose)
    return shifts, [*_of_agents(shifts, whose), *_of_rows(shifts)]


def _free(problem: RosterProblem, a: int) -> Agent:
    """Return an agent who is bound by nothing but the shifts there are."""
    own = _one(problem, a)
    (agent,) = only(own, list(_binding(own)), []).agents
    return agent


def _binding(own: RosterProblem) -> Iterator[Member]:
    """Yield the members of one agent that a planner can ease."""
    yield from (member for member in members(own) if member.remedy is not None)


def _of_agents(problem: RosterProblem, agents: Sequence[int]) -> Iterator[Member]:
    for a in agents:
        for member in _binding(_one(problem, a)):
            yield _of_agent(a, problem.agents[a].name, member)


def _of_rows(problem: RosterProblem) -> Iterator[Member]:
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


def _one(problem: RosterProblem, a: int) -> RosterProblem:
    return replace(problem, agents=(problem.agents[a],), headcounts=())


def _of_agent(a: int, name: str, member: Member) -> Member:
    """Return a member of one agent as one of the problem of several."""

    def changed(problem: RosterProblem, own: RosterProblem) -> RosterProblem:
        agents: list[Agent] = list(problem.agents)
        agents[a] = own.agents[0]
        return replace(problem, agents=tuple(agents))

    def eased(problem: RosterProblem, notches: int) -> RosterProblem:
        return changed(problem, member.eased(_one(problem, a), notches))

    def followed(problem: RosterProblem) -> RosterProblem:
        if member.followed is None:
            return problem
        return changed(problem, member.followed(_one(problem, a)))

    words = f"{name}: {member.words}"
    return replace(member, words=words, eased=eased, whose=name, followed=followed)


def _without_rows(rows: Sequence[int], problem: RosterProblem, _: int) -> RosterProblem:
    every = list(problem.headcounts)
    for i in rows:
        every[i] = replace(every[i], under_cost=_FREE, over_cost=_FREE)
    return replace(problem, headcounts=tuple(every))


def _do_without(rule: str, subject: str, _: int) -> str:
    return f"do without {rule} for {subject}"
