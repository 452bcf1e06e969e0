"""API keys: ``rf_<prefix>_<secret>``, of which only a hash of the secret is kept."""

import datetime as dt
import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, Row, exists, insert, select, update

from models.errors import InvalidInput
from scheduler.service.http.auth.principal import Principal, Scope
from scheduler.service.store.tables import api_keys, tenants

_KEY = re.compile(r"rf_([0-9a-z]{12})_([0-9A-Za-z_-]{43})")
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class KeyRecord:
    """What is known of a key; the secret is not."""

    prefix: str
    tenant: str
    name: str
    scopes: tuple[str, ...]
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None


def create_key(
    engine: Engine,
    tenant: str,
    name: str = "",
    scopes: Collection[Scope] = tuple(Scope),
    expires_at: dt.datetime | None = None,
) -> str:
    """Make a key for a tenant, who is made if need be; return it, this once.

    Raises
    ------
    InvalidInput
        For a tenant's name that is none, or a moment that has passed.
    """
    if not _TENANT.fullmatch(tenant):
        raise InvalidInput(
            "tenant must be up to 100 letters, digits, dots, dashes and underscores, "
            f"got {tenant!r}"
        )
    now = dt.datetime.now(dt.UTC)
    if expires_at is not None and expires_at <= now:
        raise InvalidInput(f"expiry must be in the future, got {expires_at}")
    prefix = "".join(secrets.choice(_LETTERS) for _ in range(12))
    secret = secrets.token_urlsafe(32)
    with engine.begin() as connection:
        if not connection.scalar(select(exists().where(tenants.c.name == tenant))):
            connection.execute(insert(tenants).values(name=tenant, created_at=now))
        connection.execute(
            insert(api_keys).values(
                id=uuid.uuid4().hex,
                tenant=tenant,
                name=name[:200],
                prefix=prefix,
                secret_hash=_hash(secret),
                scopes=[scope.value for scope in Scope if scope in scopes],
                created_at=now,
                expires_at=expires_at,
            )
        )
    return f"rf_{prefix}_{secret}"


def list_keys(engine: Engine, tenant: str | None = None) -> Sequence[KeyRecord]:
    """Return the keys of a tenant, or all, the latest last."""
    query = select(api_keys).order_by(api_keys.c.created_at)
    if tenant is not None:
        query = query.where(api_keys.c.tenant == tenant)
    with engine.connect() as connection:
        return [_record(row) for row in connection.execute(query)]


def revoke_key(engine: Engine, prefix: str) -> None:
    """Make a key worthless, from the next request on.

    Raises
    ------
    InvalidInput
        Where there is no such key.
    """
    now = dt.datetime.now(dt.UTC)
    with engine.begin() as connection:
        found = connection.execute(
            update(api_keys)
            .where(api_keys.c.prefix == prefix, api_keys.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        known = exists().where(api_keys.c.prefix == prefix)
        if not found.rowcount and not connection.scalar(select(known)):
            raise InvalidInput(f"there is no key {prefix!r}")


def any_key(engine: Engine) -> bool:
    """Return whether there is a key at all."""
    with engine.connect() as connection:
        return bool(connection.scalar(select(exists(select(api_keys.c.id)))))


def principal_of(engine: Engine, key: str) -> Principal | None:
    """Return who has a key, ``None`` where it opens nothing."""
    match = _KEY.fullmatch(key)
    if match is None:
        return None
    prefix, secret = match.groups()
    with engine.connect() as connection:
        query = select(api_keys).where(api_keys.c.prefix == prefix)
        row = connection.execute(query).first()
    known = _hash("") if row is None else row.secret_hash
    right = hmac.compare_digest(_hash(secret), known)
    if row is None or not right or not _is_open(row):
        return None
    scopes = frozenset(scope for scope in Scope if scope.value in row.scopes)
    return Principal(row.tenant, prefix, scopes)


def _is_open(row: Row[tuple[object, ...]]) -> bool:
    now = dt.datetime.now(dt.UTC)
    return row.revoked_at is None and (row.expires_at is None or now < row.expires_at)


def _hash(secret: str) -> str:
    """Return the SHA-256 of a secret: with 256 bits of chance no more is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _record(row: Row[tuple[object, ...]]) -> KeyRecord:
    return KeyRecord(
        row.prefix,
        row.tenant,
        row.name,
        tuple(row.scopes),
        row.created_at,
        row.expires_at,
        row.revoked_at,
    )
