"""How often somebody may ask."""

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from scheduler.service.http.problems import Refusal

_GUESSES = parse("20/minute")
_LOOKS = parse("60/minute")


class Rates:
    """Counts requests by tenant, and failed attempts to be known by address.

    Parameters
    ----------
    usual, heavy
        Such as ``200/second``: of all requests, and of those that take a processor.
    """

    def __init__(self, usual: str, heavy: str) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._usual, self._heavy = parse(usual), parse(heavy)

    def take(self, tenant: str) -> dict[str, str]:
        """Count a request; return headers that tell what is left."""
        self._hit(self._usual, "usual", tenant)
        left = self._limiter.get_window_stats(self._usual, "usual", tenant)
        wait = max(0, math.ceil(left.reset_time - time.time()))
        policy = f'"usual";q={self._usual.amount};w={self._usual.get_expiry()}'
        return {
            "RateLimit-Policy": policy,
            "RateLimit": f'"usual";r={left.remaining};t={wait}',
        }

    def take_heavy(self, tenant: str) -> None:
        """Count a request that takes a processor."""
        self._hit(self._heavy, "heavy", tenant)

    def take_link(self, link: str) -> None:
        """Count a look of an agent at the own weeks."""
        self._hit(_LOOKS, "link", link)

    def refuse_guessing(self, address: str) -> None:
        """Refuse who was not known too often."""
        if not self._limiter.test(_GUESSES, "guess", address):
            raise self._refusal(_GUESSES, "guess", address)

    def guessed(self, address: str) -> None:
        """Count somebody who was not known."""
        self._limiter.hit(_GUESSES, "guess", address)

    def _hit(self, item: RateLimitItem, *who: str) -> None:
        if not self._limiter.hit(item, *who):
            raise self._refusal(item, *who)

    def _refusal(self, item: RateLimitItem, *who: str) -> Refusal:
        reset = self._limiter.get_window_stats(item, *who).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        headers = {"Retry-After": str(wait)}
        return Refusal("rate-limited", f"at most {item}", headers=headers)
