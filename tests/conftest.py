"""Which tests run: all but the long ones, and third-party data where it is.

Tests that need a program (a browser, a PostgreSQL) are skipped where there is none;
where ``RINGFENCE_MUST_RUN`` names their marker, being skipped is a failure.
"""

import gc
import logging
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.doctest import DoctestModule

from tests.browser import opened

THIRD_PARTY = "RINGFENCE_THIRD_PARTY"
MUST_RUN = "RINGFENCE_MUST_RUN"  # markers, with blanks between


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all; its loop stays in this thread until all tests are done."""
    with opened() as found:
        yield found


@pytest.fixture(autouse=True)
def _logs_of_a_command_end_with_its_test() -> Generator[None]:
    """A server that was run in a test writes to what pytest has closed since."""
    before = logging.getLogger().level
    yield
    root = logging.getLogger()
    ours = [h for h in root.handlers if type(h) is logging.StreamHandler]
    for handler in ours:
        root.removeHandler(handler)
    if ours:
        root.setLevel(before)


# Imports within: the process that hands out the tests needs neither plans nor engines.


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small sample as a folder, which no test may change."""
    from scheduler.samples import SAMPLES
    from scheduler.writing import write_plan

    folder = tmp_path_factory.mktemp("tiny")
    write_plan(SAMPLES["tiny"](), folder)
    return folder


@pytest.fixture(scope="session")
def made(plan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first roster found for it, as a folder that no test may change."""
    from scheduler.cli import main

    folder = tmp_path_factory.mktemp("made") / "roster"
    stop = ["--gap", "50", "--workers", "1", "--time-limit", "60"]
    assert main(["roster", str(plan), "--out", str(folder), *stop, "--quiet"]) == 0
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long tests too")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests wait for processes a third of a run."""
    return (os.cpu_count() or 1) + 1


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out files of long tests alone: to collect one may take long, too."""
    long = collection_path.name.endswith("_full.py")
    return True if long and not config.getoption("--full") else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no rubbish among what stays: modules, and thousands of tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[pytest.Collector]]:
    """Look for no doctests in tests, which takes a second: they have none."""
    found = yield
    return [one for one in found if not isinstance(one, DoctestModule)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Leave out long cases before they become tests: there are thousands of them."""
    if metafunc.config.getoption("--full"):
        return
    marks = metafunc.definition.own_markers
    marks[:] = [_without_long(mark) for mark in marks]


def _without_long(mark: pytest.Mark) -> pytest.Mark:
    """Return a mark whose parameters, if it has such, are the quick ones."""
    if mark.name != "parametrize":
        return mark
    names, values, *more = mark.args
    quick = [value for value in values if not _is_long(value)]
    return pytest.mark.parametrize(names, quick, *more, **mark.kwargs).mark


def _is_long(value: object) -> bool:
    return any(mark.name == "full" for mark in getattr(value, "marks", ()))


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    left_out = set()
    if not config.getoption("--full"):
        left_out.add("full")
    if not os.environ.get(THIRD_PARTY):
        left_out.add("third_party")
    kept = [i for i in items if not any(i.get_closest_marker(m) for m in left_out)]
    out = [i for i in items if any(i.get_closest_marker(m) for m in left_out)]
    config.hook.pytest_deselected(items=out)
    items[:] = kept


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    needed = os.environ.get(MUST_RUN, "").split()
    if report.skipped and any(item.get_closest_marker(name) for name in needed):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        report.outcome = "failed"
        report.longrepr = f"it must run here ({MUST_RUN}): {reason}"
    return report
