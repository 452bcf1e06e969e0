"""Bad uploads: refused with a reason, before they take anything."""

import io
import json
import struct
import zipfile
from functools import cache
from pathlib import Path

import psutil
import pytest

from scheduler.samples import SAMPLES
from scheduler.service.http.desk.pool import Desk
from scheduler.writing import write_plan
from tests.service.conftest import JSON, Served, serving
from tests.service.test_http_plans import XLSX, ZIP, zipped

MOST_GROWTH = 50_000_000  # bytes


def archive(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in files:
            parts.writestr(name, content)
    return buffer.getvalue()


@cache
def bomb(name: str = "agents.csv", megabytes: int = 210) -> bytes:
    """A file of a megabyte that inflates to very much; light to make."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts,
        parts.open(name, "w") as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(1_000_000))
    return buffer.getvalue()


def lying(content: bytes) -> bytes:
    """The same archive, which says that its files are small."""
    found = bytearray(content)
    at = found.rindex(b"PK\x01\x02")
    found[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(found)


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("agents.csv")
    info.external_attr = 0o120777 << 16
    return info


def encrypted() -> bytes:
    content = bytearray(archive(("plan.toml", b"name = 'x'")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


IMPORTING = b'[[imports]]\ntable = "calls"\nfile = "../../../../etc/passwd"\n'

#: What is heavy is made by the test that sends it.
ZIPS = {
    "a bomb": (bomb, "inflates_too_much"),
    "a bomb that lies": (lambda: lying(bomb(megabytes=30)), None),
    "many bombs": (
        lambda: archive(*((f"{n}.csv", bytes(9_000_000)) for n in range(30))),
        None,
    ),
    "out of the folder": (archive(("../../evil.csv", b"x")), "path_outside"),
    "from the root": (archive(("/etc/evil.csv", b"x")), "path_outside"),
    "with a drive": (archive(("C:\\evil.csv", b"x")), "path_outside"),
    "a link": (archive((link(), b"/etc/passwd")), "no_file"),
    "encrypted": (encrypted(), "encrypted"),
    "imports from elsewhere": (archive(("plan.toml", IMPORTING)), "path_outside"),
    "too many files": (
        archive(*((f"{n}.csv", b"") for n in range(500))),
        "too_many_files",
    ),
    "no zip": (b"PK\x03\x04 but not really", "broken"),
    "something else": (b"\x7fELF" + bytes(100), "broken"),
    "a file twice": (
        lambda: archive(("agents.csv", b"x"), ("agents.csv", b"y")),
        "file_twice",
    ),
}


@pytest.mark.parametrize("name", ZIPS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_bad_archives_are_refused(served: Served, name: str) -> None:
    made, code = ZIPS[name]
    content = made() if callable(made) else made
    answer, growth = sent(served, content, ZIP)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["errors"] and problem["detail"]
    assert "root:" not in answer.text
    if code is not None:
        assert problem["type"].endswith("unsafe-upload")
        assert problem["errors"][0]["code"] == code
    assert growth < MOST_GROWTH


BOOKS = {
    "a bomb": lambda: bomb("xl/workbook.xml"),
    "no workbook": b"PK\x03\x04 nothing",
    "a zip": archive(("plan.toml", b"")),
    "an old one": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
}


@pytest.mark.parametrize("name", BOOKS)
def test_bad_workbooks_are_refused(served: Served, name: str) -> None:
    made = BOOKS[name]
    answer, growth = sent(served, made() if callable(made) else made, XLSX)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert growth < MOST_GROWTH


def changed(tiny: bytes, **more: object) -> bytes:
    return json.dumps({**json.loads(tiny), **more}).encode()


def plans(tiny: bytes) -> dict[str, bytes]:
    agent = {"agent_id": "x", "name": "x", "contract": "standard"}
    return {
        "deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "deep lists": b"[" * 5_000_000,
        "NaN": tiny.replace(b'"calls": 9.0', b'"calls": NaN', 1),
        "infinity": tiny.replace(b'"calls": 9.0', b'"calls": 1e999', 1),
        "UTF-16": tiny.decode().encode("utf-16"),
        "Latin-1": b'{"name": "caf\xe9"}',
        "no JSON": b"name = 1",
        "half of a character": changed(tiny, name="\ud800"),
        "a character that ends strings": changed(tiny, name="a\0b"),
        "a number": b"7",
        "twice": b'{"name": "a", "name": "b"}',
        "very long number": b'{"name": ' + b"9" * 100_000 + b"}",
        "billion days": changed(tiny, horizon={"days": 10**9}),
        "billion agents": tiny.replace(b'"agents": [', b'"agents": 1000000000, "x": ['),
        "the same agent very often": changed(tiny, agents=[agent] * 20_000),
        "a time zone elsewhere": changed(
            tiny,
            horizon={"first_day": "2026-03-02", "time_zone": "../../../etc/passwd"},
        ),
    }


NAMES = tuple(plans(b'{"x": 1}'))


@pytest.mark.parametrize("name", NAMES)
def test_bad_plans_are_refused(served: Served, tiny: bytes, name: str) -> None:
    answer, growth = sent(served, plans(tiny)[name], JSON)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]
    assert growth < MOST_GROWTH


@pytest.mark.parametrize("path", ["check", "whatifs", "hires", "erlang"])
@pytest.mark.parametrize("escape", [r"\ud800", r"\u0000"])
def test_text_that_cannot_be_kept_is_refused_wherever_it_stands(
    served: Served, path: str, escape: str
) -> None:
    body = b'{"plan": {}, "%s": 1}' % escape.encode()
    with served.client() as client:
        answer = client.post(f"/v1/{path}", content=body, headers=JSON)
    assert answer.status_code in (400, 422), answer.text
    assert "detail" in answer.json()


def test_a_body_beyond_the_limit_is_refused(served: Served) -> None:
    answer, growth = sent(served, b" " * 10_000_001, JSON)
    assert answer.status_code == 413
    assert answer.json()["type"].endswith("too-large")
    assert growth < MOST_GROWTH
    with served.client() as client:
        streamed = client.post(
            "/v1/validate",
            headers=JSON,
            content=(b" " * 100_000 for _ in range(200)),
        )
        small = client.post("/v1/erlang", content=b" " * 100_000, headers=JSON)
    assert streamed.status_code == 413
    assert small.status_code == 413
    assert small.headers["content-type"] == "application/problem+json"


def test_too_many_rows_are_refused(desk: Desk, database: str, tmp_path: Path) -> None:
    write_plan(SAMPLES["tiny"](), tmp_path)
    with serving(desk, database, is_open=True, rows=10) as served:
        answer, _ = sent(served, zipped(tmp_path), ZIP)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "too_many_rows"


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "\t=1"])
def test_text_that_spreadsheets_would_run_is_only_text(
    served: Served, tmp_path: Path, text: str
) -> None:
    plan = json.loads(SAMPLES["tiny"]().model_dump_json())
    plan["agents"][0]["name"] = text
    with served.client() as client:
        found = client.post("/v1/validate", json=plan).json()
    assert found["valid"] is True


def test_nothing_is_left_behind(served: Served) -> None:
    folder = served.service.desk._folder
    sent(served, bomb(), ZIP)
    assert not list(folder.iterdir())


def test_where_too_many_wait_others_are_refused(served: Served, tiny: bytes) -> None:
    desk = served.service.desk
    before, desk._most = desk._most, 0
    try:
        answer, _ = sent(served, tiny, JSON)
    finally:
        desk._most = before
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def sent(served: Served, content: bytes, headers: dict[str, str]):
    """Send something; return the answer, and how much memory the process grew."""
    process = psutil.Process()
    with served.client() as client:
        before = process.memory_info().rss
        answer = client.post("/v1/requirements", content=content, headers=headers)
        growth = process.memory_info().rss - before
    assert answer.headers["content-type"] == "application/problem+json"
    return answer, growth
