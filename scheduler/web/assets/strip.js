// Calls beneath the timeline, on its time axis: people needed and there, by queue.

const TALL = 96; // of one band alone
const LOW = 58; // of each of several
const AIR = 15; // above the highest bar
const NARROW = 120; // room for names in which a scale has none beside them
const MOST = 6; // bands at once

// Single queues, and those sets that lie in no larger one.
function told() {
  const inside = (one, other) => one.members.length < other.members.length && one.members.every((name) => other.members.includes(name));
  const outer = (queue) => !data.queues.some((other) => inside(queue, other));
  return data.queues.filter((queue) => queue.members.length === 1 || outer(queue));
}

// Shows the queues beneath a timeline; ``each`` of them, or all together.
export function coverStrip(host, timeline, { each = false } = {}) {
  const queues = told();
  if (!queues.length) return;
  let shown = [];
  const canvas = el("canvas", { role: "img", "aria-label": "People needed and on calls, on the time axis above" });
  const keys = [["calls", "on calls"], ["surplus", "more than needed"], ["short", "missing"], ["need", "needed", "line"]];
  const box = el("div", { class: "below" }, canvas);
  const whole = data.queues.length - 1;
  const options = [["each", "Every queue"], ...queues.map((queue) => [String(data.queues.indexOf(queue)), queueName(queue)])];
  const tall = () => (shown.length > 1 ? LOW * shown.length : TALL);
  const choose = (value) => {
    shown = value === "each" ? queues.slice(0, MOST) : [data.queues[Number(value)]];
    canvas.height = 0;
    host.style.setProperty("--below", `${tall()}px`);
    timeline.later();
  };
  const first = each && queues.length > 1 ? "each" : String(whole);
  const choice = queues.length > 1 ? select("Calls beneath", options, first, choose) : null;
  host.after(box, el("div", { class: "controls keys" }, choice, legend(keys)));
  const before = timeline.drew;
  timeline.drew = () => {
    before();
    const { width } = timeline;
    if (canvas.clientWidth !== width || canvas.clientHeight !== tall()) sharpen(canvas, width, tall());
    const pen = canvas.getContext("2d");
    pen.clearRect(0, 0, width, tall());
    const height = tall() / shown.length;
    shown.forEach((queue, i) => band(pen, timeline, queue, i * height, height, i));
  };
  choose(first);
}

// The most people of a queue, on a scale that edits do not move.
const scales = new WeakMap();

function mostOf(queue) {
  if (!scales.has(queue)) scales.set(queue, Math.max(1, ...queue.required, ...(queue.rostered ?? [])));
  return scales.get(queue);
}

// One queue, between ``top`` and ``top + height``.
function band(pen, timeline, queue, top, height, i) {
  const { width, from, to, names } = timeline;
  const most = mostOf(queue);
  const bottom = top + height - 3;
  const x = acrossHours(timeline);
  const y = (people) => bottom - (Math.min(people, most) / most) * (height - AIR - 3);
  const shades = Object.fromEntries(["calls", "surplus", "short", "need", "quiet", "ink", "line", "shade"].map((name) => [name, colour(name)]));
  pen.fillStyle = shades.line;
  if (i) pen.fillRect(0, top, width, 1);
  pen.save();
  pen.beginPath();
  pen.rect(names, top, width - names, height);
  pen.clip();
  const bar = (shade, start, end, low, high) => {
    if (high <= low) return;
    pen.fillStyle = shades[shade];
    pen.fillRect(x(start), y(high), Math.max(0.7, x(end) - x(start)), y(low) - y(high));
  };
  data.days.forEach((day, d) => {
    pen.fillStyle = shades.shade;
    if (isWeekend(d)) pen.fillRect(x(day.start), top, x(dayEnd(d)) - x(day.start), height);
    pen.fillStyle = shades.line;
    pen.fillRect(Math.round(x(day.start)), top, 1, height);
  });
  queue.starts.forEach((start, k) => {
    const end = start + queue.minutes;
    if (start >= to || end <= from) return;
    const needed = queue.required[k];
    const there = queue.rostered?.[k] ?? 0;
    const short = queue.short?.[k] > NOBODY ? queue.short[k] : 0;
    bar("calls", start, end, 0, Math.min(there, needed));
    bar("surplus", start, end, needed, there);
    bar("short", start, end, there, there + short);
    pen.fillStyle = shades.need;
    pen.fillRect(x(start), y(needed) - 0.75, Math.max(0.7, x(end) - x(start)), 1.5);
  });
  pen.restore();
  words(pen, shades, queue, names, top, height, most);
}

// The name and the scale, beside a band.
function words(pen, shades, queue, names, top, height, most) {
  const font = getComputedStyle(document.body).fontFamily;
  const scale = some(most);
  pen.font = `12px ${font}`;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  pen.fillStyle = shades.quiet;
  const narrow = names < NARROW;
  if (narrow) pen.fillText(`0 to ${scale}`, names - 6, top + height - 12);
  else {
    pen.fillText(scale, names - 6, top + AIR);
    pen.fillText("0", names - 6, top + height - 9);
  }
  pen.textAlign = "left";
  pen.fillStyle = shades.ink;
  const room = names - (narrow ? 12 : 22 + pen.measureText(scale).width);
  const name = queue.members.length > 1 ? "All together" : queue.name;
  pen.fillText(fitted(pen, name, room), 8, narrow ? top + AIR : top + height / 2);
}

// Puts people on calls in place of what is shown, as the server tells them.
export function showCalls(items, minuteOf) {
  for (const { queue, starts, rostered, short } of items) {
    const own = data.queues.find((each) => each.name === queue);
    if (!own?.rostered) continue;
    starts.forEach((text, k) => {
      const at = own.starts.indexOf(minuteOf(text));
      if (at < 0) return;
      own.rostered[at] = rostered[k];
      own.short[at] = short[k];
    });
  }
}
