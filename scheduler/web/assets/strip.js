// Calls beneath the timeline, on its time axis: people needed and there.

const TALL = 96;
const AIR = 14;

// The widest set of queues counts everybody once.
function widest() {
  return data.queues.at(-1);
}

export function coverStrip(host, timeline) {
  const queue = widest();
  if (!queue) return;
  const canvas = el("canvas", { role: "img", "aria-label": "People needed and on calls, on the time axis above; the part Are we covered tells the same as a table" });
  const keys = [["calls", "on calls"], ["surplus", "more than needed"], ["short", "missing"], ["need", "needed", "line"]];
  host.after(el("div", { class: "below" }, canvas), legend(keys));
  const most = Math.max(1, ...queue.required, ...(queue.rostered ?? []));
  timeline.drew = () => {
    const { width } = timeline;
    if (canvas.clientWidth !== width) sharpen(canvas, width, TALL);
    draw(canvas.getContext("2d"), timeline, queue, most);
  };
  timeline.later();
}

function draw(pen, { width, from, to, names }, queue, most) {
  const x = (minute) => names + ((minute - from) / (to - from)) * (width - names);
  const y = (people) => TALL - 2 - (people / most) * (TALL - AIR - 2);
  const shades = Object.fromEntries(["calls", "surplus", "short", "need", "quiet", "line"].map((name) => [name, colour(name)]));
  pen.clearRect(0, 0, width, TALL);
  pen.save();
  pen.beginPath();
  pen.rect(names, 0, width - names, TALL);
  pen.clip();
  const bar = (shade, i, low, high) => {
    if (high <= low) return;
    pen.fillStyle = shades[shade];
    pen.fillRect(x(queue.starts[i]), y(high), Math.max(0.7, x(queue.starts[i] + queue.minutes) - x(queue.starts[i])), y(low) - y(high));
  };
  for (const day of data.days) {
    pen.fillStyle = shades.line;
    pen.fillRect(Math.round(x(day.start)), 0, 1, TALL);
  }
  queue.starts.forEach((start, i) => {
    if (start >= to || start + queue.minutes <= from) return;
    const needed = queue.required[i];
    const there = queue.rostered?.[i] ?? 0;
    const short = queue.short?.[i] > NOBODY ? queue.short[i] : 0;
    bar("calls", i, 0, Math.min(there, needed));
    bar("surplus", i, needed, there);
    bar("short", i, there, there + short);
    pen.fillStyle = shades.need;
    pen.fillRect(x(start), y(needed) - 0.75, Math.max(0.7, x(start + queue.minutes) - x(start)), 1.5);
  });
  pen.restore();
  pen.fillStyle = shades.quiet;
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = "middle";
  pen.fillText("On calls", 8, TALL / 2);
  pen.textAlign = "right";
  pen.fillText(some(most), names - 8, AIR);
  pen.fillText("0", names - 8, TALL - 8);
  pen.textAlign = "left";
}
