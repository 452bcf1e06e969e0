"""pyworkforce's Erlang C, an object for each interval as it is meant."""

import json
import sys
import time

from pyworkforce.queuing import ErlangC

asked = json.load(sys.stdin)
found = []
began = time.perf_counter()
for row, handle in zip(asked["calls"], asked["handle_seconds"], strict=True):
    found.append([])
    for number in row:
        queue = ErlangC(
            transactions=number,
            aht=handle / 60,
            asa=asked["within_seconds"] / 60,
            interval=asked["interval_minutes"],
        )
        answer = queue.required_positions(
            service_level=asked["level"], max_occupancy=asked["cap"]
        )
        found[-1].append(int(answer["raw_positions"]))
seconds = time.perf_counter() - began
print(json.dumps({"agents": found, "seconds": seconds}))
