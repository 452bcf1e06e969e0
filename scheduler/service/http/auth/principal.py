"""Who asks."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What somebody may do."""

    CALCULATE = "calculate"  #: ask what needs no job: requirements, checks, Erlang
    READ = "rosters:read"  #: see jobs and their rosters
    WRITE = "rosters:write"  #: submit, stop, cancel and erase jobs


@dataclass(frozen=True)
class Principal:
    """Who asks: of which tenant, under which name in the audit log, with what scopes.

    ``actor`` is the prefix of a key or the subject of a token.
    """

    tenant: str
    actor: str
    scopes: frozenset[Scope]


LOCAL = Principal("local", "local", frozenset(Scope))
