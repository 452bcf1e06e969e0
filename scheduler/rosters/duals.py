"""The prices that prove a bound, as duals.json: by names and moments."""

import json
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from models.errors import PlanError
from models.roster.problem import LATE, UNIT, RosterProblem
from models.roster.result import CasePrices, Certificate
from scheduler.calendars import TimeAxis
from scheduler.reading.files import text_of
from scheduler.reading.finding import Finding
from scheduler.rosters.writing import moment_text

DUALS_FILE = "duals.json"
FORMAT = 1
WORDS = (
    f"bound: in cost units, {UNIT} of which are one paid hour at a cost rate of 1; "
    f"prices: in 1/1024 of a cost unit, 0 at moments without one; cover, heads: of a "
    f"hundredth of an agent in the period that starts then, heads counting everybody "
    f"as the next whole number of trained agents; targets: of 1/{LATE} of a call late "
    f"beyond what a day or week may have; headcounts: of one more of the people, below "
    f"0 where there are too many; room, due, order, still: of 3 s of a "
    f"trained agent's case work, room until then since the moment before"
)

_ABSENT = object()  # stands for what is not there, once that has been told

Named: TypeAlias = dict[str, object]
Prices: TypeAlias = tuple[int, ...]


def duals_text(
    problem: RosterProblem, axis: TimeAxis, plan_hash: str, certificate: Certificate
) -> str:
    """Return duals.json: prices above 0, by cover or case type and by moment."""
    periods, cuts = _periods(problem, axis), _cuts(problem, axis)
    document = {
        "format": FORMAT,
        "plan_hash": plan_hash,
        "unit": WORDS,
        "bound": certificate.bound,
        "covers": {
            cover.name: {"cover": _told(periods, own), "heads": _told(periods, heads)}
            for cover, own, heads in zip(
                problem.covers, certificate.cover, certificate.heads, strict=True
            )
        },
        "targets": _told(_targets(problem), certificate.targets),
        "headcounts": _told(_headcounts(problem), certificate.people),
        "case_types": {
            problem.works[cases.work].name: {
                "room": _told(cuts, prices.room),
                "still": _told(cuts, prices.still),
                "streams": {
                    stream.name: {"due": _told(cuts, due), "order": _told(cuts, order)}
                    for stream, due, order in zip(
                        cases.streams, prices.due, prices.order, strict=True
                    )
                },
            }
            for cases, prices in zip(problem.cases, certificate.cases, strict=True)
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _periods(problem: RosterProblem, axis: TimeAxis) -> list[str]:
    """Return the moment at which each period starts."""
    starts = range(0, problem.end, problem.period)
    return [moment_text(axis, start) for start in starts]


def _cuts(problem: RosterProblem, axis: TimeAxis) -> list[str]:
    """Return the moment of each cut."""
    return [moment_text(axis, cut) for cut in problem.cuts]


def _targets(problem: RosterProblem) -> list[str]:
    """Return the name of each target: its row of cover, and its days."""
    return [
        f"{cover.name} {target.name}"
        for cover in problem.covers
        for target in cover.targets
    ]


def _headcounts(problem: RosterProblem) -> list[str]:
    """Return the name of each headcount, and its number, as names may be alike."""
    return [f"{n} {row.name}" for n, row in enumerate(problem.joint)]


def _told(moments: Sequence[str], row: Sequence[int]) -> dict[str, int]:
    return {moment: price for moment, price in zip(moments, row, strict=True) if price}


def read_duals(
    folder: Path, problem: RosterProblem, axis: TimeAxis, plan_hash: str
) -> Certificate:
    """Read the prices of a problem, and the bound that they are said to prove.

    Raises
    ------
    PlanError
        With everything that is wrong: the file, another plan, names and moments that
        are not the plan's or are not there, prices that are not whole and ``>= 0``.
    """
    reader = _Reader(DUALS_FILE)
    if folder.is_file():  # a roster as a workbook
        expected = f"the folder of its run: {DUALS_FILE} there proves the bound"
        raise PlanError([Finding(folder.name, None, None, None, expected)])
    content = read_json(folder / DUALS_FILE)
    reader.asks("/format", content.get("format"), FORMAT, f"format {FORMAT}")
    expected = f"{plan_hash}: the file is of another plan, or the plan has changed"
    reader.asks("/plan_hash", content.get("plan_hash"), plan_hash, expected)
    reader.stop_if_wrong()
    bound = reader.whole("/bound", content.get("bound"))
    covers = _covers(reader, content.get("covers"), problem, _periods(problem, axis))
    targets = reader.prices("/targets", content.get("targets", {}), _targets(problem))
    people = reader.prices(
        "/headcounts", content.get("headcounts", {}), _headcounts(problem), below=True
    )
    cuts = _cuts(problem, axis)
    cases = _cases(reader, content.get("case_types"), problem, cuts)
    reader.stop_if_wrong()
    return Certificate(
        bound=bound,
        cover=tuple(own for own, _ in covers),
        heads=tuple(heads for _, heads in covers),
        cases=tuple(cases),
        targets=targets,
        people=people,
    )


def read_json(path: Path) -> Named:
    """Return a JSON object from a file; raise ``PlanError`` where it is none."""
    text = text_of(path)
    if isinstance(text, Finding):
        raise PlanError([text])
    try:
        content = json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        row = getattr(error, "lineno", None)
        why = getattr(error, "msg", str(error))
        raise PlanError([Finding(path.name, row, None, None, f"JSON: {why}")]) from None
    if not isinstance(content, dict):
        raise PlanError([Finding(path.name, None, None, None, "a JSON object")])
    return content


def _covers(
    reader: "_Reader", value: object, problem: RosterProblem, moments: Sequence[str]
) -> list[tuple[Prices, Prices]]:
    """Return the prices of cover and of heads of each row."""
    names = [cover.name for cover in problem.covers]
    return [
        reader.pair(place, row, ("cover", "heads"), moments)
        for place, row in reader.parts("/covers", value, names)
    ]


def _cases(
    reader: "_Reader", value: object, problem: RosterProblem, moments: Sequence[str]
) -> list[CasePrices]:
    """Return the prices of each case type."""
    names = [problem.works[cases.work].name for cases in problem.cases]
    types = reader.parts("/case_types", value, names)
    found = []
    for cases, (place, own) in zip(problem.cases, types, strict=True):
        room, still, streams = reader.parts(place, own, ("room", "still", "streams"))
        titles = [stream.name for stream in cases.streams]
        rows = [
            reader.pair(at, row, ("due", "order"), moments)
            for at, row in reader.parts(*streams, titles)
        ]
        found.append(
            CasePrices(
                room=reader.prices(*room, moments),
                due=tuple(due for due, _ in rows),
                order=tuple(order for _, order in rows),
                still=reader.prices(*still, moments),
            )
        )
    return found


def _unique(pairs: list[tuple[str, object]]) -> Named:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} is given twice")
    return content


class _Reader:
    """Reads parts of a document; places are JSON pointers."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._findings: list[Finding] = []

    def stop_if_wrong(self) -> None:
        """Raise ``PlanError`` with all that was wrong so far."""
        if self._findings:
            raise PlanError(self._findings)

    def asks(self, place: str, value: object, wanted: object, expected: str) -> None:
        """Enter a finding unless a value is the one that is wanted."""
        if value != wanted:
            self._wrong(place, value, expected)

    def whole(self, place: str, value: object, *, below: bool = False) -> int:
        """Return a whole number ``>= 0``, or one that may be below."""
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if isinstance(value, int) and is_whole and (below or value >= 0):
            return value
        expected = "a whole number" if below else "a whole number >= 0"
        self._wrong(place, value, expected)
        return 0

    def parts(
        self, place: str, value: object, names: Sequence[str]
    ) -> list[tuple[str, object]]:
        """Return place and content of each name, all of which must be there."""
        found = self._known(place, value, names)
        places = [f"{place}/{_escaped(name)}" for name in names]
        for at, name in zip(places, names, strict=True):
            if isinstance(value, dict) and name not in found:
                self._wrong(at, None, "to be there")
        contents = [found.get(name, _ABSENT) for name in names]
        return list(zip(places, contents, strict=True))

    def pair(
        self, place: str, value: object, kinds: Sequence[str], moments: Sequence[str]
    ) -> tuple[Prices, Prices]:
        """Return the prices of two kinds."""
        one, other = self.parts(place, value, kinds)
        return self.prices(*one, moments), self.prices(*other, moments)

    def prices(
        self, place: str, value: object, moments: Sequence[str], *, below: bool = False
    ) -> Prices:
        """Return a price for each moment, or name; 0 where none is given."""
        found = {
            moment: self.whole(f"{place}/{moment}", price, below=below)
            for moment, price in self._known(place, value, moments).items()
        }
        return tuple(found.get(moment, 0) for moment in moments)

    def _known(self, place: str, value: object, names: Sequence[str]) -> Named:
        """Return what an object has under known names."""
        if value is _ABSENT:
            return {}
        if not isinstance(value, dict):
            self._wrong(place, value, "an object of names and what they have")
            return {}
        known = set(names)
        for name in value:
            if name not in known:
                alike = get_close_matches(name, names, n=1)
                self._wrong(place, name, "a name or moment of the plan", alike)
        return {name: value[name] for name in value if name in known}

    def _wrong(
        self, place: str, value: object, expected: str, alike: Iterable[str] = ()
    ) -> None:
        text = None if value is None or isinstance(value, dict) else str(value)
        suggestion = next(iter(alike), None)
        self._findings.append(
            Finding(self._file, None, place, text, expected, suggestion)
        )


def _escaped(name: str) -> str:
    """Return a name as a part of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")
