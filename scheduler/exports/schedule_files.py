"""Files of a schedule in the shapes of other tools."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from models.roster.problem import Kind
from scheduler.domain import Codes, Exports, GenesysCodes, Plan
from scheduler.exports.planned import SHIFT
from scheduler.exports.schedule import (
    LEAVE,
    AgentSchedule,
    Doing,
    Schedule,
    code_of,
    utc_text,
)
from scheduler.exports.schedule_genesys import genesys_files
from scheduler.rosters.cells import csv_text
from scheduler.tables.guarded import guarded

SCHEDULE_COLUMNS = (
    "schedule_id", "version", "agent_id", "agent_name", "shift_id", "shift_start",
    "shift_end", "activity_id", "activity_code", "activity_type", "queue", "start",
    "end", "start_local", "end_local", "time_zone", "length_minutes", "paid",
    "is_overtime", "locked",
)  # fmt: skip
SHIFT_COLUMNS = (
    "shift_id", "shift_version", "agent_arn", "shift_start_timestamp",
    "shift_end_timestamp", "is_deleted",
)  # fmt: skip
ACTIVITY_COLUMNS = (
    "shift_id", "shift_version", "activity_id", "activity_start_timestamp",
    "activity_end_timestamp", "shift_activity_arn", "activity_status", "is_overtime",
    "is_deleted",
)  # fmt: skip
PIPE_COLUMNS = ("agentId", "scheduleDate", "activityCode", "startTime", "stopTime")
MOST_WEEKS = 6
_WORK = ("voice", "case", SHIFT)
_NOTHING = ("voice", "idle", SHIFT)  # what a tool calls work as a matter of course


class Format(StrEnum):
    """Shapes of a schedule."""

    SCHEDULE = "schedule"
    AMAZON = "amazon"
    GENESYS = "genesys"
    IEX_PIPE = "iex-pipe"


def schedule_files(
    schedule: Schedule, form: Format, exports: Exports, version: int
) -> dict[str, str]:
    """Return the files of a schedule by their names."""
    return _FILES[form](schedule, exports, version)


def codes_of(form: Format, exports: Exports) -> Codes:
    """Return what a tool calls agents and activities."""
    told: Codes = getattr(exports, form.replace("-", "_"))
    return told


def _schedule(schedule: Schedule, exports: Exports, version: int) -> dict[str, str]:
    rows = (
        [schedule.uid, version, *row]
        for own in schedule.agents
        for row in _activity_rows(schedule, own, exports.schedule)
    )
    return {"schedule.csv": csv_text(SCHEDULE_COLUMNS, rows)}


def _activity_rows(
    schedule: Schedule, own: AgentSchedule, told: Codes
) -> Iterator[list[object]]:
    """Yield the activities of an agent, then the leave."""
    agent = own.agent
    who = [
        guarded(told.agents.get(agent.agent_id, agent.agent_id)),
        guarded(agent.name),
    ]
    for shift in own.shifts:
        home = [shift.uid, _offset(shift.start), _offset(shift.end)]
        for doing in shift.doings:
            is_work = doing.kind in _WORK
            yield [
                *who, *home, doing.uid,
                guarded(code_of(doing.kind, doing.name, told)),
                "PRODUCTIVE" if is_work else "NON_PRODUCTIVE",
                guarded(_queue(doing)),
                *_times(doing.start, doing.end, schedule.time_zone), doing.minutes,
                _yes(doing.is_paid), _yes(doing.is_overtime), _yes(shift.is_locked),
            ]  # fmt: skip
    for leave in own.leave:
        off = Doing(leave.uid, leave.start, leave.end, LEAVE, "", leave.is_paid)
        yield [
            *who, "", "", "", off.uid, guarded(code_of(LEAVE, "", told)), "LEAVE", "",
            *_times(off.start, off.end, schedule.time_zone), off.minutes,
            _yes(off.is_paid), _yes(False), _yes(True),
        ]  # fmt: skip


def _queue(doing: Doing) -> str:
    """Return the work of an activity, several queues parted by bars."""
    if doing.kind == "voice":
        return doing.name.replace("+", "|")
    return doing.name if doing.kind == "case" else ""


def _times(start: dt.datetime, end: dt.datetime, zone: str) -> list[str]:
    return [_offset(start), _offset(end), _local(start), _local(end), zone]


def _amazon(schedule: Schedule, exports: Exports, version: int) -> dict[str, str]:
    """Return tables named as the data lake's: work without a code has none."""
    told = exports.amazon
    known = Codes(codes=dict.fromkeys(_NOTHING, "") | told.codes)
    every = [
        (own.agent.agent_id, shift) for own in schedule.agents for shift in own.shifts
    ]
    shifts = (
        [
            shift.uid, version, guarded(told.agents.get(agent, agent)),
            utc_text(shift.start), utc_text(shift.end), "false",
        ]
        for agent, shift in every
    )  # fmt: skip
    activities = (
        [
            shift.uid, version, doing.uid, utc_text(doing.start), utc_text(doing.end),
            guarded(_arn(doing, known)), "",
            "true" if doing.is_overtime else "false", "false",
        ]
        for _, shift in every
        for doing in shift.doings
    )  # fmt: skip
    return {
        "staff_shifts.csv": csv_text(SHIFT_COLUMNS, shifts),
        "staff_shift_activities.csv": csv_text(ACTIVITY_COLUMNS, activities),
    }


def _arn(doing: Doing, known: Codes) -> str:
    return code_of(doing.kind, doing.name, known)


def _iex(schedule: Schedule, exports: Exports, version: int) -> dict[str, str]:
    """Return activities by the date of their shift, local times.

    A stop before its start is on the next day.
    """
    told = exports.iex_pipe
    out = io.StringIO()
    writer = csv.writer(out, delimiter="|", lineterminator="\n")
    writer.writerow(PIPE_COLUMNS)
    for own in schedule.agents:
        agent = guarded(told.agents.get(own.agent.agent_id, own.agent.agent_id))
        for shift in own.shifts:
            for doing in shift.doings:
                code = guarded(code_of(doing.kind, doing.name, told))
                clocks = [f"{at:%H:%M}" for at in (doing.start, doing.end)]
                writer.writerow([agent, f"{shift.date:%m%d%Y}", code, *clocks])
    return {"iex_schedule.txt": out.getvalue()}


def _offset(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _local(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"


_FILES: dict[Format, Callable[[Schedule, Exports, int], dict[str, str]]] = {
    Format.SCHEDULE: _schedule,
    Format.AMAZON: _amazon,
    Format.GENESYS: genesys_files,
    Format.IEX_PIPE: _iex,
}


def export_notes(schedule: Schedule, form: Format, plan: Plan) -> list[str]:
    """Return what whoever hands a schedule on should know of its file."""
    told = codes_of(form, plan.exports)
    notes = [*schedule.notes, *_strange(form, told, plan)]
    if form is not Format.SCHEDULE:
        notes += _unnamed(schedule, form, told)
    if form is Format.IEX_PIPE:
        notes += _read_twice(schedule)
    if form is Format.GENESYS and schedule.days > 7 * MOST_WEEKS:
        notes.append(f"an import takes {MOST_WEEKS} weeks at most")
    return notes


def _unnamed(schedule: Schedule, form: Format, told: Codes) -> Iterator[str]:
    """Yield who and what goes through as it is."""
    section = f"exports.{form.replace('-', '_')}"
    agents = [o.agent.agent_id for o in schedule.agents if o.shifts]
    without = [agent for agent in agents if agent not in told.agents]
    if without:
        yield f"{_some(without)}: no id in {section}.agents, so they stay as they are"
    spare = _NOTHING if form is Format.AMAZON else ()
    doings = (d for o in schedule.agents for s in o.shifts for d in s.doings)
    names = {
        d.name or d.kind: None
        for d in doings
        if not {d.kind, d.name} & told.codes.keys() and d.kind not in spare
    }
    if names:
        yield (
            f"{_some(list(names))}: no code in {section}.codes, so they stay as they "
            "are"
        )


def _strange(form: Format, told: Codes, plan: Plan) -> Iterator[str]:
    """Yield the names in [exports] that the plan does not have."""
    names = {
        *(queue.name for queue in plan.queues),
        *(kind.name for kind in plan.case_types),
        *(kind.name for kind in plan.shift_types),
        *(pause.name for kind in plan.shift_types for pause in kind.breaks),
        *(meeting.name for meeting in plan.meetings),
        *(kind.value for kind in Kind),
        LEAVE,
    }
    lists = {
        "codes": (names, told.codes),
        "agents": ({own.agent_id for own in plan.agents}, told.agents),
    }
    if isinstance(told, GenesysCodes):
        contracts = {own.name for own in plan.contracts}
        lists["work_plans"] = contracts, told.work_plans
    for key, (known, own) in lists.items():
        # Those on several queues at once have their names with a plus between.
        strange = [n for n in own if n not in known and not {*n.split("+")} <= known]
        if strange:
            section = f"exports.{form.replace('-', '_')}.{key}"
            yield f"{section}: the plan does not have {_some(strange)}"


def _read_twice(schedule: Schedule) -> Iterator[str]:
    count = sum(
        at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()
        for own in schedule.agents
        for shift in own.shifts
        for doing in shift.doings
        for at in (doing.start, doing.end)
    )
    if count:
        yield (
            f"{count} times lie in an hour that the clock shows twice, which this "
            "format cannot tell apart"
        )


def _some(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
