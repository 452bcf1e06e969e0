"""The content of robust.json."""

from pydantic import Field

from scheduler.rosters.document import Entry

FIGURES = ("short_hours", "late_calls", "breaches", "cost")


class Figures(Entry):
    """What a roster gives once its breaks and blocks have followed what came."""

    short_hours: float = Field(
        description="Agent-hours missing on calls, of the set of queues that misses "
        "most."
    )
    late_calls: float = Field(
        description="Calls late beyond what their day or week may have."
    )
    breaches: float = Field(
        description="Cases not done by their deadline in the horizon."
    )
    cost: float = Field(description="Cost in paid hours' worth, all goals.")


class Tried(Entry):
    """One sample, met by both rosters."""

    sample: int = Field(description="Counted from 1.")
    mean: Figures
    robust: Figures


class Means(Entry):
    """Means over samples, and of the difference: robust less mean-value.

    ``*_error`` is the standard error of the mean difference.
    """

    samples: int
    seed: int
    mean: Figures
    robust: Figures
    difference: Figures
    error: Figures = Field(description="Standard error of each mean difference.")
    better: int = Field(description="Samples in which the robust roster costs less.")
    worse: int


class RobustDocument(Entry):
    """A roster for what may come, beside the one for what is expected."""

    name: str
    samples_name: str
    paid_hours_mean: float
    paid_hours_robust: float
    hours_held: bool = Field(
        description="Whether everybody works as much as in the roster for the mean."
    )
    chosen: str = Field(
        description="robust, or mean: the roster that did better on the samples it "
        "was made for."
    )
    expected_cost_mean: float = Field(
        description="Of the roster for the mean, if everything is settled beforehand."
    )
    expected_cost_robust: float
    bound: float | None = Field(
        description="No roster costs less on average over the slices of the samples, "
        "if breaks and blocks are settled beforehand, too."
    )
    made_for: Means = Field(description="The samples that the roster was made for.")
    unseen: Means = Field(description="Samples of another seed.")
    tried: list[Tried] = Field(description="Each of the unseen samples.")
    notes: list[str]
