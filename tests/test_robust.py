"""The command robust: files, hours, what is refused, who is away."""

import csv
import datetime as dt
import json
import threading
from pathlib import Path

import pytest
from jsonschema_rs import validate

from models.roster.problem import Kind
from models.roster.result import Limits
from scheduler.cli import ExitCode, main
from scheduler.cli.hedging import _exit_code
from scheduler.executing import Processes
from scheduler.executing.here import Here
from scheduler.pipeline import Asked, read_start
from scheduler.preparing import prepare
from scheduler.robust.absent import lost_days, without
from scheduler.robust.building import Wanted, build
from scheduler.robust.document import RobustDocument
from scheduler.rosters.reading import read_roster
from scheduler.samples import SAMPLES
from scheduler.tables import Leave
from scheduler.whatif.absences import absent
from scheduler.whatif.changes import Absence
from scheduler.whatif.reading import read_samples
from scheduler.writing import write_plan
from tests.here import solved_here

Capture = pytest.CaptureFixture[str]
SCHEMA = Path(__file__).parents[1] / "data" / "schemas" / "robust.schema.json"
TEXT = """\
[[samples]]
name = "=errors"
count = 4
seed = 7
calls = {cv = 0.3, interval_cv = 0.2}
inflow = {cv = 0.3}
absence = 0.05
"""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan, samples, and a roster made for them."""
    folder = tmp_path_factory.mktemp("robust")
    write_plan(SAMPLES["tiny"](), folder / "plan")
    (folder / "s.toml").write_text(TEXT, encoding="utf-8")
    words = command(folder, "--unseen", "5", "--work-limit", "6", "--quiet")
    with solved_here():
        assert main([*words, "--workers", "1"]) == ExitCode.DONE
    return folder


def command(folder: Path, *more: str) -> list[str]:
    files = [str(folder / "plan"), str(folder / "s.toml"), "--out", str(folder / "out")]
    return ["robust", *files, *more]


def test_both_rosters_are_legal_and_cost_the_same_hours(
    there: Path, capsys: Capture
) -> None:
    told = json.loads((there / "out" / "robust.json").read_text("utf-8"))
    validate(told, json.loads(SCHEMA.read_text("utf-8")))
    document = RobustDocument.model_validate(told)
    assert document.paid_hours_robust == document.paid_hours_mean > 0
    for folder in (there / "out", there / "out" / "mean"):
        assert main(["check", str(there / "plan"), str(folder)]) == ExitCode.DONE
    capsys.readouterr()


def test_what_is_told_is_the_mean_of_what_was_tried(there: Path) -> None:
    told = json.loads((there / "out" / "robust.json").read_text("utf-8"))
    document = RobustDocument.model_validate(told)
    assert document.unseen.seed == 8 != document.made_for.seed == 7
    assert [one.sample for one in document.tried] == [1, 2, 3, 4, 5]
    costs = [one.robust.cost - one.mean.cost for one in document.tried]
    assert document.unseen.difference.cost == pytest.approx(sum(costs) / 5, abs=1e-5)
    assert document.unseen.better == sum(cost < -1e-6 for cost in costs)
    assert document.made_for.difference.cost <= 0  # else it is the one for the mean
    with (there / "out" / "robust.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["cost_robust"]) for row in rows] == pytest.approx(
        [one.robust.cost for one in document.tried], abs=1e-3
    )


def test_a_whole_roster_to_start_from_is_the_one_for_the_mean(
    there: Path, tmp_path: Path
) -> None:
    words = command(there, "--unseen", "2", "--work-limit", "3", "--workers", "1")
    words[words.index("--out") + 1] = str(tmp_path)
    assert main([*words, "--quiet", "--from", str(there / "out" / "mean")]) == 0
    for name in ("roster.csv", "activities.csv"):
        begun = (there / "out" / "mean" / name).read_text("utf-8")
        assert (tmp_path / "mean" / name).read_text("utf-8") == begun


@pytest.mark.parametrize(
    ("text", "more", "message"),
    [
        ("format = 1", (), "expected one [[samples]] section"),
        (TEXT, ("--samples", "other"), "'=errors'"),
        (TEXT + TEXT.replace("=errors", "more"), (), "'=errors', 'more'"),
        (TEXT.replace("cv = 0.3", "cv = -3"), (), "calls.cv"),
    ],
)
def test_a_file_that_has_no_such_samples(
    there: Path,
    tmp_path: Path,
    capsys: Capture,
    text: str,
    more: tuple[str, ...],
    message: str,
) -> None:
    path, out = tmp_path / "s.toml", tmp_path / "out"
    path.write_text(text, encoding="utf-8")
    words = ["robust", str(there / "plan"), str(path), "--out", str(out), *more]
    assert main(words) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert "s.toml" in said and message in said
    assert not out.exists()


@pytest.mark.parametrize("flag", ["--json", "--workers=1"])
def test_a_plan_without_a_roster_is_told_why(
    there: Path, tmp_path: Path, capsys: Capture, flag: str
) -> None:
    plan = SAMPLES["tiny"]()
    first = plan.horizon.first_day
    away = Leave(agent_id="T1", start=first, end=first + dt.timedelta(6))
    write_plan(plan.model_copy(update={"leave": [away]}), tmp_path / "plan")
    files = [
        str(tmp_path / "plan"),
        str(there / "s.toml"),
        "--out",
        str(tmp_path / "o"),
    ]
    assert main(["robust", *files, "--time-limit", "20", flag]) == ExitCode.INFEASIBLE
    said = capsys.readouterr().out
    if flag == "--json":
        told = json.loads(said)
        assert told["status"] == "infeasible" and told["conflicts"]
    else:
        assert "no roster for what may come" in said
    kept = json.loads((tmp_path / "o/mean/result.json").read_text("utf-8"))
    assert kept["status"] == "infeasible"
    assert not (tmp_path / "o/robust.json").exists()


def test_stopped_it_is_the_roster_for_what_is_expected_alone(there: Path) -> None:
    prepared = prepare(there / "plan")
    samples = read_samples(there / "s.toml", prepared.translation.plan)
    start = read_start(prepared, there / "out" / "mean")
    asked = Asked("columns", Limits(20, 0.01, 0, 1, 3), start)
    stop, heard = threading.Event(), list[str]()

    def tell(words: str) -> None:
        heard.append(words)
        if "may come" in words:
            stop.set()

    built = build(prepared, asked, Wanted(samples, 2, 9), Processes(1), tell, stop)
    assert built.robust is None and built.document is None
    assert built.mean.result.roster == start.roster and len(heard) == 2
    assert _exit_code(built, interrupted=True) == ExitCode.INTERRUPTED
    assert _exit_code(built, interrupted=False) == ExitCode.NO_ROSTER_IN_TIME


def test_how_many_samples_were_tried_is_told(there: Path) -> None:
    prepared = prepare(there / "plan")
    samples = read_samples(there / "s.toml", prepared.translation.plan)
    start = read_start(prepared, there / "out" / "mean")
    asked = Asked("columns", Limits(20, 0.01, 0, 1, 2), start)
    heard = list[str]()
    wanted, stop = Wanted(samples, 26, 9), threading.Event()
    build(prepared, asked, wanted, Here(), heard.append, stop)
    told = [words.split(" samples ")[0] for words in heard if "tried" in words]
    assert told == ["0 of 4", "4 of 4", "0 of 26", "13 of 26", "26 of 26"]


def test_samples_it_was_made_for_are_not_unseen(there: Path, capsys: Capture) -> None:
    assert main(command(there, "--unseen-seed", "7")) == ExitCode.USAGE
    assert "must differ" in capsys.readouterr().err


def test_who_is_away_does_no_work(there: Path) -> None:
    prepared = prepare(there / "plan")
    plan, problem = prepared.translation.plan, prepared.problem
    axis = prepared.translation.axis
    roster = read_roster(there / "out", problem, axis, plan).roster
    lost = lost_days(plan, absent(plan, Absence(share=0.3, seed=1)))
    assert len(lost) > 1
    _, left = without(problem, roster, lost)
    day_of = {(w.agent, w.start): w.day for w in roster.worked}
    for before, after in zip(
        roster.activities or (), left.activities or (), strict=True
    ):
        starts = [s for a, s in day_of if a == before.agent and s <= before.start]
        gone = (before.agent, day_of[before.agent, max(starts)]) in lost
        work = before.kind in (Kind.VOICE, Kind.CASE)
        assert after.kind == (Kind.IDLE if gone and work else before.kind)
