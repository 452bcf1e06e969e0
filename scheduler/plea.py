"""The plan behind a roster."""

from dataclasses import dataclass

from scheduler.domain import RuleSet


@dataclass(frozen=True)
class Plea:
    """The plan behind a roster: its title, its hash, what its planner should hear.

    ``laws`` are the sets of labour rules that any contract starts from.
    """

    name: str
    plan_hash: str
    notes: tuple[str, ...]
    laws: tuple[RuleSet, ...] = ()
