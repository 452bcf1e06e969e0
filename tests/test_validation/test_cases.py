"""Case types, shift types and contracts."""

from pathlib import Path

import pytest

from tests.test_validation.good import Bad, assert_only, bad

T = "plan.toml"
CLAIMS = "case_types.claims"

CASES = [
    bad("sla_whole_days", T, "within = 2", "within = 1.5",
        (30, f"{CLAIMS}.sla.within", "1.5"), says="business_days"),
    bad("sla_length", T, "within = 4", "within = 99999",
        (36, "case_types.letters.sla.within", "99999"), says="87,840 hours"),
    bad("sla_calendar_opens", T,
        'monday = ["08:00-18:00"]\ntuesday = ["08:00-18:00"]\n', "",
        (28, f"{CLAIMS}.sla", ('{"within": 2, "unit": "business_days", "calendar": '
         '"office"}')), says="calendar 'office' has no open weekday"),
    bad("case_calendar_opens", T, """
[[case_types]]
name = "letters"
""", """
[calendars.never]

[[case_types]]
name = "letters"
calendar = "never"
""", (37, "case_types.letters.calendar", "never")),
    bad("block_on_grid", T, "maximum_block_minutes", "minimum_block_minutes = 50\n"
        "maximum_block_minutes", (31, f"{CLAIMS}.minimum_block_minutes", "50"),
        says="15 minutes"),
    bad("block_lengths", T, "maximum_block_minutes = 120", "maximum_block_minutes = 45",
        (31, f"{CLAIMS}.maximum_block_minutes", "45"), says="= 60"),
    bad("block_in_shift", T, "maximum_block_minutes = 120",
        "minimum_block_minutes = 495", (31, f"{CLAIMS}.minimum_block_minutes", "495"),
        says="at most 480"),
    bad("known_holidays", T, "closed = [2026-04-03]",
        'closed = [2026-04-03]\nholidays = "GB-ENQ"',
        (15, "calendars.office.holidays", "GB-ENQ"), suggestion="GB-ENG"),
    bad("handle_time_or_mix", T, "handle_minutes = 20\n", "",
        (26, f"{CLAIMS}.handle_minutes", None), says="above 0, or a mix"),
    bad("handle_time_or_mix", T, "handle_minutes = 20",
        "handle_minutes = 20\nmix = [{name = 'x', share = 1, handle_minutes = 9}]",
        (29, f"{CLAIMS}.handle_minutes", "20"), says="nothing beside a mix"),
    bad("handle_time_or_mix", T, "handle_minutes = 20",
        "mix = [{name = 'x', share = 0.7, handle_minutes = 9}]",
        (29, f"{CLAIMS}.mix",
         '[{"name": "x", "share": 0.7, "handle_minutes": 9}]'), says="not 0.7"),
    bad("sla_as_long_as_the_work", T, "handle_minutes = 10", "handle_minutes = 250",
        (36, "case_types.letters.sla.within", "4"), says="4.16667 hours"),
    bad("settling_within_a_block", T, "handle_minutes = 10",
        "handle_minutes = 10\nsettling_minutes = 60",
        (36, "case_types.letters.settling_minutes", "60"),
        says="minimum_block_minutes = 60"),
    bad("rest_of_the_share", T, 'within = 4, unit = "hours"',
        'within = 4, unit = "hours", share = 0.9',
        (36, "case_types.letters.sla.share", "0.9"), says="would wait for ever"),
    bad("rest_of_the_share", T, 'within = 4, unit = "hours"',
        'within = 4, unit = "hours", rest = {within = 9, unit = "hours"}',
        (36, "case_types.letters.sla.rest", '{"within": 9, "unit": "hours"}'),
        says="share below 1"),
    bad("known_calendars", T, 'within = 4, unit = "hours"', 'within = 4, '
        'unit = "hours", share = 0.9, rest = {within = 9, unit = "hours", '
        'calendar = "ofice"}',
        (36, "case_types.letters.sla.rest.calendar", "ofice"), suggestion="office"),
    bad("reopens_and_robots", T, "handle_minutes = 10",
        "handle_minutes = 10\nreopen_after_days = 3",
        (36, "case_types.letters.reopen_after_days", "3"), says="reopen_rate"),
    bad("reopens_and_robots", T, "handle_minutes = 10",
        'handle_minutes = 10\nreopen_rate = 0.1\nreopen_clock = "same"',
        (37, "case_types.letters.reopen_clock", "same"), says="reopen_after_days"),
    bad("reopens_and_robots", T, "handle_minutes = 10",
        "handle_minutes = 10\nautomation_per_day = 3",
        (36, "case_types.letters.automation_per_day", "3"), says="automation_share"),
    bad("stages_lead_on", T, "handle_minutes = 10",
        'handle_minutes = 10\nfeeds = [{case_type = "claim"}]',
        (36, "case_types.letters.feeds.1.case_type", "claim"), suggestion="claims"),
    bad("stages_lead_on", T, "handle_minutes = 10",
        'handle_minutes = 10\nfeeds = [{case_type = "letters"}]',
        (36, "case_types.letters.feeds.1.case_type", "letters"), says="come back"),
    bad("backlog_targets_in_horizon", T, "handle_minutes = 10",
        "handle_minutes = 10\nbacklog_targets = [{date = 2026-05-01, cases = 3}]",
        (36, "case_types.letters.backlog_targets.1.date", "2026-05-01"),
        says="2026-04-05"),
    bad("backlog_targets_in_horizon", T, "handle_minutes = 10",
        "handle_minutes = 10\nbacklog_targets = [{date = 2026-03-27, cases = 3}, "
        "{date = 2026-03-27, cases = 2}]",
        (36, "case_types.letters.backlog_targets.2.date", "2026-03-27"),
        says="each date once"),
    bad("efficiency_of_fill", T, 'blend = "dedicated"', "fill_efficiency = 0.3",
        (37, "case_types.letters.fill_efficiency", "0.3"), says="ring-fenced"),
    bad("efficiency_of_fill", T, "maximum_block_minutes = 120",
        'blend = "fill"\nfill_efficiency = 0.7\n'
        '[[case_types]]\nname = "post"\nhandle_minutes = 5\n'
        'sla = { within = 4, unit = "hours" }\n'
        'blend = "fill"\nfill_efficiency = 0.4',
        (38, "case_types.post.fill_efficiency", "0.4"), says="at most 0.3"),
    bad("dedicated_agents", "skills.csv", "a3,letters,", "a3,letters,\na3,chat,",
        (6, "skill", "chat"), says="dedicated to 'letters'"),
    bad("inflow_in_horizon", "inflow.csv", "2026-03-24", "2026-04-06",
        (3, "date", "2026-04-06"), says="from 2026-03-23 to 2026-04-05"),
    bad("one_inflow_per_day", "inflow.csv", "2026-03-24", "2026-03-23",
        (3, "date", "2026-03-23"), says="line 2"),
    bad("received_before_start", "open_cases.csv", "claims,2026-03-20,",
        "claims,2026-03-23,", (2, "received", "2026-03-23")),
    bad("received_before_start", "open_cases.csv", "2026-03-20,7", "2026-03-23T00:01,7",
        (2, "received", "2026-03-23T00:01")),
    bad("ages_rise", "backlog_ages.csv", "3,5,", "5,5,",
        (2, "to_days", "5"), says="more than from_days = 5"),
    bad("known_case_types", "backlog_ages.csv", "claims,3", "claim,3",
        (2, "case_type", "claim"), suggestion="claims"),
    bad("due_after_received", "open_cases.csv", ",,2026-03-20", ",,2026-03-19",
        (3, "due", "2026-03-19")),
    bad("starts", T, '00/30"]', '00/30", "9h"]',
        (41, "shift_types.early.starts.2", "9h")),
    bad("starts", T, '"07:00-09:00/30"', '"07:00-09:00/30", "24:00"',
        (41, "shift_types.early.starts.2", "24:00"), says="before 24:00"),
    bad("starts", T, '["22:00"]', '["22:00", "22:10"]',
        (60, "shift_types.night.starts.2", "22:10"), says="grid of 15 minutes"),
    bad("lengths", T, "[480, 360]", "[480, 365]",
        (42, "shift_types.early.length_minutes.2", "365")),
    bad("lengths", T, "[480, 360]", "[480, 360, 1455]",
        (42, "shift_types.early.length_minutes.3", "1455")),
    bad("breaks_on_grid", T, "latest_minutes = 240", "latest_minutes = 250",
        (56, "shift_types.early.breaks.lunch.latest_minutes", "250")),
    bad("break_windows", T, "earliest_minutes = 180", "earliest_minutes = 255",
        (56, "shift_types.early.breaks.lunch.latest_minutes", "240"), says="= 255"),
    bad("breaks_in_shift", T, "latest_minutes = 240", "latest_minutes = 345",
        (56, "shift_types.early.breaks.lunch.latest_minutes", "345"),
        says="at most 330"),
    bad("breaks_in_order", T, "between_breaks = 60", "between_breaks = 180",
        (56, "shift_types.early.breaks.lunch.latest_minutes", "240"),
        says="at least 255: it comes after break 'coffee' and 180 minutes"),
    bad("break_names", T, '"lunch"', '"coffee"',
        (53, "shift_types.early.breaks.coffee.name", "coffee")),
    bad("something_paid", T, 'weekdays = ["monday", "tuesday", "wednesday"]',
        "breaks = [{name = 'b', minutes = 480, earliest_minutes = 0, "
        "latest_minutes = 0}]", (62, "shift_types.night.breaks",
        '[{"name": "b", "minutes": 480, "earliest_minutes": 0, "lates...')),
    bad("contract_ranges", T, "max_hours_per_week = 20",
        "max_hours_per_week = 20\nmin_days_per_week = 2\nmax_days_per_week = 1",
        (76, "contracts.part.min_days_per_week", "2"), says="max_days_per_week = 1"),
    bad("contract_ranges", T, "max_hours_per_week = 20",
        "max_hours_per_week = 20\nmin_hours_per_week = 25",
        (76, "contracts.part.min_hours_per_week", "25"), says="= 20"),
    bad("days_reachable", T, "max_hours_per_week = 20",
        "max_hours_per_week = 40\nmin_days_per_week = 5\n[[contracts]]\n"
        'name = "nights"\nshift_types = ["night"]\nmax_hours_per_week = 40\n'
        "min_days_per_week = 4",
        (81, "contracts.nights.min_days_per_week", "4"), says="at most 3"),
    bad("hours_reachable", T, "max_hours_per_week = 20",
        'max_hours_per_week = 40\n[[contracts]]\nname = "nights"\n'
        'shift_types = ["night"]\nmin_hours_per_week = 25\nmax_hours_per_week = 40',
        (79, "contracts.nights.min_hours_per_week", "25"),
        says="24, which is 3 days of 8 paid hours"),
    bad("hours_not_exceeded", T, "max_hours_per_week = 20",
        'max_hours_per_week = 20\n[[contracts]]\nname = "nights"\n'
        'shift_types = ["night"]\nmin_days_per_week = 2\nmax_hours_per_week = 15',
        (80, "contracts.nights.max_hours_per_week", "15"), says="at least 16"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Bad, tmp_path: Path) -> None:
    assert_only(case, tmp_path)
