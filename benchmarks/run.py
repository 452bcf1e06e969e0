"""Measure everything of RESULTS.md in one run, and write it.

An hour on two processors; ``--small`` takes a few minutes and shows that all of it
works (its results and pages go to a folder of their own, ``small``). What was
interrupted goes on with ``--resume``.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.hour import engines, peers, quality
from benchmarks.hour.origin import origin
from benchmarks.hour.scale import HOUR, SMALL, Scale
from benchmarks.report import write
from scheduler.bench import Record, append

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "hour"
DONE = "done.json"

Section = Callable[[Scale, Path], Iterator[Record]]
SECTIONS: dict[str, Section] = {
    "cases": engines.cases,
    "sizes": engines.sizes,
    "roster": peers.roster,
    "slots": peers.slots,
    "example": peers.example,
    "compact": peers.compact,
    "erlang": peers.erlang,
    "quality": quality.measure,
}
BY_THEMSELVES = ("cases", "sizes")  # add their runs to the file as they come


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a few minutes")
    parser.add_argument("--resume", action="store_true", help="go on where it was")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, metavar="SECTION")
    parser.add_argument("--into", type=Path, metavar="DIR", help="with --small")
    asked = parser.parse_args()
    scale = SMALL if asked.small else HOUR
    home = asked.into or (HERE / "small" if asked.small else HERE)
    results = home / "results" / "hour" if home != HERE else RESULTS
    if not asked.resume and not asked.only:
        shutil.rmtree(results, ignore_errors=True)
    results.mkdir(parents=True, exist_ok=True)
    if not (results / "origin.json").exists():
        text = json.dumps(origin(), indent=2) + "\n"
        (results / "origin.json").write_text(text, encoding="utf-8")
    for name in asked.only or SECTIONS:
        _measure(name, scale, results, again=bool(asked.only))
    print(write(results, home))


def _measure(name: str, scale: Scale, results: Path, *, again: bool) -> None:
    """Measure a section unless that is done."""
    path, done = results / f"{name}.jsonl", results / DONE
    ended = json.loads(done.read_text(encoding="utf-8")) if done.exists() else {}
    if name in ended and not again:
        return
    if again or name not in BY_THEMSELVES:
        path.unlink(missing_ok=True)
    print(name, flush=True)
    began = time.monotonic()
    for record in SECTIONS[name](scale, path):
        if name not in BY_THEMSELVES:
            append(path, record)
            print(f"  {_told(record)}", flush=True)
    ended[name] = round(time.monotonic() - began)
    done.write_text(json.dumps(ended, indent=2) + "\n", encoding="utf-8")


def _told(record: Record) -> str:
    shown = ("case", "people", "limit", "solver", "who", "status", "cost", "seconds")
    return ", ".join(f"{record[key]}" for key in shown if record.get(key) is not None)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted: start again with --resume to go on")
