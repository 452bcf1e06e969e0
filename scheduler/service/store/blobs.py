"""Content by its hash: written once, compressed, erased when nobody has it any more."""

import hashlib
import zlib
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, delete, exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.service.store.tables import artifacts, blobs, drafts, versions

KEPT = ("plan", "roster", "activities")  # content of drafts and versions


@dataclass(frozen=True)
class Blob:
    """Content, ready to be kept: hash and size are those of what it says."""

    hash: str
    size: int
    compressed: bytes

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Return the blob of some content."""
        hashed = hashlib.sha256(content).hexdigest()
        return cls(hashed, len(content), zlib.compress(content))

    @property
    def content(self) -> bytes:
        """What it says."""
        return zlib.decompress(self.compressed)


def _insert(connection: Connection) -> Any:
    """Return the database's own insert, which may update instead."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert
    return sqlite.insert


def put_blob(connection: Connection, tenant: str, blob: Blob) -> None:
    """Keep content; whatever refers to it must follow in the same transaction."""
    connection.execute(
        _insert(connection)(blobs)
        .values(tenant=tenant, hash=blob.hash, size=blob.size, content=blob.compressed)
        # An update that changes nothing: the row is locked until it is referred to.
        .on_conflict_do_update(
            index_elements=["tenant", "hash"], set_={"size": blob.size}
        )
    )


def blob_of(connection: Connection, tenant: str, hashed: str) -> Blob:
    """Return content that something refers to."""
    row = connection.execute(
        select(blobs.c.hash, blobs.c.size, blobs.c.content).where(
            blobs.c.tenant == tenant, blobs.c.hash == hashed
        )
    ).one()
    return Blob(row.hash, row.size, row.content)


def put_file(
    connection: Connection, tenant: str, job: str, name: str, blob: Blob
) -> None:
    """Keep a file of a job, in place of an earlier one."""
    put_blob(connection, tenant, blob)
    connection.execute(
        _insert(connection)(artifacts)
        .values(job=job, name=name, tenant=tenant, hash=blob.hash)
        .on_conflict_do_update(index_elements=["job", "name"], set_={"hash": blob.hash})
    )


def file_of(connection: Connection, job: str, name: str) -> Blob | None:
    """Return a job's file; ``None`` where it has none."""
    row = connection.execute(
        select(blobs.c.hash, blobs.c.size, blobs.c.content)
        .join(
            artifacts,
            (artifacts.c.tenant == blobs.c.tenant) & (artifacts.c.hash == blobs.c.hash),
        )
        .where(artifacts.c.job == job, artifacts.c.name == name)
    ).first()
    return None if row is None else Blob(row.hash, row.size, row.content)


def sweep(connection: Connection) -> int:
    """Erase the content that nothing refers to any more; return how much of it."""
    columns = (
        artifacts.c.hash,
        *(table.c[name] for table in (drafts, versions) for name in KEPT),
    )
    referred = [
        exists().where(column.table.c.tenant == blobs.c.tenant, column == blobs.c.hash)
        for column in columns
    ]
    return connection.execute(delete(blobs).where(~or_(*referred))).rowcount
