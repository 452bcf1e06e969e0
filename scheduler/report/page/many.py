"""Pages of many solves of a plan: one HTML file each, that opens offline."""

from dataclasses import dataclass

from pydantic import SerializeAsAny

from scheduler.report.page.render import rendered
from scheduler.rosters.document import Entry
from scheduler.version import VERSION
from scheduler.whatif.head import PlanSolvesDocument


class ManyPage(Entry):
    """What such a page shows."""

    title: str
    locale: str
    time_zone: str
    version: str
    plan_hash: str
    found: SerializeAsAny[PlanSolvesDocument]


@dataclass(frozen=True)
class Drawn:
    """How a document is drawn; ``title`` is for plans without a name."""

    title: str
    page: str
    scripts: tuple[str, ...]

    def text(self, found: PlanSolvesDocument) -> str:
        """Return the HTML of a page of a document."""
        page = ManyPage(
            title=found.name or self.title,
            locale=found.locale,
            time_zone=found.time_zone,
            version=VERSION,
            plan_hash=found.plan_hash,
            found=found,
        )
        return rendered(self.page, self.scripts, page)


#: What draws each of them, here and on the planner's page.
SCENARIO_SCRIPTS = ("scenario_figures.js", "frontier.js", "scenarios.js")
HIRING_SCRIPTS = ("hiring.js",)
SCENARIOS = Drawn(
    "Scenarios", "scenarios.html", (*SCENARIO_SCRIPTS, "scenarios_main.js")
)
HIRES = Drawn("Hires", "hiring.html", (*HIRING_SCRIPTS, "hiring_main.js"))
