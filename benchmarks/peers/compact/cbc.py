"""CBC, as PuLP brings it, on a model file."""

import json
import subprocess
import sys
import time
from pathlib import Path

from pulp.apis.coin_api import pulp_cbc_path

asked = json.load(sys.stdin)
began = time.perf_counter()
limits = ["threads", "2", "sec", str(asked["seconds"]), "ratio", "0"]
subprocess.run(
    [pulp_cbc_path, asked["model"], *limits, "solve", "solution", asked["solution"]],
    check=True,
    capture_output=True,
)
seconds = time.perf_counter() - began
head = Path(asked["solution"]).read_text(encoding="utf-8").splitlines()[0]
objective, is_optimal = float(head.split()[-1]), head.startswith("Optimal")
answer = {
    "status": "optimal" if is_optimal else "feasible",
    "objective": objective,
    "bound": objective if is_optimal else None,
    "seconds": round(seconds, 3),
}
print(json.dumps(answer))
