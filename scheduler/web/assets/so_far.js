// What the best roster so far leaves short and late, while the search goes on.

const NOTHING = 0.05; // hours, cases

function dayText(date) {
  const options = { weekday: "short", day: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(data.locale, options).format(new Date(`${date}T12:00:00Z`));
}

// The most that is missing at once; times are the plan's own.
function worstText(worst) {
  if (!worst.length) return "–";
  const found = worst.reduce((one, other) => (other.people > one.people ? other : one));
  return `${dayText(found.start.slice(0, 10))} ${found.start.slice(11, 16)}: ${some(found.people)}`;
}

function cell(value, most) {
  if (value < NOTHING) return el("td", { class: "n quiet" }, "0");
  const node = el("td", { class: "n" }, some(value));
  const share = Math.round(15 + 35 * Math.min(1, value / most));
  node.style.background = `color-mix(in srgb, var(--short) ${share}%, transparent)`;
  return node;
}

function dayTable(title, days, rows, last) {
  const most = Math.max(1, ...rows.flatMap((row) => row.values));
  const head = ["", ...days.map(dayText), ...last.map((each) => each.name)];
  const body = rows.map((row) => el(
    "tr",
    {},
    el("th", { scope: "row" }, row.name),
    ...row.values.map((value) => cell(value, most)),
    ...last.map((each, i) => el("td", { class: each.kind }, row.last[i])),
  ));
  return el(
    "table",
    { class: "days" },
    el("caption", {}, title),
    el("thead", {}, el("tr", {}, ...head.map((name) => (name ? el("th", { scope: "col" }, name) : el("td", {}))))),
    el("tbody", {}, ...body),
  );
}

function tables(found) {
  const queues = found.queues.map((each) => ({
    name: each.queues.length > 1 ? `together: ${each.queues.join(", ")}` : each.queue,
    values: each.short_hours,
    last: [hours(sum(each.short_hours)), worstText(each.worst)],
  }));
  const cases = found.case_types.map((each) => ({
    name: each.case_type,
    values: each.late,
    last: [hours(each.late_hours.at(-1))],
  }));
  const parts = [];
  if (queues.length) parts.push(dayTable("Calls: hours of people missing, by day", found.days, queues, [{ name: "All days", kind: "n" }, { name: "Most people missing at", kind: "n" }]));
  if (cases.length) parts.push(dayTable("Cases: late when the day ends", found.days, cases, [{ name: "Work late at the end", kind: "n" }]));
  return parts;
}

// A queue of a set is counted with the set: the sets count everybody once.
function shortHours(found) {
  const sets = found.queues.filter((each) => each.queues.length > 1);
  const alone = found.queues.filter((each) => each.queues.length === 1 && !sets.some((set) => set.queues.includes(each.queue)));
  return sum([...sets, ...alone].map((each) => sum(each.short_hours)));
}

function lateCases(found) {
  return sum(found.case_types.map((each) => each.late.at(-1)));
}

function change(now, first, write) {
  return Math.abs(now - first) < NOTHING ? null : `${write(first)} in the first roster`;
}

// { node, take(soFar), cards() }: told of each better roster.
export function shortage() {
  const box = el("div", { class: "scroll whole", tabIndex: 0, role: "region", "aria-label": "What is short so far, by day" });
  const node = el("div", { class: "panel", hidden: true }, el("h2", {}, "What is short so far"), box);
  let first = null;
  let last = null;
  return {
    node,
    take(found) {
      if (!found) return;
      first ??= found;
      last = found;
      node.hidden = false;
      box.replaceChildren(...tables(found));
    },
    cards() {
      if (!last) return [];
      const cards = [];
      if (last.queues.length) {
        const now = shortHours(last);
        cards.push(card("Calls short", now < NOTHING ? "nothing" : hours(now), now < NOTHING ? "good" : "bad", "hours of people missing, all days", change(now, shortHours(first), hours)));
      }
      if (last.case_types.length) {
        const now = lateCases(last);
        const whose = last.case_types.filter((each) => each.late.at(-1) >= NOTHING).map((each) => each.case_type);
        cards.push(card("Cases late at the end", now < NOTHING ? "none" : some(now), now < NOTHING ? "good" : "bad", whose.length ? whose.slice(0, 3).join(", ") + (whose.length > 3 ? ` and ${whose.length - 3} more` : "") : "all done by their deadlines or on time yet", change(now, lateCases(first), some)));
      }
      return cards;
    },
  };
}
