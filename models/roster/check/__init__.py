"""The second opinion on a roster: legal or not, and what it costs.

It reads starts and ends itself and shares no line with the engines. ``RULES`` has one
function for each name of ``problem.RULES``; ``STRUCTURE`` always holds.

Examples
--------
>>> [rule.__name__ for rule in RULES][:2]
['one_shift_per_day', 'own_shift_types']
"""

from models.roster.check.book import BOOK_RULES, Missed, granted_rules, preferred
from models.roster.check.cases import Account, case_minutes, settling
from models.roster.check.cover import cover, heads
from models.roster.check.days import DAY_RULES
from models.roster.check.fills import fill_minutes, fill_room
from models.roster.check.goals import SHIFT_GOALS, accounts, cost, objective
from models.roster.check.joint import JOINT, missed_joint
from models.roster.check.pinned import pinned_work
from models.roster.check.reading import Rule, Violation, refuse_unknown
from models.roster.check.shares import case_share, missed_shares
from models.roster.check.structure import SHIFT_STRUCTURE as _SHIFT_STRUCTURE
from models.roster.check.structure import STRUCTURE
from models.roster.check.tours import TOUR_RULES
from models.roster.problem import RosterProblem
from models.roster.result import Roster

__all__ = [
    "RULES",
    "SHIFT_GOALS",
    "SHIFT_RULES",
    "STRUCTURE",
    "Account",
    "Missed",
    "Rule",
    "Violation",
    "accounts",
    "case_minutes",
    "cost",
    "cover",
    "fill_minutes",
    "fill_room",
    "granted_rules",
    "heads",
    "missed",
    "not_judged",
    "objective",
    "preferred",
    "settling",
    "violations",
]

RULES: tuple[Rule, ...] = (
    *TOUR_RULES,
    *BOOK_RULES,
    *JOINT,
    *DAY_RULES,
    case_share,
    pinned_work,
)
SHIFT_RULES: tuple[Rule, ...] = (*_SHIFT_STRUCTURE, *TOUR_RULES, *BOOK_RULES, *JOINT)


def violations(problem: RosterProblem, roster: Roster) -> list[Violation]:
    """Return every breach of the structure and of the rules that are enforced.

    When the activities are not known, only ``SHIFT_RULES`` are judged; ``not_judged``
    names the others. Raises ``InvalidInput`` for a position (agent, day, shift type)
    that the problem does not have.
    """
    refuse_unknown(problem, roster)
    unjudged = not_judged(roster)
    judges = [*STRUCTURE, *(r for r in RULES if problem.enforces(r.__name__))]
    return [
        violation
        for judge in judges
        if judge.__name__ not in unjudged
        for violation in judge(problem, roster)
    ]


def missed(problem: RosterProblem, roster: Roster) -> list[Missed]:
    """Return all that is preferred and not kept, but for wishes of ``Agent.wishes``."""
    return [
        *preferred(problem, roster),
        *missed_joint(problem, roster),
        *missed_shares(problem, roster),
    ]


def not_judged(roster: Roster) -> tuple[str, ...]:
    """Return the names of the rules that this roster is too coarse to be judged by."""
    if roster.activities is not None:
        return ()
    judged = {judge.__name__ for judge in SHIFT_RULES}
    return tuple(
        judge.__name__ for judge in (*STRUCTURE, *RULES) if judge.__name__ not in judged
    )
