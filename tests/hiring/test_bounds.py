"""What the prices of one mix prove of all others."""

import pytest

from models.roster.columns.relaxed import relaxed
from models.roster.hiring import Cut, Kind, Mixes, cut_of, no_prices
from models.roster.problem import UNIT
from scheduler.domain import MovingLoad
from scheduler.preparing import prepare_made
from scheduler.samples import SAMPLES
from tests.hiring.morning import EVERY, NEED, SHORT, brute, file, read


@pytest.mark.parametrize("mix", [(0, 0), (1, 2), (3, 3)])
def test_prices_of_one_mix_bound_all_others(mix: tuple[int, int]) -> None:
    week = read(file()).weeks[0]
    problem = prepare_made(week.plan(mix)).problem
    most = prepare_made(week.most).problem
    found = relaxed(problem, 600)
    assert found.closed and found.certificate is not None
    cut = cut_of(most, found.certificate, week.positions)

    def line(at: tuple[int, int]) -> float:
        slopes = (own or 0 for own in cut.of_kind)
        return (cut.base or 0) + sum(s * n for s, n in zip(slopes, at, strict=True))

    assert line(mix) == pytest.approx(found.certificate.bound, abs=len(most.agents))
    for other in EVERY:
        assert line(other) <= UNIT * brute(NEED, other, SHORT)[0] + 1
    free = cut_of(most, no_prices(most), week.positions)
    assert free == Cut(0, (0, 0))  # nobody must work


def test_prices_hold_where_hires_change_how_much_case_work_there_is() -> None:
    # Blocks lose what calls take that go on: less where fewer who do cases take calls.
    tiny = SAMPLES["tiny"]()
    queues = [
        one.model_copy(update={"moving_load": MovingLoad.MODIFIED})
        for one in tiny.queues
    ]
    of = tiny.model_copy(update={"queues": queues})
    hires = [
        {"name": "both", "like": "T4", "at_most": 2},
        {"name": "desk", "like": "T6", "at_most": 2},
    ]
    (steady,) = read({"hires": hires}, tiny).weeks
    assert steady.least is None
    (week,) = read({"hires": hires}, of).weeks
    assert week.least is not None
    assert [one.agent_id for one in week.least.agents[-2:]] == ["desk-1", "desk-2"]
    most = prepare_made(week.most).problem
    least = prepare_made(week.least).problem.cases
    work = {
        mix: sum(row[1] for row in problem.cases[0].streams[0].deadlines)
        for mix in ((2, 0), (0, 2), (2, 2))
        for problem in [prepare_made(week.plan(mix)).problem]
    }
    assert work[0, 2] < work[2, 2] < work[2, 0]
    found = {mix: relaxed(prepare_made(week.plan(mix)).problem, 600) for mix in work}
    for one in found.values():
        assert one.closed and one.certificate is not None
        cut = cut_of(most, one.certificate, week.positions, least)
        for mix, other in found.items():
            own = sum((n or 0) * k for n, k in zip(cut.of_kind, mix, strict=True))
            assert other.certificate is not None and cut.base is not None
            assert cut.base + own <= other.certificate.bound * (1 + 2e-5) + UNIT / 100


def test_the_next_mix_is_the_one_of_least_bound() -> None:
    mixes = Mixes([Kind(0, 2, 3.0), Kind(1, 2, 1.0)], [1.0], in_all=3)
    assert len(mixes) == 5 and (2, 2) not in mixes
    assert mixes.next(set()) == (0, 1) and mixes.bound() == 1
    mixes.cut(0, Cut(10 * UNIT, (-4 * UNIT, 0)), UNIT)
    assert mixes.bound_of((2, 1)) == 7 + 2 == mixes.bound()
    mixes.raise_bound(0, (2, 1), 5)
    assert mixes.next(set()) == (1, 1) and mixes.bound() == 10
    assert mixes.next({(1, 1)}, below=11) is None
    mixes.must(Cut(3, (-1, -1)), 1)
    assert mixes.left == 4 and mixes.is_out((0, 1))
    mixes.cut(0, Cut(0, (None, 0)))
    assert mixes.left == 1 and mixes.next(set()) == (0, 2)
    mixes.cut(0, Cut(None, (0, 0)))
    assert mixes.left == 0 and mixes.next(set()) is None
