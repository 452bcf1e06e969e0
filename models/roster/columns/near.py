"""Staying near the roster that a search starts from."""

from collections.abc import Iterator

from models.roster.columns.exchanges import Exchanges, Manner
from models.roster.columns.local import Local
from models.roster.columns.units import FINE
from models.roster.problem import UNIT

_PAYS = 0.5  # paid hours that a person's other week saves at least
_MANNER = Manner(short_days=0.5, lengths=0.3)
_EXCHANGES = 200  # per agent, between two looks at all
_SLICE = 1000  # exchanges between two rounds for the bound, which take about as long


def settle(local: Local) -> Iterator[None]:
    """Let people answer anew whose other week pays, until nobody's does.

    Breaks and blocks may change before shifts do; then a few at a time exchange.
    """
    exchanges = Exchanges(local, _MANNER, _PAYS)
    least = int(_PAYS * UNIT * FINE)
    before = None
    while before is None or local.cost() < before:
        before = local.cost()
        for keep in (True, False):
            while local.sweep(keep=keep, least=least):
                yield
        for n in range(_EXCHANGES * local.agents):
            exchanges.exchange(0)
            if n % _SLICE == 0:
                yield
