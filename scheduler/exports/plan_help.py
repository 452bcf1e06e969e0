"""What a plan's workbook says of itself: meanings, defaults, examples, choices."""

from typing import Any

from scheduler.reading.layout import UNREAD, CellKind, Leaf

_EXAMPLES = {
    CellKind.DATE: "2026-03-02",
    CellKind.MOMENT: "2026-03-02 08:30",
    CellKind.DAY_OR_MOMENT: "2026-03-02, or 2026-03-02 08:30",
    CellKind.TIME: "08:30",
    CellKind.TRUTH: "yes",
}
_OWN_EXAMPLES = {
    "weekdays": "monday|friday",
    "shift_types": "early|late",
    "starts": "07:00-10:00/30|12:00",
    "length_minutes": "480|360",
    "handle_factors": "1|1.3|1.7",
    "hours": "09:00-13:00",
    "roles": "supervisor|first-aider",
    "public_holidays": "2026-04-03|2026-05-04",
    "closed": "2026-12-25|2026-12-26",
    "day": "monday, or 2026-03-02",
    "per": "week",
    "holidays": "GB-ENG",
    "horizon.time_zone": "Europe/London",
    **dict.fromkeys(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        "08:00-12:00|13:00-17:30",
    ),
}
_OWN_MEANINGS = {
    "agent_id": "Id of an agent, as on sheet agents.",
    "name": "Its name.",
    "queue": "A queue, as on sheet queues.",
    "case_type": "A case type, as on sheet case_types.",
    "contract": "A contract, as on sheet contracts.",
    "shift_type": "A shift type, as on sheet shift_types.",
    "shift_types": "Shift types, parted by |.",
    "skill": "A skill: of a queue or case type its name, unless it asks for another.",
    "team": "Name of a team.",
    "date": "A date.",
    "minutes": "Its length, minutes.",
    "start": "Its start, local time.",
    "end": "Its end, local time.",
    "cases": "How many.",
    "weekdays": "Days of the week, parted by |.",
    "paid": "Whether it is paid.",
    "public_holidays": "Dates that credit hours to contracts, parted by |; close "
    "calendars on them too.",
}
#: The sheet whose first column has the names that a column refers to.
_REFERENCES = {
    "agent_id": "agents",
    "other_id": "agents",
    "contract": "contracts",
    "queue": "queues",
    "case_type": "case_types",
    "from_case_type": "case_types",
    "shift_type": "shift_types",
    "calendar": "calendars",
    "sla.calendar": "calendars",
    "sla.rest.calendar": "calendars",
}


def explained(leaf: Leaf) -> str:
    """Return what a key means, what it may be, its default and an example."""
    key = leaf.path[-1]
    meaning = leaf.field.description or _OWN_MEANINGS.get(key) or _words(key)
    lines = [meaning]
    if leaf.choices and len(leaf.choices) > 1:
        lines.append(f"One of: {', '.join(leaf.choices)}.")
        if leaf.many:
            lines[-1] = f"Any of: {', '.join(leaf.choices)}; parted by |."
    if leaf.field.is_required():
        lines.append("Must be given.")
    elif "efault" not in meaning:
        lines.append(f"Default: {_default(leaf)}.")
    if example := _example(leaf):
        lines.append(f"Example: {example}")
    return "\n".join(lines)


def _words(key: str) -> str:
    words = key.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}."


def _example(leaf: Leaf) -> str:
    """Return an example, empty where one would say nothing."""
    for name in (leaf.name, leaf.path[-1]):
        if name in _OWN_EXAMPLES:
            return _OWN_EXAMPLES[name]
    if leaf.choices:
        return leaf.choices[0]
    return _EXAMPLES.get(leaf.kind, "")


def _default(leaf: Leaf) -> str:
    value: Any = leaf.field.get_default(call_default_factory=True)
    if value is None or value in ("", [], {}):
        return "none"
    if leaf.kind is CellKind.TIME:
        return f"{value // 60:02}:{value % 60:02}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        is_all = len(value) == len(leaf.choices)
        return "all" if is_all else "|".join(f"{each}" for each in value)
    return f"{value:g}" if isinstance(value, float) else f"{value}"


def formula_of_names(column: str, sheet: str) -> str | None:
    """Return a formula of the names that cells of a column offer, if there are any.

    >>> formula_of_names("queue", "calls")
    '=OFFSET(queues!$A$2,0,0,MAX(1,COUNTA(queues!$A:$A)-1),1)'
    """
    names = _REFERENCES.get(column)
    if names is None or names == sheet:
        return None
    return f"=OFFSET({names}!$A$2,0,0,MAX(1,COUNTA({names}!$A:$A)-1),1)"


def first_sentence(text: str) -> str:
    """Return what a docstring says first, without the name of a file.

    >>> first_sentence("calls.csv: forecast of one queue in one interval.")
    'Forecast of one queue in one interval.'
    """
    words = " ".join(text.split("\n\n")[0].split())
    file, _, rest = words.partition(": ")
    words = rest if file.endswith(".csv") else words
    return f"{words[:1].upper()}{words[1:]}"


def read_me_lines() -> list[str]:
    """Return how to fill the workbook, and what to do with it."""
    return [
        "This workbook is a plan: what a roster must do. Change it, save it, and then",
        "     ringfence validate plan.xlsx     says what is wrong: sheet, row, column",
        "     ringfence roster plan.xlsx --out roster     builds the roster",
        "     ringfence workbook plan.xlsx roster --out roster.xlsx     shows it",
        "",
        "Point at the header of a column to read what it means, its unit, its default "
        "and an example. Dark headers must be given, light ones may be left empty.",
        "An empty cell means the default. Several values in one cell are parted by | : "
        "monday|friday. A sheet that you do not need may stay empty.",
        "Dates and times may be typed as dates and times, or as text: 2026-03-02, "
        "2026-03-02 08:30, 08:30. Times are local, in the plan's time zone.",
        f"Sheets whose names begin with {UNREAD} are not read: for your own notes.",
    ]
