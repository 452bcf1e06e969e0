"""The same rules without any of the tables: lists that are looked through each time."""

import heapq
from dataclasses import dataclass, field
from math import inf
from typing import Any

from models.simulation import Blend, Centre, Chance

ENDS, GOES, CASE, CALL = range(4)  # what goes first at the same moment
_ENDS = {"call_ends": 0, "case_ends": 0, "settled": 1, "break_ends": 2}
_COMES = 3


@dataclass
class Person:
    number: int
    place: int = 0  # 0: away, else pool + 1
    free_since: float | None = None
    free_turn: int = 0
    calls: dict[int, float] = field(default_factory=dict)  # what is left of each
    told: float = 0.0
    case: int | None = None
    case_from: float = 0.0
    settling: bool = False
    wanted: list[tuple[int, float]] = field(default_factory=list)  # place, break
    break_until: float = -inf
    after_break: int | None = None
    kept: dict[int, int] = field(default_factory=dict)  # half-done cases by kind
    stamp: int = 0


class Naive:
    """Plays a centre; ``state``, ``wait``, ``took`` by call, ``done`` by case."""

    def __init__(self, centre: Centre, chance: Chance) -> None:
        self.centre, self.calls, self.items = centre, chance.calls, chance.items
        self.people = [Person(a) for a in range(len(centre.staff.queue_speed))]
        self.waiting: list[int] = []
        self.desk: list[tuple[float, int]] = []  # deadline, case
        self.turn = 0
        self.state = [0] * len(self.calls)
        self.wait = [0.0] * len(self.calls)
        self.took = [0.0] * len(self.calls)
        self.rest = self.items["work"].tolist()
        self.due = self.items["due"].tolist()
        self.released = [inf] * len(self.items)
        self.done = [inf] * len(self.items)
        self.ahead: list[tuple[float, int, Any, Any]] = []
        events = centre.staff.events
        for e in range(len(events)):
            if not chance.absent[events["shift"][e]]:
                self.later(float(events["at"][e]), GOES, e)
        for i in range(chance.begin):
            self.later(float(self.items["release"][i]), CASE, i)
        for c in range(len(self.calls)):
            self.later(float(self.calls["at"][c]), CALL, c)

    def later(self, when: float, what: int, about: Any, order: Any = None) -> None:
        self.turn += 1
        heapq.heappush(self.ahead, (when, what, order or (self.turn,), about))

    def play(self) -> None:
        while self.ahead:
            now, what, _, about = heapq.heappop(self.ahead)
            if what == GOES:
                self.goes(about, now)
            elif what == CASE:
                self.case_comes(about, now)
            elif what == CALL:
                self.call_comes(about, now)
            elif about[0] == "comes":
                self.case_comes(about[1], now)
            elif self.people[about[1]].stamp == about[2]:
                getattr(self, about[0])(self.people[about[1]], now)
        for call in self.waiting:
            self.gives_up(call)

    # --- pools -------------------------------------------------------------------

    def serves(self, person: Person, queue: int) -> bool:
        pool = person.place - 1
        staff = self.centre.staff
        able = staff.queue_speed[person.number, queue] > 0
        return bool(pool >= 0 and staff.serves[pool, queue] and able)

    def kind_of(self, person: Person) -> int:
        return int(self.centre.staff.pools[person.place - 1])

    def rank(self, person: Person) -> int:
        return int(self.centre.staff.serves[person.place - 1].sum())

    def begun(self, person: Person, when: float, what: str) -> None:
        person.stamp += 1
        order = (person.stamp, person.number, _ENDS[what])
        self.later(when, ENDS, (what, person.number, person.stamp), order)

    def is_free(self, person: Person, now: float) -> None:
        self.turn += 1
        person.free_since, person.free_turn = now, self.turn

    # --- calls -------------------------------------------------------------------

    def order_of_free(self, person: Person) -> tuple[Any, ...]:
        return self.rank(person), person.free_since, person.place, person.free_turn

    def gives_up(self, call: int) -> None:
        patience = float(self.calls["patience"][call])
        if patience < inf:
            self.state[call], self.wait[call] = 2, patience

    def slots(self, queue: int) -> int:
        return len(self.centre.queues[queue].factors)

    def call_comes(self, call: int, now: float) -> None:
        queue = int(self.calls["queue"][call])
        free = [
            p for p in self.people if p.free_since is not None and self.serves(p, queue)
        ]
        if free:
            best = min(free, key=self.order_of_free)
            best.free_since = None
            self.takes(best, call, now)
            return
        chatting = [
            p
            for p in self.people
            if p.calls
            and int(self.calls["queue"][next(iter(p.calls))]) == queue
            and len(p.calls) < self.slots(queue)
            and not p.wanted
        ]
        if chatting:
            self.takes(min(chatting, key=lambda p: len(p.calls)), call, now)
            return
        if self.centre.blend is not Blend.THRESHOLD:
            busy = [
                p
                for p in self.people
                if p.case is not None and self.kind_of(p) < 0 and self.serves(p, queue)
            ]
            if busy:
                person = min(busy, key=lambda p: (self.rank(p), p.case_from))
                self.put_aside(person, now)
                self.takes(person, call, now)
                return
        self.waiting.append(call)

    def takes(self, person: Person, call: int, now: float) -> None:
        queue = int(self.calls["queue"][call])
        self.state[call] = 1
        self.wait[call] = now - float(self.calls["at"][call])
        self.bring_up(person, now)
        speed = self.centre.staff.queue_speed[person.number, queue]
        person.calls[call] = float(self.calls["handle"][call]) / speed
        self.next_end(person, now)

    def factor(self, person: Person) -> float:
        queue = int(self.calls["queue"][next(iter(person.calls))])
        return self.centre.queues[queue].factors[len(person.calls) - 1]

    def bring_up(self, person: Person, now: float) -> None:
        if person.calls:
            gone = (now - person.told) / self.factor(person)
            person.calls = {c: left - gone for c, left in person.calls.items()}
        person.told = now

    def next_end(self, person: Person, now: float) -> None:
        left = max(0.0, min(person.calls.values())) * self.factor(person)
        self.begun(person, now + left, "call_ends")

    def call_ends(self, person: Person, now: float) -> None:
        self.bring_up(person, now)
        call = min(person.calls, key=lambda c: person.calls[c])
        queue = int(self.calls["queue"][call])
        self.took[call] = now - float(self.calls["at"][call]) - self.wait[call]
        del person.calls[call]
        if person.calls:
            more = None if person.wanted else self.first(now, [queue])
            if more is None:
                self.next_end(person, now)
            else:
                self.takes(person, more, now)
            return
        if not person.wanted:
            self.available(person, now)
            return
        (place, length), *rest = person.wanted
        person.wanted = []
        later = person.after_break
        self.go(person, place, now)
        assert not rest
        if length > 0 and later != 0:
            person.break_until, person.after_break = now + length, later
            self.begun(person, now + length, "break_ends")

    def first(self, now: float, queues: list[int]) -> int | None:
        """Take who should be next off those that wait."""
        still = []
        for call in self.waiting:
            if float(self.calls["at"][call] + self.calls["patience"][call]) <= now:
                self.gives_up(call)
            else:
                still.append(call)
        self.waiting = still
        able = [c for c in self.waiting if int(self.calls["queue"][c]) in queues]
        if not able:
            return None
        call = min(
            able,
            key=lambda c: (
                self.centre.queues[int(self.calls["queue"][c])].priority,
                float(self.calls["at"][c]),
            ),
        )
        self.waiting.remove(call)
        return call

    # --- who goes where ----------------------------------------------------------

    def goes(self, event: int, now: float) -> None:
        row = self.centre.staff.events[event]
        person, place = self.people[int(row["agent"])], int(row["activity"])
        if person.calls:
            if person.wanted and person.wanted[0][1] > 0:
                person.after_break = place
            else:
                person.wanted = [(place, float(row["kept"]))]
        elif now < person.break_until:
            person.after_break = place
        else:
            self.go(person, place, now)

    def break_ends(self, person: Person, now: float) -> None:
        if person.after_break is not None:
            self.go(person, person.after_break, now)

    def go(self, person: Person, place: int, now: float) -> None:
        if person.case is not None:
            self.put_aside(person, now)
        if person.settling:
            person.stamp += 1
        person.settling, person.free_since = False, None
        person.break_until, person.after_break = -inf, None
        person.place = place
        if place == 0:
            return
        kind = self.kind_of(person)
        if kind < 0:
            self.available(person, now)
        elif self.centre.kinds[kind].settling_seconds > 0:
            person.settling = True
            ready = now + self.centre.kinds[kind].settling_seconds
            self.begun(person, ready, "settled")
        else:
            self.next_case(person, now)

    def settled(self, person: Person, now: float) -> None:
        person.settling = False
        self.next_case(person, now)

    def available(self, person: Person, now: float, at_it: bool = False) -> None:
        queues = [q for q in range(len(self.centre.queues)) if self.serves(person, q)]
        call = self.first(now, queues)
        if call is not None:
            self.takes(person, call, now)
            return
        self.is_free(person, now)
        self.between_calls(person, now, at_it)

    # --- cases -------------------------------------------------------------------

    def speed(self, person: Person, kind: int) -> float:
        own = self.centre.staff.kind_speed[person.number, kind]
        return float(own) * self.centre.kinds[kind].utilisation

    def most_urgent(self, kinds: list[int]) -> tuple[float, int] | None:
        able = [row for row in self.desk if int(self.items["kind"][row[1]]) in kinds]
        return min(able, default=None)

    def next_case(self, person: Person, now: float) -> None:
        kind = self.kind_of(person)
        case = person.kept.pop(kind, None)
        if case is None:
            row = self.most_urgent([kind])
            if row is None:
                self.is_free(person, now)
                return
            self.desk.remove(row)
            case = row[1]
        self.begins(person, case, now)

    def begins(self, person: Person, case: int, now: float) -> None:
        kind = int(self.items["kind"][case])
        person.case, person.case_from = case, now
        self.begun(
            person, now + self.rest[case] / self.speed(person, kind), "case_ends"
        )

    def is_between(self, kind: int) -> bool:
        fenced = self.centre.blend is Blend.RING_FENCED
        return self.centre.kinds[kind].between_calls or not fenced

    def between_calls(self, person: Person, now: float, at_it: bool = False) -> None:
        alike = [
            p
            for p in self.people
            if p.free_since is not None and p.place == person.place
        ]
        threshold = self.centre.blend is Blend.THRESHOLD
        if threshold and len(alike) <= self.centre.reserve:
            return
        kinds = [
            k
            for k in range(len(self.centre.kinds))
            if self.speed(person, k) > 0 and self.is_between(k)
        ]
        own = [k for k in kinds if k in person.kept]
        if own:
            kind = own[0]
            case = person.kept.pop(kind)
        else:
            row = self.most_urgent(kinds)
            if row is None:
                return
            self.desk.remove(row)
            case, kind = row[1], int(self.items["kind"][row[1]])
        person.free_since = None
        lost = 0.0 if at_it else self.centre.kinds[kind].resume_seconds
        self.begins(person, case, now + lost)

    def put_aside(self, person: Person, now: float) -> None:
        case = person.case
        assert case is not None
        kind = int(self.items["kind"][case])
        gone = max(0.0, now - person.case_from) * self.speed(person, kind)
        self.rest[case] = max(0.0, self.rest[case] - gone)
        person.case = None
        person.stamp += 1
        if self.centre.hand_on:
            self.desk.append((self.due[case], case))
        else:
            person.kept[kind] = case

    def case_ends(self, person: Person, now: float) -> None:
        case = person.case
        assert case is not None
        person.case = None
        self.done[case] = now
        child = int(self.items["first"][case])
        while child >= 0:
            row = self.items[child]
            clock = int(row["clock"])
            if clock == 1:
                self.due[child] = self.due[case]
            elif clock == 2:
                table = self.deadline(int(row["kind"]), self.released[case])
                self.due[child] = table + float(row["waits"])
            came = self.released[case] + float(row["release"])
            when = max(now + float(row["waits"]), came)
            self.later(when, ENDS, ("comes", child), (0, child, _COMES))
            child = int(row["following"])
        if self.kind_of(person) >= 0:
            self.next_case(person, now)
        else:
            self.available(person, now, at_it=True)

    def deadline(self, kind: int, received: float) -> float:
        table = self.centre.kinds[kind].due_table[0]
        moment = int(received / self.centre.due_step)
        return float(table[min(moment, len(table) - 1)])

    def case_comes(self, case: int, now: float) -> None:
        kind = int(self.items["kind"][case])
        self.released[case] = now
        if self.due[case] == inf:
            self.due[case] = self.deadline(kind, now)
        self.desk.append((self.due[case], case))
        pools = self.centre.staff.pools
        for pool in range(len(pools)):
            free = self.free_in(pool)
            if pools[pool] == kind and free:
                free[0].free_since = None
                self.next_case(free[0], now)
                return
        if not self.is_between(kind):
            return
        for pool in range(len(pools)):
            able = [p for p in self.free_in(pool) if self.speed(p, kind) > 0]
            if pools[pool] < 0 and able:
                self.between_calls(able[0], now)
                return

    def free_in(self, pool: int) -> list[Person]:
        free = [
            p for p in self.people if p.free_since is not None and p.place == pool + 1
        ]
        return sorted(free, key=lambda p: p.free_turn)
