"""Chance in compiled code: a repeatable stream, and blurred sight."""

import numpy as np
import numpy.typing as npt

from models.machine_code import compiled

Ints = npt.NDArray[np.int64]


@compiled
def blur(worth: Ints, noise: int, random: Ints) -> None:
    """Make what is seen off by up to ``noise`` thousandths, period by period."""
    for w in range(worth.shape[0]):
        for p in range(worth.shape[1]):
            if worth[w, p] > 0:
                factor = 1000 + draw(random) % (2 * noise + 1) - noise
                worth[w, p] = worth[w, p] * factor // 1000


@compiled
def draw(random: Ints) -> int:
    """Return the next number of a repeatable stream (xorshift; Marsaglia, 2003)."""
    x = random[0]
    x ^= x << 13
    x ^= x >> 7 & 0x1FFFFFFFFFFFFFF
    x ^= x << 17
    random[0] = x
    return int(x >> 1 & 0x3FFFFFFFFFFFFFFF)
