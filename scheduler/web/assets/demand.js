// Demand: who is needed when, what deferred work is due, whether capacity holds; and what
// becomes of it when a target or a volume moves.

import { post } from "./api.js";
import { applied, levers } from "./levers.js";
import { plainDocument } from "./plain.js";
import { judge, planAtHand } from "./plan.js";
import { problemNode, sentence, unseen, waiting } from "./problems.js";

const MINUTE = 60000;

// The moment at which a day begins in a time zone.
function midnight(date, zone) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const wanted = Date.parse(`${date}T00:00:00Z`);
  let found = wanted;
  for (let round = 0; round < 3; round++) {
    const told = Object.fromEntries(format.formatToParts(found).map(({ type, value }) => [type, value]));
    found += wanted - Date.parse(`${told.year}-${told.month}-${told.day}T${told.hour}:${told.minute}:00Z`);
  }
  return found;
}

function datesOf(horizon) {
  const first = Date.parse(`${horizon.first_day}T00:00:00Z`);
  return Array.from({ length: horizon.days ?? 7 }, (_, day) => new Date(first + day * DAY * MINUTE).toISOString().slice(0, 10));
}

// What the report's parts draw, from what the service tells of a plan without a roster.
function documentOf(plan, needs, work) {
  const zone = plan.horizon.time_zone ?? "UTC";
  const dates = datesOf(plan.horizon);
  const origin = midnight(dates[0], zone);
  const minute = (text) => (Date.parse(text) - origin) / MINUTE;
  const next = new Date(Date.parse(`${dates.at(-1)}T00:00:00Z`) + DAY * MINUTE).toISOString().slice(0, 10);
  const days = dates.map((date) => ({ date, start: (midnight(date, zone) - origin) / MINUTE }));
  const end = (midnight(next, zone) - origin) / MINUTE;
  const queues = grouped(needs.requirements, "queue").map(([name, rows]) => ({
    name,
    members: name.split("+"),
    minutes: plan.horizon.interval_minutes ?? 30,
    starts: rows.map((row) => minute(row.start)),
    calls: rows.map((row) => row.calls),
    required: rows.map((row) => row.required),
    least: rows.map((row) => row.least),
    rostered: null, heads: null, short: null, level: null, simulated: null, figures: null,
    target: plan.queues?.find((queue) => queue.name === name)?.service_level ?? 0.8,
  }));
  const kinds = grouped(work.throughput, "case_type");
  const opening = new Map(work.opening.map((row) => [row.case_type, row]));
  const cases = kinds.map(([name, rows], k) => ({
    name,
    group: k,
    figures: null,
    rows,
    curve: {
      minutes: [0, ...rows.map((row) => dayEndOf(days, end, row.date))],
      available: [opening.get(name).available_hours, ...rows.map((row) => row.available_hours_so_far)],
      due: [opening.get(name).due_hours, ...rows.map((row) => row.due_hours_so_far)],
      done: null,
      rostered: null,
    },
  }));
  const groups = kinds.map(([name], k) => ({ name, colour: `case-${k % 8}` }));
  return plainDocument({ locale: plan.locale ?? "en-GB", time_zone: zone, origin, end, days, queues, cases, groups, people: null });
}

function dayEndOf(days, end, date) {
  const at = days.findIndex((day) => day.date === date);
  return at >= 0 && at + 1 < days.length ? days[at + 1].start : end;
}

function grouped(rows, key) {
  const found = new Map();
  for (const row of rows) {
    if (!found.has(row[key])) found.set(row[key], []);
    found.get(row[key]).push(row);
  }
  return [...found];
}

function callHours(told, plan) {
  const length = (plan.horizon.interval_minutes ?? 30) / 60;
  const widest = told.requirements.at(-1)?.queue; // a set that counts everybody once
  return sum(told.requirements.filter((row) => row.queue === widest).map((row) => row.required * length));
}

function moved(now, before) {
  const by = now - before;
  if (Math.abs(by) < 0.05) return "as in the plan";
  return `${signed(by)} h against the plan`;
}

function hoursCards(plan, now, before) {
  const { capacity_hours: room, structural_check: check } = now.work;
  const calls = callHours(now.needs, plan);
  return el(
    "div",
    { class: "cards" },
    card("Calls need", hours(calls), "", moved(calls, callHours(before.needs, plan)), "people on calls, by interval"),
    card("Case work that comes", hours(now.work.inflow_hours), "", moved(now.work.inflow_hours, before.work.inflow_hours)),
    card("Case work open", hours(now.work.backlog_hours), "", moved(now.work.backlog_hours, before.work.backlog_hours)),
    card("Left for cases", hours(room.cases), room.cases < now.work.inflow_hours ? "bad" : "good", moved(room.cases, before.work.capacity_hours.cases), `of ${hours(room.contract)} by contract`),
    card("Does it fit?", check.ok ? "yes" : "no", check.ok ? "good" : "bad", check.ok ? "capacity keeps up with what comes" : `${hours(check.shortfall_hours)} missing`),
  );
}

// A sentence with its hours as the page writes them.
function inWords(text) {
  return text.replace(/([\d.]+) h\b/g, (_, told) => hours(Number(told)));
}

function structure(work) {
  const { capacity_hours: room, burn_down: burn } = work;
  const minus = (value) => (value ? `− ${hours(value)}` : null);
  return el(
    "div",
    { class: "pair" },
    el("div", { class: "panel" }, el("h3", {}, "Does capacity hold?"), el("p", {}, sentence(inWords(work.structural_check.sentence))), facts([
      ["Contracts", hours(room.contract)],
      ["Leave", minus(room.leave)],
      ["Holidays", minus(room.holidays)],
      ["Meetings", minus(room.meetings)],
      ["Paid breaks", minus(room.paid_breaks)],
      ["Calls", minus(room.voice)],
      ["Left for cases", hours(room.cases)],
    ])),
    el("div", { class: "panel" }, el("h3", {}, "Burn-down"), facts([
      ["Backlog is cleared", burn.weeks_to_clear === null ? "never, as it is" : `in ${number(burn.weeks_to_clear, 1)} weeks, as it is`],
      [`To clear it in ${some(burn.weeks)} weeks`, `${some(burn.fte)} full-time equivalents`],
      ["To keep it cleared", `${some(burn.steady_state_fte)} full-time equivalents`],
      ["That is more by", `${some(burn.extra_fte)}, or ${hours(burn.extra_hours_per_week)} a week`],
    ]), calculator(work)),
  );
}

// The same question with numbers of one's own.
function calculator(work) {
  const said = el("p", { role: "status" });
  const fields = [
    ["inflow_per_week", "New a week", 300],
    ["backlog", "Open now", 400],
    ["weeks", "Weeks to clear", work.burn_down.weeks || 4],
    ["handle_minutes", "Minutes each", 20],
    ["productive_hours_per_week", "Hours on cases per person and week", 30],
  ].map(([name, words, value]) => [name, words, el("input", { type: "number", step: "any", min: 0, value: String(value) })]);
  let timer = 0;
  const ask = async () => {
    const question = Object.fromEntries(fields.map(([name, , input]) => [name, Number(input.value)]));
    try {
      const found = await post("v1/burndown", question);
      said.textContent = `${number(found.fte, 1)} people clear it in time, ${number(found.steady_state_fte, 1)} keep it cleared.`;
    } catch (error) {
      said.textContent = error.message;
    }
  };
  for (const [, , input] of fields) input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 300); });
  const details = el("details", {}, el("summary", {}, "Reckon with other numbers"), el("div", { class: "controls" }, ...fields.map(([, words, input]) => el("label", {}, words, input))), said);
  details.addEventListener("toggle", () => details.open && ask());
  return details;
}

// What was looked at is looked at again.
function rechoose(box, value) {
  if (!box || value === undefined) return;
  box.value = value;
  box.dispatchEvent(new Event("change"));
}

async function asked(plan, signal) {
  const [needs, work] = await Promise.all([post("v1/requirements", plan, { signal }), post("v1/throughput", plan, { signal })]);
  return { needs, work };
}

export default {
  name: "demand",
  title: "Demand",
  async show(node, _, shell) {
    const at = planAtHand();
    node.append(el("h1", {}, "Demand"));
    if (!at?.plan || !at.valid) {
      const words = at?.plan ? "The plan at hand has problems: once they are mended, its demand is shown here." : "There is no plan at hand. Try the sample or upload one under Plans.";
      node.append(note(words), el("p", {}, el("a", { class: "button main", href: at?.plan ? "#/plans/plan" : "#/plans" }, at?.plan ? "Mend the plan" : "Go to Plans")));
      return undefined;
    }
    shell.subject(at.plan.name ?? "");
    const wait = waiting("Working out who is needed …");
    node.append(wait);
    const before = await asked(at.plan, shell.signal);
    wait.remove();
    const cards = el("div", { role: "status" });
    const said = el("div", {});
    const checks = el("div", {});
    const calls = el("section", { id: "coverage" }, el("h2", {}, "Who is needed on calls, and when?"));
    const cases = el("section", { id: "cases" }, el("h2", {}, "Which case work comes, and when is it due?"));
    const keep = el("button", { type: "button", class: "main", disabled: true }, "Take over into the plan");
    const reset = el("button", { type: "button", disabled: true }, "As in the plan");
    const controls = levers(at.plan, () => later());
    node.append(
      unseen("Hours"),
      cards,
      said,
      el("section", { class: "panel", "aria-label": "Change a target or a volume" }, el("h2", {}, "What if?"), el("p", { class: "quiet small" }, "Change a target or a volume: the hours above and the curves below follow."), controls.node, el("div", { class: "row-of" }, keep, reset)),
      calls,
      cases,
      el("section", { "aria-label": "Capacity" }, el("h2", {}, "Does it fit?"), checks),
    );
    let plan = at.plan;
    const draw = (now) => {
      const chosen = ["coverage-queue", "coverage-day"].map((id) => [`#${id} select`, calls.querySelector(`#${id} select`)?.value]);
      const kind = ["#cases .controls select", cases.querySelector(".controls select")?.value];
      buildParts(documentOf(plan, now.needs, now.work));
      for (const [place, value] of [...chosen, kind]) rechoose(node.querySelector(place), value);
      cards.replaceChildren(hoursCards(plan, now, before));
      checks.replaceChildren(structure(now.work));
    };
    draw(before);
    let timer = 0;
    let asking = null;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(follow, 250);
    };
    const follow = async () => {
      asking?.abort();
      asking = new AbortController();
      const { signal } = asking;
      plan = applied(at.plan, controls.values());
      keep.disabled = reset.disabled = !controls.moved();
      try {
        const now = controls.moved() ? await asked(plan, signal) : before;
        if (signal.aborted || shell.signal.aborted) return;
        said.replaceChildren();
        draw(now);
      } catch (error) {
        if (!signal.aborted && !shell.signal.aborted) said.replaceChildren(problemNode(error));
      }
    };
    reset.addEventListener("click", () => { controls.reset(); follow(); });
    keep.addEventListener("click", async () => {
      await judge(plan, shell.signal);
      shell.say("Taken over into the plan.");
      shell.again();
    });
    return () => { clearTimeout(timer); asking?.abort(); };
  },
};
