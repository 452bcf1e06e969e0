"""From agents needed to people employed."""

import numpy as np
import pytest

from models.erlang import establishment
from models.errors import InvalidInput


def test_by_hand() -> None:
    # 500 agent-hours; a contract of 40 h leaves 40 * 0.8 * 0.9 * 0.95 = 27.36 h.
    week = np.full((5, 40), 10.0)
    found = establishment(week, 0.25, 40, 0.2, 0.1, fit=0.95)
    assert found == pytest.approx(500 / 27.36)


def test_the_two_kinds_of_shrinkage_multiply() -> None:
    one, other = establishment([40], 1, 40, 0.3), establishment([40], 1, 40, 0, 0.3)
    assert one == other == pytest.approx(1 / 0.7)
    assert establishment([40], 1, 40, 0.3, 0.3) == pytest.approx(1 / 0.49)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"planned_shrinkage": 1}, "planned_shrinkage"),
        ({"unplanned_shrinkage": -0.1}, "unplanned_shrinkage"),
        ({"contract_hours": 0}, "contract_hours"),
        ({"fit": 0}, "fit"),
        ({"agents": [np.nan]}, "agents"),
    ],
)
def test_nonsense_is_refused(change, message) -> None:
    given = {"agents": [1], "interval_hours": 1, "contract_hours": 40, **change}
    with pytest.raises(InvalidInput, match=message):
        establishment(**given)
