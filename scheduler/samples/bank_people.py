"""People of the sample ``retail-bank``; names are invented."""

import datetime as dt

from scheduler.tables import (
    Agent,
    Availability,
    BookRow,
    History,
    Leave,
    Meeting,
    Pin,
    PinKind,
    Preference,
    PreferenceKind,
    RuleLevel,
    RuleName,
    Skill,
)

PEOPLE = """
A01 Ash   | Amira Khan      | full-time      | phones loans changes
A02 Ash   | Ben Whitlock    | full-time      | phones changes
A03 Ash   | Chloe Adeyemi   | full-time      | phones loans changes
A04 Ash   | David Osei      | full-time      | phones loans
A05 Ash   | Ewa Nowak       | full-time      | phones complaints loans changes
A06 Ash   | Farid Rahman    | four-day       | phones loans changes
A07 Ash   | Grace Bennett   | full-time      | phones complaints changes
A08 Ash   | Hugh Pritchard  | office         | complaints loans
A09 Ash   | Ines Duarte     | part-time 22.5 | phones changes
A10 Ash   | Jack Murray     | full-time      | phones loans
B01 Birch | Kiran Patel     | full-time      | phones loans
B02 Birch | Lena Fischer    | full-time      | phones changes
B03 Birch | Marcus Hale     | full-time      | phones loans changes
B04 Birch | Nadia Hussain   | four-day       | phones complaints changes
B05 Birch | Owen Davies     | office         | complaints loans
B06 Birch | Priya Sharma    | full-time      | phones loans changes
B07 Birch | Quentin Moss    | part-time 20   | phones
B08 Birch | Rosa Almeida    | part-time 22.5 | phones changes
B09 Birch | Sam Doyle       | full-time      | phones changes
B10 Birch | Tara Quinn      | four-day       | loans changes
C01 Cedar | Umar Siddiqui   | full-time      | phones complaints loans
C02 Cedar | Vera Novak      | full-time      | phones loans
C03 Cedar | Will Turner     | four-day       | phones changes
C04 Cedar | Xenia Petrou    | full-time      | phones loans changes
C05 Cedar | Yusuf Demir     | part-time 20   | phones changes
C06 Cedar | Zoe Clarke      | part-time 22.5 | phones
C07 Cedar | Adam Reid       | full-time      | phones changes
C08 Cedar | Bella Costa     | student        | phones
C09 Cedar | Callum Grant    | student        | phones changes
C10 Cedar | Dina Haddad     | part-time 20   | phones loans
"""
TRAINEES = {"B09", "C07"}
LOAN_LINE = {
    "A01",
    "A03",
    "A04",
    "A05",
    "A10",
    "B01",
    "B03",
    "B06",
    "C01",
    "C02",
    "C04",
}

SATURDAY = dt.date(2026, 3, 7)
SATURDAY_ROTA = ("B01", "B03", "B07", "B09", "C01", "C05", "C08", "C09", "C10")
LAST_SATURDAY = dt.date(2026, 2, 28)
ONE_TO_ONES = ("A01", "A02", "A04", "A05", "A06", "B01", "B03", "B06", "C02", "C04")
TEAM_MEETING = ("C01", "C02", "C03", "C04", "C07")
WORKED_LAST_SATURDAY = ("A01", "A02", "A03", "A04", "A06", "A10")
WORKED_LAST_WEEK = ("B01", "C01")  # every day up to the Sunday


def _rows() -> list[list[str]]:
    """Return id and team, name, contract, skills of everybody."""
    lines = PEOPLE.strip().splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def agents() -> list[Agent]:
    """Return everybody."""
    return [
        Agent(agent_id=who.split()[0], name=name, team=who.split()[1], contract=terms)
        for who, name, terms, _ in _rows()
    ]


def skills() -> list[Skill]:
    """Return what they can do; trainees work at eight tenths of the speed."""
    return [
        Skill(agent_id=agent, skill=skill, speed=0.8 if agent in TRAINEES else 1)
        for agent, known in ((who.split()[0], known) for who, *_, known in _rows())
        for skill in [*known.split(), *(["loan line"] if agent in LOAN_LINE else [])]
    ]


def availability() -> list[Availability]:
    """Return the Saturday rota, a fixed day off, parents and students."""
    rows = [
        Availability(agent_id=agent.agent_id, day=SATURDAY, available=False)
        for agent in agents()
        if agent.agent_id not in SATURDAY_ROTA
    ]
    rows.append(Availability(agent_id="A06", day="wednesday", available=False))
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday"):
        rows += [
            Availability(agent_id="A09", day=day, start="08:00", end="14:30"),
            Availability(agent_id="B08", day=day, start="16:00", available=False),
            Availability(agent_id="C08", day=day, start="15:00", end="21:00"),
            Availability(agent_id="C09", day=day, start="13:00", end="21:00"),
        ]
    rows += [
        Availability(agent_id="C08", day="saturday", start="08:00", end="18:00"),
        Availability(agent_id="C09", day="saturday", start="08:00", end="14:00"),
    ]
    return rows


def leave() -> list[Leave]:
    """Return a week's leave, single days, an hour or two."""
    return [
        Leave(
            agent_id="A07", start="2026-03-02", end="2026-03-08", credited_hours=37.5
        ),
        Leave(agent_id="A10", start="2026-03-04T08:00", end="2026-03-04T11:00"),
        Leave(agent_id="B02", start="2026-03-05", end="2026-03-06", credited_hours=15),
        Leave(agent_id="B04", start="2026-03-06", end="2026-03-06", credited_hours=7.5),
        Leave(
            agent_id="C09",
            start="2026-03-04T13:00",
            end="2026-03-04T18:00",
            credited_hours=2.5,
        ),
    ]


def meetings() -> list[Meeting]:
    """Return 1:1s anywhere in the week, a team meeting and the trainees' course."""
    rows = [Meeting(agent_id=a, name="1:1", minutes=30) for a in ONE_TO_ONES]
    rows += [
        Meeting(agent_id=a, name="team meeting", minutes=30, start="2026-03-04T08:15")
        for a in TEAM_MEETING
    ]
    rows += [
        Meeting(
            agent_id=a, name="lending course", minutes=120, start="2026-03-05T14:00"
        )
        for a in sorted(TRAINEES)
    ]
    return rows


def _worked(agent: str, day: dt.date, start: dt.time, end: dt.time) -> History:
    """Return a shift of the past with half an hour's lunch."""
    first, last = dt.datetime.combine(day, start), dt.datetime.combine(day, end)
    minutes = int((last - first).total_seconds() // 60)
    return History(agent_id=agent, start=first, end=last, paid_minutes=minutes - 30)


def history() -> list[History]:
    """Return last Saturday, and the two who also tested the new system on Sunday."""
    rows = [
        _worked(agent, LAST_SATURDAY, dt.time(9), dt.time(17))
        for agent in WORKED_LAST_SATURDAY
    ]
    for agent in WORKED_LAST_WEEK:
        rows += [
            _worked(agent, LAST_SATURDAY - dt.timedelta(ago), dt.time(9), dt.time(17))
            for ago in (3, 2, 1, 0)
        ]
        sunday = LAST_SATURDAY + dt.timedelta(1)
        rows.append(_worked(agent, sunday, dt.time(14, 30), dt.time(22, 30)))
    return rows


def pins() -> list[Pin]:
    """Return a day off that was promised, and the opener on Monday."""
    return [
        Pin(agent_id="C03", date="2026-03-06", pin=PinKind.OFF),
        Pin(
            agent_id="C02",
            date="2026-03-02",
            pin=PinKind.SHIFT,
            shift_type="day",
            start="08:00",
            length_minutes=480,
        ),
    ]


def rule_book() -> list[BookRow]:
    """Return what was agreed with the staff: two days off together, if possible."""
    return [
        BookRow(
            rule=RuleName.DAYS_OFF_TOGETHER,
            level=RuleLevel.PREFERRED,
            min=2,
            weight=2,
        )
    ]


def preferences() -> list[Preference]:
    """Return the wishes: evenings and Saturdays are what most want to avoid."""
    saturdays = [
        Preference(agent_id=agent, day="saturday", wish=PreferenceKind.AVOID, weight=w)
        for agent, w in (("B01", 0.25), ("B03", 0.5), ("C01", 0.25), ("C05", 0.5))
    ]
    evenings = [
        Preference(
            agent_id=agent,
            day=day,
            wish=PreferenceKind.AVOID,
            start="17:00",
            end="24:00",
            weight=weight,
        )
        for agent, day, weight in (
            ("A01", "thursday", 0.5),
            ("A03", "friday", 0.5),
            ("B09", "tuesday", 0.3),
            ("C02", "thursday", 1),
        )
    ]
    return [
        *saturdays,
        *evenings,
        Preference(agent_id="C08", day="saturday", wish=PreferenceKind.WORK, weight=2),
        Preference(
            agent_id="A04",
            day="monday",
            wish=PreferenceKind.SHIFT_TYPE,
            shift_type="late",
            weight=2,
        ),
        Preference(agent_id="C10", day="monday", wish=PreferenceKind.AVOID, weight=0.5),
    ]
