"""Names: given once, and known."""

from pathlib import Path

import pytest

from scheduler.reading import read_plan
from tests.test_validation.good import Bad, assert_only, bad, findings, spoilt, written

T = "plan.toml"
AGENT = "known_agents"

CASES = [
    bad("names_given_once", T, 'name = "chats"\nskill = "chat"',
        'name = "chats"\nskill = "chat"\n[[queues]]\nname = "chats"',
        (26, "queues.chats.name", "chats"), says="it is taken in line 23"),
    bad("names_given_once", T, '[[contracts]]\nname = "part"',
        '[[contracts]]\nname = "full"\nshift_types = ["early"]\n'
        'max_hours_per_week = 1\n[[contracts]]\nname = "part"',
        (73, "contracts.full.name", "full"), says="it is taken in line 65"),
    bad("names_given_once", "agents.csv", "a3,part,South,\n",
        "a3,part,South,\na2,part,,\n",
        (5, "agent_id", "a2"), says="it is taken in line 3"),
    bad("queues_apart_from_case_types", T, 'name = "letters"\n',
        'name = "calls"\nskill = "letters"\n',
        (34, "case_types.calls.name", "calls"), says="line 19"),
    bad("known_calendars", T, 'calendar = "office"', 'calendar = "ofice"',
        (20, "queues.calls.calendar", "ofice"), suggestion="office"),
    bad("known_calendars", T, 'calendar = "office" }', 'calendar = "x" }',
        (30, "case_types.claims.sla.calendar", "x")),
    bad("known_shift_types", T, '["early"]', '["early", "erly"]',
        (66, "contracts.full.shift_types.2", "erly"), suggestion="early"),
    bad("known_shift_types", "preferences.csv", ",,,early", ",,,eraly",
        (4, "shift_type", "eraly"), suggestion="early"),
    bad("known_shift_types", "pins.csv", "night", "nigth",
        (4, "shift_type", "nigth"), suggestion="night"),
    bad("known_contracts", "agents.csv", "a2,part", "a2,prat",
        (3, "contract", "prat"), suggestion="part"),
    bad(AGENT, "skills.csv", "a3,letters,", "a3,letters,\nb9,chat,",
        (6, "agent_id", "b9")),
    bad(AGENT, "leave.csv", "a2", "A2", (3, "agent_id", "A2"), suggestion="a2"),
    bad(AGENT, "availability.csv", "a1,wednesday", "zz,monday", (6, "agent_id", "zz")),
    bad(AGENT, "meetings.csv", "a2,1:1", "zz,1:1", (2, "agent_id", "zz")),
    bad(AGENT, "history.csv", "a2", "zz", (2, "agent_id", "zz")),
    bad(AGENT, "pins.csv", "a2", "zz", (2, "agent_id", "zz")),
    bad(AGENT, "preferences.csv", "a2", "zz", (2, "agent_id", "zz")),
    bad("known_skills", "skills.csv", "a1,calls", "a1,cals",
        (2, "skill", "cals"), suggestion="calls"),
    bad("known_queues", "calls.csv", "calls,2026-03-23T08:30", "cals,2026-03-23T08:30",
        (3, "queue", "cals"), suggestion="calls"),
    bad("known_queues", "required.csv", "1.5\n", "1.5\nchast,2026-03-23T08:30,1\n",
        (3, "queue", "chast"), suggestion="chats"),
    bad("known_case_types", "inflow.csv", "claims,2026-03-24", "claim,2026-03-24",
        (3, "case_type", "claim"), suggestion="claims"),
    bad("known_case_types", "open_cases.csv", "claims,2026-03-20,", "c,2026-03-20,",
        (2, "case_type", "c")),
    bad("one_row_per_skill", "skills.csv", "a2,chat,", "a2,chat,\na2,chat,0.5",
        (5, "skill", "chat"), says="there is one in line 4"),
    bad("history_activity", "history.csv", "360,calls", "360,cals",
        (2, "activity", "cals"), suggestion="calls"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_name(case: Bad, tmp_path: Path) -> None:
    assert_only(case, tmp_path)


def test_no_agents(tmp_path: Path) -> None:
    files = spoilt(
        {
            "agents.csv": (
                "a1,full,North,first-aider\na2,part,North,\na3,part,South,\n",
                "",
            )
        }
    )
    assert [str(f) for f in findings(written(tmp_path, files))] == [
        "agents.csv: expected at least one agent"
    ]


def test_nothing_to_do(tmp_path: Path) -> None:
    toml = spoilt({})["plan.toml"]
    start, end = toml.index("[[queues]]"), toml.index("[[shift_types]]")
    files = {
        "plan.toml": toml[:start] + toml[end:],
        "agents.csv": "agent_id,contract\na2,part\n",
    }
    assert [f.rule for f in findings(written(tmp_path, files))] == ["something_to_do"]


def test_queue_names_have_no_plus_sign(tmp_path: Path) -> None:
    files = spoilt({"plan.toml": ('name = "chats"', 'name = "calls+chats"')})
    found = [f for f in findings(written(tmp_path, files)) if "plus sign" in f.expected]
    assert [(f.row, f.value) for f in found] == [(23, "calls+chats")]


def test_queues_open_on_intervals(tmp_path: Path) -> None:
    spoil = ('tuesday = ["08:00-18:00"]', 'tuesday = ["08:15-18:00"]')
    (found,) = findings(written(tmp_path, spoilt({"plan.toml": spoil})))
    assert (found.row, found.value) == (13, "08:15-18:00")
    assert "a queue has this calendar" in found.expected


def test_limits_of_queues_can_be_met(tmp_path: Path) -> None:
    limits = 'name = "chats"\nmaximum_abandonment = 0.05\nmaximum_wait_seconds = 9\n'
    files = spoilt({"plan.toml": ('name = "chats"\n', f"{limits}forecast_cv = 0.1\n")})
    found = [f for f in findings(written(tmp_path, files)) if "patience" in f.expected]
    assert [(f.row, f.value) for f in found] == [(24, "0.05"), (25, "9")]
    met = ('name = "chats"\n', f"{limits}forecast_cv = 0.1\npatience_seconds = 60\n")
    read_plan(written(tmp_path, spoilt({"plan.toml": met})))


def test_a_level_for_the_day_has_a_floor_below_it_and_calls(tmp_path: Path) -> None:
    def found(keys: str) -> dict[int | None, str]:
        files = spoilt({"plan.toml": ('name = "chats"\n', f'name = "chats"\n{keys}')})
        return {f.row: f.expected for f in findings(written(tmp_path, files))}

    alone = found("service_level_floor = 0.5\n")
    assert 'service_level_scope = "day" or "week"' in alone[24]
    high = found('service_level_scope = "day"\nservice_level_floor = 0.9\n')
    assert high[25] == "at most 0.8, the service level of all"
    # The plan of these tests says what chats need, not how many there are.
    good = found('service_level_scope = "week"\nservice_level_floor = 0.8\n')
    assert 25 not in good
    assert good[24] == '"interval", or rows for this queue in calls.csv'


def test_more_chats_at_once_get_more_done(tmp_path: Path) -> None:
    for factors in ("[1, 2.5]", "[1.2]", "[1, 0.9]", "[1, 1.5, 2.6]"):
        chats = f'name = "chats"\nhandle_factors = {factors}\nforecast_cv = 0.2\n'
        files = spoilt({"plan.toml": ('name = "chats"\n', chats)})
        found = {f.row: f.expected for f in findings(written(tmp_path, files))}
        assert "rise, but less than chats do" in found[24]
        assert (25 in found) == ("," in factors)
