"""Answers that were found, by the key of their task: to find them again is free."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

_DIGEST = 64  # hexadecimal digits
_SHORT = 12


@dataclass(eq=False)
class Store:
    """A folder of answers.

    Attributes
    ----------
    notes
        What was found out about its files, such as that one was changed.
    """

    folder: Path
    notes: list[str] = field(default_factory=list)

    def get(self, key: str) -> bytes | None:
        """Return an answer; ``None`` where there is none, or not as it was written."""
        path = self._path(key)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._note(path, f"cannot be read ({error.strerror})")
            return None
        digest, rest = content[:_DIGEST], content[_DIGEST:]
        if digest != _digest(key, rest):
            self._note(path, "is not as it was written")
            return None
        return rest

    def put(self, key: str, content: bytes) -> None:
        """Keep an answer; whoever is interrupted leaves no half of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(key)
        partial = path.with_name(f".{path.name}.partial")
        try:
            partial.write_bytes(_digest(key, content) + content)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def _note(self, path: Path, why: str) -> None:
        short = f"{path.parent.name}/{path.name[:_SHORT]}"
        self.notes.append(f"{short}... {why}: its scenario was solved again")

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.answer"


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\n" + content).hexdigest().encode()
