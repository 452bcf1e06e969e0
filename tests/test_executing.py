"""Tasks in processes of their own: answers, errors, deaths, stopping, no orphans."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

from scheduler.executing import Done, Processes, Task

ECHO, FAIL, WAIT = "tests.works:echo", "tests.works:fail", "tests.works:wait"
LINGER = "tests.works:linger"
_PATIENCE = 30.0  # seconds until something is given up that takes a second


def run(work: str, *contents: bytes, count: int = 2) -> list[Done]:
    tasks = [Task(f"t{n}", content) for n, content in enumerate(contents)]
    found = Processes(count).run(work, tasks, threading.Event())
    return sorted(found, key=lambda one: one.key)


def pids(folder: Path, count: int) -> list[int]:
    """Return the processes that have left a mark, once there are so many."""
    until = time.monotonic() + _PATIENCE
    while len(found := list(folder.iterdir())) < count and time.monotonic() < until:
        time.sleep(0.05)
    assert len(found) == count
    return [int(path.name) for path in found]


def gone(processes: list[int]) -> bool:
    until = time.monotonic() + _PATIENCE
    while any(map(psutil.pid_exists, processes)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(psutil.pid_exists, processes))


def test_each_task_has_its_answer_whatever_libraries_print() -> None:
    large = bytes(range(256)) * 4000
    assert run(ECHO, b"a", b"", large) == [
        Done("t0", b"a!"),
        Done("t1", b"!"),
        Done("t2", large + b"!"),
    ]


def test_no_tasks_and_an_error_and_work_that_does_not_exist() -> None:
    assert run(ECHO) == []
    (one,) = run(FAIL, b"it")
    assert (one.content, one.error) == (None, "ValueError: no luck with it")
    (other,) = run("tests.works:nothing", b"")
    assert other.content is None and "nothing" in (other.error or "")


def test_a_process_that_dies_costs_only_its_task_and_that_is_done_again(
    tmp_path: Path,
) -> None:
    mark = str(tmp_path / "mark").encode()
    assert run("tests.works:die_once", mark) == [Done("t0", b"second")]
    (one,) = run("tests.works:die", b"")
    assert (one.content, one.error) == (None, "its process ended by signal 9")


def test_libraries_have_as_many_threads_as_were_asked_for() -> None:
    task = Task("t", b"")
    found = Processes(1, threads=3).run(
        "tests.works:threads", [task], threading.Event()
    )
    assert [one.content for one in found] == [b"3"]


def test_stop_reaches_who_runs_and_nobody_else_begins(tmp_path: Path) -> None:
    stop = threading.Event()
    tasks = [Task(f"t{n}", str(tmp_path).encode()) for n in range(5)]
    found = Processes(2).run(WAIT, tasks, stop)
    threading.Thread(target=lambda: (pids(tmp_path, 2), stop.set())).start()
    assert [one.content for one in found] == [b"best so far"] * 2
    assert gone(pids(tmp_path, 2))


def test_who_closes_the_run_ends_its_processes(tmp_path: Path) -> None:
    mark, folder = tmp_path / "mark", tmp_path / "pids"
    mark.touch()
    folder.mkdir()
    tasks = [Task("quick", str(folder).encode())]
    found = Processes(2).run(
        WAIT, [*tasks, Task("t", str(folder).encode())], _At(2, folder)
    )
    next(found)  # one has heard of it, the other is ended
    found.close()
    assert gone(pids(folder, 2))


class _At(threading.Event):
    """Is set once so many tasks run."""

    def __init__(self, count: int, folder: Path) -> None:
        super().__init__()
        self._count, self._folder = count, folder

    def is_set(self) -> bool:
        return len(list(self._folder.iterdir())) >= self._count


def test_no_process_outlives_who_began_it(tmp_path: Path) -> None:
    code = (
        "import threading; from scheduler.executing import Processes, Task\n"
        f"tasks = [Task(str(n), {str(tmp_path)!r}.encode()) for n in range(2)]\n"
        f"list(Processes(2).run({WAIT!r}, tasks, threading.Event()))"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        running = pids(tmp_path, 2)
        process.send_signal(signal.SIGKILL)
    assert gone(running)


def test_helpers_hold_what_is_made_once() -> None:
    with Processes(2).helpers("builtins:bytearray", b"held ") as helpers:
        asked = [helpers.submit("operator:add", word) for word in (b"a", b"b", b"c")]
        found = [one.result(_PATIENCE) for one in asked]
    assert found == [b"held a", b"held b", b"held c"]


def test_helpers_end_at_once_whatever_they_are_at(tmp_path: Path) -> None:
    with Processes(2).helpers("builtins:bytes", str(tmp_path).encode()) as helpers:
        asked = [helpers.submit(LINGER, b"") for _ in range(2)]
        running = pids(tmp_path, 2)
    assert gone(running) and all(one.exception() for one in asked)


def test_helpers_end_when_whoever_began_them_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    folder = tmp_path / "pids"
    folder.mkdir()
    program.write_text(
        "import time\n"
        "from scheduler.executing import Processes\n"
        "if __name__ == '__main__':\n"
        f"    held = {str(folder)!r}.encode()\n"
        "    with Processes(2).helpers('builtins:bytes', held) as helpers:\n"
        f"        asked = [helpers.submit({LINGER!r}, b'') for _ in range(2)]\n"
        "        time.sleep(60)\n",
        "utf-8",
    )
    paths = os.pathsep.join(path or os.curdir for path in sys.path)
    with subprocess.Popen(
        [sys.executable, program], env={**os.environ, "PYTHONPATH": paths}
    ) as process:
        running = pids(folder, 2)
        process.send_signal(signal.SIGKILL)
    assert gone(running)
