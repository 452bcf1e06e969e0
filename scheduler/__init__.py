"""Ringfence, the product: plans in, rosters, reports and explanations out."""

from importlib.util import find_spec

_HIDDEN = (
    "another 'models' on the path hides Ringfence's own: start the command ringfence "
    "from a folder without a file or folder of that name, and take such a one off "
    "PYTHONPATH"
)

try:
    _found = find_spec("models.roster")
except ModuleNotFoundError as error:
    raise ImportError(_HIDDEN) from error
if _found is None:
    raise ImportError(_HIDDEN)
