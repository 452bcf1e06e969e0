// Two rosters of a plan: what changes for whom, and what comes of it.

import { agentRows } from "./agent_rows.js";
import { json } from "./api.js";
import { hasRoster, jobs, when } from "./jobs.js";
import { panel, stacked, unseen, waiting } from "./problems.js";

const CHANGED = { within: "same shift" };

function hour(text) {
  return text.slice(11, 16); // the wall clock of the plan
}

function shiftText_(shift) {
  return shift ? `${shift.shift_type} ${hour(shift.start)}–${hour(shift.end)}` : "–";
}

function insideText(change) {
  return change.activities
    .filter((each) => each.kind !== "voice" && each.kind !== "idle")
    .map((each) => `${each.activity || each.kind}: ${spans(each.before)} → ${spans(each.after)}`)
    .join("; ") || "calls and idle time at other times";
}

function spans(all) {
  return all.map((each) => `${hour(each.start)}–${hour(each.end)}`).join(", ") || "none";
}

function sided(a, b, write = some) {
  const worse = b > a + 0.05 ? "bad" : b < a - 0.05 ? "good" : "";
  return [[a, write(a)], [b, el("span", { class: worse }, write(b))]];
}

// The changes of each agent, in the order of the plan.
function byAgent(changes) {
  const found = new Map();
  for (const each of changes) found.set(each.agent, [...(found.get(each.agent) ?? []), each]);
  return [...found.values()];
}

function dayOf_(date) {
  return dateFormat.format(new Date(`${date}T12:00`));
}

function dayText(change) {
  const words = change.change === "within" ? insideText(change) : `${shiftText_(change.before)} → ${shiftText_(change.after)}`;
  return `${dayOf_(change.date)}, ${CHANGED[change.change] ?? change.change}: ${words}`;
}

function agentRow(changes) {
  const [{ agent, agent_name: name }] = changes;
  const who = name && name !== agent ? `${name} (${agent})` : agent;
  const days = changes.map(dayText);
  const list = () => el("ul", { class: "plain" }, ...days.map((words) => el("li", {}, words)));
  return { text: [who, ...days].join(" "), count: days.length, cells: () => [who, [days.length, number(days.length)], list()] };
}

// What two rosters of a plan differ in, part by part.
export async function shown(found, signal) {
  const words = await json("web/goals.json", { signal });
  const { totals } = found;
  const cards = el(
    "div",
    { class: "cards" },
    card("Cost, A", some(found.a.objective), "", found.a.legal ? "legal" : "breaks rules"),
    card("Cost, B", some(found.b.objective), "", found.b.legal ? "legal" : "breaks rules"),
    card("Agents with changes", number(totals.agents_touched), "", `of ${number(totals.agents)}`),
    card("Days the same", number(totals.same), "", `of ${number(totals.worked)} worked`, `${number(totals.added)} added, ${number(totals.removed)} removed`, `${number(totals.changed)} changed, ${number(totals.within ?? 0)} with other work or breaks`),
  );
  const goals = Object.entries(found.difference).filter(([, more]) => Math.abs(more) >= 0.05).sort((one, other) => Math.abs(other[1]) - Math.abs(one[1]));
  const parts = [unseen("In short"), cards];
  if (goals.length) parts.push(side("pairs", "What B costs more (+) or less (−)", table(["Goal", "B − A, paid hours’ worth"], goals.map(([goal, more]) => [words[goal] ?? goal, [more, signed(more)]]))));
  if (found.changes.length) {
    const columns = ["Day", "Worked", "The same", "Added", "Removed", "Changed", { name: "Within", title: "Other work or breaks in the same shift." }];
    const counts = (day) => ["worked", "same", "added", "removed", "changed", "within"].map((key) => [0, day[key] === null ? UNKNOWN : number(day[key])]);
    parts.push(side("thirds", "Days of agents that change", table(columns, found.days.map((day) => [dayOf_(day.date), ...counts(day)]))));
  }
  if (found.queues.length) {
    const rows = found.queues.map((each) => [setName(each.queue), [0, hours(each.required_hours)], ...sided(each.a.short_hours, each.b.short_hours, hours), level(each, "a"), level(each, "b")]);
    parts.push(side("pairs", "Calls", table(["Queue", "Needed", "Missing, A", "Missing, B", "Level, A", "Level, B"], rows)));
  }
  if (found.cases.length) {
    const rows = found.cases.map((each) => [each.case_type, [0, hours(each.a.hours)], [0, hours(each.b.hours)], ...sided(each.a.breaches, each.b.breaches), ...sided(each.a.overdue, each.b.overdue)]);
    parts.push(side("pairs", "Cases", table(["Case type", "Hours, A", "Hours, B", "Breaches, A", "Breaches, B", "Late, A", "Late, B"], rows)));
  }
  if (!found.changes.length) parts.push(note("Nobody’s days differ: the two rosters are the same."));
  else {
    const columns = ["Agent", "Changes", { name: "From A to B", words: true }];
    parts.push(panel("For whom", agentRows("Changes by agent", columns, byAgent(found.changes).map(agentRow))));
  }
  if (found.notes.length) parts.push(panel("To know", folded(found.notes.map(noteText))));
  return parts;
}

// A table whose rows, on a phone, have two cells (A and B) side by side, or three.
function side(kind, title, made) {
  const box = stacked(title, made);
  box.classList.add(kind);
  return panel(title, box);
}

// A queue, or a set of queues that share agents, by the name that it has in files.
function setName(name) {
  return name.includes("+") ? `${name.replaceAll("+", " + ")}, together` : name;
}

// People who also do other queues are counted in each of theirs in full.
function level(each, roster) {
  const { service_level: value } = each[roster];
  if (value === null) return [0, each.queue.includes("+") ? "by queue" : percent(value)];
  return [value, `${each.at_best ? "up to " : ""}${percent(value)}`];
}

export default {
  name: "compare",
  title: "Compare",
  async show(node, [a, b], shell) {
    node.append(el("h1", {}, "Compare two rosters"));
    const found = (await jobs(shell.signal, "limit=100&status=COMPLETED")).items.filter(hasRoster);
    if (found.length < 2 && !(a && b)) {
      node.append(note("It takes two rosters of one plan. Build another one, with more time or after a change of the plan."), el("p", {}, el("a", { class: "button main", href: "#/build" }, "Build a roster")));
      return;
    }
    const own = found.find((job) => job.id === a);
    const alike = (job) => !own || job.plan_hash === own.plan_hash;
    const words = (job) => `${job.name || "Roster"}, ${when(job.submitted_at)}${job.gap === null ? "" : `, gap ${percent(job.gap)}`}${alike(job) ? "" : " (another plan)"}`;
    const options = [["", "choose …"], ...found.map((job) => [job.id, words(job)])];
    const first = select("A", options, a ?? "", (value) => shell.go(`#/compare/${value}/${b ?? ""}`));
    const second = select("B", options.filter(([id]) => !id || id !== a), b ?? "", (value) => shell.go(`#/compare/${a ?? ""}/${value}`));
    for (const choice of [first, second]) choice.classList.add("wide");
    node.append(el("div", { class: "controls" }, first, second));
    if (!a || !b) {
      node.append(note("Choose two rosters of the same plan to see what changes for whom, and what comes of it."));
      return;
    }
    const wait = waiting("Comparing …");
    node.append(wait);
    try {
      const told = await json(`v1/rosters/${a}/compare?${new URLSearchParams({ other: b })}`, { signal: shell.signal });
      node.append(...(await shown(told, shell.signal)));
    } finally {
      wait.remove();
    }
  },
};
