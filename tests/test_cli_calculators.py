"""The calculators of the command line: erlang, establishment and burndown."""

import pytest

from scheduler.cli import ExitCode, main
from tests.test_cli import BURNDOWN, ERLANG, Capture, document


def test_erlang_golden_numbers(capsys: Capture) -> None:
    # pyworkforce's README: 14 agents, 20 with 30 % shrinkage.
    assert main([*ERLANG, "--target", "80/20", "--shrinkage", "0.3", "--json"]) == 0
    answer = document(capsys)
    assert answer["agents_required"] == answer["agents"] == 14
    assert answer["agents_scheduled"] == 20
    assert answer["service_level"] == pytest.approx(0.888, abs=5e-4)
    assert answer["occupancy"] == pytest.approx(0.714, abs=5e-4)
    assert answer["probability_of_wait"] == pytest.approx(0.174, abs=5e-4)
    assert answer["average_speed_of_answer_seconds"] == pytest.approx(7.84, abs=5e-3)
    assert answer["abandonment"] == 0


def test_erlang_with_patience_is_erlang_a(capsys: Capture) -> None:
    words = [*ERLANG, "--patience", "5m", "--max-occupancy", "85%", "--json"]
    assert main(words) == 0
    answer = document(capsys)
    assert answer["agents_required"] == 13
    assert answer["abandonment"] == pytest.approx(0.025, abs=5e-4)


def test_erlang_of_too_few_agents_waits_for_ever(capsys: Capture) -> None:
    assert main([*ERLANG, "--agents", "9", "--json"]) == 0
    answer = document(capsys)
    assert (answer["agents_required"], answer["agents"]) == (14, 9)
    assert answer["average_speed_of_answer_seconds"] is None
    assert main([*ERLANG, "--agents", "9"]) == 0
    assert "endless" in capsys.readouterr().out


def test_erlang_for_people_says_what_service_level_means(capsys: Capture) -> None:
    assert main(ERLANG) == 0
    shown = capsys.readouterr().out
    assert "88.8%  answered within 20 s / offered" in shown


def test_erlang_with_more_targets_and_an_uncertain_forecast(capsys: Capture) -> None:
    words = [*ERLANG, "--patience", "2m", "--json"]
    assert main(words) == 0
    plain = document(capsys)
    more = ["--max-wait", "5s", "--max-abandonment", "3%", "--forecast-error", "15%"]
    assert main([*words, *more, "--service-level-of", "answered"]) == 0
    strict = document(capsys)
    assert strict["agents_required"] > plain["agents_required"]
    assert strict["average_speed_of_answer_seconds"] <= 5
    assert strict["abandonment"] <= 0.03
    rate = 100 / 1800
    assert strict["queue_length"] == pytest.approx(
        rate * strict["average_speed_of_answer_seconds"]
    )
    for limits in (more[2:4], [*more[:2], *more[4:]]):
        assert main([*ERLANG, *limits]) == ExitCode.USAGE
        assert f"{limits[0]}" in (told := capsys.readouterr().err)
        assert "needs --patience" in told


def test_erlang_says_how_many_calls_agents_take(capsys: Capture) -> None:
    assert main([*ERLANG, "--agents", "14", "--json"]) == 0
    most = document(capsys)["largest_calls"]
    for calls, agents in ((most - 0.01, 14), (most + 0.01, 15)):
        words = ["erlang", "--calls", str(calls), "--per", "30m", "--aht", "180s"]
        assert main([*words, "--json"]) == 0
        assert document(capsys)["agents_required"] == agents
    assert main(ERLANG) == 0
    assert f"calls at most {int(most):>11}" in capsys.readouterr().out


def test_establishment_golden_numbers(capsys: Capture) -> None:
    words = ["establishment", "--hours", "500", "--contract", "40"]
    losses = ["--planned", "20%", "--unplanned", "0.1", "--fit", "95%"]
    assert main([*words, *losses, "--json"]) == 0
    answer = document(capsys)
    assert answer["fte"] == pytest.approx(500 / (40 * 0.8 * 0.9 * 0.95))
    assert answer["fte_without_shrinkage"] == 12.5
    assert main(words) == 0
    assert "people to employ  12.50" in capsys.readouterr().out
    assert main([*words, "--fit", "0"]) == ExitCode.USAGE


def test_burndown_golden_numbers(capsys: Capture) -> None:
    assert main([*BURNDOWN, "--json"]) == 0
    answer = document(capsys)
    assert answer == {
        "fte": pytest.approx(17.333, abs=5e-4),
        "steady_state_fte": pytest.approx(9),
        "extra_fte": pytest.approx(8.333, abs=5e-4),
    }
    assert main(BURNDOWN) == 0
    assert "17.33" in capsys.readouterr().out


def test_a_target_may_be_missed_by_a_hair_and_agents_are_whole(capsys: Capture) -> None:
    # 19 / (1 - 0.05) = 20.000000000000004 in floating point: 20 people, not 21.
    words = [*ERLANG, "--agents", "19", "--shrinkage", "5%", "--json"]
    assert main(words) == 0
    assert document(capsys)["agents_scheduled"] == 20
