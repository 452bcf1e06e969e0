// What is held on the timeline, a shift or something in it: by pointer or by keyboard.
// Drawn over the picture; nothing is asked of the server until it is put down.

import { gridMinutes } from "./draft.js";

const EDGE = 7; // pixels at a shift's ends by which it gets longer or shorter

// The parts of a person's day: its shifts, and in them breaks, meetings and case blocks.
export function partsOf(person, day) {
  const found = [];
  for (let i = 0; i < person.shifts.length; i += SHIFT) {
    const [own, start, minutes, kind] = person.shifts.slice(i, i + SHIFT);
    if (own !== day) continue;
    found.push({ what: "shift", name: data.shift_types[kind], start, end: start + minutes, shift: start });
    for (let k = 0; k < person.doings.length; k += DOING) {
      const [at, length, label] = person.doings.slice(k, k + DOING);
      const { name, group } = data.labels[label];
      const { colour } = data.groups[group];
      if (at < start || at >= start + minutes || colour === "calls" || colour === "idle") continue;
      const what = colour.startsWith("case-") ? "block" : colour;
      found.push({ what, name: name || data.groups[group].name, start: at, end: at + length, shift: start });
    }
  }
  return found;
}

export function partWords(part) {
  return `${part.what === "shift" ? "shift " : ""}${part.name} ${clock(part.start)}–${clock(part.end)}`;
}

// Events: chose({ person, day }) when a day is selected, put({ person, day, part, start,
// end }) when something is put down, said(words), asked(verb) for keys that are commands.
export class Hold {
  constructor(timeline, events) {
    this.timeline = timeline;
    this.events = events;
    this.grid = gridMinutes();
    this.locks = new Set();
    this.at = null; // { person, day }
    this.part = null; // what is chosen of the day
    this.held = null; // { part, start, end, mode, by }
    timeline.drew = () => this.#paint();
    const { host } = timeline;
    host.addEventListener("pointerdown", (event) => this.#down(event), true);
    host.addEventListener("pointermove", (event) => this.#moved(event), true);
    host.addEventListener("pointerup", (event) => this.#up(event), true);
    host.addEventListener("pointercancel", () => this.drop(), true);
    host.addEventListener("keydown", (event) => this.#key(event));
    timeline.chose = ({ person, minute }) => this.select(person, dayOf(minute));
  }

  select(person, day, part = null) {
    this.at = { person, day };
    this.part = part;
    this.events.chose(this.at);
    this.timeline.later();
  }

  // The picture has changed: what was chosen of the day may be gone.
  renew() {
    const { at, part } = this;
    const same = (each) => each.what === part.what && each.start === part.start;
    if (part) this.part = partsOf(at.person, at.day).find(same) ?? null;
  }

  drop() {
    this.held = null;
    this.timeline.later();
  }

  // Lets go for good: the picture may be drawn once more, of something else.
  end() {
    this.held = null;
    this.timeline.drew = () => {};
  }

  #x(minute) {
    const { from, to, width, names } = this.timeline;
    return names + ((minute - from) / (to - from)) * (width - names);
  }

  // What lies under a pointer: the nearest end of a shift, something in it, or itself.
  #under(event) {
    const found = this.timeline.found(event);
    if (!found || event.clientX - this.timeline.canvas.getBoundingClientRect().left < this.timeline.names) return null;
    const { person, minute } = found;
    const slack = (EDGE * (this.timeline.to - this.timeline.from)) / (this.timeline.width - this.timeline.names);
    for (let i = 0; i < person.shifts.length; i += SHIFT) {
      const [day, start, minutes] = person.shifts.slice(i, i + 3);
      if (minute < start - slack || minute > start + minutes + slack) continue;
      const parts = partsOf(person, day).filter((part) => part.shift === start);
      const near = Math.min(slack, minutes / 6);
      if (Math.abs(minute - start) < near) return { person, day, part: parts[0], mode: "start", minute };
      if (Math.abs(minute - start - minutes) < near) return { person, day, part: parts[0], mode: "end", minute };
      const inside = event.shiftKey ? null : parts.slice(1).find((part) => part.start <= minute && minute < part.end);
      return { person, day, part: inside ?? parts[0], mode: "move", minute };
    }
    return null;
  }

  #down(event) {
    if (event.button) return;
    const found = this.#under(event);
    if (!found) return;
    event.stopPropagation();
    event.preventDefault();
    this.timeline.host.focus({ preventScroll: true });
    this.timeline.host.setPointerCapture(event.pointerId);
    section("tip").hidden = true;
    this.at = { person: found.person, day: found.day };
    this.part = found.part;
    this.held = { ...found, start: found.part.start, end: found.part.end, by: "pointer" };
    this.timeline.later();
  }

  #moved(event) {
    const { held, timeline } = this;
    if (!held || held.by !== "pointer") {
      const found = event.buttons ? null : this.#under(event);
      timeline.canvas.style.cursor = !found ? "" : found.mode === "move" ? "grab" : "ew-resize";
      return;
    }
    event.stopPropagation();
    const left = timeline.canvas.getBoundingClientRect().left;
    this.#shift(timeline.minuteAt(event.clientX - left) - held.minute, held.mode);
  }

  #shift(minutes, mode) {
    const { held, grid } = this;
    const by = Math.round(minutes / grid) * grid;
    const { start, end } = held.part;
    held.start = mode === "end" ? start : mode === "start" ? Math.min(end - grid, start + by) : start + by;
    held.end = mode === "start" ? end : mode === "end" ? Math.max(start + grid, end + by) : end + by;
    this.timeline.later();
  }

  #up(event) {
    if (!this.held || this.held.by !== "pointer") return;
    event.stopPropagation();
    this.#putDown();
  }

  #putDown() {
    const { held } = this;
    this.held = null;
    const { person, day, part, start, end } = held;
    this.timeline.later();
    if (start === part.start && end === part.end) this.events.chose(this.at, part);
    else this.events.put({ person, day, part, start, end });
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey) {
      const verb = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[event.key.toLowerCase()];
      if (verb) this.#took(event, () => this.events.asked(verb));
      return;
    }
    if (this.held) this.#keyHeld(event);
    else this.#keyFree(event);
  }

  #took(event, act) {
    event.preventDefault();
    act();
  }

  #keyHeld(event) {
    const { held } = this;
    const by = { ArrowLeft: -this.grid, ArrowRight: this.grid }[event.key];
    if (by) {
      this.#took(event, () => {
        if (event.shiftKey) held.end = Math.max(held.start + this.grid, held.end + by);
        else [held.start, held.end] = [held.start + by, held.end + by];
        this.events.said(`${clock(held.start)} to ${clock(held.end)}`);
        this.timeline.later();
      });
    } else if (event.key === "Enter") this.#took(event, () => this.#putDown());
    else if (event.key === "Escape") {
      this.#took(event, () => {
        this.drop();
        this.events.said("let go");
      });
    }
  }

  #keyFree(event) {
    const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (way) this.#took(event, () => this.#go(...way));
    else if (event.key === "Enter") this.#took(event, () => this.#take());
    else if (event.key === "n") this.#took(event, () => this.#next());
    else if (event.key === "l") this.#took(event, () => this.events.asked("lock"));
    else if (event.key === "Delete") this.#took(event, () => this.events.asked("day_off"));
  }

  #go(down, right) {
    const rows = this.timeline.rows.filter((row) => row.person);
    if (!rows.length) return;
    const now = this.at ? rows.findIndex((row) => row.person === this.at.person) : -1;
    const row = this.at ? Math.max(0, Math.min(rows.length - 1, now + down)) : 0;
    const day = this.at ? Math.max(0, Math.min(data.days.length - 1, this.at.day + right)) : dayOf(this.timeline.from);
    this.select(rows[row].person, day);
    this.#reveal();
    this.#tell();
  }

  #tell() {
    const { person, day } = this.at;
    const words = this.part ? partWords(this.part) : partsOf(person, day).filter((part) => part.what === "shift").map(partWords).join(", ");
    this.events.said(`${personName(person)}, ${dayDate(day)}: ${words || "day off"}`);
  }

  #next() {
    if (!this.at) return;
    const parts = partsOf(this.at.person, this.at.day);
    if (!parts.length) return;
    const now = parts.findIndex((part) => part.start === this.part?.start && part.what === this.part?.what);
    this.part = parts[(now + 1) % parts.length];
    this.#tell();
    this.timeline.later();
  }

  #take() {
    if (!this.at) return;
    const part = this.part ?? partsOf(this.at.person, this.at.day)[0];
    if (!part) {
      this.events.asked("add");
      return;
    }
    this.part = part;
    this.held = { ...this.at, part, start: part.start, end: part.end, mode: "move", by: "keys" };
    this.events.said(`${partWords(part)} taken: left and right move it, with Shift its end, Enter puts it down, Escape lets go`);
    this.timeline.later();
  }

  // Scrolls so that what is selected is in sight.
  #reveal() {
    const { timeline, at } = this;
    const row = timeline.rows.findIndex((each) => each.person === at.person);
    const top = row * ROW;
    const room = timeline.height - HEAD - ROW;
    if (top < timeline.host.scrollTop) timeline.host.scrollTop = top;
    if (top > timeline.host.scrollTop + room) timeline.host.scrollTop = top - room;
    const { start } = data.days[at.day];
    const span = timeline.to - timeline.from;
    if (start >= timeline.to || dayEnd(at.day) <= timeline.from) timeline.move(start, start + span);
  }

  #paint() {
    const { timeline, at, held } = this;
    const pen = timeline.canvas.getContext("2d");
    const places = new Map(timeline.rows.map((row, i) => [row.person, HEAD + i * ROW - timeline.host.scrollTop]));
    pen.save();
    pen.beginPath();
    pen.rect(timeline.names, HEAD, timeline.width - timeline.names, timeline.height - HEAD);
    pen.clip();
    this.#paintLocks(pen, places);
    const y = at ? places.get(at.person) : undefined;
    if (y !== undefined) {
      const { start } = data.days[at.day];
      this.#frame(pen, colour("accent"), start, dayEnd(at.day), y, 1, 1.5);
      const part = held ?? this.part;
      if (part) this.#frame(pen, colour("ink"), part.start, part.end, y, 2, 2, held ? faded("accent", 0.45) : null);
    }
    if (held && y !== undefined) {
      pen.fillStyle = colour("ink");
      pen.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
      pen.textBaseline = "middle";
      pen.fillText(`${clock(held.start)}–${clock(held.end)}`, this.#x(held.end) + 6, y + ROW / 2 + 1);
    }
    pen.restore();
  }

  #paintLocks(pen, places) {
    if (!this.locks.size) return;
    const ink = colour("ink");
    for (const lock of this.locks) {
      const [agent, date] = JSON.parse(lock);
      const person = this.timeline.rows.find((row) => row.person?.agent === agent)?.person;
      const y = places.get(person);
      const day = data.days.findIndex((each) => each.date === date);
      if (y === undefined || day < 0 || y < HEAD - ROW || y > this.timeline.height) continue;
      pen.strokeStyle = ink;
      pen.lineWidth = 2;
      const x = this.#x(data.days[day].start) + 5;
      pen.strokeRect(x, y + 9, 8, 7);
      pen.beginPath();
      pen.arc(x + 4, y + 9, 3, Math.PI, 0);
      pen.stroke();
    }
  }

  #frame(pen, ink, start, end, y, inset, thick, fill = null) {
    const x = this.#x(start);
    const box = [x, y + inset, Math.max(2, this.#x(end) - x), ROW - 2 * inset];
    if (fill) {
      pen.fillStyle = fill;
      pen.fillRect(...box);
    }
    pen.strokeStyle = ink;
    pen.lineWidth = thick;
    pen.strokeRect(...box);
  }
}
