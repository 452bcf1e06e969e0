"""Scenarios solved: the table, what is kept, going on, stopping; and what differs."""

import csv
import json
import signal
import subprocess
import sys
import threading
import time
from io import StringIO
from pathlib import Path
from typing import Any

import psutil
import pytest
from rich.console import Console

from models.roster.result import Limits
from scheduler.cli import ExitCode, main
from scheduler.executing import Done, Processes
from scheduler.pipeline import Asked
from scheduler.preparing import prepare
from scheduler.report.page.many import SCENARIOS
from scheduler.report.whatif import whatif_parts
from scheduler.samples import SAMPLES
from scheduler.whatif.compared import compared, difference, sampled
from scheduler.whatif.document import Outlook, ScenarioEntry, WhatIfDocument
from scheduler.whatif.running import Run
from scheduler.whatif.solving import WORK, answer_of, task_of
from scheduler.whatif.stored import Store
from scheduler.writing import write_plan
from tests.here import solved_here
from tests.test_report_page import Parts
from tests.test_whatif_file import AGAIN, SCHEMAS

Capture = pytest.CaptureFixture[str]
NAME = "=<b>one more</b>"
TEXT = f"""\
[[scenarios]]
name = "more calls"
calls = "+20%"
[[scenarios]]
name = "{NAME}"
agents = {{add = 1, like = "T1"}}
[[scenarios]]
name = "as it is"
"""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan, scenarios, and what comes of them."""
    folder = tmp_path_factory.mktemp("whatif")
    write_plan(SAMPLES["tiny"](), folder / "plan")
    (folder / "s.toml").write_text(TEXT, encoding="utf-8")
    with solved_here():
        assert main(command(folder)) == ExitCode.DONE
    return folder


def command(folder: Path, *more: str) -> list[str]:
    files = [str(folder / "plan"), str(folder / "s.toml"), "--out", str(folder / "out")]
    return ["whatif", *files, "--work-limit", "2", "--quiet", *more]


def document(folder: Path) -> dict[str, Any]:
    text = (folder / "out" / "whatif.json").read_text("utf-8")
    told: dict[str, Any] = json.loads(text)
    return told


def test_the_table_the_page_and_the_rosters(there: Path, capsys: Capture) -> None:
    told = document(there)
    by_name = {one["name"]: one for one in told["scenarios"]}
    assert list(by_name) == ["base", "more calls", NAME, "as it is"]
    with (there / "out" / "whatif.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["scenario"] for row in rows] == [
        "base",
        "more calls",
        f"'{NAME}",
        "as it is",
    ]
    for one, row in zip(told["scenarios"], rows, strict=True):
        assert float(row["objective"]) == pytest.approx(
            one["figures"]["objective"], abs=1e-4
        )
        folder = there / "out" / one["folder"]
        plan, roster = str(folder / "plan.json"), str(folder / "roster")
        assert main(["check", plan, roster, "--json"]) == 0
        judged = json.loads(capsys.readouterr().out)
        assert judged["objective"] == pytest.approx(one["figures"]["objective"])
        assert prepare(folder / "plan.json").plea.plan_hash == one["plan_hash"]
    same = by_name["as it is"]
    assert same["figures"] == by_name["base"]["figures"]
    assert same["difference"]["too_small"] == list(by_name["base"]["figures"])
    assert by_name["more calls"]["circumstances"] == "calls +20%"
    page = Parts((there / "out" / "whatif.html").read_text("utf-8"))
    assert {s["name"] for s in page.data["found"]["scenarios"]} == set(by_name)
    assert "b" not in [tag for tag, _ in page.tags]


class _Nobody:
    """An executor that is not to be asked."""

    def run(self, *_: object) -> list[Done]:
        raise AssertionError("there is nothing to solve")


def test_what_is_known_is_free_and_what_was_changed_is_found_out(
    there: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = document(there)
    asked = Run.solve
    monkeypatch.setattr(
        Run,
        "solve",
        lambda run, *rest: asked(
            Run(run.store, run.asked, _Nobody()),
            *rest,  # type: ignore[arg-type]
        ),
    )
    assert main(command(there)) == ExitCode.DONE
    monkeypatch.undo()
    again = document(there)
    assert all(one["found_before"] for one in again["scenarios"])
    for told in (before, again):
        for one in told["scenarios"]:
            del one["found_before"]
    assert again == before
    (path, *_) = sorted((there / "out" / "answers").glob("*.answer"))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    capsys.readouterr()
    assert main([*command(there)[:-1]]) == ExitCode.DONE
    assert "is not as it was written" in capsys.readouterr().err
    repaired = document(there)["scenarios"]
    assert [one["figures"] for one in repaired] == [
        one["figures"] for one in before["scenarios"]
    ]
    other = sorted((there / "out" / "answers").glob("*.answer"))[-1]
    path.write_bytes(other.read_bytes())  # the right form, of another scenario
    store = Store(path.parent)
    assert store.get(path.stem) is None and len(store.notes) == 1


def test_every_scenario_may_start_from_a_roster(there: Path, tmp_path: Path) -> None:
    roster = there / "out" / "scenarios" / "base" / "roster"
    words = command(there, "--from", str(roster))
    words[words.index(str(there / "out"))] = str(tmp_path / "out")
    with solved_here():
        assert main(words) == ExitCode.DONE
    for one, other in zip(
        document(there)["scenarios"], document(tmp_path)["scenarios"], strict=True
    ):
        folder = tmp_path / "out" / other["folder"] / "roster" / "result.json"
        start = json.loads(folder.read_text("utf-8"))["start"]
        assert start["agents"] == 6 and str(tmp_path) not in start["folder"]
        if one["name"] != NAME:  # who is new has no week in it
            assert other["figures"]["objective"] <= start["objective"]
    gone = ["--from", str(tmp_path / "nothing")]
    assert main([*words[:-2], *gone]) == ExitCode.BAD_INPUT


def test_keys_tell_plans_and_what_is_asked_apart() -> None:
    plan = SAMPLES["tiny"]()
    other = plan.model_copy(update={"name": "another"})
    asks = [Asked(), Asked("cpsat"), Asked(limits=Limits(seed=1))]
    keys = {task_of(p, a).key for p in (plan, other) for a in asks}
    assert len(keys) == 6
    assert task_of(SAMPLES["tiny"](), Asked()).key in keys


def test_ctrl_c_keeps_the_best_and_the_next_run_goes_on(tmp_path: Path) -> None:
    write_plan(SAMPLES["tiny"](), tmp_path / "plan")
    (tmp_path / "s.toml").write_text('[[scenarios]]\nname = "x"\ncalls = "+5%"\n')
    out = tmp_path / "out"
    words = ["whatif", str(tmp_path / "plan"), str(tmp_path / "s.toml")]
    words += ["--out", str(out), "--gap", "0", "--time-limit", "300", "--quiet"]
    words += ["--processes", "1", "--json"]
    code = "import sys; from scheduler.cli import main; exit(main(sys.argv[1:]))"
    with subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, text=True
    ) as process:
        while not psutil.Process(process.pid).children():
            assert process.poll() is None
            time.sleep(0.1)
        time.sleep(3)  # the first is being solved, the second waits
        process.send_signal(signal.SIGINT)
        text, _ = process.communicate(timeout=60)
    assert process.returncode in (ExitCode.INTERRUPTED, ExitCode.DONE)
    told = json.loads(text)
    states = [one["status"] for one in told["scenarios"]]
    assert told["interrupted"] and states[0] in ("feasible", "optimal", "unknown")
    whole = [one for one in told["scenarios"] if one["status"] == "optimal"]
    kept = list((out / "answers").glob("*")) if (out / "answers").exists() else []
    assert len(kept) == len(whole)  # what was cut short is solved again


def test_an_answer_that_was_cut_short_is_not_kept(tmp_path: Path) -> None:
    task = task_of(SAMPLES["tiny"](), Asked(limits=Limits(300, 0.0, 0, 1)))
    stop = threading.Event()
    found = Processes(1).run(WORK, [task], stop)
    threading.Timer(0.5, stop.set).start()
    for done in found:
        answer = answer_of(done.content or b"")
        assert answer.result.stop_reason == "stopped" and not answer.whole


def entry(
    name: str, figures: tuple[float, ...], bound: float, **more: Any
) -> ScenarioEntry:
    level, breaches, paid, cost = figures
    told = Outlook(
        service_level=level,
        short_hours=0.0,
        breaches=breaches,
        paid_hours=paid,
        overtime_hours=0.0,
        objective=cost,
    )
    known: dict[str, Any] = {
        "folder": None, "changes": "", "circumstances": "as planned", "grid": None,
        "of": name, "samples": None, "sample": None, "status": "feasible",
        "error": None, "why": [], "found_before": False, "repeatable": True,
        "plan_hash": "", "service_level_at_best": False, "gap": 0.0, "seconds": 1.0,
        "against": None, "difference": None, "on_frontier": False,
    }  # fmt: skip
    return ScenarioEntry(name=name, figures=told, bound=bound, **{**known, **more})


def test_differences_within_the_gaps_are_too_small_to_tell() -> None:
    base = entry("base", (0.9, 2, 100, 110), 100)
    # The best roster of the other costs 105 at least and 109 at most: it may cost as
    # much as that of the base, 100 to 110.
    near = difference(entry("a", (0.8, 9, 95, 109), 105), base)
    assert (near.cost_least, near.cost_most) == (-5, 9)
    assert {"objective", "service_level", "breaches", "paid_hours"} <= set(
        near.too_small
    )
    # Here it costs 111 at least, more than the roster found for the base.
    far = difference(entry("b", (0.8, 9, 112, 113), 111), base)
    assert (far.cost_least, far.cost_most) == (1, 13)
    assert "objective" not in far.too_small and "service_level" not in far.too_small
    assert "paid_hours" in far.too_small  # 12 hours, and the gaps leave 12 open
    more = difference(entry("c", (0.8, 9, 113, 123), 121), base)
    assert "paid_hours" not in more.too_small


def test_wide_numbers_are_told_whole_on_a_narrow_screen(there: Path) -> None:
    told = WhatIfDocument.model_validate(document(there))
    base = entry("base", (0.9, 1234.5, 45678, 912345.6), 712345.6)
    other = entry("another menu of shifts", (0.8, 4321.5, 51234, 1012345.6), 754321.6)
    found = compared([base, other])
    console = Console(width=80, record=True, file=StringIO())
    for part in whatif_parts(told.model_copy(update={"scenarios": found}), []):
        console.print(part)
    text = console.export_text()
    for word in ("912,346", "rosters'", "-158,024", "+300,000", "≈ +100,000"):
        assert word in text
    assert max(map(len, text.splitlines())) <= 80


def test_the_frontier_is_of_decisions_not_of_circumstances() -> None:
    found = compared(
        [
            entry("base", (0.9, 2, 100, 110), 100),
            entry("better", (0.9, 1, 100, 105), 100),
            entry("dearer", (0.95, 1, 110, 115), 110),
            entry("worse", (0.9, 1, 111, 116), 110),
            entry("fewer calls", (0.99, 0, 90, 95), 90, circumstances="calls -10%"),
            entry("illegal", (0.99, 0, 50, 95), 90, status="illegal"),
        ]
    )
    best = {one.name for one in found if one.on_frontier}
    assert best == {"better", "dearer", "fewer calls"}
    assert found[0].difference is None and found[1].against == "base"


def test_samples_are_paired_with_the_base_of_the_same_sample() -> None:
    entries = [entry("base", (0.9, 0, 100, 100), 100)]
    for n, cost in enumerate((100.0, 200.0, 300.0), start=1):
        same = {"samples": "s", "sample": n}
        entries.append(entry(f"s, {n}", (0.9, 0, 1, cost), cost, of="base", **same))
        other = (0.9, 0, 1, cost + 10 + n)
        entries.append(entry(f"s, a, {n}", other, cost, of="a", **same))
    one, other_ = sampled(compared(entries))
    assert (
        one.figures["objective"].mean == 200 and one.figures["objective"].more is None
    )
    more = other_.figures["objective"]
    assert (more.mean, more.more) == (212, 12)
    assert more.margin == pytest.approx(2.484, abs=1e-3)  # t(2) = 4.303, / sqrt(3)


def test_schema_and_options(there: Path, capsys: Capture) -> None:
    from scheduler.cli.schemas import _schema_of

    path = SCHEMAS / "whatif.schema.json"
    schema = _schema_of(WhatIfDocument, "Ringfence what-if")
    assert json.loads(path.read_text(encoding="utf-8")) == schema, AGAIN
    assert main(command(there, "--executor", "cloud")) == ExitCode.USAGE
    assert main(command(there, "--address", "a:1")) == ExitCode.USAGE
    assert "only --executor ray" in capsys.readouterr().err


def test_without_ray_the_command_says_what_to_install(
    there: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.cli.executors.installed", lambda: False)
    assert main(command(there, "--executor", "ray")) == ExitCode.USAGE
    assert "pip install 'ringfence[ray]'" in capsys.readouterr().err


def test_nothing_of_ray_is_imported_without_being_asked_for() -> None:
    code = (
        "import sys; from scheduler.cli import main; main(['whatif', '--help']); "
        "import scheduler.executing.on_ray; assert 'ray' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_page_of_scenarios_none_of_which_has_a_roster(there: Path) -> None:
    told = WhatIfDocument.model_validate(document(there))
    bare = [
        one.model_copy(
            update={
                "status": "failed",
                "error": "</script><script>alert(1)",
                "figures": Outlook(**dict.fromkeys(Outlook.model_fields)),
                "difference": None,
            }
        )
        for one in told.scenarios
    ]
    text = SCENARIOS.text(told.model_copy(update={"scenarios": bare}))
    assert "<script>alert(1)" not in text
