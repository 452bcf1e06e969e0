"""What the desk does with a plan and a roster that are kept."""

import datetime as dt
import tempfile
from pathlib import Path

from icalendar import Calendar

from models.errors import InvalidInput
from scheduler.domain import Plan
from scheduler.exports.calendars import calendars
from scheduler.exports.roster_workbook import write_roster_workbook
from scheduler.exports.rostered import rostered
from scheduler.preparing import Prepared, prepare, prepare_made
from scheduler.report.page.content import page_document
from scheduler.report.page.sources import read_sources
from scheduler.rosters.comparing import compare as compared
from scheduler.rosters.explainer import Explainer
from scheduler.rosters.reading import read_roster
from scheduler.service.http.desk.given import XLSX, Answer, Given
from scheduler.service.http.problems import Refusal
from scheduler.simulating import Blend, Wanted
from scheduler.simulating import simulate as simulated
from scheduler.simulating.playable import refuse_unplayable

ICS = "text/calendar; charset=utf-8"


def _prepared(given: Given) -> Prepared:
    return prepare(Path(given.folder) / "plan.json")


def explain(given: Given) -> Answer:
    """Why this shift, who could step in, why calls are short, why cases breach."""
    prepared, asked = _prepared(given), given.options
    axis = prepared.translation.axis
    roster = read_roster(Path(given.folder), prepared.problem, axis).roster
    explainer = Explainer(prepared, roster)
    if asked["interval"] is not None:
        found = explainer.interval(dt.datetime.fromisoformat(asked["interval"]))
    elif asked["cases"] is not None:
        found = explainer.case_type(asked["cases"])
    elif asked["agent"] is not None:
        found = explainer.agent_day(asked["agent"], dt.date.fromisoformat(asked["day"]))
    else:
        found = explainer.missing_agent(
            asked["replace"], dt.date.fromisoformat(asked["day"])
        )
    return Answer(found.model_dump_json().encode())


def simulate(given: Given) -> Answer:
    """Play the weeks of a roster: would it keep its promise?"""
    prepared, asked = _prepared(given), given.options
    axis, folder = prepared.translation.axis, Path(given.folder)
    roster = read_roster(folder, prepared.problem, axis).roster
    try:
        refuse_unplayable(prepared.problem, roster, Path("roster"))
    except InvalidInput as error:
        raise Refusal("conflict", str(error)) from error
    half_width = asked["half_width"]
    wanted = Wanted(
        replications=asked["replications"],
        seed=asked["seed"],
        blend=Blend(asked["blend"]),
        reserve=asked["reserve"],
        resume=asked["resume_seconds"],
        confidence=asked["confidence"],
        half_width=None if half_width is None else half_width / 100,
        hand_on=not asked["keep_half_done"],
        workers=1,
    )
    found = simulated(prepared, roster, wanted)
    return Answer(found.model_dump_json().encode())


def page(given: Given) -> Answer:
    """Everything that a report shows of a roster."""
    sources = read_sources(_prepared(given), Path(given.folder))
    return Answer(page_document(sources).model_dump_json().encode())


def compare(given: Given) -> Answer:
    """What changes from one roster to another, told by the names of their folders."""
    folder = Path(given.folder)
    a, b = (folder / given.options[name] for name in ("first", "second"))
    # The plan was judged when its job was asked for: that is not done again.
    text = (folder / "plan.json").read_text(encoding="utf-8")
    found = compared(prepare_made(Plan.model_validate_json(text)), a, b)
    return Answer(found.model_dump_json().replace(f"{folder}/", "").encode())


def workbook(given: Given) -> Answer:
    """A roster as a workbook."""
    folder = Path(given.folder)
    path = folder / "roster.xlsx"
    write_roster_workbook(path, rostered(_prepared(given), folder))
    return Answer(path.read_bytes(), XLSX)


def calendar(given: Given) -> Answer:
    """A roster as one calendar: of one agent, or of everybody."""
    prepared, folder = _prepared(given), Path(given.folder)
    read = read_roster(folder, prepared.problem, prepared.translation.axis)
    made = dt.datetime.fromisoformat(given.options["made"])
    with tempfile.TemporaryDirectory(dir=folder) as empty:
        found = calendars(prepared.translation, read.roster, Path(empty), made)
    agent = given.options["agent"]
    if agent is None:
        return Answer(_together(list(found.texts.values())), ICS)
    if agent not in found.files:
        raise Refusal("not-found", "the roster has no shift of such an agent")
    return Answer(found.texts[found.files[agent]].encode(), ICS)


def _together(texts: list[str]) -> bytes:
    """Return the events of calendars in one, each zone told once."""
    whole = Calendar()
    zones = set()
    for n, text in enumerate(texts):
        one = Calendar.from_ical(text)
        if n == 0:
            for name in ("PRODID", "VERSION", "METHOD"):
                whole.add(name, one[name])
        for part in one.subcomponents:
            zone = part.get("TZID") if part.name == "VTIMEZONE" else None
            if zone is None or zone not in zones:
                whole.add_component(part)
            zones |= {zone} - {None}
    if not texts:
        whole.add("PRODID", "-//Ringfence//EN")
        whole.add("VERSION", "2.0")
    return bytes(whole.to_ical())
