"""Content by its hash: written once, compressed, erased when nobody has it any more."""

import hashlib
import zlib
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.service.store.tables import artifacts, blobs


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


def put_file(
    connection: Connection, tenant: str, job: str, name: str, blob: Blob
) -> None:
    """Keep a file of a job, in place of an earlier one."""
    insert = (
        postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    )
    connection.execute(
        insert(blobs)
        .values(tenant=tenant, hash=blob.hash, size=blob.size, content=blob.compressed)
        # An update that changes nothing: the row is locked until the file refers to it.
        .on_conflict_do_update(
            index_elements=["tenant", "hash"], set_={"size": blob.size}
        )
    )
    connection.execute(
        insert(artifacts)
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
    """Erase the content that no file refers to any more; return how much of it."""
    referred = exists().where(
        artifacts.c.tenant == blobs.c.tenant, artifacts.c.hash == blobs.c.hash
    )
    return connection.execute(delete(blobs).where(~referred)).rowcount
