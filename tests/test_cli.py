"""The command line: arguments, exit codes, JSON."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models.errors import NotSupported
from models.roster.result import Conflict, Result, Status, StopReason
from scheduler import pipeline
from scheduler.cli import ExitCode, main
from scheduler.cli.app import COMMANDS
from scheduler.samples import write_samples

ERLANG = ["erlang", "--calls", "100", "--per", "30m", "--aht", "180s"]
BURNDOWN = [
    *("burndown", "--inflow", "540", "--backlog", "2000", "--weeks", "4"),
    *("--handle-time", "30m", "--productive-hours", "30"),
]
ROSTER_NOTHING = Result(Status.UNKNOWN, StopReason.TIME_LIMIT)
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder)
    return folder


def document(capsys: Capture) -> dict[str, object]:
    """Return what was printed, which must be one JSON document on one line."""
    (line,) = capsys.readouterr().out.splitlines()
    found: dict[str, object] = json.loads(line)
    return found


def test_version(capsys: Capture) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("ringfence ")


@pytest.mark.parametrize("words", [[], ["-h"], *([name, "-h"] for name in COMMANDS)])
def test_help(words: list[str], capsys: Capture) -> None:
    assert main(words) == 0
    assert "Usage: ringfence" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rooster"], "no such command 'rooster'"),
        (["erlang"], "missing option '--calls'"),
        ([*ERLANG[:-1], "180"], "got '180' without a unit"),
        ([*ERLANG[:-1], "3 minutes"], "a duration such as 180s, 3m or 1h30m"),
        ([*ERLANG, "--target", "80"], "percent/seconds such as 80/20"),
        ([*ERLANG, "--target", "0.8/20"], "1 <= percent < 100"),
        ([*ERLANG, "--target", "100/20"], "1 <= percent < 100"),
        ([*ERLANG, "--shrinkage", "30"], "a share such as 0.3 or 30%"),
        ([*ERLANG, "--shrinkage", "1"], "shrinkage must be in [0, 1), got 1.0"),
        ([*ERLANG, "--agents", "-1"], "--agents"),
        ([*BURNDOWN, "--weeks", "0"], "weeks must be > 0, got 0.0"),
        (["roster", "p", "--out", "o", "--gap", "nan"], "--gap: must be >= 0"),
        (["roster", "p", "--out", "o", "--time-limit", "0"], "must be > 0 seconds"),
        (["roster", "p", "--out", "o", "--engine", "magic"], "no engine 'magic'"),
        (["roster", "p", "--out", "p"], "--out: is the plan's own folder"),
    ],
)
def test_usage_errors(words: list[str], message: str, capsys: Capture) -> None:
    assert main(words) == ExitCode.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert main([*words, "--json"]) == ExitCode.USAGE
    error = document(capsys)["error"]
    assert isinstance(error, dict)
    assert error["code"] == 2
    assert message in error["message"]
    assert "; try 'ringfence" in error["message"]
    assert "\n" not in error["message"]


def test_an_error_in_json_is_told_once(capsys: Capture) -> None:
    assert main(["erlang", "--json"]) == ExitCode.USAGE
    assert capsys.readouterr().err == ""
    assert main(["burndown", *BURNDOWN[1:], "--weeks", "1"]) == 0
    assert "in 1 week and" in " ".join(capsys.readouterr().out.split())


def raising(error: BaseException) -> Callable[..., Result]:
    def solve(*_: object) -> Result:
        raise error

    return solve


def answering(result: Result) -> Callable[..., Result]:
    return lambda *_: result


@pytest.mark.parametrize(
    ("solve", "code", "status"),
    [
        (
            answering(
                Result(
                    Status.INFEASIBLE,
                    StopReason.PROOF,
                    conflicts=(Conflict("Ann: cannot"),),
                )
            ),
            4,
            "infeasible",
        ),
        (answering(ROSTER_NOTHING), 5, "unknown"),
        (answering(Result(Status.UNKNOWN, StopReason.STOPPED)), 130, "unknown"),
    ],
)
def test_exit_codes_without_a_roster(
    solve: Callable[..., Result],
    code: int,
    status: str,
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    monkeypatch.setattr(pipeline, "solve", solve)
    words = ["roster", str(samples / "tiny"), "--out", str(tmp_path)]
    assert main([*words, "--json"]) == code
    assert not any("earlier run" in note for note in notes(document(capsys)))
    earlier = {name: f"earlier {name}" for name in pipeline.TABLE_FILES}
    earlier["result.json"] = "earlier result"
    for name, text in earlier.items():
        (tmp_path / name).write_text(text)
    assert main([*words, "--json"]) == code
    told = document(capsys)
    assert told["status"] == status
    assert told["objective"] is told["legal"] is told["summary"] is None
    assert notes(told)[-1] == (
        f"{tmp_path} still has roster.csv, activities.csv, coverage.csv, backlog.csv, "
        f"wishes.csv of an earlier run: this one has no roster"
    )
    if code != ExitCode.INTERRUPTED:
        earlier["result.json"] = (tmp_path / "result.json").read_text()
        assert json.loads(earlier["result.json"]) == told
    assert earlier == {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert main(words) == code
    said = capsys.readouterr()
    assert ("Ann: cannot" in said.out) == (status == "infeasible")
    assert "of an earlier run" in said.err
    assert main([*words, "--quiet"]) == code
    assert capsys.readouterr() == ("", "")


def notes(told: dict[str, object]) -> list[str]:
    found = told["notes"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (RuntimeError("a\nb"), 1, "RuntimeError: a b (run with --debug"),
        (NotSupported("engine 'x': no meetings"), 3, "engine 'x': no meetings"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_exit_codes_of_errors(
    error: BaseException,
    code: int,
    message: str,
    samples: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    monkeypatch.setattr(pipeline, "solve", raising(error))
    words = ["roster", str(samples / "tiny"), "--out", str(tmp_path / "out")]
    assert main(words) == code
    said = capsys.readouterr()
    assert message in said.err
    assert "Traceback" not in said.err
    assert list((tmp_path / "out").iterdir()) == []
    assert main([*words, "--debug"]) == code
    assert "Traceback" in capsys.readouterr().err
    assert main([*words, "--json"]) == code
    assert document(capsys)["error"]["code"] == code  # type: ignore[index]


def test_bad_input_writes_nothing(
    samples: Path, tmp_path: Path, capsys: Capture
) -> None:
    plan, out = tmp_path / "plan", tmp_path / "out"
    plan.mkdir()
    for path in (samples / "tiny").iterdir():
        (plan / path.name).write_bytes(path.read_bytes())
    skills = (plan / "skills.csv").read_text()
    (plan / "skills.csv").write_text(skills.replace("T1,phones", "T1,phone"))
    for words in (
        ["roster", str(plan), "--out", str(out)],
        ["requirements", str(plan), "--out", str(out)],
        ["throughput", str(plan), "--out", str(out)],
        ["validate", str(plan)],
        ["check", str(plan), str(out)],
    ):
        assert main(words) == ExitCode.BAD_INPUT
        said = capsys.readouterr()
        assert "skills.csv, line 2, column skill: 'phone'" in said.err
        assert "'phones'" in said.err
        assert not out.exists()
    assert main(["validate", str(plan), "--json"]) == ExitCode.BAD_INPUT
    told = document(capsys)
    assert told["valid"] is False
    assert isinstance(told["findings"], list)
    finding = told["findings"][0]
    assert finding["suggestion"] == "phones"
    assert main(["throughput", str(plan), "--json"]) == ExitCode.BAD_INPUT
    error = document(capsys)["error"]
    assert isinstance(error, dict)
    assert error["findings"] == told["findings"]
    assert error["message"] == "1 problem"


def test_a_reader_who_has_read_enough_is_no_error() -> None:
    words = [sys.executable, "-c", "from scheduler.cli import main; exit(main())"]
    with subprocess.Popen(
        [*words, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
