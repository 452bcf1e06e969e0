// Targets and volumes of a plan, to be moved.

// Per queue and case type: name, words, what the plan says, unit, and what it does to it.
const QUEUE = [
  { key: "service_level", words: "Service level, %", of: (queue) => 100 * (queue.service_level ?? 0.8), min: 1, max: 99 },
  { key: "answer_within_seconds", words: "Answered within, s", of: (queue) => queue.answer_within_seconds ?? 20, min: 0, max: 3600 },
  { key: "calls", words: "Calls, ± %", of: () => 0, min: -100, max: 1000 },
  { key: "handle_seconds", words: "Handle time, ± %", of: () => 0, min: -90, max: 1000 },
];
const CASE = [
  { key: "cases", words: "New cases, ± %", of: () => 0, min: -100, max: 1000 },
  { key: "handle_minutes", words: "Handle time, ± %", of: () => 0, min: -90, max: 1000 },
];

export function levers(plan, changed) {
  const fields = [];
  const box = (kind, entry, asked) => {
    const rows = asked.map((lever) => {
      const told = Number(lever.of(entry).toFixed(2));
      const input = el("input", { type: "number", step: "any", min: lever.min, max: lever.max, value: String(told), oninput: () => {
        input.classList.toggle("moved", Number(input.value) !== told);
        changed();
      } });
      fields.push({ kind, name: entry.name, lever, told, input });
      return el("label", {}, lever.words, input);
    });
    return el("fieldset", { class: "lever" }, el("legend", {}, entry.name), ...rows);
  };
  const node = el(
    "div",
    { class: "levers" },
    ...(plan.queues ?? []).map((queue) => box("queue", queue, QUEUE)),
    ...(plan.case_types ?? []).map((kind) => box("case", kind, CASE)),
  );
  // What is out of bounds, or half typed, counts as not moved.
  const value = ({ input, told, lever }) => {
    const typed = Number(input.value);
    return input.value === "" || Number.isNaN(typed) || typed < lever.min || typed > lever.max ? told : typed;
  };
  const movedOnes = () => fields.filter((field) => value(field) !== field.told);
  return {
    node,
    moved: () => movedOnes().length > 0,
    values: () => movedOnes().map((field) => ({ kind: field.kind, name: field.name, key: field.lever.key, value: value(field) })),
    reset() {
      for (const { input, told } of fields) {
        input.value = String(told);
        input.classList.remove("moved");
      }
    },
  };
}

function scaled(row, key, percent_) {
  if (row[key] !== undefined && row[key] !== "") row[key] = Number(row[key]) * (1 + percent_ / 100);
}

// The plan with levers moved; the one that is given stays as it is.
export function applied(plan, values) {
  const found = structuredClone(plan);
  for (const { kind, name, key, value } of values) {
    const entry = (kind === "queue" ? found.queues : found.case_types).find((each) => each.name === name);
    if (key === "service_level") entry.service_level = value / 100;
    else if (key === "answer_within_seconds") entry.answer_within_seconds = value;
    else if (kind === "queue") for (const row of found.calls ?? []) if (row.queue === name) scaled(row, key, value);
    if (key === "cases") for (const row of found.inflow ?? []) if (row.case_type === name) scaled(row, key, value);
    if (key === "handle_minutes") scaled(entry, key, value);
  }
  return found;
}
