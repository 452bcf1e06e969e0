// The keyboard on the timeline: choosing, taking, moving, putting down.

import { partsOf, partWords } from "./day_parts.js";

export function key(hold, event) {
  if (event.ctrlKey || event.metaKey) {
    const verb = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[event.key.toLowerCase()];
    if (verb) took(event, () => hold.events.asked(verb));
    return;
  }
  if (hold.held) keyHeld(hold, event);
  else keyFree(hold, event);
}

function took(event, act) {
  event.preventDefault();
  act();
}

function keyHeld(hold, event) {
  const { held } = hold;
  const by = { ArrowLeft: -hold.grid, ArrowRight: hold.grid }[event.key];
  if (by) {
    took(event, () => {
      if (event.shiftKey) held.end = Math.max(held.start + hold.grid, held.end + by);
      else [held.start, held.end] = [held.start + by, held.end + by];
      hold.events.said(`${clock(held.start)} to ${clock(held.end)}`);
      hold.timeline.later();
    });
  } else if (event.key === "Enter") took(event, () => hold.putDown());
  else if (event.key === "Escape") {
    took(event, () => {
      hold.drop();
      hold.events.said("let go");
    });
  }
}

function keyFree(hold, event) {
  const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (way) took(event, () => go(hold, ...way));
  else if (event.key === "Enter") took(event, () => take(hold));
  else if (event.key === "n") took(event, () => next(hold));
  else if (event.key === "l") took(event, () => hold.events.asked("lock"));
  else if (event.key === "Delete") took(event, () => hold.events.asked("day_off"));
}

function go(hold, down, right) {
  const rows = hold.timeline.rows.filter((row) => row.person);
  if (!rows.length) return;
  const now = hold.at ? rows.findIndex((row) => row.person === hold.at.person) : -1;
  const row = hold.at ? Math.max(0, Math.min(rows.length - 1, now + down)) : 0;
  const day = hold.at ? Math.max(0, Math.min(data.days.length - 1, hold.at.day + right)) : dayOf(hold.timeline.from);
  hold.select(rows[row].person, day);
  hold.reveal();
  tell(hold);
}

function tell(hold) {
  const { person, day } = hold.at;
  const words = hold.part ? partWords(hold.part) : partsOf(person, day).filter((part) => part.what === "shift").map(partWords).join(", ");
  hold.events.said(`${personName(person)}, ${dayDate(day)}: ${words || "day off"}`);
}

function next(hold) {
  if (!hold.at) return;
  const parts = partsOf(hold.at.person, hold.at.day);
  if (!parts.length) return;
  const now = parts.findIndex((part) => part.start === hold.part?.start && part.what === hold.part?.what);
  hold.part = parts[(now + 1) % parts.length];
  tell(hold);
  hold.timeline.later();
}

function take(hold) {
  if (!hold.at) return;
  const part = hold.part ?? partsOf(hold.at.person, hold.at.day)[0];
  if (!part) {
    hold.events.asked("add");
    return;
  }
  hold.part = part;
  hold.held = { ...hold.at, part, start: part.start, end: part.end, mode: "move", by: "keys" };
  hold.events.said(`${partWords(part)} taken: left and right move it, with Shift its end, Enter puts it down, Escape lets go`);
  hold.timeline.later();
}
