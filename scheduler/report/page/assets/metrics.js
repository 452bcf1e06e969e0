"use strict";
// The figures that case work is judged by, with what they mean.

const UNITS = {
  cases: some,
  share: (value) => percent(value),
  hours,
  days: (value) => `${number(value, 1)} d`,
  rate: (value) => `${number(value, 2)} / h`,
};

function buildMetrics() {
  const node = section("metrics");
  if (!data.metrics.length) {
    node.append(note(data.cases.length ? "What is done on cases is not known: activities.csv is missing." : "The plan has no case types with cases."));
    return;
  }
  node.append(el("p", { class: "lead quiet small" }, "All are forecasts of these days, by the plan’s inflow and handle times. A promise of seconds, as calls have, is no measure of work that waits for days."));
  for (const group of data.metrics) {
    const columns = [{ name: "Metric", words: true }, ...data.cases.map((kind) => ({ name: kind.name }))];
    const rows = group.metrics.map((metric) => [
      el("div", {}, metric.name, el("p", {}, `${metric.definition} ${metric.use}`)),
      ...metric.values.map((value) => [0, value === null ? "–" : UNITS[metric.unit](value)]),
    ]);
    const made = table(columns, rows);
    made.classList.add("defined");
    made.style.setProperty("--columns", data.cases.length);
    node.append(el("div", { class: "panel" }, el("h3", {}, group.name), el("div", { class: "scroll whole", tabIndex: 0 }, made)));
  }
}
