"""pyworkforce on its roster problem; runs in an environment of its own."""

import json
import sys
import time

from pyworkforce.rostering.binary_programming import MinHoursRoster

asked = json.load(sys.stdin)
began = time.perf_counter()
model = MinHoursRoster(
    **asked["problem"], max_search_time=asked["seconds"], num_search_workers=2
)
found = model.solve()
seconds = time.perf_counter() - began
has = found["total_shifts"] > 0
print(
    json.dumps(
        {
            "status": found["status"].lower(),
            "objective": found["cost"] if has else None,
            "bound": model.solver.BestObjectiveBound(),
            "seconds": round(seconds, 3),
            "shifts": [
                (each["resource"], each["day"], each["shift"])
                for each in found["resource_shifts"]
            ]
            if has
            else [],
        }
    )
)
