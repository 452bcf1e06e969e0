"""The content of result.json."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from scheduler.rosters.figures import Summary

RESULT_FILE = "result.json"
SIMULATION_FILE = "simulation.json"
REPORT_FILE = "report.html"

Status = Literal["optimal", "feasible", "infeasible", "unknown", "illegal"]
#: Of one solve of many: ``failed`` has an error, ``not_solved`` was not begun.
StatusOfMany = Literal[Status, "failed", "not_solved"]


class Entry(BaseModel):
    """Base of everything in result.json: frozen, and nothing else in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ViolationEntry(Entry):
    """One breach of one rule."""

    rule: str
    agent: str
    date: dt.date | None = Field(description="null when it is about a week.")
    message: str


class MissedEntry(Entry):
    """Something preferred that the roster does not keep."""

    rule: str
    goal: str = Field(description="Under which its cost is told.")
    agent: str = Field(description="everybody where a rule joins agents.")
    date: dt.date | None = Field(description="null when it is about several days.")
    cost: float = Field(description="Paid hours.")
    message: str


class RemedyEntry(Entry):
    """What would make a roster possible."""

    words: str = Field(description="What to change, in words.")
    rules: list[str] = Field(description="That it eases.")
    laws: list[str] = Field(
        [], description="Sets of labour rules that ask for one of these rules."
    )


class ConflictEntry(Entry):
    """A smallest set of rules and data that cannot all be kept."""

    message: str = Field(description="What cannot be, in words.")
    agent: str | None = Field(description="null where it is about several.")
    rules: list[str] = Field(description="Names of the rules.")
    members: list[str] = Field(description="What they ask for; one for each of rules.")
    remedies: list[RemedyEntry] = Field(description="Each is enough for the agent.")


class ProgressEntry(Entry):
    """A moment of the solve; costs in paid hours."""

    phase: str = Field(description="What had just been done.")
    round: int = Field(description="Rounds for the bound so far; columns only.")
    seconds: float = Field(description="Since the solve began.")
    best: float | None = Field(
        description="Cost of the best roster so far; null without one."
    )
    bound: float | None = Field(
        description="No roster costs less; null before there is one."
    )
    gap: float | None = Field(description="(best - bound) / bound.")


class Machine(Entry):
    """Where it was solved."""

    platform: str = Field(
        description="Operating system and processor, as Python names them."
    )
    processors: int = Field(description="Processors that it has.")


class Settings(Entry):
    """What the solve was asked for."""

    engine: str
    time_limit: float = Field(description="Seconds.")
    gap: float = Field(description="Stop when the gap is at most this.")
    work_limit: int = Field(description="Stop after so many steps; 0: no limit.")
    workers: int = Field(description="Threads.")
    near: bool = Field(False, description="Whether to stay near the start.")


class LeftOutEntry(Entry):
    """An agent of the roster to start from whose week was not used."""

    agent: str
    rule: str = Field(
        description="The first rule that the week breaks; 'other': it has time that no "
        "engine plans; 'of_the_plan': it names what the plan does not have."
    )
    message: str = Field(description="Why it was not used, in words.")


class StartEntry(Entry):
    """The roster that the search started from."""

    folder: str = Field(description="Where it was read from.")
    agents: int = Field(description="Whose week was taken over.")
    left_out: list[LeftOutEntry]
    objective: float | None = Field(
        description="What it costs, paid hours; null unless everybody has a legal week "
        "in it, activities included."
    )


class VerifyRound(Entry):
    """A roster that was simulated, and how far it is from what the plan asks for."""

    late_calls: float = Field(
        description="Calls late beyond what service levels allow, a replication."
    )
    breaches: float = Field(description="Breaches of deadlines, a replication.")
    cost: float = Field(description="What the plan's goals say, paid hours.")
    kept: bool = Field(description="Whether this is the roster that was kept.")


class RosterResult(Entry):
    """result.json: what was found, how good it is, and how it was found.

    Costs are in paid hours at a cost rate of 1. The floor is what the cheapest legal
    tours cost with no demand at all.
    """

    format: Literal[1] = 1
    name: str = Field(description="Title of the plan.")
    status: Status = Field(
        description="optimal: proved that no roster costs less; feasible: a legal "
        "roster; infeasible: proved that none exists; unknown: none found in time; "
        "illegal: the checker refuses it."
    )
    stop_reason: Literal[
        "proof", "gap", "time_limit", "work_limit", "stopped", "near"
    ] = Field(
        description="What ended the search; near: nothing near the start pays any more."
    )
    legal: bool | None = Field(description="The checker's word; null without roster.")
    violations: list[ViolationEntry] = Field([], description="Rules that it breaks.")
    not_kept: list[MissedEntry] = Field(
        [],
        description="Preferred rules, wishes for shifts, what was published.",
    )
    conflicts: list[ConflictEntry] = Field([], description="Why no roster exists.")
    objective: float | None = Field(description="What it costs; null without a roster.")
    objective_parts: dict[str, float] = Field(description="What each goal costs.")
    bound: float | None = Field(description="No roster costs less.")
    bound_parts: dict[str, float] = Field(description="The same, goal by goal.")
    gap: float | None = Field(description="(objective - bound) / bound.")
    floor: float | None = Field(
        description="What the cheapest legal tours cost with no demand at all; null "
        "where unknown."
    )
    influenced_gap: float | None = Field(
        description="(objective - bound) / (bound - floor)."
    )
    seconds: float
    engine: str
    seed: int
    repeatable: bool = Field(description="Whether the same call gives the same again.")
    settings: Settings
    versions: dict[str, str]
    machine: Machine
    plan_hash: str
    notes: list[str] = []
    start: StartEntry | None = Field(None, description="null without one.")
    progress: list[ProgressEntry] = Field([], description="Moments of the solve.")
    summary: Summary | None = Field(None, description="null without roster.")
    verified: list[VerifyRound] = Field(
        [], description="With --verify: the first roster, and those after corrections."
    )

    @property
    def gave_up(self) -> bool:
        """Whether it was stopped before there was anything to write."""
        return self.status == "unknown" and self.stop_reason == "stopped"
