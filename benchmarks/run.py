"""Measure cases one after the other, each in a process of its own.

Every run adds a line to a results file. A run that the file already has is skipped, so
a suite that was interrupted goes on where it was; a run that fails is recorded too.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import records
import suite
from records import Asked, Record

from models.errors import InvalidInput
from scheduler.bench import Case, case_named

ERROR_CHARACTERS = 2_000


def main() -> None:
    options = _options()
    into = options.into or (records.SCALING if options.scaling else records.ACCEPTANCE)
    wanted = list(_wanted(options))
    there = set() if options.again else set(map(records.asked_of, records.read(into)))
    left = [each for each in wanted if each not in there]
    minutes = sum(each.time_limit for each in left) / 60
    _say(f"{into}: {len(left)} of {len(wanted)} runs to go, search {minutes:.0f} min")
    for number, asked in enumerate(left, 1):
        record = _measured(asked)
        records.append(into, record)
        _say(f"{number}/{len(left)} {_told(record)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scaling", action="store_true", help="ever larger centres")
    parser.add_argument("--cases", nargs="+", type=_case, metavar="NAME")
    parser.add_argument("--loads", nargs="+", type=float, metavar="LOAD")
    parser.add_argument("--seeds", nargs="+", type=int, metavar="SEED")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--time-limit", type=_seconds, metavar="SECONDS")
    parser.add_argument("--gap", type=float, help="stop at this gap")
    parser.add_argument("--into", type=Path, metavar="FILE", help="results, JSON lines")
    parser.add_argument("--again", action="store_true", help="skip nothing")
    options = parser.parse_args()
    for name, value in _defaults(scaling=options.scaling).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return options


def _defaults(*, scaling: bool) -> dict[str, object]:
    if scaling:
        return {
            "cases": [case_named(each) for each in suite.SCALING],
            "loads": suite.SCALING_LOADS,
            "seeds": suite.SCALING_SEEDS,
            "time_limit": suite.SCALING_SECONDS,
            "gap": suite.SCALING_GAP,
        }
    return {
        "cases": [case_named(each) for each in suite.TARGETS],
        "loads": suite.LOADS,
        "seeds": suite.SEEDS,
        "gap": 0.0,
    }


def _case(name: str) -> Case:
    try:
        return case_named(name)
    except InvalidInput as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _seconds(text: str) -> float:
    seconds = float(text)
    if not seconds > 0:
        raise argparse.ArgumentTypeError(f"must be > 0, got {text}")
    return seconds


def _wanted(options: argparse.Namespace) -> Iterator[Asked]:
    # Seeds outermost: an unfinished suite still tells something of every case.
    for seed in options.seeds:
        for case in options.cases:
            for load in options.loads if case.centre else [None]:
                yield Asked(
                    case.name,
                    load,
                    seed,
                    options.engine,
                    options.time_limit or case.seconds,
                    options.gap,
                )


def _measured(asked: Asked) -> Record:
    """Run a case through the command line; return what is kept of it."""
    date = datetime.now(UTC).isoformat(timespec="seconds")
    with TemporaryDirectory(prefix="bench-") as out:
        done = subprocess.run(
            _command(asked, out), capture_output=True, text=True, check=False
        )
        progress = _progress(Path(out, "roster", "result.json"))
    record = {"date": date, **asdict(asked), "exit_code": done.returncode}
    return record | _answer(done) | {"progress": progress}


def _command(asked: Asked, out: str) -> list[str]:
    load = [] if asked.asked_load is None else ["--load", str(asked.asked_load)]
    return [
        *(str(Path(sys.executable).with_name("ringfence")), "bench"),
        *("--case", asked.case),
        *("--seed", str(asked.seed)),
        *load,
        *("--engine", asked.asked_engine),
        *("--time-limit", str(asked.time_limit)),
        *("--gap", str(asked.stop_gap)),
        *("--json", "--out", out),
    ]


def _answer(done: subprocess.CompletedProcess[str]) -> Record:
    """Return the figures of a run, or what went wrong."""
    try:
        answer: Record = json.loads(done.stdout)
    except json.JSONDecodeError:
        return {"error": (done.stderr or done.stdout)[-ERROR_CHARACTERS:]}
    return {"error": answer["error"]["message"]} if "error" in answer else answer


def _progress(result: Path) -> list[tuple[float, float | None, float | None]]:
    """Return seconds, best and bound, as they went."""
    if not result.exists():
        return []
    steps = json.loads(result.read_text(encoding="utf-8"))["progress"]
    return [(step["seconds"], step["best"], step["bound"]) for step in steps]


def _told(record: Record) -> str:
    load = "" if record["asked_load"] is None else f" load {record['asked_load']}"
    run = f"{record['case']}{load} seed {record['seed']}"
    if "error" in record:
        last = record["error"].strip().rpartition("\n")[2]
        return f"{run}: failed with exit code {record['exit_code']}, {last}"
    gap = "no gap" if record["gap"] is None else f"gap {record['gap']:.2%}"
    return (
        f"{run}: {record['status']}, {gap}, "
        f"{record['seconds']:.1f} s, {record['peak_mb']:,.0f} MB"
    )


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted: the run under way is not kept, start again to go on")
