"""The rule book, headcounts, who must be there, pairs, what was published."""

from pathlib import Path

import pytest

from tests.test_validation.good import Bad, assert_only, bad

CASES = [
    bad("book_columns", "rule_book.csv", "weekly_rest,,,,,,,,,,35",
        "weekly_rest,,,,,,,,,,", (2, "hours", ""), says="weekly_rest asks for it"),
    bad("book_columns", "rule_book.csv", "weekly_rest,,,,,,,,,,35",
        "weekly_rest,,,,2,,,,,,35", (2, "min", "2"), says="hours, per"),
    bad("book_numbers", "rule_book.csv", "preferred,,2,", "preferred,3,2,",
        (3, "min", "3"), says="at most max = 2"),
    bad("book_numbers", "rule_book.csv", "early,,,,,1,2", "early,,,,,3,2",
        (6, "turn", "3"), says="at most turns = 2"),
    bad("book_numbers", "rule_book.csv", "case_share,,a1", "case_share,full,a1",
        (5, "contract", "full"), says="for one agent"),
    bad("least_case_work", "rule_book.csv", "case_share,,a1,,,4", "case_share,,a1,,1,4",
        (5, "min", "1"), says="level = preferred"),
    bad("book_names", "rule_book.csv", "nights,part", "nights,parts",
        (3, "contract", "parts"), suggestion="part"),
    bad("book_names", "rule_book.csv", "night,early", "night,earlier",
        (4, "then", "earlier"), suggestion="early"),
    bad("known_agents", "rule_book.csv", "successions,,a2", "successions,,a9",
        (4, "agent_id", "a9")),
    bad("known_shift_types", "headcount.csv", "early", "earl",
        (2, "shift_type", "earl"), suggestion="early"),
    bad("floor_people", "floor_mix.csv", "first-aider,,1", "first-aid,,1",
        (2, "role", "first-aid"), suggestion="first-aider"),
    bad("floor_people", "floor_mix.csv", "first-aider,,1", "first-aider,letters,1",
        (2, "role", "first-aider"), says="one of them"),
    bad("floor_people", "floor_mix.csv", "letters", "letter",
        (3, "skill", "letter"), suggestion="letters"),
    bad("floor_people", "floor_mix.csv", "first-aider,,1", "first-aider,,2",
        (2, "agents", "2"), says="so many have first-aider"),
    bad("pair_people", "pairs.csv", "a1,a3", "a1,a1", (2, "other_id", "a1")),
    bad("pair_people", "pairs.csv", "a1,a3", "a1,a9", (2, "other_id", "a9")),
    bad("pair_people", "pairs.csv", "a1,a3", "a1,", (2, "other_id", ""),
        says="two agents, or a team"),
    bad("pair_people", "pairs.csv", ",,North", ",,Nord", (3, "team", "Nord"),
        suggestion="North"),
    bad("pair_people", "pairs.csv", ",,North", ",,South", (3, "team", "South"),
        says="two at least"),
    bad("pair_people", "pairs.csv", "a1,a3,", "a1,a3,North", (2, "team", "North")),
    bad("published_types", "published.csv", "23,early", "23,late",
        (2, "shift_type", "late")),
    bad("frozen_of_the_menu", "published.csv", "23,early", "23,night",
        (2, "shift_type", "night"), says="began before changes.now"),
    bad("frozen_of_the_menu", "published.csv",
        "T08:00,2026-03-23T16:00", "T08:15,2026-03-23T16:15",
        (2, "start", "2026-03-23T08:15"), says="a start of shift type 'early'"),
    bad("frozen_of_the_menu", "published.csv", "T16:00", "T17:00",
        (2, "end", "2026-03-23T17:00"), says="480, 360 minutes"),
    bad("published_work", "published_activities.csv", "case,claims", "case,claim",
        (2, "activity", "claim"), suggestion="claims"),
    bad("published_work", "published_activities.csv", "case,claims",
        "voice,calls+chats", (2, "activity", "calls+chats"), says="has the skill for"),
    bad("published_work", "published_activities.csv", "case,claims", "voice,claims",
        (2, "activity", "claims"), says="a queue of the plan"),
    bad("activities_on_grid", "published_activities.csv", "T08:00", "T08:05",
        (2, "start", "2026-03-23T08:05"), says="grid of 15 minutes"),
    bad("known_agents", "published_activities.csv", "a1,2026-03-23T10:00",
        "a9,2026-03-23T10:00", (3, "agent_id", "a9")),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_one_finding(case: Bad, tmp_path: Path) -> None:
    assert_only(case, tmp_path)
