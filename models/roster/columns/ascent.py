"""Prices and a fractional plan without a master, for problems with very many tours."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.roster.columns.answers import Answer, Answers
from models.roster.columns.flows import Flows
from models.roster.columns.master import Solution
from models.roster.columns.penalty import Penalty
from models.roster.columns.pricing import Pricer
from models.roster.columns.replies import Replies
from models.roster.columns.rounds import prices_of
from models.roster.columns.shared import Duals
from models.roster.columns.shared_rows import SharedRows

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_PACES, _BATCHES = 4, 16  # of classes by speed; that answer the same prices
_WEIGHINGS = 8  # of the answers of a batch, after each new one
_FLOW_STEPS = 6  # of case work, for each batch
_LEAST = 1e-6  # share of an answer that counts
_FIRST_PRICE = 1.5  # paid hours for an hour; more where people are scarce
_FIRST_STEP, _LEAST_STEP = 1.0, 0.01  # of the level of prices, paid hours an hour
_LESS = 4.0  # divides the step after one in vain


@dataclass(eq=False)
class _Batch:
    """Some classes, their answers so far and the weights of these."""

    which: Ints
    answers: list[Answer]
    costs: Floats
    gives: Floats
    weights: Floats

    def add(self, answer: Answer) -> None:
        self.answers.append(answer)
        self.costs = np.append(self.costs, answer.cost)
        self.gives = np.vstack([self.gives, answer.gives])
        self.weights = np.append(self.weights, 0.0)

    def forget(self) -> None:
        """Drop the answers of no weight."""
        kept = np.flatnonzero(self.weights > _LEAST)
        self.answers = [self.answers[i] for i in kept]
        self.costs, self.gives = self.costs[kept], self.gives[kept]
        self.weights = self.weights[kept] / self.weights[kept].sum()


class Ascent:
    """The method of multipliers on the shared rows (Hestenes, 1969; Powell, 1969).

    Where people are scarce every hour is dear, and alike: multipliers would take long
    to get there. So the first price is the flat one that proves most, the penalty grows
    with it, and the level of all prices is searched after each climb.

    The fractional plan is a mixture of answers, batch by batch of classes. Each batch
    in turn answers the prices of the plan as it is (block-coordinate Frank-Wolfe;
    Lacoste-Julien, Jaggi, Schmidt and Pletscher, 2013), and weight moves from its worst
    answer to its best (pairwise steps; Lacoste-Julien and Jaggi, 2015).

    Parameters
    ----------
    value
        What some prices prove, in any unit.

    Attributes
    ----------
    cost
        Paid hours of the plan, what it is short of at the prices of the penalty.
    duals
        The prices of now, with those of case work that suit them.
    """

    def __init__(
        self,
        replies: Replies,
        rows: SharedRows,
        value: Callable[[Duals], int],
        halt: Callable[[], bool],
    ) -> None:
        pricer = replies.pricer
        self.pricer, self.rows, self.value, self.halt = pricer, rows, value, halt
        self._answers, self._flows = Answers(replies, rows), Flows(rows)
        self._penalty = Penalty(rows, len(pricer.problem.agents))
        level = self._first_level()
        self._step = _FIRST_STEP if level > _FIRST_PRICE else 0.0
        self._penalty.scale(level / _FIRST_PRICE)
        self._prices = self._penalty.flat(level)
        self.cost = np.inf
        flow = self._flows.answer(self._prices)
        self._flow_cost, self._used = flow.cost, flow.used
        self.duals = self._duals(self._prices)
        self._batches = []
        for which in _batches(pricer):
            first = self._answer(which, self._prices)
            self._batches.append(
                _Batch(
                    which,
                    [first],
                    np.array([first.cost]),
                    first.gives[None, :],
                    np.ones(1),
                )
            )

    def climb(self) -> bool:
        """Let each batch answer once, and renew the prices; ``False`` if halted."""
        lack = self._lack()
        for batch in self._batches:
            if self.halt():
                return False
            lack = self._flow(lack)
            prices = self._penalty.prices(self._prices, lack)
            batch.add(self._answer(batch.which, prices))
            lack = self._weigh(batch, lack)
            batch.forget()
        lack = self._flow(self._lack())
        self.cost = self._paid() + self._penalty.value(self._prices, lack)
        self._prices = self._penalty.prices(self._prices, lack)
        self._penalty.follow(self._prices)
        self._penalty.soften()
        self.duals = self._duals(self._prices)
        known = self.value(self.duals)
        if self._step:
            self._move_level(known)
        return True

    def plan(self) -> Solution:
        """Return the mixture as a plan to follow: what each class gives."""
        shares = np.zeros((len(self.pricer.classes), len(self._used)))
        for batch in self._batches:
            for weight, answer in zip(batch.weights, batch.answers, strict=True):
                shares[batch.which] += weight * (answer.works @ answer.fills).toarray()
        none = np.zeros(0)
        return Solution(self.cost, none, none, none, {}, self.duals, shares)

    def _first_level(self) -> float:
        """Return the flat price of an hour that proves most, doubled as often."""
        level = _FIRST_PRICE
        proved = self._proved(self._penalty.flat(level))
        while (more := self._proved(self._penalty.flat(2 * level))) > proved:
            level, proved = 2 * level, more
        return level

    def _move_level(self, proved: int) -> None:
        """Move all prices up or down alike, further while that proves more."""
        before, flat = self._prices, self._penalty.flat(1.0)
        for move in (self._step, -self._step):
            while not self.halt():
                prices = self._penalty.clipped(before + move * flat)
                more = self._proved(prices)
                if more <= proved:
                    break
                self._prices, proved, move = prices, more, 2 * move
            if self._prices is not before:
                self.duals = self._duals(self._prices)
                break
        done = self._prices is not before
        self._step = max(abs(move) / 2 if done else self._step / _LESS, _LEAST_STEP)

    def _proved(self, prices: Floats) -> int:
        return self.value(self._duals(prices))

    def _given(self) -> Floats:
        total = np.zeros(len(self._used))
        for batch in self._batches:
            total += batch.weights @ batch.gives
        return total

    def _paid(self) -> float:
        own = sum(float(batch.weights @ batch.costs) for batch in self._batches)
        return own + self._flow_cost

    def _lack(self) -> Floats:
        return self._penalty.low + self._used - self._given()

    def _answer(self, which: Ints, prices: Floats) -> Answer:
        shared = self.rows.shared
        fine = prices_of(self.pricer, shared, shared.clipped(self.rows.duals(prices)))
        return self._answers.find(which, fine, prices)

    def _weigh(self, batch: _Batch, lack: Floats) -> Floats:
        """Move weight to the best answers of a batch; return the new lack."""
        now = batch.weights
        for turn in range(_WEIGHINGS):
            prices = self._penalty.prices(self._prices, lack)
            scores = batch.costs - batch.gives @ prices
            best = int(scores.argmin())
            away = now.copy()
            if turn:
                worst = int(np.where(now > _LEAST, scores, -np.inf).argmax())
                away = np.zeros(len(now))
                away[worst] = now[worst]
            step = -away
            step[best] += away.sum()
            change = -(step @ batch.gives)
            cost = float(step @ batch.costs)
            done = self._penalty.length(self._prices, lack, change, cost, 1.0)
            if not done:
                break
            now = now + done * step
            lack = lack + done * change
        batch.weights = now
        return lack

    def _flow(self, lack: Floats) -> Floats:
        """Mix better flows of case work into the plan's; return the new lack."""
        for _ in range(_FLOW_STEPS):
            flow = self._flows.answer(self._penalty.prices(self._prices, lack))
            change, cost = flow.used - self._used, flow.cost - self._flow_cost
            done = self._penalty.length(self._prices, lack, change, cost, 1.0)
            if not done:
                break
            self._used = self._used + done * change
            self._flow_cost += done * cost
            lack = lack + done * change
        return lack

    def _duals(self, prices: Floats) -> Duals:
        flow = self._flows.answer(prices)
        every = np.where(self._penalty.rows, prices, flow.prices)
        every[self.rows.target_row] = self._penalty.late.best(prices)
        return self.rows.shared.clipped(self.rows.duals(every))


def _batches(pricer: Pricer) -> list[Ints]:
    """Return batches of classes: of all skills, and of much the same speed.

    People of one speed share legs, so that a batch has fewer of them to price.
    """
    agents = pricer.problem.agents
    fastest = np.array(
        [max(agents[kind.members[0]].speeds, default=0) for kind in pricer.classes]
    )
    mixed = np.arange(len(fastest)) % _PACES  # where all are of one speed
    paces = np.array_split(np.lexsort((mixed, fastest)), _PACES)
    count = _BATCHES // _PACES
    found = [pace[b::count] for b in range(count) for pace in paces]
    return [which for which in found if len(which)]
