"""The page of scenarios: one HTML file that opens offline."""

from scheduler.report.page.render import rendered
from scheduler.rosters.document import Entry
from scheduler.version import VERSION
from scheduler.whatif.document import WhatIfDocument

SCRIPTS = ("scenarios.js", "scenarios_main.js")


class ScenariosPage(Entry):
    """What the page shows."""

    title: str
    locale: str
    time_zone: str
    version: str
    plan_hash: str
    found: WhatIfDocument


def scenarios_text(found: WhatIfDocument) -> str:
    """Return the HTML of a page of scenarios."""
    page = ScenariosPage(
        title=found.name or "Scenarios",
        locale=found.locale,
        time_zone=found.time_zone,
        version=VERSION,
        plan_hash=found.plan_hash,
        found=found,
    )
    return rendered("scenarios.html", SCRIPTS, page)
