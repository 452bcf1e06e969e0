"""HiGHS on a model file."""

import json
import sys
import time

import highspy

asked = json.load(sys.stdin)
began = time.perf_counter()
highs = highspy.Highs()
highs.silent()
highs.setOptionValue("threads", 2)
highs.setOptionValue("time_limit", asked["seconds"])
highs.setOptionValue("mip_rel_gap", 0.0)
highs.readModel(asked["model"])
highs.run()
seconds = time.perf_counter() - began
highs.writeSolution(asked["solution"], 0)
info = highs.getInfo()
is_optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
answer = {
    "status": "optimal" if is_optimal else "feasible",
    "objective": info.objective_function_value,
    "bound": info.mip_dual_bound,
    "seconds": round(seconds, 3),
}
print(json.dumps(answer))
