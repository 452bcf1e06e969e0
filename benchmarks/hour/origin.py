"""When and where a run was made, and with what."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from benchmarks.peers.environments import REQUIREMENTS, versions_of
from scheduler.bench.child import yardstick
from scheduler.rosters.record import versions


def origin() -> dict[str, Any]:
    """Return the date, the machine, and all versions, peers included."""
    peers = [path.stem for path in sorted(REQUIREMENTS.glob("*.txt"))]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": {
            "processor": _processor(),
            "processors": os.cpu_count(),
            "memory_gb": round(psutil.virtual_memory().total / 1e9),
            "system": f"{platform.system()} {platform.machine()}",
            "yardstick": yardstick(),
            "load_at_start": round(psutil.getloadavg()[0], 2),
        },
        "versions": versions(),
        "peers": {peer: versions_of(peer) for peer in peers},
        "java": _java(),
    }


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _java() -> str:
    try:
        done = subprocess.run(
            ["java", "-version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return "none"
    return (done.stderr or done.stdout).splitlines()[0]
