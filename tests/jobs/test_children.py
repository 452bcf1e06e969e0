"""Processes of jobs: their limits, their ends, and what is known of them."""

import json
import os
import signal
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scheduler.samples import SAMPLES
from scheduler.service.jobs.children import Child, Gone, Killed, start
from scheduler.service.jobs.records import Options
from scheduler.service.jobs.running import ending_of
from scheduler.service.jobs.starting import start_text
from scheduler.service.jobs.work import Work
from scheduler.service.settings import Settings
from scheduler.writing import json_text
from tests.jobs.orders import HARD, LONG, QUICK, until

CPSAT = Options(engine="cpsat", seconds=1.0, workers=4, report=False)
PLAN = json_text(SAMPLES["tiny"]()).encode()
LONG_PLAN = json_text(HARD).encode()


def _work(options: Options = QUICK, plan: bytes = PLAN, memory_mb: int = 2048) -> Work:
    return Work(plan, options, memory_mb)


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _ignored(message: Mapping[str, Any]) -> None:
    pass


def _followed(child: Child, at: str, do: Any) -> Gone:
    """Follow a child; do something to it as soon as it says that it is somewhere."""

    def heard(message: Mapping[str, Any]) -> None:
        if message.get("status") == at:
            do()

    return child.follow(heard)


def test_a_child_says_what_it_does_and_gives_the_files_of_a_roster() -> None:
    seen: list[str] = []
    child = start(_work(Options(seconds=1.0)), 60, 5, 60)
    gone = child.follow(lambda m: seen.append(m.get("status", m["kind"])))
    statuses = [each for each in seen if each.isupper()]
    assert statuses == ["VALIDATING", "BUILDING", "SOLVING", "CHECKING"]
    assert "incumbent" in seen
    assert gone.last["status"] in ("feasible", "optimal")
    assert gone.code == 0
    assert {"result.json", "roster.csv", "activities.csv", "report.html"} <= set(
        gone.files
    )
    assert gone.files["roster.csv"].content.startswith(b"agent_id,")
    assert _gone(child.pid)


def test_what_is_being_written_when_it_is_told_to_stop_is_kept() -> None:
    child = start(_work(), 60, 0.001, 60)
    assert _followed(child, "CHECKING", child.stop).last["kind"] == "end"


def test_who_has_stopped_in_time_has_time_to_check_and_write() -> None:
    left: list[float] = []

    def heard(message: Mapping[str, Any]) -> None:
        if message["kind"] == "incumbent":
            child.stop()
        if message.get("status") == "CHECKING":
            left.append(child.deadline - time.monotonic())

    child = start(_work(LONG, LONG_PLAN), 600, 60, 500)
    assert child.follow(heard).last["stop_reason"] == "stopped"
    assert left[0] > 60


def test_a_wrong_plan_is_told_whole() -> None:
    plan = PLAN.replace(b'"handle_minutes": 30', b'"handle_minutes": -1')
    plan = plan.replace(b'"agent_id": "T5"', b'"agent_id": "T4"', 1)
    gone = start(_work(plan=plan), 60, 5, 60).follow(_ignored)
    ending = ending_of(gone, Settings())
    assert (ending.status, ending.stop_reason) == ("INVALID", "invalid_plan")
    assert len(ending.problems) >= 2
    assert all(problem["file"] == "plan.json" for problem in ending.problems)


def test_want_of_memory_ends_that_child_and_says_so() -> None:
    gone = start(_work(CPSAT, memory_mb=1), 60, 5, 60).follow(_ignored)
    ending = ending_of(gone, Settings(memory_mb=64))
    assert (ending.status, ending.stop_reason) == ("FAILED", "memory")
    assert "64 MB" in ending.reason
    other = start(_work(), 60, 5, 60).follow(_ignored)
    assert other.last["kind"] == "end"


@pytest.mark.parametrize(
    ("last", "code", "printed"),
    [
        ({"kind": "memory"}, 0, ""),
        ({}, -signal.SIGABRT, "terminate called ... what():  std::bad_alloc"),
        ({}, -signal.SIGKILL, ""),  # the machine had no more
        (
            {"kind": "crash", "error": "OSError: [Errno 12] Cannot allocate memory"},
            0,
            "",
        ),
    ],
)
def test_every_way_to_lack_memory_is_known(
    last: dict[str, Any], code: int, printed: str
) -> None:
    ending = ending_of(Gone(last, {}, code, printed, None), Settings())
    assert ending.stop_reason == "memory"


def test_a_crash_is_no_want_of_memory() -> None:
    ending = ending_of(Gone({}, {}, -signal.SIGSEGV, "", None), Settings())
    assert (ending.status, ending.stop_reason) == ("FAILED", "crash")
    assert "-11" in ending.reason


def test_a_child_that_is_stopped_keeps_the_best() -> None:
    child = start(_work(LONG, LONG_PLAN), 600, 60, 60)
    found = threading.Event()

    def heard(message: Mapping[str, Any]) -> None:
        if message["kind"] == "incumbent" and message["objective"] is not None:
            found.set()
            child.stop()
            child.stop()  # once more is no more

    gone = child.follow(heard)
    assert found.is_set()
    ending = ending_of(gone, Settings())
    assert (ending.status, ending.stop_reason) == ("COMPLETED", "stopped_by_user")
    assert ending.objective is not None
    assert "roster.csv" in gone.files


def test_a_child_that_is_stopped_before_it_solves_ends_without_a_roster() -> None:
    child = start(_work(LONG, LONG_PLAN), 600, 60, 60)
    gone = _followed(child, "VALIDATING", child.stop)
    ending = ending_of(gone, Settings())
    assert (ending.status, ending.stop_reason) == ("COMPLETED", "stopped_by_user")


def test_a_child_that_is_killed_leaves_nothing() -> None:
    child = start(_work(LONG, LONG_PLAN), 600, 60, 60)

    def kill() -> None:
        (child.folder / "half").write_bytes(b"what a solver was given")
        child.kill(Killed.DISCARDED)

    gone = _followed(child, "SOLVING", kill)
    assert not child.folder.exists()
    assert (gone.killed, gone.code) == (Killed.DISCARDED, -signal.SIGKILL)
    assert _gone(child.pid)
    child.kill(Killed.DISCARDED)  # nobody is there any more


def test_time_that_is_over_stops_a_child_and_keeps_the_best() -> None:
    child = start(_work(LONG, LONG_PLAN), 3.0, 60, 60)
    ending = ending_of(child.follow(_ignored), Settings())
    assert (ending.status, ending.stop_reason) == ("COMPLETED", "time_limit")


def test_a_child_that_does_not_listen_is_killed() -> None:
    child = start(_work(LONG, LONG_PLAN), 600, 0.5, 60)

    def freeze() -> None:
        os.kill(child.pid, signal.SIGSTOP)
        child.stop()

    ending = ending_of(_followed(child, "SOLVING", freeze), Settings())
    assert (ending.status, ending.stop_reason) == ("FAILED", "time_limit")
    until(lambda: _gone(child.pid))


def test_whatever_the_listener_raises_ends_the_child() -> None:
    child = start(_work(LONG, LONG_PLAN), 600, 60, 60)

    def heard(message: Mapping[str, Any]) -> None:
        raise RuntimeError("no database")

    with pytest.raises(RuntimeError, match="no database"):
        child.follow(heard)
    assert _gone(child.pid)


def test_a_child_that_hangs_for_want_of_memory_is_not_waited_for() -> None:
    """As solvers in threads may: they say so, and then nothing happens any more."""
    child = start(_work(LONG, LONG_PLAN), 300, 300, 60)

    def starved() -> None:
        # What it prints last, and that it does nothing from then on.
        os.kill(child.pid, signal.SIGSTOP)
        with Path(f"/proc/{child.pid}/fd/2").open("wb") as errors:
            errors.write(b"terminate called ... std::bad_alloc\n")

    gone = _followed(child, "SOLVING", starved)
    ending = ending_of(gone, Settings(memory_mb=64))
    assert (ending.status, ending.stop_reason) == ("FAILED", "memory")
    assert gone.killed is Killed.OVERDUE


def test_a_child_stays_near_the_roster_it_starts_from() -> None:
    good = Options(seconds=30, gap=0.02, report=False)
    first = start(_work(good), 60, 5, 60).follow(_ignored).files
    names = ("roster.csv", "activities.csv")
    tables = {name: first[name].content.decode() for name in names}
    begun = start_text(tables).encode()
    options = Options(seconds=10, report=False, near=True)
    work = Work(PLAN, options, 2048, beside=begun)
    again = start(work, 60, 5, 60).follow(_ignored)
    assert ending_of(again, Settings()).status == "COMPLETED"
    result = json.loads(again.files["result.json"].content)
    assert result["start"]["folder"] == "the draft"
    assert result["settings"]["near"] is True
    assert result["stop_reason"] in ("gap", "proof", "near")
    assert again.files["roster.csv"].content.decode() == tables["roster.csv"]


def test_a_child_solves_scenarios_one_after_the_other() -> None:
    scenarios = b'{"scenarios": [{"name": "more", "calls": "+10%"}]}'
    options = Options("columns", seconds=20, gap=5, scenarios=2)
    lines: list[str] = []

    def heard(message: Mapping[str, Any]) -> None:
        if message["kind"] == "log":
            lines.append(message["line"])

    work = Work(PLAN, options, 2048, "whatif", scenarios)
    gone = start(work, 60, 5, 60).follow(heard)
    ending = ending_of(gone, Settings())
    assert ending.status == "COMPLETED" and ending.objective is not None
    assert set(gone.files) == {"whatif.json", "whatif.csv", "whatif.html"}
    assert lines[-1] == "solved 2 of 2"


@pytest.mark.parametrize(
    ("kind", "beside"),
    [
        ("whatif", b'{"scenarios": [{"name": "more", "calls": "ten"}]}'),
        ("hire", b'{"hires": [{"name": "more", "like": "ten", "at_most": 1}]}'),
    ],
)
def test_what_is_wrong_beside_a_plan_ends_as_a_wrong_plan_does(
    kind: str, beside: bytes
) -> None:
    gone = start(Work(PLAN, QUICK, 2048, kind, beside), 60, 5, 60).follow(_ignored)
    ending = ending_of(gone, Settings())
    assert ending.status == "INVALID"
    (problem,) = ending.problems
    assert problem["value"] == "ten"
