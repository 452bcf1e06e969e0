// Whom to hire: the mix that meets the plan's week at least cost, found by the server.

import { rowsOf, viewOf } from "./many.js";

// What the week must give; what is left empty is not asked.
const TARGETS = [
  { key: "short_hours", words: "Hours short on calls, at most", max: 10_000, told: (value) => value },
  { key: "breaches", words: "Breaches, at most", max: 1_000_000, told: (value) => value },
  { key: "service_level", words: "Service level, %, at least", max: 100, told: (value) => value / 100 },
];

function input(label, max, value = "") {
  return el("input", { type: "number", step: "any", min: 0, max, value, "aria-label": label });
}

function rowOf(plan, number_) {
  const of = `kind ${number_}`;
  const name = el("input", { type: "text", maxLength: 100, value: `hire ${number_}`, "aria-label": `Name of ${of}` });
  const like = el("select", { "aria-label": `Like whom, ${of}` });
  for (const agent of plan.agents) like.append(el("option", { value: agent.agent_id }, agent.name ? `${agent.name} (${agent.agent_id})` : agent.agent_id));
  const most = input(`At most, ${of}`, 1000, 2);
  const cost = input(`Each costs a week, ${of}`, 1_000_000, 0);
  most.step = "1";
  const told = () => ({ name: name.value, like: like.value, at_most: Number(most.value), cost_per_week: Number(cost.value) });
  return { node: el("tr", {}, ...[name, like, most, cost].map((each) => el("td", {}, each))), told };
}

function order(plan) {
  const heads = ["Kind", "Like whom", "At most", "Each costs a week, beside their hours"];
  const rows = rowsOf("Who can be hired", heads, (number_) => rowOf(plan, number_));
  const targets = TARGETS.map((target) => input(target.words, target.max));
  for (const each of targets) each.placeholder = "any";
  const mixes = el("input", { type: "number", min: 1, max: 1000, value: 25 });
  const total = el("input", { type: "number", min: 1, max: 3600, value: 600 });
  return {
    words: "How many of each kind meet the week’s targets at least cost? A hire has the contract, skills, team and availability of the agent they are like. Costs are in paid hours’ worth. A file can say more: other contracts and skills, several weeks, limits of all hires together.",
    rows,
    controls: [
      ...TARGETS.map((target, n) => el("label", {}, target.words, targets[n])),
      el("label", {}, "Search at most, seconds in all", total),
      el("label", {}, "Mixes tried, at most", mixes),
    ],
    query: () => ({ total: String(Number(total.value)), mixes: String(Number(mixes.value)) }),
    told: () => ({ hires: rows.told(), targets: asked(targets) }),
  };
}

function asked(inputs) {
  const given = TARGETS.map((target, n) => [target, inputs[n].value]).filter(([, value]) => value !== "");
  return Object.fromEntries(given.map(([target, value]) => [target.key, target.told(Number(value))]));
}

export default viewOf({
  name: "hire",
  title: "Whom to hire",
  sent: "hires",
  fresh: "Hires",
  go: "Find whom to hire",
  result: "Whom to hire",
  drawing: hiring,
  order,
  parts: [
    ["mix", "Whom to hire"],
    ["weeks", "What it meets"],
    ["tried", "Other mixes"],
    ["made", "How it was made"],
  ],
});
