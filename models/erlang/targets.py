"""Targets that must hold together, and whether so many agents meet them."""

from typing import NamedTuple, TypedDict

import numpy as np
import numpy.typing as npt

from models.erlang.checks import (
    ROUNDING,
    Floats,
    checked,
    checked_patience,
    flat,
    voice,
)
from models.erlang.definitions import Definition
from models.erlang.outcome import outcome
from models.errors import InvalidInput


class Targets(NamedTuple):
    """What must hold, a row each; ``inf``, or a level of 0: not asked."""

    level: Floats
    occupancy: Floats
    wait: Floats
    lost: Floats


class Rows(NamedTuple):
    """Rows load, handle time, threshold, patience, cv; targets; one number more."""

    terms: Floats
    targets: Targets
    last: Floats
    shape: tuple[int, ...]
    definition: Definition


def _wanted(
    service_level: npt.ArrayLike | None,
    maximum_occupancy: npt.ArrayLike | None,
    maximum_wait_seconds: npt.ArrayLike | None,
    maximum_abandonment: npt.ArrayLike | None,
) -> Targets:
    """Return the targets, each in its range."""
    if service_level is not None and (np.asarray(service_level) == 1).any():
        raise InvalidInput(
            "service_level must be in (0, 1), got 1.0: it can never be reached, "
            "some callers wait too long however many agents there are"
        )

    def goal(
        name: str, value: npt.ArrayLike | None, rule: str, without: float
    ) -> Floats:
        return np.asarray(without) if value is None else checked(name, value, rule)

    return Targets(
        goal("service_level", service_level, "in (0, 1)", 0.0),
        goal("maximum_occupancy", maximum_occupancy, "in (0, 1]", 1.0),
        goal("maximum_wait_seconds", maximum_wait_seconds, "> 0", np.inf),
        goal("maximum_abandonment", maximum_abandonment, "in (0, 1)", np.inf),
    )


class More(TypedDict, total=False):
    """What may be asked beside the first targets; see ``required_agents``."""

    maximum_wait_seconds: npt.ArrayLike | None
    maximum_abandonment: npt.ArrayLike | None
    rate_cv: npt.ArrayLike
    definition: Definition


def rows_of(
    calls: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    service_level: npt.ArrayLike | None,
    patience_seconds: npt.ArrayLike | None,
    maximum_occupancy: npt.ArrayLike | None,
    last: Floats,
    more: More,
) -> Rows:
    """Return everything as rows of one length; ``calls``: load, handle, threshold."""
    if strange := sorted(set(more) - set(More.__annotations__)):
        raise TypeError(f"unexpected keyword argument {strange[0]!r}")
    targets = _wanted(
        service_level,
        maximum_occupancy,
        more.get("maximum_wait_seconds"),
        more.get("maximum_abandonment"),
    )
    table, shape = flat(
        *voice(*calls),
        checked_patience(patience_seconds),
        checked("rate_cv", more.get("rate_cv", 0.0)),
        *targets,
        last,
    )
    definition = more.get("definition", Definition.OFFERED)
    rows = Rows(table[:5], Targets(*table[5:9]), table[9], shape, definition)
    patience, cv = rows.terms[3:]
    if (np.isfinite(rows.targets.wait) & (cv > 0) & np.isinf(patience)).any():
        raise InvalidInput(
            "maximum_wait_seconds cannot be met with rate_cv > 0 and no "
            "patience_seconds: now and then more calls come than any team takes"
        )
    return rows


def meets(
    rows: Rows, some: npt.NDArray[np.int64], agents: Floats, load: Floats
) -> npt.NDArray[np.bool_]:
    """Whether some of the elements meet their targets with so many agents each."""
    terms = np.vstack((agents[some], load[some], rows.terms[1:4, some]))
    found = outcome(terms, rows.terms[4, some])
    level, occupancy, wait, lost = (goal[some] for goal in rows.targets)
    in_time = 1 - found.lost - found.late
    reached = rows.definition.level(in_time, found.lost, found.early) >= level
    calm = load[some] * found.carried <= (occupancy + ROUNDING) * agents[some]
    brief = (found.mean_wait <= wait) & (found.lost <= lost)
    return np.asarray(reached & calm & brief)
