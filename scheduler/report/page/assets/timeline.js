"use strict";
// The roster as a picture: agents are rows, time runs to the right. Only rows in sight
// are drawn, so a thousand of them scroll like ten.

const ROW = 22; // pixels
const HEAD = 34;
const SHIFT = 5; // numbers of a shift: day, start, minutes, type, paid minutes
const DOING = 3; // of an activity: start, minutes, label

class Timeline {
  constructor(host, pointed) {
    this.host = host;
    this.canvas = el("canvas", { role: "img", "aria-label": "Who works when; the table below tells the same" });
    this.sizer = el("div", { class: "sizer" });
    this.pointed = pointed;
    this.rows = [];
    this.from = 0;
    this.to = data.end;
    this.drew = () => {}; // told after each drawing: what stands beneath follows
    this.chose = () => {}; // told of the person and minute that are clicked
    host.append(this.sizer, this.canvas);
    host.addEventListener("scroll", () => this.later());
    new ResizeObserver(() => this.fit()).observe(host);
    this.listen();
  }

  show(rows, from, to) {
    this.rows = rows;
    this.from = from;
    this.to = to;
    this.sizer.style.height = `${HEAD + ROW * rows.length}px`;
    this.fit();
  }

  fit() {
    this.width = this.host.clientWidth;
    this.height = this.host.clientHeight;
    if (!this.width) return;
    sharpen(this.canvas, this.width, this.height);
    this.later();
  }

  later() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
    });
  }

  draw() {
    const top = this.host.scrollTop;
    const first = Math.max(0, Math.floor(top / ROW));
    const last = Math.min(this.rows.length, Math.ceil((top + this.height) / ROW));
    paint(this.canvas.getContext("2d"), {
      rows: this.rows.slice(first, last),
      offset: first * ROW - top,
      width: this.width,
      height: this.height,
      from: this.from,
      to: this.to,
    });
    this.drew();
  }

  get names() {
    return namesWidth(this.width);
  }

  // Pixels of a minute in which somebody works.
  get scale() {
    return (this.width - this.names) / this.span;
  }

  // The room of what is shown, in minutes in which somebody works.
  get span() {
    return placeOf(this.to) - placeOf(this.from);
  }

  minuteAt(x) {
    return minuteAtPlace(placeOf(this.from) + (x - this.names) / this.scale);
  }

  // Shows so much from a place on, as far as there is something.
  move(place, span = this.span) {
    const whole = placeOf(data.end);
    const room = Math.min(whole, Math.max(60, span));
    const first = Math.max(0, Math.min(place, whole - room));
    this.from = minuteAtPlace(first);
    this.to = minuteAtPlace(first + room);
    this.later();
  }

  // Earlier or later, by a share of what is shown.
  step(share) {
    this.move(placeOf(this.from) + share * this.span);
  }

  zoom(factor, around = minuteAtPlace(placeOf(this.from) + this.span / 2)) {
    const place = placeOf(around);
    this.move(place - (place - placeOf(this.from)) * factor, this.span * factor);
  }

  listen() {
    let held = null;
    let dragged = false;
    this.canvas.addEventListener("pointerdown", (event) => {
      held = { x: event.clientX, place: placeOf(this.from) };
      dragged = false;
    });
    window.addEventListener("pointerup", () => {
      held = null;
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (held && event.buttons) {
        dragged ||= Math.abs(held.x - event.clientX) > 4;
        this.move(held.place + (held.x - event.clientX) / this.scale);
      }
      this.point(event);
    });
    this.canvas.addEventListener("click", (event) => {
      this.point(event);
      const found = this.found(event);
      if (found && !dragged) this.chose(found);
    });
    this.canvas.addEventListener("pointerleave", () => this.pointed(null));
    this.host.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        this.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, this.minuteAt(event.offsetX));
      },
      { passive: false },
    );
  }

  point(event) {
    this.pointed(this.found(event));
  }

  found(event) {
    const box = this.canvas.getBoundingClientRect();
    const y = event.clientY - box.top;
    const row = y < HEAD ? null : this.rows[Math.floor((y - HEAD + this.host.scrollTop) / ROW)];
    if (!row || !row.person) return null;
    return { person: row.person, minute: this.minuteAt(event.clientX - box.left), event };
  }
}

function namesWidth(width) {
  return width < 560 ? 96 : 170;
}

// A text, cut where it has no room.
function fitted(pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 1 && pen.measureText(`${text.slice(0, end)}…`).width > room) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

// Somebody's name: their id beside one that others have, too, goes first where room is scarce.
function nameWithin(pen, person, room) {
  const whole = personName(person);
  return pen.measureText(whole).width <= room ? whole : fitted(pen, person.name || whole, room);
}

function sharpen(canvas, width, height) {
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
}

function palette() {
  const names = ["ink", "quiet", "line", "shade", "card", "leave", "shift", "idle"];
  return {
    ...Object.fromEntries(names.map((name) => [name, colour(name)])),
    labels: data.labels.map((label) => groupColour(label.group)),
    font: getComputedStyle(document.body).fontFamily,
  };
}

// Draws rows from ``offset`` below the head; ``from`` and ``to`` are minutes.
function paint(pen, { rows, offset, width, height, from, to }) {
  const shades = palette();
  const names = namesWidth(width);
  const x = acrossHours({ from, to, names, width });
  pen.clearRect(0, 0, width, height);
  pen.save();
  pen.beginPath();
  pen.rect(names, HEAD, width - names, height - HEAD);
  pen.clip();
  paintDays(pen, shades, x, from, to, HEAD, height);
  rows.forEach((row, i) => {
    if (row.person) paintPerson(pen, shades, row.person, x, HEAD + offset + i * ROW, from, to);
  });
  pen.restore();
  paintNames(pen, shades, rows, offset, names, width, height);
  paintHead(pen, shades, x, from, to, names, width);
}

function paintDays(pen, shades, x, from, to, top, bottom) {
  data.days.forEach((day, d) => {
    if (day.start >= to || dayEnd(d) <= from) return;
    pen.fillStyle = shades.shade;
    if (isWeekend(d)) pen.fillRect(x(day.start), top, x(dayEnd(d)) - x(day.start), bottom - top);
    pen.fillStyle = shades.line;
    pen.fillRect(Math.round(x(day.start)), top, 1, bottom - top);
  });
  pen.fillStyle = shades.idle;
  for (const [start, end] of hoursShown.nights) {
    if (start < to && end > from) pen.fillRect(x(start), top, x(end) - x(start), bottom - top);
  }
}

function paintPerson(pen, shades, person, x, y, from, to) {
  const block = (start, minutes, shade, inset) => {
    if (start >= to || start + minutes <= from) return;
    pen.fillStyle = shade;
    pen.fillRect(x(start), y + inset, Math.max(1, x(start + minutes) - x(start)), ROW - 2 * inset);
  };
  for (let i = 0; i < person.away.length; i += 2) block(person.away[i], person.away[i + 1], shades.leave, 7);
  for (let i = 0; i < person.shifts.length; i += SHIFT) block(person.shifts[i + 1], person.shifts[i + 2], shades.shift, 3);
  for (let i = 0; i < person.doings.length; i += DOING) {
    block(person.doings[i], person.doings[i + 1], shades.labels[person.doings[i + 2]], 3);
  }
}

function paintNames(pen, shades, rows, offset, names, width, height) {
  pen.fillStyle = shades.card;
  pen.fillRect(0, HEAD, names, height - HEAD);
  pen.textBaseline = "middle";
  rows.forEach((row, i) => {
    const y = HEAD + offset + i * ROW;
    if (row.title) {
      pen.fillStyle = shades.shade;
      pen.fillRect(0, y, width, ROW);
    }
    pen.fillStyle = shades.line;
    pen.fillRect(0, y + ROW - 1, width, 0.5);
    pen.save();
    pen.beginPath();
    pen.rect(0, y, row.title ? width : names - 6, ROW);
    pen.clip();
    pen.fillStyle = row.title ? shades.ink : row.person.shifts.length ? shades.ink : shades.quiet;
    pen.font = `${row.title ? "600 " : ""}12px ${shades.font}`;
    pen.fillText(row.title ?? nameWithin(pen, row.person, names - 14), 8, y + ROW / 2 + 1);
    pen.restore();
  });
}

function paintHead(pen, shades, x, from, to, names, width) {
  pen.fillStyle = shades.card;
  pen.fillRect(0, 0, width, HEAD);
  pen.fillStyle = shades.line;
  pen.fillRect(0, HEAD - 1, width, 1);
  pen.textBaseline = "middle";
  const scale = (width - names) / (placeOf(to) - placeOf(from)); // pixels a minute
  const step = [60, 120, 180, 240, 360, 720].find((minutes) => minutes * scale > 46);
  data.days.forEach((day, d) => {
    const end = dayEnd(d);
    if (day.start >= to || end <= from) return;
    const left = Math.max(names, x(day.start));
    pen.fillStyle = shades.line;
    if (x(day.start) >= names) pen.fillRect(Math.round(x(day.start)), 0, 1, HEAD);
    pen.save();
    pen.beginPath();
    pen.rect(left, 0, Math.min(width, x(end)) - left, HEAD);
    pen.clip();
    pen.fillStyle = shades.ink;
    pen.font = `600 12px ${shades.font}`;
    const wide = x(end) - x(day.start);
    const text = wide > 90 ? dayDate(d) : wide > 44 ? dayName(d) : numberOfDay.format(noon(d));
    if (Math.min(width, x(end)) - left > 24) pen.fillText(text, left + 5, step ? 10 : HEAD / 2);
    pen.fillStyle = shades.quiet;
    pen.font = `11px ${shades.font}`;
    for (let minute = day.start; step && minute < end; minute += 30) {
      if (minuteOfDay(minute) % step || isNight(minute)) continue; // by the clock, which may jump
      if (x(minute) >= names && x(minute) + 34 < Math.min(width, x(end))) pen.fillText(clock(minute), x(minute) + 4, 25);
    }
    pen.restore();
  });
}
