"use strict";
// What is wrong: broken rules first, then what falls short, then what to know.

function list(texts, leftOut = 0) {
  const items = texts.map((text) => el("li", {}, text));
  if (leftOut) items.push(el("li", { class: "quiet" }, `and ${number(leftOut)} more`));
  return el("ul", { class: "plain" }, ...items);
}

function part(title, body, tone = "") {
  return el("div", { class: "panel" }, el("h3", { class: tone }, title), body);
}

// Long lists show their beginning; the rest unfolds.
function folded(texts, leftOut = 0, most = 8) {
  if (texts.length <= most + 2) return list(texts, leftOut);
  const rest = el("details", {}, el("summary", {}, `Show ${number(texts.length - most)} more`), list(texts.slice(most), leftOut));
  return el("div", {}, list(texts.slice(0, most)), rest);
}

function missedText(each) {
  return `${each.message} (costs ${some(each.cost)})`;
}

function rescueTexts() {
  return data.cases.flatMap((kind) =>
    (kind.figures?.rescues ?? []).map((each) => {
      const when = each.latest ? `on cases by ${momentOf(each.latest)}` : "that come too late";
      return `${kind.name}: ${plural(each.cases, "case")} due ${momentOf(each.deadline)} breach; ${hours(each.hours)} more ${when} would save them`;
    }),
  );
}

// Days on which a queue is answered worse than it promises, worst first.
function poorDays() {
  const found = data.queues
    .filter((queue) => queue.members.length === 1 && queue.figures)
    .flatMap((queue) => queue.figures.days.map((day) => ({ ...day, queue: queueName(queue), target: queue.target })))
    .filter((day) => day.service_level !== null && day.service_level < day.target - 0.0005);
  found.sort((one, other) => one.service_level - other.service_level);
  return found.map((day) => `${dateText(day.date)}, ${day.queue}: service level ${percent(day.service_level)} of ${percent(day.target, 0)}`);
}

// Less is done than comes: nothing of it may be late yet, but it will be.
function growing() {
  return data.cases.filter(({ figures: f }) => f && f.closing > f.opening + Math.max(1, 0.1 * f.inflow));
}

function growingTexts() {
  return growing().map(({ name, figures: f }) => `${name}: ${some(f.completed)} done while ${some(f.inflow)} come; open ${some(f.opening)} → ${some(f.closing)}, and ${some(f.oldest_age_days)} days old the oldest`);
}

function buildTrouble() {
  const node = section("trouble");
  const t = data.trouble;
  const parts = [];
  if (t.violations.length) {
    parts.push(part(`Rules broken: ${number(data.headline.violations)}`, folded(t.violations.map((each) => each.message), t.violations_left_out), "bad"));
  }
  if (t.not_judged.length) parts.push(part("Not judged, since only shifts are known", list([t.not_judged.join(", ").replaceAll("_", " ")])));
  if (t.worst.length) {
    const texts = t.worst.map((each) => `${momentOf(each.start)}, ${queueNamed(each.queue)}: ${some(each.short)} missing of ${some(each.required)} who must be there`);
    parts.push(part("Where most people are missing on calls", list(texts), "bad"));
  }
  const poor = poorDays();
  if (poor.length) parts.push(part("Days below the service level", folded(poor), "bad"));
  const rescues = rescueTexts();
  if (rescues.length) parts.push(part("Cases that breach, and what would save them", folded(rescues), "bad"));
  const more = growingTexts();
  if (more.length) parts.push(part("Backlogs that grow: next week starts with more", list(more), "bad"));
  if (t.flags.length) parts.push(part("Where the simulation falls short of the plan", folded(t.flags), "bad"));
  if (t.not_kept.length) {
    parts.push(part(`Preferred, and not kept: ${number(data.headline.not_kept)}`, folded(t.not_kept.map(missedText), t.not_kept_left_out)));
  }
  if (!parts.length) parts.push(el("p", {}, "Nothing: all rules are kept, nobody is missing on calls, no case breaches, and no backlog grows."));
  if (t.notes.length) parts.push(part("To know", folded(t.notes.map(noteText))));
  node.append(...parts);
}
