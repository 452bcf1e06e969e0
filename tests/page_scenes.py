"""The views of the page that are drawn, and how to come to each of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.service.jobs.records import Order
from tests.service.conftest import Served


@dataclass
class Scene:
    """A page of the service that is being drawn.

    Attributes
    ----------
    job
        Of the roster.
    wrong
        A plan that has cells to mend.
    short
        Tells what a roster under way leaves short, as events do.
    supposed, hired
        The files of solved scenarios, and of a hiring plan; none where there are none.
    """

    page: Any
    served: Served
    job: str
    wrong: Path
    short: Callable[[], Mapping[str, Any]]
    supposed: Mapping[str, bytes]
    hired: Mapping[str, bytes]

    @property
    def plan(self) -> str:
        """The plan of the roster."""
        return self.served.backend.kept[self.job].files["plan.json"].decode()

    def go(self, place: str) -> None:
        """Go to a view."""
        is_there = self.page.url.startswith(self.served.url)
        self.page.goto(f"{self.served.url}/#/{place}")
        if is_there:  # then only the part after # has changed
            self.page.reload()
        self.page.wait_for_selector("html[data-ready]", timeout=120_000)

    def to(self, selector: str) -> None:
        """Have a part of the page at the top."""
        self.page.evaluate(f"document.querySelector('{selector}').scrollIntoView()")


def plans(it: Scene) -> None:
    it.go("plans")


def nothing(it: Scene) -> None:
    """Have no roster at all."""
    it.page.route("**/v1/rosters?*", lambda route: route.fulfill(json={"items": []}))


def no_plans(it: Scene) -> None:
    nothing(it)
    it.go("plans")


def no_rosters(it: Scene) -> None:
    nothing(it)
    it.go("roster")


def no_build(it: Scene) -> None:
    it.page.evaluate("sessionStorage.clear()") if "http" in it.page.url else None
    it.go("build")


def no_comparison(it: Scene) -> None:
    nothing(it)
    it.go("compare")


def plan(it: Scene) -> None:
    it.go(f"plans/of/{it.job}")
    it.page.wait_for_selector(".grid")


def wrong_plan(it: Scene) -> None:
    it.go("plans")
    it.page.set_input_files("input[aria-label^='Choose file']", it.wrong)
    it.page.wait_for_selector("input[aria-invalid=true]", timeout=60_000)


def pasted_rows(it: Scene) -> None:
    """Have two agents pasted below those that there are, one of them wrong."""
    plan(it)
    it.page.click("button:text-is('agents')")
    for _ in range(100):
        later = it.page.get_by_role("button", name="Later rows")
        if not later.count() or later.is_disabled():
            break
        later.click()
    it.page.locator(".grid tbody tr input").last.focus()
    it.page.keyboard.press("Insert")
    rows = "N1\tNora New\tAsh\tfull-tim\nN2\tNoah New\tAsh\tfull-time\n"
    it.page.evaluate(_PASTE, rows)
    it.page.wait_for_selector("input[aria-invalid=true]", timeout=60_000)


def demand(it: Scene) -> None:
    plan(it)
    it.go("demand")
    it.page.wait_for_selector(".card", timeout=60_000)


def build(it: Scene) -> None:
    plan(it)
    it.go("build")


def building(it: Scene) -> None:
    backend, job, short = it.served.backend, asked(it), it.short()
    backend.tell(job, "status", status="SOLVING")
    steps = ((2.0, None, 900.0), (3.5, 1500.0, 950.0), (6.0, 1210.0, 1010.0))
    for seconds, best, bound in (*steps, (9.0, 1090.0, 1052.0)):
        gap = None if best is None else best / bound - 1
        told = {"phase": "columns", "seconds": seconds, "bound": bound}
        told["so_far"] = None if best is None else short
        backend.tell(job, "incumbent", objective=best, gap=gap, **told)
    backend.tell(job, "log", line="columns: 412 patterns, 96 tours")
    it.go(f"build/{job}")
    it.page.locator(".chart").wait_for()


def asked(it: Scene) -> str:
    """Return the id of a job that waits."""
    name = json.loads(it.plan).get("name", "")
    order = Order("local", "page", it.plan, "0" * 64, name=name)
    return str(it.served.backend.submit(order).job.id)


def failed(it: Scene) -> None:
    job = asked(it)
    with it.served.client() as client:
        client.post(f"/v1/rosters/{job}/cancel")
    it.go(f"build/{job}")
    it.page.wait_for_timeout(500)


def roster(it: Scene) -> None:
    it.go(f"roster/{it.job}")


def who_works(it: Scene) -> None:
    roster(it)
    it.to("#roster")


def explained(it: Scene) -> None:
    roster(it)
    it.to("#roster")
    it.page.evaluate(_CHOOSE)
    it.page.wait_for_selector("#explained h3", timeout=120_000)
    it.to(".explained")


def simulated(it: Scene) -> None:
    roster(it)
    it.page.get_by_label("How often it is played").select_option("20")
    it.page.get_by_role("button", name="Simulate").click()
    it.page.locator("#simulated .chart canvas").wait_for(timeout=240_000)
    it.to("#simulation")


def blended(it: Scene) -> None:
    simulated(it)
    it.page.click("text=Play it between calls")
    it.page.wait_for_selector("#blending-means", timeout=240_000)
    it.to("#simulated > div:last-child")


def edit(it: Scene) -> None:
    with it.served.client() as client:
        made = client.post(f"/v1/rosters/{it.job}/drafts").json()["id"]
    it.go(f"edit/{made}")


def edited(it: Scene) -> None:
    """Have a day of somebody off, with the calls beneath in sight."""
    edit(it)
    it.page.evaluate(_CHOOSE)
    it.page.click("#chosen button:has-text('Day off')")
    it.page.wait_for_selector("#word h3", timeout=120_000)
    it.to("#roster")


def broken(it: Scene) -> None:
    """Have a shift end too late, a lock on it."""
    edit(it)
    it.page.evaluate(_CHOOSE)
    it.page.fill("#chosen input.time >> nth=1", "23:30")
    it.page.click("#chosen button:has-text('Change the shift')")
    it.page.wait_for_selector("#word h3", timeout=120_000)
    it.page.click("#chosen button:has-text('Lock')")
    it.page.wait_for_selector("#chosen button:has-text('Unlock')")


def to_publish(it: Scene) -> None:
    """Have what a publication would change for some, in sight before it is made."""
    with it.served.client() as client:
        client.timeout = 120
        client.post(f"/v1/rosters/{it.job}/publish", json={"reason": "as it is"})
        draft = client.post(f"/v1/rosters/{it.job}/drafts").headers["location"]
        rows = client.get(f"{draft}/roster").json()["rows"]
        some = {row["agent_id"]: row["date"] for row in rows[:60]}
        off = [{"op": "day_off", "agent_id": a, "date": day} for a, day in some.items()]
        tag = {"If-Match": client.get(draft).headers["etag"]}
        client.post(f"{draft}/edits", json={"edits": off}, headers=tag)
    it.go(f"edit/{draft.rpartition('/')[2]}")
    it.page.click("#publish")
    it.page.wait_for_selector("#to-publish table", timeout=120_000)


def refused(it: Scene) -> None:
    broken(it)
    it.page.click("#publish")
    it.page.click("button:has-text('Publish this version')")
    it.page.wait_for_selector("#published .problem", timeout=60_000)


def published(it: Scene) -> None:
    refused(it)
    it.page.fill("#reason", "she agreed to it")
    it.page.click("button:has-text('Publish this version')")
    it.page.wait_for_selector("#link-agent", timeout=60_000)
    agent = it.page.evaluate("data.people.find((each) => each.shifts.length).agent")
    it.page.fill("#link-agent", agent)
    it.page.click("button:has-text('Make a link')")
    it.page.wait_for_selector("#agent-link")


def own_week(it: Scene) -> None:
    published(it)
    it.page.goto(it.page.get_attribute("#agent-link", "href"))


def no_versions(it: Scene) -> None:
    it.page.route("**/v1/versions", lambda route: route.fulfill(json={"items": []}))
    it.go("versions")


def versions(it: Scene) -> None:
    two_versions(it)
    it.go("versions")


def versions_compared(it: Scene) -> None:
    one, other = two_versions(it)
    it.go(f"versions/{one}/{other}")
    it.page.wait_for_selector(".card", timeout=120_000)


def two_versions(it: Scene) -> tuple[str, str]:
    """Return two versions of the roster: as it is, and with somebody ill."""
    with it.served.client() as client:
        client.timeout = 120
        draft = client.post(f"/v1/rosters/{it.job}/drafts").headers["location"]
        row = client.get(f"{draft}/roster").json()["rows"][0]
        off = {"op": "day_off", "agent_id": row["agent_id"], "date": row["date"]}
        found, why = [], {"reason": "fell ill"}
        for edits in ([], [off]):
            tag = {"If-Match": client.get(draft).headers["etag"]}
            if edits:
                told = {"edits": edits}
                made = client.post(f"{draft}/edits", json=told, headers=tag)
                tag = {"If-Match": made.headers["etag"]}
            made = client.post(f"{draft}/publish", json=why, headers=tag)
            made.raise_for_status()
            found.append(made.json()["id"])
    return found[0], found[1]


def no_whatif(it: Scene) -> None:
    no_build(it)
    it.go("whatif")


def whatif(it: Scene) -> None:
    plan(it)
    it.go("whatif")
    it.page.click("text=One more")
    it.page.get_by_label("Calls, ± %, scenario 1").fill("10")


def whatif_waits(it: Scene) -> None:
    whatif(it)
    it.page.click("text=Solve the scenarios")
    it.page.locator("#state", has_text="Now: waiting").wait_for(timeout=60_000)
    job = it.page.url.rpartition("/")[2]
    it.served.backend.tell(job, "log", line="solved 1 of 3")
    it.page.locator(".log", has_text="solved 1 of 3").wait_for()


def whatif_done(it: Scene) -> None:
    whatif_waits(it)
    it.served.backend.complete(it.page.url.rpartition("/")[2], it.supposed)
    it.page.locator(".chart canvas").first.wait_for()


def hire(it: Scene) -> None:
    plan(it)
    it.go("hire")
    it.page.click("text=One more")


def hire_done(it: Scene) -> None:
    hire(it)
    it.page.click("text=Find whom to hire")
    it.page.locator("#state", has_text="Now: waiting").wait_for(timeout=60_000)
    it.served.backend.complete(it.page.url.rpartition("/")[2], it.hired)
    it.page.locator("#tried .chart").wait_for()


def compare(it: Scene) -> None:
    kept = it.served.backend.kept
    other = next(job for job in kept if job != it.job and kept[job].job.status.ended)
    it.go(f"compare/{it.job}/{other}")
    it.page.wait_for_selector(".card", timeout=120_000)


def unchosen(it: Scene) -> None:
    """Compare before anything is chosen."""
    it.go("compare")


def unknown(it: Scene) -> None:
    it.go(f"roster/{'0' * 32}")


def unreachable(it: Scene) -> None:
    it.page.route("**/v1/**", lambda route: route.abort())
    it.go("plans")


def signing_in(it: Scene) -> None:
    it.page.route("**/v1/**", lambda route: route.fulfill(status=401, json={}))
    it.page.goto(f"{it.served.url}/#/roster/{it.job}")
    it.page.wait_for_selector("#signin[open]")


_PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const told = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", told));
}"""
_CHOOSE = """() => {
  const row = roster.timeline.rows.find((each) => each.person?.shifts.length);
  const { person } = row;
  roster.timeline.chose({ person, minute: person.shifts[1] + 60 });
}"""
SCENES: tuple[Callable[[Scene], None], ...] = (
    plans, no_plans, plan, wrong_plan, pasted_rows, demand, no_build, build, building,
    failed, no_rosters, roster, who_works, explained, simulated, blended, edit, edited,
    broken, to_publish, refused, published, own_week, no_comparison, unchosen, compare,
    no_versions, versions, versions_compared, no_whatif, whatif, whatif_waits,
    whatif_done, hire, hire_done, unknown, unreachable, signing_in,
)  # fmt: skip
