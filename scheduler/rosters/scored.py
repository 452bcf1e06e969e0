"""What rosters are worth, as a document."""

from pydantic import Field

from scheduler.rosters.document import Entry


class RuleScore(Entry):
    """How often a roster breaks a rule, or what not keeping a preferred one costs."""

    rule: str
    broken: int = Field(description="Breaches of what is required.")
    not_kept: int = Field(description="Times that what is preferred is not kept.")
    cost: float = Field(description="Of what is preferred; paid hours.")


class Score(Entry):
    """What a roster is worth."""

    folder: str = Field(description="Where it comes from.")
    legal: bool
    objective: float | None = Field(
        description="null where its goals are not all known."
    )
    goals: dict[str, float] = Field(description="What each goal costs, paid hours.")
    rules: list[RuleScore] = Field(description="Rules that it breaks or does not keep.")
    figures: dict[str, float] = Field(description="What it gives, in planner's units.")
    not_judged: list[str] = Field(description="Rules that need its activities.")


class ScoreDocument(Entry):
    """A roster, and another one beside it."""

    name: str
    roster: Score
    against: Score | None
    difference: dict[str, float] = Field(
        description="By goal that both know, what the roster costs more."
    )
    changed_days: int | None = Field(description="Days of agents that differ.")
