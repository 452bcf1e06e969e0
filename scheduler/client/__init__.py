"""A client of the service: plans in, rosters out."""

from scheduler.client.client import Client
from scheduler.client.transport import Heard, ServiceError

__all__ = ["Client", "Heard", "ServiceError"]
