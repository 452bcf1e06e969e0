"""Chats: an agent holds several at once, and each takes longer for it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.erlang.bisection import least_whole
from models.erlang.checks import ROUNDING, Floats, checked, checked_patience, flat
from models.erlang.definitions import Definition
from models.erlang.logs import log_expm1
from models.erlang.outcome import settled
from models.erlang.queues import Performance
from models.errors import InvalidInput

_MOST_AGENTS = 100_000


def chat_performance(
    agents: npt.ArrayLike,
    chats_per_second: npt.ArrayLike,
    handle_seconds: Sequence[float],
    answer_within: npt.ArrayLike,
    patience_seconds: npt.ArrayLike | None = None,
    *,
    definition: Definition = Definition.OFFERED,
) -> Performance:
    """Return what a number of agents achieves who hold several chats at once.

    Parameters
    ----------
    agents
        Agents ``n`` on chats, any shape, whole, ``>= 0``.
    chats_per_second
        Rate of arrival, ``>= 0``.
    handle_seconds
        Mean handle time of a chat while its agent holds 1, 2, ..., c of them, ``> 0``;
        as many as an agent may hold at once. One alone is a call.
    answer_within, patience_seconds, definition
        As in :func:`performance`; a chat is answered once an agent takes it.

    Returns
    -------
    Performance
        ``occupancy`` is the share of the ``n c`` places for chats that are taken.

    Raises
    ------
    InvalidInput
        If a number is outside its range, or an agent would get less done by holding
        one chat more.

    Notes
    -----
    A birth-death chain. Chats are spread evenly: of ``k``, ``r = k mod n`` agents hold
    ``q + 1`` and the others ``q``, so chats end at the rate
    ``mu(k) = r (q + 1) / H(q + 1) + (n - r) q / H(q)``. From ``k = n c`` on chats wait,
    and it is the queue of Erlang A (or C) with ``n c`` agents and handle time ``H(c)``;
    only its ``1 / B`` is ``sum_{k <= nc} prod_{i > k} mu(i) / rate`` (Tezcan and Zhang,
    2014, on such chains for chats). With ``H(c) = c H(1)`` holding more than one gains
    nothing but that nobody seems to wait.

    Examples
    --------
    Two at once, each half as long again:

    >>> alone = chat_performance(10, 1 / 50, [600], 30, 300)
    >>> both = chat_performance(10, 1 / 50, [600, 900], 30, 300)
    >>> round(float(alone.service_level), 3), round(float(both.service_level), 3)
    (0.415, 0.854)
    """
    handle = _handles(handle_seconds)
    (n, rate, within, patience), shape = flat(
        checked("agents", agents),
        checked("chats_per_second", chats_per_second),
        checked("answer_within", answer_within),
        checked_patience(patience_seconds),
    )
    if (n != np.rint(n)).any():
        raise InvalidInput(f"agents must be whole, got {n[n != np.rint(n)][0]}")
    places, last = n * len(handle), handle[-1]
    log_inverse, taken = _chain(n, rate, handle)
    terms = np.vstack([places, rate * last, last + 0 * n, within, patience])
    found = settled(terms, log_inverse)
    in_time = 1 - found.lost - found.late
    # Given that none waits, the mean of places taken; given that some wait, all.
    share = np.divide(
        (1 - found.wait) * taken, places, out=np.ones_like(n), where=places > 0
    )
    occupied = np.where(rate > 0, np.where(places > 0, share + found.wait, 1.0), 0.0)
    fields = (
        definition.level(in_time, found.lost, found.early),
        found.wait,
        found.mean_wait,
        np.minimum(occupied, 1),
        found.lost,
        rate * np.where(rate > 0, found.mean_wait, 0),
    )
    return Performance(*(np.reshape(field, shape) for field in fields))


def required_chat_agents(
    chats_per_second: npt.ArrayLike,
    handle_seconds: Sequence[float],
    answer_within: npt.ArrayLike,
    service_level: npt.ArrayLike,
    patience_seconds: npt.ArrayLike | None = None,
    maximum_occupancy: npt.ArrayLike = 1.0,
    *,
    definition: Definition = Definition.OFFERED,
) -> npt.NDArray[np.int64]:
    """Return the least agents who hold several chats at once and meet the targets.

    Parameters
    ----------
    chats_per_second, handle_seconds, answer_within, patience_seconds, definition
        As in :func:`chat_performance`.
    service_level
        Share to answer within the threshold, in ``(0, 1)``.
    maximum_occupancy
        Largest share of the places for chats that are taken, in ``(0, 1]``.

    Raises
    ------
    InvalidInput
        As :func:`chat_performance`, or if more than 100,000 agents are needed.

    Examples
    --------
    >>> int(required_chat_agents(1 / 50, [600], 30, 0.8, 300))
    15
    >>> int(required_chat_agents(1 / 50, [600, 900], 30, 0.8, 300))
    10
    """
    (rate, within, level, cap), shape = flat(
        checked("chats_per_second", chats_per_second),
        checked("answer_within", answer_within),
        checked("service_level", service_level, "in (0, 1)"),
        checked("maximum_occupancy", maximum_occupancy, "in (0, 1]"),
    )
    patience = np.broadcast_to(checked_patience(patience_seconds), shape).ravel()
    handle = _handles(handle_seconds)

    def met(some: npt.NDArray[np.int64], agents: Floats) -> npt.NDArray[np.bool_]:
        found = chat_performance(
            *(agents[some], rate[some], handle.tolist(), within[some], patience[some]),
            definition=definition,
        )
        enough = found.service_level >= level[some]
        return np.asarray(enough & (found.occupancy <= cap[some] + ROUNDING))

    first = np.where(rate > 0, np.ceil(rate * handle[-1] / len(handle)) + 2, 0.0)
    found = least_whole(first, met, _MOST_AGENTS, shape)
    return np.reshape(found, shape).astype(np.int64)


def _handles(handle_seconds: Sequence[float]) -> Floats:
    """Return the handle times by chats held; each more held must get more done."""
    handle = np.atleast_1d(checked("handle_seconds", handle_seconds, "> 0"))
    done = np.arange(1, len(handle) + 1) / handle
    if (np.diff(done) < 0).any():
        most = int(np.flatnonzero(np.diff(done) < 0)[0]) + 1
        raise InvalidInput(
            f"handle_seconds {handle.tolist()}: an agent who holds {most + 1} chats "
            f"gets less done than with {most}"
        )
    return handle


def _chain(n: Floats, rate: Floats, handle: Floats) -> tuple[Floats, Floats]:
    """Return ``log(1 / B)``, and the mean of places taken given that none waits.

    From no chat up: ``x_k = 1 + x_{k-1} mu(k) / rate``, and the same for the mean.
    """
    places = (n * len(handle)).astype(np.int64)
    pace = np.concatenate([[0.0], np.arange(1, len(handle) + 1) / handle, [0.0]])
    total, weighted = np.zeros_like(n), np.full_like(n, -np.inf)
    some = rate > 0
    for k in range(1, int(places[some].max(initial=0)) + 1):
        on = np.flatnonzero(some & (k <= places))
        held, more = np.divmod(k, n[on])
        q = held.astype(np.int64)
        ends = more * pace[q + 1] + (n[on] - more) * pace[q]
        step = np.log(ends / rate[on])
        total[on] = np.logaddexp(0, total[on] + step)
        weighted[on] = np.logaddexp(np.log(k), weighted[on] + step)
    # The state in which all places are just taken belongs to those who wait.
    below = log_expm1(total)
    rest = np.where(places > 0, np.log(np.maximum(places, 1)), -np.inf)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.exp(weighted + np.log1p(-np.exp(rest - weighted)) - below)
    return total, np.nan_to_num(mean, nan=0.0, posinf=0.0)
