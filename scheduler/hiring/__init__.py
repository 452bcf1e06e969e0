"""Whom to hire: the mix of contracts and skills that meets weeks at least cost."""
