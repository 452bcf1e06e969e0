"""A good plan has no findings, and everything that is checked is listed."""

from pathlib import Path

from scheduler.reading import read_plan
from scheduler.validation import CHECKS, findings
from scheduler.validation.horizon import BASIC
from tests.test_validation.good import GOOD, written


def test_good_plan_has_no_findings(tmp_path: Path) -> None:
    read = read_plan(written(tmp_path, GOOD))
    assert read.notes == ()
    assert list(findings(read.plan)) == []


def test_checks_are_described_and_have_names_of_their_own() -> None:
    names = [check.name for check in (*BASIC, *CHECKS)]
    assert len(set(names)) == len(names)
    assert all(check.rule.__doc__ for check in (*BASIC, *CHECKS))
