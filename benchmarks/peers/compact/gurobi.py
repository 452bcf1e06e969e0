"""Gurobi on a model file; runs in an environment of its own."""

import json
import sys
import time

import gurobipy

asked = json.load(sys.stdin)
with gurobipy.Env(params={"OutputFlag": 0}) as env:
    began = time.perf_counter()
    model = gurobipy.read(asked["model"], env)
    model.Params.Threads = 2
    model.Params.TimeLimit = asked["seconds"]
    model.Params.MIPGap = 0
    model.optimize()
    seconds = time.perf_counter() - began
    model.write(asked["solution"])
    answer = {
        "status": "optimal" if model.Status == gurobipy.GRB.OPTIMAL else "feasible",
        "objective": model.ObjVal,
        "bound": model.ObjBound,
        "seconds": round(seconds, 3),
    }
print(json.dumps(answer))
