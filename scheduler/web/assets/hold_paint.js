// What is chosen, held and locked, drawn over the timeline.

function xOf(timeline, minute) {
  return acrossHours(timeline)(minute);
}

export function paintHold(hold) {
  const { timeline, at, held } = hold;
  const pen = timeline.canvas.getContext("2d");
  const places = new Map(timeline.rows.map((row, i) => [row.person, HEAD + i * ROW - timeline.host.scrollTop]));
  pen.save();
  pen.beginPath();
  pen.rect(timeline.names, HEAD, timeline.width - timeline.names, timeline.height - HEAD);
  pen.clip();
  paintLocks(hold, pen, places);
  const y = at ? places.get(at.person) : undefined;
  if (y !== undefined) {
    const { start } = data.days[at.day];
    frame(hold, pen, colour("accent"), start, dayEnd(at.day), y, 1, 1.5);
    const part = held ?? hold.part;
    if (part) frame(hold, pen, colour("ink"), part.start, part.end, y, 2, 2, held ? faded("accent", 0.45) : null);
  }
  if (held && y !== undefined) {
    pen.fillStyle = colour("ink");
    pen.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
    pen.textBaseline = "middle";
    pen.fillText(`${clock(held.start)}–${clock(held.end)}`, xOf(hold.timeline, held.end) + 6, y + ROW / 2 + 1);
  }
  pen.restore();
}

function paintLocks(hold, pen, places) {
  if (!hold.locks.size) return;
  const ink = colour("ink");
  for (const lock of hold.locks) {
    const [agent, date] = JSON.parse(lock);
    const person = hold.timeline.rows.find((row) => row.person?.agent === agent)?.person;
    const y = places.get(person);
    const day = data.days.findIndex((each) => each.date === date);
    if (y === undefined || day < 0 || y < HEAD - ROW || y > hold.timeline.height) continue;
    pen.strokeStyle = ink;
    pen.lineWidth = 2;
    const x = xOf(hold.timeline, data.days[day].start) + 5;
    pen.strokeRect(x, y + 9, 8, 7);
    pen.beginPath();
    pen.arc(x + 4, y + 9, 3, Math.PI, 0);
    pen.stroke();
  }
}

function frame(hold, pen, ink, start, end, y, inset, thick, fill = null) {
  const x = xOf(hold.timeline, start);
  const box = [x, y + inset, Math.max(2, xOf(hold.timeline, end) - x), ROW - 2 * inset];
  if (fill) {
    pen.fillStyle = fill;
    pen.fillRect(...box);
  }
  pen.strokeStyle = ink;
  pen.lineWidth = thick;
  pen.strokeRect(...box);
}
