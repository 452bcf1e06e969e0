"""Names of files that any agent id may have, on any system."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_OTHERS = re.compile(r"[^A-Za-z0-9_-]+")
_TAKEN = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)  # Windows
_MARK = 12  # hexadecimal digits


def safe_names(ids: Sequence[str]) -> dict[str, str]:
    """Return a name for each id: itself where it is safe, and no other looks the same.

    Others get a mark after a dot, which no safe id has, so that no two names are alike.

    >>> safe_names(["A01", "../x", "Zoë"])
    {'A01': 'A01', '../x': 'x.d6b96a97d147', 'Zoë': 'Zoe.c6a12698582f'}
    """
    alike = Counter(one.casefold() for one in ids)
    return {
        one: one if alike[one.casefold()] == 1 and _is_safe(one) else _marked(one)
        for one in ids
    }


def _is_safe(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and not _TAKEN.fullmatch(text)


def _marked(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = _OTHERS.sub("_", bare).strip("_-")[:40] or "agent"
    if _TAKEN.fullmatch(slug):
        slug = f"agent_{slug}"
    raw = text.encode("utf-8", "surrogatepass")
    return f"{slug}.{hashlib.sha256(raw).hexdigest()[:_MARK]}"
