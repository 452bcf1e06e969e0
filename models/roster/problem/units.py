"""Units, and the names of all rules and goals."""

UNIT = 360_000  # cost units in one paid hour: every default weight is whole
WORK_PER_MINUTE = 20  # units of work that a trained agent does in a minute
FULL_SPEED = 100
LATE = 100_000  # units of late calls in a call

JOINT_RULES = (  # of ``RosterProblem.headcounts``
    "people_wanted",
    "floor_mix",
    "same_hours",
    "apart",
)

BOOK_RULES = (  # of ``Agent.rules``
    "hours_worked",
    "days_worked",
    "shifts_of_type",
    "nights",
    "working_times",
    "rotation",
    "weekends_worked",
    "whole_weekends",
    "weekends_in_a_row",
    "days_in_a_row",
    "days_off_in_a_row",
    "shifts_in_a_row",
    "days_off_together",
    "weekly_rest",
    "rest_after",
    "successions",
    "start_consistency",
    "frozen",
)

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
    *BOOK_RULES,
    *JOINT_RULES,
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
    "case_share",
    "pinned_work",
)

#: Goals that the shifts of one agent alone settle.
TOUR_GOALS = (
    "paid_hours",
    "overtime",
    "preferences",
    "preferred_rules",
    "fairness",
    "changes",
)
GOALS = (
    "voice_shortfall",
    "late_calls",
    "headcount",
    "overdue",
    *TOUR_GOALS,
    "voice_cushion",
    "open_work",
    "block_starts",
    "idle",
)

Stretch = tuple[int, int]  # [start, end), minutes
