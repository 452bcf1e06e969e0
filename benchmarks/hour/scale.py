"""How much is measured: the hour, or a few minutes to see that it works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Sizes (people) and time limits (seconds) of every section."""

    engines: tuple[int, ...]
    engine_seconds: float
    cases: tuple[str, ...]
    case_seconds: float
    seeds: tuple[int, ...]
    roster: tuple[int, ...]
    roster_seconds: float
    our_roster_seconds: float
    slots: tuple[int, ...]
    slot_seconds: tuple[float, ...]
    example_seconds: float
    compact_seconds: float
    quality: tuple[str, ...]
    quality_seconds: float


HOUR = Scale(
    engines=(10, 24, 50, 100, 200, 500, 1000),
    engine_seconds=60.0,
    cases=("tiny", "crew-30", "retail-bank"),
    case_seconds=30.0,
    seeds=(0, 1, 2),
    roster=(50, 200, 1000),
    roster_seconds=120.0,
    our_roster_seconds=60.0,
    slots=(20, 100, 500),
    slot_seconds=(10.0, 30.0, 60.0),
    example_seconds=60.0,
    compact_seconds=60.0,
    quality=("retail-bank", "centre-50-different", "centre-200-different"),
    quality_seconds=60.0,
)
SMALL = Scale(
    engines=(8,),
    engine_seconds=5.0,
    cases=("tiny",),
    case_seconds=5.0,
    seeds=(0, 1),
    roster=(20,),
    roster_seconds=5.0,
    our_roster_seconds=5.0,
    slots=(10,),
    slot_seconds=(5.0,),
    example_seconds=10.0,
    compact_seconds=10.0,
    quality=("retail-bank",),
    quality_seconds=10.0,
)
