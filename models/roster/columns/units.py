"""Units of values inside the engine."""

from models.roster.problem import WORK_PER_MINUTE

FINE = 1024  # parts of a cost unit: prices are whole numbers of these
HOUR = 60 * WORK_PER_MINUTE  # units of work in an hour
NO_LIMIT = 1 << 40
