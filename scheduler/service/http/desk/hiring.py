"""What the desk does with a plan and a file of whom to hire that were sent."""

from scheduler.hiring.reading import hiring_of
from scheduler.hiring.sections import HiringFile
from scheduler.service.http.desk.beside import Beside
from scheduler.service.http.desk.given import Answer, Given

_HIRES = Beside("hire", "hires", HiringFile)


def hire(given: Given) -> Answer:
    """A plan and its hires in the form in which jobs keep them."""
    return _HIRES.taken(
        given,
        lambda file, plan: hiring_of(file, plan, given.options["most"]),
        lambda found: {
            "names": [week.name for week in found.weeks],
            "mixes": len(found.mixes()),
            "notes": found.notes,
        },
    )
