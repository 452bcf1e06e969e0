"""Plans as bytes: a thousand of them fit into memory."""

import json
import zlib

from scheduler.domain import Plan


def packed(plan: Plan) -> bytes:
    """Return a plan as bytes that ``unpacked`` reads."""
    return zlib.compress(plan.model_dump_json(exclude_defaults=True).encode())


def unpacked(content: bytes) -> Plan:
    """Return the plan that bytes hold."""
    return Plan.of(json.loads(zlib.decompress(content)))
