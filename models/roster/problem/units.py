"""Units, and the names of all rules and goals."""

UNIT = 360_000  # cost units in one paid hour: every default weight is whole
WORK_PER_MINUTE = 20  # units of work that a trained agent does in a minute
FULL_SPEED = 100
LATE = 100_000  # units of late calls in a call

RULES = (
    "one_shift_per_day",
    "own_shift_types",
    "rest_between_shifts",
    "minimum_hours",
    "maximum_hours",
    "minimum_days",
    "maximum_days",
    "run_of_days",
    "availability",
    "leave",
    "pins",
    "breaks_in_window",
    "breaks_in_order",
    "breaks_apart",
    "meetings",
    "skills",
    "opening_hours",
    "case_hours",
    "shortest_voice_run",
    "shortest_case_block",
    "longest_case_block",
    "work_after_arrival",
)

GOALS = (
    "voice_shortfall",
    "late_calls",
    "overdue",
    "paid_hours",
    "overtime",
    "preferences",
    "voice_cushion",
    "open_work",
    "block_starts",
    "idle",
)

Stretch = tuple[int, int]  # [start, end), minutes
