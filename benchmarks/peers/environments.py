"""The environments of the peers, and one program in one of them, measured.

``python -m benchmarks.peers.environments`` makes those that are missing.
"""

import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from scheduler.bench.errors import kept
from scheduler.bench.memory import MB

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REQUIREMENTS = HERE / "requirements"
FOLDER = ROOT / ".venv-peers"
LOOKS = 0.1  # seconds between looks at memory


@dataclass(frozen=True)
class Told:
    """What a program answered, and what it took.

    ``answer`` has an ``error`` where it failed or had to be ended.
    """

    answer: dict[str, Any]
    seconds: float
    megabytes: float


def python_of(peer: str) -> Path:
    """Return the Python of a peer's environment, which is made where there is none."""
    wanted = (REQUIREMENTS / f"{peer}.txt").read_text(encoding="utf-8")
    folder = FOLDER / peer
    place = "Scripts" if sys.platform == "win32" else "bin"
    python = folder / place / "python"
    mark = folder / "ready"
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        venv.create(folder, with_pip=True, clear=True)
        quiet = ["-q", "--disable-pip-version-check"]
        file = str(REQUIREMENTS / f"{peer}.txt")
        subprocess.run([python, "-m", "pip", "install", *quiet, "-r", file], check=True)
        mark.write_text(wanted, encoding="utf-8")
    return python


def versions_of(peer: str) -> dict[str, str]:
    """Return the versions of what a peer's requirements name."""
    code = (
        "import json, sys, importlib.metadata as m;"
        "print(json.dumps({n: m.version(n) for n in sys.argv[1:]}))"
    )
    lines = (REQUIREMENTS / f"{peer}.txt").read_text(encoding="utf-8").splitlines()
    names = [line.partition("==")[0] for line in lines]
    command = [python_of(peer), "-c", code, *names]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def run(
    python: Path, program: Path | str, asked: Mapping[str, Any], most: float
) -> Told:
    """Run a program, or a module of ours by its name, for ``most`` seconds at most.

    It is asked on standard input, and answers with the last line that it prints.
    """
    words = [program] if isinstance(program, Path) else ["-m", program]
    began, peak = time.monotonic(), 0.0
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen(
            [python, *words], stdin=subprocess.PIPE, stdout=out, stderr=err, text=True
        )
        try:
            if child.stdin is not None:
                json.dump(asked, child.stdin)
                child.stdin.close()
            while child.poll() is None and time.monotonic() < began + most:
                peak = max(peak, _megabytes(child.pid))
                time.sleep(LOOKS)
            seconds = time.monotonic() - began
            ended = child.poll() is None
        finally:
            child.kill()
            child.wait()
        out.seek(0)
        err.seek(0)
        lines, error = out.read().splitlines(), err.read()
    if ended:
        return Told({"error": f"no answer within {most:.0f} s"}, seconds, peak)
    try:
        return Told(json.loads(lines[-1]), seconds, peak)
    except (IndexError, json.JSONDecodeError):
        return Told({"error": kept(error) or "no answer"}, seconds, peak)


def _megabytes(pid: int) -> float:
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return float(sum(each.memory_info().rss for each in family)) / MB
    except psutil.Error:
        return 0.0


if __name__ == "__main__":
    for path in sorted(REQUIREMENTS.glob("*.txt")):
        print(path.stem, versions_of(path.stem))
