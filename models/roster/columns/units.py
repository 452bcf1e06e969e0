"""Units of values inside the engine."""

FINE = 1024  # parts of a cost unit: prices are whole numbers of these
NO_LIMIT = 1 << 40
