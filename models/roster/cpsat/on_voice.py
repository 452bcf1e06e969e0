"""Who is on voice, as CP-SAT terms."""

from models.roster.cpsat.book import Terms
from models.roster.cpsat.variables import AgentVariables
from models.roster.problem import RosterProblem
from models.roster.reach import speed_of


def on_voice(
    problem: RosterProblem, agents: list[AgentVariables], counts: frozenset[int]
) -> dict[int, Terms]:
    """Return for each period the speed-weighted people on works that count."""
    found: dict[int, Terms] = {}
    for own in agents:
        for w in counts & own.does.keys():
            speed = speed_of(problem, own.agent, w)
            for p, variable in own.does[w].items():
                found.setdefault(p, []).append(speed * variable)
    return found
