"""Compiling ahead: what the first solve on a machine would otherwise wait for."""

from models.roster.columns.solve import solve
from models.roster.problem import (
    FULL_SPEED,
    UNIT,
    Agent,
    Break,
    Cases,
    Cover,
    Kind,
    Level,
    RosterProblem,
    Shift,
    ShiftType,
    Stream,
    WeekLimits,
    Work,
)
from models.roster.result import Limits
from models.roster.track import Track

_HOUR = 60
_HOURS = 4
_UNITS = 1200  # of work in an hour


def warm() -> None:
    """Solve a problem of one agent and four hours, so that everything is compiled.

    The machine code is kept between runs; without this the first solve is some seconds
    late.
    """
    open_hours = ((0, _HOURS * _HOUR),)
    end = _HOURS * _HOUR
    problem = RosterProblem(
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
    solve(problem, Limits(seconds=120, workers=1), Track())
