"""How near everybody is to a fair share of what is shared out; also as fairness.csv."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from models.roster.problem import Kind
from models.roster.result import Roster
from scheduler.rosters.cells import csv_text
from scheduler.rosters.figures import FairFigures, OffShare
from scheduler.tables.guarded import guarded
from scheduler.translate import Shared, Translation, touches

COLUMNS = ("name", "agent_id", "unit", "before", "rostered", "target", "off")
_SHOWN = 5  # agents furthest off


@dataclass(frozen=True)
class Portion:
    """What an agent has of something shared out, in shifts or hours.

    ``target`` is the agent's share of what all have had and are given together.
    """

    agent: str
    before: float
    rostered: float
    target: float

    @property
    def off(self) -> float:
        """How much more than the target; below 0 less."""
        return self.before + self.rostered - self.target


def portions(
    translation: Translation, roster: Roster
) -> Iterator[tuple[Shared, list[Portion]]]:
    """Yield what is shared out, and each agent's portion in the plan's order."""
    for shared in translation.shared:
        given = _given(translation, shared, roster)
        total = sum(shared.had.values()) + sum(given[a] for a in shared.share)
        whole = sum(shared.share.values()) or 1
        yield (
            shared,
            [
                Portion(a, shared.had[a], given[a], total * own / whole)
                for a, own in shared.share.items()
            ],
        )


def _given(translation: Translation, shared: Shared, roster: Roster) -> Counter[str]:
    """Return what the roster gives each agent, in shifts or hours."""
    agents, which = translation.problem.agents, shared.which
    if which is not None:
        own = [w for w in roster.worked if touches(w, which)]
        return Counter(agents[w.agent].name for w in own)
    minutes: Counter[int] = Counter()
    for x in roster.activities or ():
        if x.kind is Kind.CASE:
            minutes[x.agent] += x.end - x.start
    return Counter({agents[a].name: each / 60 for a, each in minutes.items()})


def fair_figures(translation: Translation, roster: Roster) -> list[FairFigures]:
    """Return for everything shared out who is furthest off."""
    found = []
    for shared, own in portions(translation, roster):
        worst = sorted(own, key=lambda each: -abs(each.off))[:_SHOWN]
        found.append(
            FairFigures(
                name=shared.name,
                unit=unit(shared),
                agents=len(own),
                before=round(sum(each.before for each in own), 2),
                rostered=round(sum(each.rostered for each in own), 2),
                furthest=[
                    OffShare(
                        agent=each.agent,
                        had=round(each.before + each.rostered, 2),
                        target=round(each.target, 2),
                        off=round(each.off, 2),
                    )
                    for each in worst
                ],
            )
        )
    return found


def fairness_text(translation: Translation, roster: Roster) -> str:
    """Return fairness.csv: a row for everything shared out and agent."""
    rows = (
        (
            guarded(shared.name),
            guarded(each.agent),
            unit(shared),
            *(f"{round(own, 2):g}" for own in (each.before, each.rostered)),
            *(f"{own:.2f}" for own in (each.target, each.off)),
        )
        for shared, own in portions(translation, roster)
        for each in own
    )
    return csv_text(COLUMNS, rows)


def unit(shared: Shared) -> str:
    """Return what a portion is counted in."""
    return "hours" if shared.which is None else "shifts"
