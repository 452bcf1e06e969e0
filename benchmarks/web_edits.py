"""How long a draft takes on a server: to be opened, to be edited, to be dragged."""

import datetime as dt
import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from tests.page_server import given, having

_DRAG = """() => new Promise((done) => {
  const t = roster.timeline, box = t.canvas.getBoundingClientRect();
  const row = t.rows.findIndex((each) => each.person?.shifts.length);
  const [, start, minutes] = t.rows[row].person.shifts;
  const x = box.left + t.names +
    ((start + minutes / 2 - t.from) / (t.to - t.from)) * (t.width - t.names);
  const y = box.top + HEAD + (row + 0.5) * ROW;
  const send = (kind, dx, buttons) => t.canvas.dispatchEvent(new PointerEvent(kind,
    { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, clientX: x + dx,
      clientY: y, buttons, shiftKey: true }));
  t.host.setPointerCapture = () => {};
  const times = [];
  let last = performance.now();
  send("pointerdown", 0, 1);
  function step(now) {
    times.push(now - last);
    last = now;
    send("pointermove", 2 * times.length, 1);
    if (times.length < 90) requestAnimationFrame(step);
    else { send("pointercancel", 0, 0); done(times.slice(1)); }
  }
  requestAnimationFrame(step);
})"""


def opened_draft(client: httpx.Client, job: str) -> tuple[str, dict[str, float]]:
    """Return a new draft, and seconds until it is shown, and until an edit's answer."""
    begun = time.perf_counter()
    path = client.post(f"/v1/rosters/{job}/drafts").headers["location"]
    client.get(f"/v1/rosters/{job}/page").raise_for_status()
    client.get(f"{path}/weeks").raise_for_status()
    shown = time.perf_counter()
    rows = client.get(f"{path}/roster")
    rows.raise_for_status()
    ready = time.perf_counter()
    return path, {
        "draft_shown_s": round(shown - begun, 2),
        "draft_warm_s": round(ready - begun, 2),
    }


def edits_over_http(client: httpx.Client, path: str, count: int) -> dict[str, float]:
    """Return milliseconds of edits, each of another shift."""
    rows, rng = client.get(f"{path}/roster").json()["rows"], random.Random(3)
    times = []
    tag = client.get(path).headers["etag"]
    while len(times) < count:
        edit = _edit(rng.choice(rows), rng)
        begun = time.perf_counter()
        headers = {"If-Match": tag}
        answer = client.post(f"{path}/edits", json={"edits": [edit]}, headers=headers)
        took = time.perf_counter() - begun
        if answer.status_code != httpx.codes.OK:
            continue  # that shift is not there any more, or no room for it
        tag = answer.headers["etag"]
        times.append(1000 * took)
    times.sort()
    return {
        "edits": count,
        "edit_median_ms": round(statistics.median(times)),
        "edit_p95_ms": round(times[int(0.95 * count)]),
        "edit_max_ms": round(times[-1]),
    }


def edits_meanwhile(
    client: httpx.Client, path: str, other: str, most: int
) -> dict[str, float]:
    """Return how long edits of a draft take while another one is made ready."""
    rows = client.get(f"{path}/roster").json()["rows"]
    made = client.post(f"/v1/rosters/{other}/drafts").headers["location"]
    tag, times = client.get(path).headers["etag"], []
    with ThreadPoolExecutor(1) as beside:
        begun = time.perf_counter()
        warming = beside.submit(client.get, f"{made}/roster")
        for row in rows[:most]:
            if warming.done():
                break
            told = {"edits": [_moved(row, 15)]}
            start = time.perf_counter()
            answer = client.post(f"{path}/edits", json=told, headers={"If-Match": tag})
            times.append(1000 * (time.perf_counter() - start))
            tag = answer.headers.get("etag", tag)
        warming.result().raise_for_status()
        took = time.perf_counter() - begun
    return {
        "other_draft_warm_s": round(took, 2),
        "edits_meanwhile": len(times),
        "edit_meanwhile_median_ms": round(statistics.median(times)),
        "edit_meanwhile_max_ms": round(max(times)),
    }


def _edit(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Return an edit of a shift: at another time, or a day off."""
    if rng.random() < 0.2:
        return {"op": "day_off", "agent_id": row["agent_id"], "date": row["date"]}
    return _moved(row, rng.choice([-60, -30, -15, 15, 30, 60]))


def _moved(row: dict[str, Any], minutes: int) -> dict[str, Any]:
    """Return the edit that moves a shift."""
    same = {name: row[name] for name in ("agent_id", "date", "shift_type")}
    by = dt.timedelta(minutes=minutes)
    ends = {n: dt.datetime.fromisoformat(row[n]) + by for n in ("start", "end")}
    told = {name: moment.isoformat() for name, moment in ends.items()}
    return {"op": "shift", **same, **told}


def drag(browser: Any, url: str, path: str) -> dict[str, float]:
    """Return seconds to the editing view in a browser, and milliseconds of frames."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    begun = time.perf_counter()
    page.goto(f"{url}/#/edit/{path.rpartition('/')[2]}")
    page.wait_for_selector("html[data-ready=edit]", timeout=120_000)
    shown = time.perf_counter() - begun
    page.wait_for_timeout(500)
    frames = sorted(page.evaluate(_DRAG))
    page.close()
    return {
        "edit_view_s": round(shown, 2),
        "drag_median_ms": round(statistics.median(frames), 1),
        "drag_p95_ms": round(frames[int(0.95 * len(frames))], 1),
        "drag_worst_ms": round(frames[-1], 1),
    }


def measured_edits(
    browser: Any, plan: Path, made: Path, count: int
) -> dict[str, float]:
    """Return what planners wait for when they change a roster by hand."""
    with having(plan, made) as (found, job), found.client() as client:
        client.timeout = httpx.Timeout(120)
        path, opening = opened_draft(client, job)
        edits = edits_over_http(client, path, count)
        other = given(found, plan, made, name="another")
        meanwhile = edits_meanwhile(client, path, other, count)
        dragged = drag(browser, found.url, path)
    return {**opening, **edits, **meanwhile, **dragged}
