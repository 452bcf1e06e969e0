"use strict";
// The figures of a scenario, and how they are written: what its charts and tables share.

const scenario = (() => {
const METRICS = [
  { key: "service_level", points: true, name: "service level", short: "level", show: (value) => percent(value), more: (value) => `${signed(100 * value)}\u00a0points`, better: 1, shade: "calls" },
  { key: "breaches", name: "breaches", short: "breaches", show: some, more: signed, better: -1, shade: "short" },
  { key: "paid_hours", points: true, name: "paid hours", short: "paid", show: hours, more: signed, better: -1, shade: "shift" },
  { key: "overtime_hours", name: "overtime", short: "overtime", show: hours, more: signed, better: -1, shade: "case-2" },
  { key: "gap", name: "gap", short: "gap", show: (value) => percent(value), shade: "calls-3" },
  { key: "objective", name: "cost", short: "cost", show: some, more: signed, better: -1, shade: "case-0" },
];
const STATUS = {
  infeasible: "no legal roster exists",
  unknown: "none found in the time given",
  illegal: "the roster is illegal",
  failed: "it could not be solved",
  not_solved: "not solved yet",
};
const NOTHING = "–";

function figure(one, metric) {
  return metric.key === "gap" ? one.gap : one.figures[metric.key];
}

function moreText(one, metric) {
  const more = one.difference?.[metric.key];
  if (!metric.more || more === null || more === undefined) return NOTHING;
  return `${one.difference.too_small.includes(metric.key) ? "≈ " : ""}${metric.more(more)}`;
}

function short(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function isTold(one, metric) {
  return !one.difference || !one.difference.too_small.includes(metric.key);
}

function hint(one) {
  const rows = METRICS.map((metric) => {
    const own = metric.show(figure(one, metric));
    return [metric.name, metric.more && one.difference ? `${own} (${moreText(one, metric)})` : own, metric.shade];
  });
  return bubble(one.name, [...rows, ["changes", short(one.changes, 80)]]);
}

return { METRICS, STATUS, NOTHING, figure, moreText, short, isTold, hint };
})();
