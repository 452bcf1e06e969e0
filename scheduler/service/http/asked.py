"""What a submission asks for: read from its query, held against the bounds."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from scheduler.service.documents import Engine
from scheduler.service.http.problems import Refusal
from scheduler.service.jobs.records import JobStatus, Options
from scheduler.service.settings import Settings

ENGINE = "What searches; auto is columns."
STAYING = ("auto", "columns")  # engines that stay near a roster
SEED = "Of its random choices: the same seed, the same choices."
_PLAIN = r"^[^\x00-\x1f\x7f]*$"


def _said(value: object) -> object:
    """Refuse numbers that only stand for moments."""
    if isinstance(value, str) and value.replace(".", "", 1).lstrip("+-").isdecimal():
        raise ValueError("a moment such as 2026-03-02T08:30:00Z")
    return value


Moment = Annotated[dt.datetime, BeforeValidator(_said)]
Tag = Annotated[str, Field(min_length=1, max_length=100, pattern=_PLAIN)]


class Listing(BaseModel):
    """The query of a list of jobs: which of them, and how many at a time."""

    cursor: str | None = Field(
        None, max_length=200, description="`next` of the list before."
    )
    limit: int = Field(50, ge=1, le=100, description="So many at a time.")
    status: list[JobStatus] = Field(
        [], max_length=20, description="Only jobs that are there; several."
    )
    tag: Tag | None = Field(None, description="Only jobs with this tag.")


class Since(Listing):
    """The query of a list of jobs that may ask for the latest alone."""

    created_after: Moment | None = Field(
        None, description="Only jobs submitted after it."
    )


class Named(BaseModel):
    """What every submission may say of its job."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(
        "",
        max_length=200,
        pattern=_PLAIN,
        description="Of the job. Default: the plan's.",
    )
    tag: list[Tag] = Field([], max_length=20, description="To find it by; several.")

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags, each once."""
        return tuple(dict.fromkeys(self.tag))


class Asked(Named):
    """The query of a submission."""

    engine: Engine = Field("auto", description=ENGINE)
    time_limit: float = Field(
        60.0, gt=0, allow_inf_nan=False, description="Seconds for the whole solve."
    )
    gap: float = Field(
        0.01,
        ge=0,
        allow_inf_nan=False,
        description="Stop when (objective - bound) / bound is this.",
    )
    seed: int = Field(0, ge=0, le=2**31 - 1, description=SEED)
    workers: int = Field(
        1, ge=1, description="Threads; 1 makes a run repeatable that ends by gap."
    )
    verify: bool = Field(False, description="Simulate it, correct what falls short.")
    report: bool = Field(True, description="Make the page of export.html.")
    dry_run: bool = Field(False, description="Submit nothing: validate and measure.")

    def options(self, settings: Settings) -> Options:
        """Return it as a job keeps it.

        Raises
        ------
        Refusal
            With everything that is more than the service gives.
        """
        refuse_beyond(settings, {"time_limit": self.time_limit}, self.workers)
        return Options(
            engine=self.engine,
            seconds=self.time_limit,
            gap=self.gap,
            seed=self.seed,
            workers=self.workers,
            verify=self.verify,
            report=self.report,
        )


class AskedAgain(Asked):
    """The query of a draft's solve."""

    near: bool = Field(
        True,
        description="Stay near the draft: nobody's breaks and blocks change but those "
        "of people whose other week saves half a paid hour; engine columns. Without it "
        "only what changes of shifts cost holds them.",
    )

    @model_validator(mode="after")
    def _can_stay(self) -> Self:
        if self.near and self.engine not in STAYING:
            able = " and ".join(STAYING)
            raise ValueError(f"near goes with the engines {able}, or near=false")
        return self

    def options(self, settings: Settings) -> Options:
        """Return it as a job keeps it.

        Raises
        ------
        Refusal
            As of a submission.
        """
        return replace(super().options(settings), near=self.near)


def refuse_beyond(
    settings: Settings, seconds: Mapping[str, float], workers: int
) -> None:
    """Refuse with everything that is more than the service gives."""
    bounds = [
        *((name, value, settings.most_seconds) for name, value in seconds.items()),
        ("workers", workers, settings.most_threads),
    ]
    errors = [
        {
            "code": "less_than_equal",
            "parameter": name,
            "value": f"{value:g}",
            "expected": f"{most:g} at most",
        }
        for name, value, most in bounds
        if value > most
    ]
    if errors:
        raise Refusal("beyond-limits", "more than the service gives", errors)


def request_hash(
    plan_hash: str, options: Options, name: str, tags: tuple[str, ...]
) -> str:
    """Return what tells a repeated submission from another one."""
    said = {"plan": plan_hash, "options": asdict(options), "name": name, "tags": tags}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
