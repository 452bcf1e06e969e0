"""Employee shift scheduling (Curtois and Qu, 2014): every instance of a folder.

The folder has ``InstanceN.txt`` and ``best_known.csv``; by default it is the one of
RINGFENCE_THIRD_PARTY. Each instance is solved by the command line, one after the other.
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.studies import records

RESULTS = records.RESULTS / "curtois.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", type=int, nargs="+", metavar="N")
    parser.add_argument("--seconds", type=float, default=600)
    asked = parser.parse_args()
    folder = asked.folder or Path(os.environ["RINGFENCE_THIRD_PARTY"]) / "curtois"
    for number, path in instances(folder):
        if asked.only is None or number in asked.only:
            record = solved(path, asked.seconds) | {"instance": number}
            with RESULTS.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record) + "\n")
    table(best_known(folder))


def instances(folder: Path) -> list[tuple[int, Path]]:
    """Return the instances of a folder by their numbers."""
    found = [(re.findall(r"\d+", path.stem), path) for path in folder.glob("*.txt")]
    return sorted((int(numbers[-1]), path) for numbers, path in found if numbers)


def solved(path: Path, seconds: float) -> dict[str, Any]:
    """Solve an instance; return what the command line tells of it."""
    command = [
        *(str(Path(sys.executable).with_name("ringfence")), "bench"),
        *("--curtois", str(path), "--time-limit", str(seconds), "--json"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    date = datetime.now(UTC).isoformat(timespec="seconds")
    return {"date": date, "time_limit": seconds} | json.loads(done.stdout)


def best_known(folder: Path) -> dict[int, float]:
    """Return the best known costs, where the folder has them."""
    path = folder / "best_known.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["best_known_2026"]]
    return {int(row["instance"]): float(row["best_known_2026"]) for row in rows}


def table(known: dict[int, float]) -> None:
    """Print the newest run of each instance."""
    lines = RESULTS.read_text(encoding="utf-8").splitlines()
    newest = {record["instance"]: record for record in map(json.loads, lines)}
    print("| instance | people | days | best known | cost | bound | status | seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for number, run in sorted(newest.items()):
        cells = (
            number,
            *(run["agents"], run["days"], known.get(number, "-")),
            *(run["objective"], run["bound"], run["status"], round(run["seconds"])),
        )
        print(f"| {' | '.join(str(cell) for cell in cells)} |")


if __name__ == "__main__":
    main()
