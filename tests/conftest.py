"""Which tests run: all but the long ones, and third-party data where it is."""

import os

import pytest

THIRD_PARTY = "RINGFENCE_THIRD_PARTY"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long tests too")


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
