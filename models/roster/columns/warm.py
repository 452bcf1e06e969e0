"""Compiling ahead: what the first solve on a machine would otherwise wait for."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from models.roster.columns.floor import cheapest_tours
from models.roster.columns.solve import solve
from models.roster.problem import (
    FULL_SPEED,
    UNIT,
    Agent,
    Break,
    Cases,
    Cover,
    Headcount,
    Kind,
    Level,
    RosterProblem,
    Shift,
    ShiftType,
    Stream,
    WeekLimits,
    Which,
    Work,
)
from models.roster.result import Limits, Progress
from models.roster.track import Flag, Track, Watch

COMPILING = "compiling"  # phase
_HOUR = 60
_HOURS = 4
_UNITS = 1200  # of work in an hour
_POLL_SECONDS = 0.05
_QUIET_SECONDS = 2  # from the cache it takes less


def warm() -> None:
    """Compile all of it; the machine code is kept between runs."""
    for whole in (_calls_and_cases(), _shifts_only()):
        ready(whole, None, None, search=True)


def ready(
    problem: RosterProblem, watch: Watch | None, stop: Flag | None, *, search: bool
) -> bool:
    """Compile what a solve of a problem needs, once; return ``False`` where stopped.

    Parameters
    ----------
    watch
        Told of phase ``COMPILING`` where it takes more than two seconds.
    search
        Whether all of it is needed, or only what finds the cheapest tours.
    """
    made = _calls_and_cases() if problem.works else _shifts_only()
    work = _solve if search else cheapest_tours
    since = time.monotonic()
    job = _begun((made.works != (), search), lambda: work(made))
    told = _QUIET_SECONDS
    while not job.done():
        if stop is not None and stop.is_set():
            return False
        seconds = time.monotonic() - since
        if watch is not None and seconds >= told:
            told += 1
            watch(Progress(COMPILING, seconds, None, None))
        time.sleep(_POLL_SECONDS)
    job.result()
    return True


_jobs: dict[tuple[bool, bool], "Future[object]"] = {}
_lock = threading.Lock()


def _begun(key: tuple[bool, bool], work: Callable[[], object]) -> "Future[object]":
    """Return work that goes on in a thread of its own, begun only once.

    Compiling cannot be stopped halfway; the thread ends with the process.
    """
    with _lock:
        if key not in _jobs:
            job = _jobs[key] = Future()
            thread = threading.Thread(target=_finish, args=(job, work), daemon=True)
            thread.start()
        return _jobs[key]


def _finish(job: "Future[object]", work: Callable[[], object]) -> None:
    try:
        job.set_result(work())
    except BaseException as error:  # handed to whoever waits
        job.set_exception(error)


def _solve(problem: RosterProblem) -> None:
    solve(problem, Limits(seconds=600, workers=1), Track())


def _calls_and_cases() -> RosterProblem:
    """Return a problem of one agent and four hours that needs all there is."""
    open_hours = ((0, _HOURS * _HOUR),)
    end = _HOURS * _HOUR
    return RosterProblem(
        period=_HOUR,
        day_starts=(0, end),
        periods=_HOURS,
        weeks=((0,),),
        shift_types=(ShiftType("day", (Break("lunch", _HOUR, True, _HOUR, _HOUR),)),),
        shifts=(Shift(0, 0, 0, end, end),),
        works=(
            Work("calls", Kind.VOICE, open_hours),
            Work("claims", Kind.CASE, open_hours),
        ),
        agents=(
            Agent(
                "A",
                frozenset({0}),
                (FULL_SPEED, FULL_SPEED),
                (WeekLimits(0, end, 0, 0, 1),),
            ),
        ),
        covers=(
            Cover(
                "calls",
                frozenset({0}),
                (Level("voice_shortfall", (FULL_SPEED,) * _HOURS, UNIT),),
                (0,) * _HOURS,
            ),
        ),
        cases=(
            Cases(1, (Stream("s", ((0, _UNITS),), ((end, _UNITS),)),), (0, 1), (0, 0)),
        ),
        cuts=(0, end),
    )


def _shifts_only() -> RosterProblem:
    """Return the same with nothing to do in a shift but to be there.

    Of three shifts one of each two is wanted, by two people: there is half a shift of
    each in the bound, so that it must branch.
    """
    plain = _calls_and_cases()
    (person,) = plain.agents
    person = replace(person, speeds=(), shift_types=frozenset(range(3)), paid_cost=0)
    return replace(
        plain,
        shift_types=tuple(ShiftType(name, ()) for name in "ABC"),
        shifts=tuple(replace(plain.shifts[0], shift_type=s) for s in range(3)),
        works=(),
        agents=(person, replace(person, name="B")),
        covers=(),
        cases=(),
        cuts=(),
        headcounts=tuple(
            Headcount(
                f"all but {s}", None, Which(frozenset(range(3)) - {s}), 1, UNIT, UNIT
            )
            for s in range(3)
        ),
    )
