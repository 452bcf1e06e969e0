"""The page of a hiring plan: one HTML file that opens offline."""

from scheduler.hiring.document import HireDocument
from scheduler.report.page.render import rendered
from scheduler.rosters.document import Entry
from scheduler.version import VERSION

SCRIPTS = ("hiring.js",)


class HiringPage(Entry):
    """What the page shows."""

    title: str
    locale: str
    time_zone: str
    version: str
    plan_hash: str
    found: HireDocument


def hiring_text(found: HireDocument) -> str:
    """Return the HTML of a page of a hiring plan."""
    page = HiringPage(
        title=found.name or "Hires",
        locale=found.locale,
        time_zone=found.time_zone,
        version=VERSION,
        plan_hash=found.plan_hash,
        found=found,
    )
    return rendered("hiring.html", SCRIPTS, page)
