"""A backlog rebuilt from items: reconciled to the item, by hand and by counting."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import InvalidInput
from models.throughput import history

DAY = 1440
moments = st.integers(-3 * DAY, 6 * DAY)


@given(st.lists(st.tuples(moments, st.integers(0, 4 * DAY) | st.none()), max_size=50))
@settings(max_examples=80, deadline=None)
def test_every_day_adds_up_to_the_item(rows: list[Any]) -> None:
    came = np.array([row[0] for row in rows], dtype=float)
    done = np.array([np.inf if s is None else r + s for r, s in rows], dtype=float)
    edges = DAY * np.arange(6)
    seen = history(came, done, edges)
    assert (seen.closing == seen.opening + seen.arrived - seen.completed).all()
    assert (seen.ages.sum(axis=1) == seen.closing).all()
    for day in range(5):
        end = edges[day + 1]
        still = [(r, d) for r, d in zip(came, done, strict=True) if r < end <= d]
        assert seen.closing[day] == len(still)
        oldest = max(((end - r) / DAY for r, _ in still), default=0.0)
        assert seen.oldest_days[day] == pytest.approx(oldest)


def test_ages_have_their_groups() -> None:
    # Two hours, two days, three days to the minute, nine days old at the day's end.
    came = [DAY - 120, -DAY, -2 * DAY, -8 * DAY]
    seen = history(came, [np.inf] * 4, [0, DAY])
    assert seen.ages.tolist() == [[1, 1, 1, 1]]
    assert history(came, [np.inf] * 4, [0, DAY], ages=[8]).ages.tolist() == [[3, 1]]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"completed": [5.0, 1.0]}, "1 items were completed before they were received"),
        ({"completed": [5.0]}, "one number for each"),
        ({"received": [np.nan, 2.0]}, "one number for each"),
        ({"completed": [np.nan, 9.0]}, "one number for each"),
        ({"day_starts": [0.0]}, "day_starts must rise"),
        ({"day_starts": [0.0, 0.0]}, "day_starts must rise"),
        ({"ages": [3, 1]}, "ages must rise"),
        ({"ages": [0]}, "ages must rise"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any], says: str) -> None:
    right = {"received": [0.0, 2.0], "completed": [5.0, 9.0], "day_starts": [0.0, 9.0]}
    with pytest.raises(InvalidInput, match=says):
        history(**(right | wrong))


def test_no_items_are_no_backlog() -> None:
    seen = history([], [], [0, DAY])
    assert seen.closing.tolist() == [0] and seen.oldest_days.tolist() == [0]
