"""Whom to hire: the mix of least cost, held to brute force over all mixes."""

import csv
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from models.errors import PlanError
from models.roster.columns.relaxed import relaxed
from models.roster.hiring import Cut, Kind, Mixes, cut_of, no_prices
from models.roster.problem import UNIT
from models.roster.result import Limits
from scheduler.cli import ExitCode, main
from scheduler.domain import MovingLoad, Plan, Weights
from scheduler.executing import Done, Executor, Task
from scheduler.executing.here import Here
from scheduler.hiring.answers import Answers
from scheduler.hiring.reading import Hiring, hiring_of, read_hires
from scheduler.hiring.recording import hire_document
from scheduler.hiring.running import HireRun
from scheduler.pipeline import Asked
from scheduler.preparing import prepare_made
from scheduler.reading.finding import Finding
from scheduler.reading.settings_file import SettingsFile
from scheduler.samples import SAMPLES
from scheduler.whatif.saving import plan_text
from scheduler.whatif.stored import Store
from scheduler.writing import write_plan

HIRES = Path(__file__).parents[1] / "data" / "hires" / "retail-bank.toml"
Capture = pytest.CaptureFixture[str]
ASKED = Asked("columns", Limits(seconds=600, gap=0, workers=1))
NEED = (2, 4, 4, 2)  # people on calls at 8, 9, 10, 11
WHOLE, HALVES = {(1, 1, 1, 1)}, {(1, 1, 0, 0), (0, 0, 1, 1)}
SHORT = 5.0  # paid hours' worth of an agent-hour short
DAY = "2026-03-02"


def plan(short: float = SHORT, **changes: Any) -> Plan:
    """A morning: Ann works all of it; who is hired all of it, or half."""
    nothing = dict.fromkeys(Weights.model_fields, 0)
    weights = {**nothing, "paid_hour": 1, "voice_short_hour": short}

    def shift(name: str, starts: Sequence[str], minutes: int) -> dict[str, Any]:
        return {"name": name, "starts": starts, "length_minutes": [minutes]}

    def contract(name: str, menu: str) -> dict[str, Any]:
        return {"name": name, "shift_types": [menu], "max_hours_per_week": 40}

    return Plan.of(
        {
            "name": "A morning",
            "horizon": {"first_day": DAY, "days": 1, "interval_minutes": 60},
            "queues": [{"name": "phones", "moving_load": "sipp"}],
            "shift_types": [
                shift("whole", ["08:00"], 240),
                shift("half", ["08:00", "10:00"], 120),
            ],
            "contracts": [contract("full", "whole"), contract("part", "half")],
            "weights": weights,
            "rules": {"shortest_voice_run_minutes": 60},
            "agents": [{"agent_id": "Ann", "contract": "full"}],
            "skills": [{"agent_id": "Ann", "skill": "phones"}],
            "required": [
                {"queue": "phones", "start": f"{DAY}T{8 + h:02}:00", "agents": n}
                for h, n in enumerate(NEED)
            ],
            **changes,
        }
    )


def file(**changes: Any) -> dict[str, Any]:
    """Two kinds, two weeks: the second has more need, and comes a third of the time."""
    more = {"required": _rows([n + 1 for n in NEED])}
    return {
        "hires": [
            {"name": "full", "like": "Ann", "cost_per_week": 21, "at_most": 3},
            {
                "name": "half",
                "contract": "part",
                "skills": ["phones"],
                "cost_per_week": 5.25,
                "at_most": 3,
            },
        ],
        "weeks": [{"name": "plain", "weight": 2}, {"name": "busy", "set": more}],
        **changes,
    }


def _rows(need: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {"queue": "phones", "start": f"{DAY}T{8 + h:02}:00", "agents": n}
        for h, n in enumerate(need)
    ]


Needs = Mapping[str, tuple[float, Sequence[int]]]
ALONE: Needs = {"base": (1, NEED)}
NEEDS: Needs = {"plain": (2 / 3, NEED), "busy": (1 / 3, tuple(n + 1 for n in NEED))}


def rosters(full: int, half: int) -> Iterator[tuple[int, list[int]]]:
    """Yield paid hours and people on calls by hour of all rosters."""
    fulls, halves = (*WHOLE, (0,) * 4), (*HALVES, (0,) * 4)
    for chosen in product(*[fulls] * (1 + full), *[halves] * half):
        yield sum(map(sum, chosen)), [sum(own) for own in zip(*chosen, strict=True)]


def brute(need: Sequence[int], mix: Sequence[int], price: float) -> tuple[float, float]:
    """Return the least cost of a week with a mix, and that roster's hours short."""
    found = []
    for paid, there in rosters(*mix):
        short = sum(max(0, n - m) for n, m in zip(need, there, strict=True))
        found.append((paid + price * short, short))
    return min(found)


def costs_of(
    mixes: Sequence[Sequence[int]], price: float, needs: Needs = NEEDS
) -> dict[tuple[int, ...], tuple[float, float]]:
    """Return the cost of each mix in all, and the hours short of its worst week."""
    found: dict[tuple[int, ...], tuple[float, float]] = {}
    for full, half in mixes:
        weeks = [
            (share, *brute(need, (full, half), price)) for share, need in needs.values()
        ]
        cost = 3 * full + 0.75 * half + sum(share * own for share, own, _ in weeks)
        found[full, half] = cost, max(short for _, _, short in weeks)
    return found


def read(content: dict[str, Any], of: Plan | None = None) -> Hiring:
    return hiring_of(SettingsFile("hires.toml", content, {}), of or plan())


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of answers: what one test has solved the next need not."""
    return tmp_path_factory.mktemp("answers")


def searched(found: Hiring, folder: Path, most: int = 99) -> HireRun:
    run = HireRun(found, Answers(Store(folder), Here()), ASKED, most)
    run.search(threading.Event())
    return run


def wrong(content: dict[str, Any], of: Plan | None = None) -> list[Finding]:
    with pytest.raises(PlanError) as caught:
        read(content, of)
    return [one for one in caught.value.problems if isinstance(one, Finding)]


EVERY = tuple(product(range(4), range(4)))


def kinds(**changes: int) -> list[dict[str, Any]]:
    full, half = file()["hires"]
    return [{**full, **changes}, half]


Allowed = Callable[[int, int], bool]
LIMITS: dict[str, tuple[dict[str, Any], Allowed | None]] = {
    "none": ({}, lambda full, half: True),
    "at_least": (
        {"hires": [file()["hires"][0], {**file()["hires"][1], "at_least": 3}]},
        lambda full, half: half >= 3,
    ),
    "hires": ({"limits": {"hires": 2}}, lambda full, half: full + half <= 2),
    "cost_per_week": (
        {"limits": {"cost_per_week": 10.5}},
        lambda full, half: 21 * full + 5.25 * half <= 10.5,
    ),
    "short_hours": ({"targets": {"short_hours": 1}}, None),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_the_mix_is_that_of_brute_force(limit: str, known: Path) -> None:
    changes, allowed = LIMITS[limit]
    price = 2.1 if limit == "short_hours" else SHORT
    needs = NEEDS if limit == "none" else ALONE
    weeks: dict[str, Any] = {} if limit == "none" else {"weeks": []}
    every = costs_of(EVERY, price, needs)
    if allowed is None:
        fits = {mix: own for mix, own in every.items() if own[1] <= 1}
    else:
        fits = {mix: own for mix, own in every.items() if allowed(*mix)}
    least = min(cost for cost, _ in fits.values())
    run = searched(read(file(**weeks, **changes), plan(price)), known)
    document = hire_document(run, [])
    assert not run.answers.errors and document.status == "optimal"
    assert document.cost == document.bound == pytest.approx(least)
    assert run.best is not None and fits[run.best.mix][0] == pytest.approx(least)
    assert document.columns_bound <= least + 1e-6
    for one in document.tried:  # every mix that was solved, too
        assert one.cost == pytest.approx(every[tuple(one.mix)][0])
    more = costs_of([(full, 4) for full in range(4)], price, needs)
    assert limit != "none" or min(more.values())[0] < least  # at_most: one half more
    bites = least > min(cost for cost, _ in every.values()) + 1e-6
    assert bites == (limit != "none")


def test_one_more_and_one_fewer_are_what_brute_force_says(known: Path) -> None:
    every = costs_of(EVERY, SHORT)
    document = hire_document(searched(read(file()), known), [])
    assert document.cost is not None
    for kind in document.kinds:
        for one in (kind.one_more, kind.one_fewer):
            if one is not None:
                more = every[tuple(one.mix)][0] - document.cost
                assert one.more == pytest.approx(more, abs=2e-6) and not one.too_small
    assert any(kind.one_more and kind.one_fewer for kind in document.kinds)


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


def test_the_sample_of_hires_is_right() -> None:
    found = read_hires(HIRES, SAMPLES["retail-bank"]())
    assert [week.name for week in found.weeks] == ["as planned", "busy"]
    assert len(found.mixes()) == 17
    assert any("fairness" in note for note in found.notes)


def test_who_has_no_legal_week_is_not_hired(known: Path) -> None:
    # The morning has room for one half, two hours, and the book asks for three.
    row = {"rule": "hours_worked", "contract": "part", "min": 3, "per": "horizon"}
    of = plan(rule_book=[row])
    run = searched(read(file(weeks=[]), of), known)
    assert run.best is not None and run.best.mix[1] == 0
    assert run.mixes.left == 4


def one_week(**changes: Any) -> dict[str, Any]:
    full, half = file()["hires"]
    few = [{**full, "at_most": 1}, {**half, "at_most": 1}]
    return {"hires": few, **changes}


def test_that_no_mix_does_is_proved_where_hours_short_say_so(known: Path) -> None:
    # Eight more hours are needed, and all hires together have six.
    run = searched(read(one_week(targets={"short_hours": 1})), known)
    document = hire_document(run, [])
    assert document.status == "infeasible" and document.bound is None
    assert document.ruled_out == document.mixes == 4 and len(document.tried) < 4
    assert document.weeks[0].missed == ["short_hours"]
    assert document.weeks[0].folder is None


def test_that_no_mix_was_found_is_not_said_to_be_a_proof(known: Path) -> None:
    # The hours short are a matter of price here: nobody works for so little.
    asked = one_week(targets={"short_hours": 5})
    document = hire_document(searched(read(asked, plan(0.5)), known), [])
    assert document.status == "unknown"
    assert document.bound == pytest.approx(3 + 12 * 0.5)
    assert document.cost is None and document.ruled_out == 2
    assert any("not proved" in note for note in document.notes)


class Broken:
    """An executor on which every task fails."""

    def run(
        self, work: str, tasks: Sequence[Task], stop: threading.Event
    ) -> Iterator[Done]:
        yield from (Done(task.key, None, "ValueError: broken") for task in tasks)


def test_a_solve_that_fails_is_no_answer(tmp_path: Path) -> None:
    run = HireRun(read(file()), Answers(Store(tmp_path), Broken()), ASKED)
    run.search(threading.Event())
    document = hire_document(run, [])
    assert document.status == "failed"
    assert document.notes == ["failed: ValueError: broken"]


def test_a_search_that_is_stopped_says_so(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    run = HireRun(read(file()), Answers(Store(tmp_path), Here()), ASKED)
    run.search(stop)
    document = hire_document(run, [])
    assert document.interrupted and document.status == "unknown"


def test_a_search_that_ends_early_has_a_bound_all_the_same(known: Path) -> None:
    # The mix of least bound comes first, and it misses the target.
    asked = file(weeks=[], targets={"short_hours": 1})
    document = hire_document(searched(read(asked, plan(2.1)), known, most=1), [])
    assert len(document.tried) == 1 and document.status == "unknown"
    assert any("--mixes" in note for note in document.notes)
    fits = [cost for cost, short in costs_of(EVERY, 2.1, ALONE).values() if short <= 1]
    assert document.bound is not None and 0 < document.bound <= min(fits) + 1e-6


WRONG = """\
format = 1
extra = 2

[[hires]]
name = "a"
like = "Anne"
at_most = 0

[[hires]]
name = "b"
at_most = 2

[[hires]]
name = "c"
contract = "full"
skills = ["phones"]
at_least = 3
at_most = 2

[targets]
service_level = 2
"""
UNKNOWN = """\
[[hires]]
name = "a"
like = "Anne"
at_most = 2
[[hires]]
name = "A"
contract = "ful"
skills = ["fones"]
at_most = 2
[[weeks]]
name = "base"
calls = {queue = "fones", change = "+10%"}
[[samples]]
name = "s"
count = 2
scenarios = ["none"]
"""


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            WRONG,
            [
                (2, "extra"),
                (7, "hires.a.at_most"),
                (9, "hires.b"),
                (13, "hires.c"),
                (21, "targets.service_level"),
            ],
        ),
        (
            UNKNOWN,
            [
                (3, "hires.a.like"),
                (6, "hires.A.name"),
                (7, "hires.A.contract"),
                (8, "hires.A.skills.1"),
                (11, "weeks.base.name"),
                (12, "weeks.base.calls.1.queue"),
                (16, "samples.s.scenarios.1"),
            ],
        ),
    ],
)
def test_all_that_is_wrong_with_a_file_is_told_at_once(
    text: str,
    places: list[tuple[int, str]],
    tmp_path: Path,
    capsys: Capture,
) -> None:
    write_plan(plan(), tmp_path / "plan")
    (tmp_path / "hires.toml").write_text(text, encoding="utf-8")
    words = ["hire", str(tmp_path / "plan"), str(tmp_path / "hires.toml")]
    code = main([*words, "--out", str(tmp_path / "out"), "--json"])
    assert code == ExitCode.BAD_INPUT and not (tmp_path / "out").exists()
    findings = json.loads(capsys.readouterr().out)["error"]["findings"]
    assert [(one["row"], one["column"]) for one in findings] == places
    assert all(one["expected"] for one in findings)


@pytest.mark.parametrize(
    ("content", "of", "column", "words"),
    [
        ({"limits": {"hires": 0}, "hires": kinds(at_least=1)}, {}, "limits", "no mix"),
        ({"hires": kinds(at_most=99_999)}, {}, "hires.full.at_most", "<= 1000"),
        (
            {"hires": [{**one, "at_most": 999} for one in file()["hires"]]},
            {},
            "hires",
            "1,000,000",
        ),
        (
            {},
            {
                "pairs": [{"team": "x", "rule": "apart"}],
                "agents": [
                    {"agent_id": "Ann", "contract": "full", "team": "x"},
                    {"agent_id": "Bo", "contract": "full", "team": "x"},
                ],
            },
            "hires.full",
            "teams",
        ),
    ],
)
def test_what_does_not_bear_a_bound_is_refused(
    content: dict[str, Any], of: dict[str, Any], column: str, words: str
) -> None:
    findings = wrong(file(**content), plan(**of))
    assert findings[0].column == column and words in findings[0].expected


def test_skills_that_tie_queues_are_refused_unless_somebody_ties_them() -> None:
    queues = [{"name": "phones"}, {"name": "loans"}]
    skills = [{"agent_id": "Ann", "skill": "phones"}]
    both = [{"name": "both", "contract": "full", "skills": ["phones"], "at_most": 1}]
    both[0]["skills"] = ["phones", "loans"]
    loans = {"agent_id": "Bo", "skill": "loans"}
    agents = [{"agent_id": name, "contract": "full"} for name in ("Ann", "Bo", "Cem")]
    need = [
        {"queue": queue["name"], "start": f"{DAY}T08:00", "agents": 2}
        for queue in queues
    ]
    every = plan(required=need, queues=queues, agents=agents, skills=[*skills, loans])
    assert "pooling" in wrong({"hires": both}, every)[0].expected
    ties = [{"agent_id": "Cem", "skill": name} for name in ("phones", "loans")]
    tied = plan(
        required=need, queues=queues, agents=agents, skills=[*skills, loans, *ties]
    )
    assert read({"hires": both}, tied).weeks[0].kinds == (("both-1",),)
    apart = every.model_copy(update={"pooling": "none"})
    assert read({"hires": both}, apart).weeks[0].kinds == (("both-1",),)


def test_weeks_and_samples_have_their_shares() -> None:
    drawn = {"name": "errors", "count": 3, "calls": {"cv": 0.2}, "weight": 2}
    found = read(file(samples=[drawn]))
    shares = {week.name: week.share for week in found.weeks}
    assert shares == {
        "plain": pytest.approx(2 / 9),
        "busy": pytest.approx(1 / 9),
        **{f"errors, {n}": pytest.approx(2 / 9) for n in (1, 2, 3)},
    }
    only = read(file(weeks=[], samples=[drawn])).weeks
    assert [week.share for week in only] == [pytest.approx(1 / 3)] * 3
    (alone,) = read(file(weeks=[])).weeks
    assert alone.name == "base" and alone.share == 1
    assert alone.plan((0, 0)) == plan()
    hired = alone.plan((1, 2)).agents
    assert [one.agent_id for one in hired] == ["Ann", "full-1", "half-1", "half-2"]


def test_the_command_leaves_rosters_that_pass_the_check(
    known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    here: Executor = Here()
    monkeypatch.setattr("scheduler.cli.hiring.executor_of", lambda *_: here)
    (tmp_path / "plan.json").write_text(plan_text(plan()), encoding="utf-8")
    (tmp_path / "hires.json").write_text(json.dumps(file()), encoding="utf-8")
    out = tmp_path / "out"
    copytree(known, out / "answers", dirs_exist_ok=True)
    words = ["hire", str(tmp_path / "plan.json"), str(tmp_path / "hires.json")]
    words += [
        "--engine",
        "columns",
        "--out",
        str(out),
        "--gap",
        "0",
        "--time-limit",
        "600",
    ]
    assert main([*words, "--json"]) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((out / "hire.json").read_text("utf-8"))
    mean = 0.0
    for week in told["weeks"]:
        folder = out / week["folder"]
        judge = ["check", str(folder / "plan.json"), str(folder / "roster"), "--json"]
        assert main(judge) == 0
        judged = json.loads(capsys.readouterr().out)
        assert judged["objective"] == pytest.approx(week["figures"]["objective"])
        mean += week["share"] * judged["objective"]
    assert told["weeks_cost"] == pytest.approx(mean)
    assert told["cost"] == pytest.approx(told["hires_cost"] + mean)
    with (out / "hire.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    best = [str(kind["number"]) for kind in told["kinds"]]
    assert [rows[0]["hired full"], rows[0]["hired half"]] == best
    assert float(rows[0]["cost"]) == pytest.approx(told["cost"], abs=1e-4)
    assert "Whom to hire" in (out / "hire.html").read_text("utf-8")

    class Never:
        def run(self, *_: Any) -> Iterator[Done]:
            raise AssertionError("it was solved before")

    here = Never()
    assert main(words) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "proved: no mix costs less" in shown and "one fewer" in shown


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
