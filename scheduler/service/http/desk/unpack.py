"""Files that come compressed: opened without trusting what they say of themselves."""

import stat
import tomllib
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from scheduler.service.http.desk.given import Bounds
from scheduler.service.http.problems import Refusal

_PIECE = 1 << 16
_SMALL = 1_000_000  # bytes: what inflates to less does no harm, whatever the ratio
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
    OSError,
)
_IGNORED = ("__MACOSX", ".DS_Store")


def unpack(path: Path, folder: Path, bounds: Bounds) -> Path:
    """Unpack a zipped folder; return the folder in it that has the plan.

    Raises
    ------
    Refusal
        Where it is no such file, or would take too much, or would leave the folder.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            infos = _weighed(parts, bounds)
            left = bounds.inflated_bytes
            for info in infos:
                left = _extract(parts, info, folder, left, bounds)
    except _BROKEN as error:
        raise _unsafe("a zip file that is whole", "broken") from error
    top = _top(folder)
    _refuse_imports(top)
    return top


def weigh(path: Path, bounds: Bounds) -> None:
    """Refuse a workbook that would inflate to too much; nothing is written.

    Raises
    ------
    Refusal
        As of ``unpack``.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            left = bounds.inflated_bytes
            for info in _weighed(parts, bounds):
                with parts.open(info) as part:
                    while piece := part.read(_PIECE):
                        left = _less(left, piece, bounds)
    except _BROKEN:
        return  # whoever reads workbooks says more exactly what is wrong


def _weighed(parts: zipfile.ZipFile, bounds: Bounds) -> list[zipfile.ZipInfo]:
    """Return the files of an archive; refuse it by what it says of itself."""
    infos = [info for info in parts.infolist() if not _is_ignored(info)]
    if len(infos) > bounds.files:
        raise _unsafe(f"{bounds.files} files at most", "too_many_files")
    if sum(info.file_size for info in infos) > bounds.inflated_bytes:
        raise _unsafe(_most(bounds), "inflates_too_much")
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        raise _unsafe("each file once", "file_twice")
    for info in infos:
        _refuse_name(info)
        _refuse_ratio(info, bounds)
    return [info for info in infos if not info.is_dir()]


def _is_ignored(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename).parts
    return bool(parts) and (parts[0] in _IGNORED or parts[-1] in _IGNORED)


def _refuse_name(info: zipfile.ZipInfo) -> None:
    """Refuse what would be written elsewhere, or is no plain file."""
    name = PurePosixPath(info.filename)
    outside = name.is_absolute() or ".." in name.parts or not name.parts
    if outside or any(c in info.filename for c in "\\:\0"):
        expected = "names of files inside the folder"
        raise _unsafe(expected, "path_outside", info.filename)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _unsafe("plain files, no links", "no_file", info.filename)
    if info.flag_bits & 1:
        raise _unsafe("files without a password", "encrypted", info.filename)


def _extract(
    parts: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    folder: Path,
    left: int,
    bounds: Bounds,
) -> int:
    """Write one file, piece by piece; return how many bytes may still come."""
    target = folder.joinpath(*PurePosixPath(info.filename).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = 0
    with parts.open(info) as part, target.open("xb") as file:
        while piece := part.read(_PIECE):
            left = _less(left, piece, bounds)
            lines += piece.count(b"\n")
            if lines > bounds.rows:
                expected = f"{bounds.rows:,} lines at most"
                raise _unsafe(expected, "too_many_rows", info.filename)
            file.write(piece)
    return left


def _less(left: int, piece: bytes, bounds: Bounds) -> int:
    """Return what is left after a piece; refuse where the size it told was a lie."""
    if len(piece) > left:
        raise _unsafe(_most(bounds), "inflates_too_much")
    return left - len(piece)


def _refuse_ratio(info: zipfile.ZipInfo, bounds: Bounds) -> None:
    most = max(_SMALL, bounds.ratio * info.compress_size)
    if info.file_size > most:
        expected = f"{bounds.ratio} times its compressed size at most"
        raise _unsafe(expected, "inflates_too_much", info.filename)


def _top(folder: Path) -> Path:
    """Return the folder that has plan.toml: this one, or the only one in it."""
    there = [path for path in folder.iterdir() if not path.name.startswith(".")]
    if len(there) == 1 and there[0].is_dir():
        return there[0]
    return folder


def _refuse_imports(folder: Path) -> None:
    """Refuse a plan whose tables are to come from files that were not sent."""
    settings = folder / "plan.toml"
    try:
        content = tomllib.loads(settings.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return  # whoever reads the plan says what is wrong with it
    told = content.get("imports", [])
    for one in told if isinstance(told, list) else [told]:
        file = one.get("file") if isinstance(one, dict) else None
        if isinstance(file, str) and not _inside(folder, file):
            expected = "a file of the folder"
            raise _unsafe(expected, "path_outside", file)


def _inside(folder: Path, file: str) -> bool:
    try:
        return (folder / file).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def _most(bounds: Bounds) -> str:
    return f"content of {bounds.inflated_bytes / 1e6:,.0f} MB at most"


def _unsafe(expected: str, code: str, value: str | None = None) -> Refusal:
    entry = {"code": code, "expected": expected, "value": value and value[:200]}
    return Refusal("unsafe-upload", f"expected {expected}", [entry])
