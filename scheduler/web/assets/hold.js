// What is held on the timeline, a shift or something in it: by pointer or by keyboard.
// Drawn over the picture; nothing is asked of the server until it is put down.

import { partsOf } from "./day_parts.js";
import { gridMinutes } from "./draft.js";
import { key } from "./hold_keys.js";
import { paintHold } from "./hold_paint.js";

const EDGE = 7; // pixels at a shift's ends by which it gets longer or shorter

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
    timeline.drew = () => paintHold(this);
    const { host } = timeline;
    host.addEventListener("pointerdown", (event) => this.#down(event), true);
    host.addEventListener("pointermove", (event) => this.#moved(event), true);
    host.addEventListener("pointerup", (event) => this.#up(event), true);
    host.addEventListener("pointercancel", () => this.drop(), true);
    host.addEventListener("keydown", (event) => key(this, event));
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

  // What lies under a pointer: the nearest end of a shift, something in it, or itself.
  #under(event) {
    const found = this.timeline.found(event);
    if (!found || event.clientX - this.timeline.canvas.getBoundingClientRect().left < this.timeline.names) return null;
    const { person, minute } = found;
    const slack = EDGE / this.timeline.scale;
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
    this.putDown();
  }

  putDown() {
    const { held } = this;
    this.held = null;
    const { person, day, part, start, end } = held;
    this.timeline.later();
    if (start === part.start && end === part.end) this.events.chose(this.at, part);
    else this.events.put({ person, day, part, start, end });
  }

  // Scrolls so that what is selected is in sight.
  reveal() {
    const { timeline, at } = this;
    const row = timeline.rows.findIndex((each) => each.person === at.person);
    const top = row * ROW;
    const room = timeline.host.clientHeight - HEAD - ROW;
    if (top < timeline.host.scrollTop) timeline.host.scrollTop = top;
    if (top > timeline.host.scrollTop + room) timeline.host.scrollTop = top - room;
    const { start } = data.days[at.day];
    if (start >= timeline.to || dayEnd(at.day) <= timeline.from) timeline.move(placeOf(start));
  }
}
