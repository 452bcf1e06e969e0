"""What the desk does with a plan and scenarios of it that were sent."""

from scheduler.service.http.desk.beside import Beside
from scheduler.service.http.desk.given import Answer, Given
from scheduler.whatif.reading import scenarios_of
from scheduler.whatif.sections import ScenarioFile

_SCENARIOS = Beside("whatif", "scenarios", ScenarioFile)


def suppose(given: Given) -> Answer:
    """A plan and its scenarios in the form in which jobs keep them."""
    return _SCENARIOS.taken(
        given,
        lambda file, plan: scenarios_of(file, plan, given.options["most"]),
        lambda made: {"names": [one.scenario.name for one in made]},
    )
