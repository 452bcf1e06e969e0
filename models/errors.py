"""All exceptions of the project.

::

    RingfenceError
    ├── InvalidInput (also ValueError)   what was given cannot be right
    │   └── PlanError                    a plan's problems, all at once
    └── NotSupported (also InvalidInput) right, but this engine cannot honour it
"""

from collections.abc import Sequence


class RingfenceError(Exception):
    """Base class of every exception that this project raises."""


class InvalidInput(RingfenceError, ValueError):
    """A value that cannot be right; the message names the thing, rule and value."""


class NotSupported(InvalidInput):
    """Something right that the chosen engine cannot honour."""


class PlanError(InvalidInput):
    """Everything that is wrong with a plan, in one go.

    Parameters
    ----------
    problems
        One entry for each problem; each can be shown with ``str``.
    """

    def __init__(self, problems: Sequence[object]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
