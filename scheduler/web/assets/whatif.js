// What if: scenarios of the plan at hand, solved by the server, side by side.

import { rowsOf, viewOf } from "./many.js";

// What a scenario may change here, and how its file says it; files can say more.
const LEVERS = [
  { key: "calls", words: "Calls, ± %", min: -100, max: 1000, told: (value) => relative(value) },
  { key: "handle_time", words: "Handle time, ± %", min: -90, max: 1000, told: (value) => relative(value) },
  { key: "inflow", words: "New cases, ± %", min: -100, max: 1000, told: (value) => relative(value) },
  { key: "absence", words: "Away, %", min: 0, max: 90, told: (value) => value / 100 },
  { key: "overtime", words: "Overtime, h a week", min: 0, max: 40, told: (value) => value },
];

function relative(value) {
  return `${value < 0 ? "" : "+"}${value}%`;
}

function rowOf(number_) {
  const name = el("input", { type: "text", maxLength: 100, value: `scenario ${number_}`, "aria-label": `Name of scenario ${number_}` });
  const inputs = LEVERS.map((lever) => el("input", { type: "number", step: "any", min: lever.min, max: lever.max, "aria-label": `${lever.words}, scenario ${number_}` }));
  const told = () => {
    const entry = { name: name.value };
    LEVERS.forEach((lever, n) => {
      if (inputs[n].value !== "") entry[lever.key] = lever.told(Number(inputs[n].value));
    });
    return entry;
  };
  return { node: el("tr", {}, ...[name, ...inputs].map((input) => el("td", {}, input))), told };
}

function order() {
  const rows = rowsOf("Scenarios", ["Scenario", ...LEVERS.map((lever) => lever.words)], rowOf);
  const seconds = el("input", { type: "number", min: 1, max: 3600, value: 60 });
  return {
    words: "What is left empty stays as the plan has it. The plan as it is is always solved, too.",
    rows,
    controls: [el("label", {}, "Search at most, seconds each", seconds)],
    query: () => ({ time_limit: String(Number(seconds.value)) }),
    told: () => ({ scenarios: rows.told() }),
  };
}

export default viewOf({
  name: "whatif",
  title: "What if?",
  sent: "scenarios",
  fresh: "Scenarios",
  go: "Solve the scenarios",
  result: "Side by side",
  drawing: whatif,
  order,
  parts: [
    ["scenarios", "Scenarios"],
    ["frontier", "What can be had for how many hours?"],
    ["sampled", "Over samples"],
    ["made", "How it was made"],
  ],
});
