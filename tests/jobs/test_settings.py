"""Settings: who says what, which of them counts, and what must not be shown."""

import json
from pathlib import Path

import pytest

from models.errors import InvalidInput, PlanError
from scheduler.cli import ExitCode, main
from scheduler.service.settings import read_settings


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in an empty folder, with nothing said in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("PORT", "SLOTS", "DATABASE_URL", "METRICS_TOKEN"):
        monkeypatch.delenv(f"RINGFENCE_{name}", raising=False)


def test_flag_beats_environment_beats_file_beats_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("ringfence.toml").write_text("[service]\nport = 1\nslots = 2\nrows = 3\n")
    monkeypatch.setenv("RINGFENCE_PORT", "4")
    monkeypatch.setenv("RINGFENCE_SLOTS", "5")
    settings, origins = read_settings({"port": 6, "rows": None})
    assert (settings.port, settings.slots, settings.rows) == (6, 5, 3)
    told = {name: origins[name].origin for name in ("port", "slots", "rows", "host")}
    assert told == {
        "port": "flag",
        "slots": "environment",
        "rows": "ringfence.toml",
        "host": "default",
    }


def test_every_problem_is_told_with_who_said_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("ringfence.toml").write_text("[service]\nrows = 0\nunheard_of = 1\n")
    monkeypatch.setenv("RINGFENCE_PORT", "many")
    with pytest.raises(PlanError) as caught:
        read_settings({"slots": -1})
    problems = [str(problem) for problem in caught.value.problems]
    for start in ("ringfence.toml: rows: ", "ringfence.toml: unheard_of: "):
        assert any(problem.startswith(start) for problem in problems)
    assert any(problem.startswith("environment: port: ") for problem in problems)
    assert any(problem.startswith("flag: slots: ") for problem in problems)


@pytest.mark.parametrize("wrong", ["[service", "service = 1\n", "[service]\nport = \n"])
def test_files_that_are_no_settings_are_refused(wrong: str) -> None:
    Path("ringfence.toml").write_text(wrong)
    with pytest.raises(InvalidInput, match=r"ringfence\.toml"):
        read_settings()


def test_a_file_that_is_named_must_be_there() -> None:
    with pytest.raises(InvalidInput, match="no file of settings"):
        read_settings(file=Path("other.toml"))


def test_other_sections_of_the_file_are_others(tmp_path: Path) -> None:
    Path("ringfence.toml").write_text("[other]\nport = 1\n")
    assert read_settings()[1]["port"].origin == "default"


def test_secrets_are_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RINGFENCE_DATABASE_URL", "postgresql://u:secret1@h/d")
    monkeypatch.setenv("RINGFENCE_METRICS_TOKEN", "secret2")
    assert main(["config", "show", "--json"]) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "secret" not in shown
    document = json.loads(shown)
    assert document["database_url"]["from"] == "environment"
    assert document["database_url"]["value"] == "postgresql://u:***@h/d"


def test_wrong_settings_leave_with_bad_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RINGFENCE_PORT", "many")
    assert main(["config", "show"]) == ExitCode.BAD_INPUT
    assert "environment: port" in capsys.readouterr().err


def test_a_worker_needs_slots(capsys: pytest.CaptureFixture[str]) -> None:
    Path("ringfence.toml").write_text("[service]\nslots = 0\n")
    assert main(["worker"]) == ExitCode.USAGE
    assert "--slots" in capsys.readouterr().err
    assert list(Path().glob("*.db")) == []


def test_the_database_is_made_and_copied(capsys: pytest.CaptureFixture[str]) -> None:
    address = ["--database-url", "sqlite:///a.db"]
    assert main(["db", "purge", *address]) == ExitCode.BAD_INPUT
    assert "ringfence db upgrade" in capsys.readouterr().err
    assert main(["db", "upgrade", *address]) == ExitCode.DONE
    assert main(["db", "purge", "--days", "0", *address]) == ExitCode.DONE
    assert main(["db", "backup", "b.db", *address]) == ExitCode.DONE
    assert Path("b.db").stat().st_size > 0
    assert main(["db", "backup", "b.db", *address]) == ExitCode.USAGE
    erase = ["db", "erase", "--tenant", "a", "--agent", "x"]
    assert main([*erase, *address]) == ExitCode.DONE
