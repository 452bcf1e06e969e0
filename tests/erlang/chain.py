"""The Markov chain of M/M/n+M, solved: what the formulas are held to."""

from typing import NamedTuple

import numpy as np
from scipy.linalg import expm

CASES = [  # agents, load, handle time, threshold, patience
    (1, 0.5, 180, 20, 60),
    (5, 8, 300, 20, 30),
    (14, 10, 180, 20, 300),
    (50, 52, 300, 20, 150),
    (20, 40, 300, 60, 150),
    (3, 0.01, 100, 0, 1000),
    (120, 100, 300, 20, 30),
    (10, 100, 300, 20, 90),
]


class Chain(NamedTuple):
    """P(wait), P(gives up), P(answered in time), P(gives up within the threshold)."""

    wait: float
    lost: float
    in_time: float
    early: float


def chain(agents, load, handle, within, patience) -> Chain:
    """Solve for who is there, then follow a call through the queue."""
    arrival, service, leaving = load / handle, 1 / handle, 1 / patience
    most = int(agents + load * (1 + patience / handle) + 200)
    n = np.arange(1, most + 1)
    out = np.minimum(n, agents) * service + np.maximum(n - agents, 0) * leaving
    weight = np.cumsum(np.log(arrival) - np.log(out))
    p = np.exp(np.append(0, weight) - max(0, weight.max()))
    p /= p.sum()
    # A call that finds j waiting moves up at rate n mu + j theta, or leaves at theta.
    queue = most - agents
    served, left = queue + 1, queue + 2
    rates = np.zeros((queue + 3, queue + 3))
    for j in range(queue + 1):
        rates[j, j - 1 if j else served] = agents * service + j * leaving
        rates[j, left] = leaving
        rates[j, j] = -rates[j].sum()
    at_threshold = expm(rates * within)[: queue + 1]
    waiting = p[agents:]
    lost = leaving / arrival * (waiting * np.arange(queue + 1)).sum()
    return Chain(
        wait=waiting.sum(),
        lost=lost,
        in_time=p[:agents].sum() + waiting @ at_threshold[:, served],
        early=waiting @ at_threshold[:, left],
    )
