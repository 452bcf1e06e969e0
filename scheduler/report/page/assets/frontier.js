"use strict";
// Which scenarios are not beaten in paid hours, service level and breaches at once.

const frontier = (() => {
const { NOTHING, short, hint } = scenario;
let known = [];

// What happens is nobody's choice: each of it has a frontier of its own.
function happenings() {
  return [...new Set(known.map((one) => one.circumstances))];
}

const SHADES = ["calls", "case-0", "case-1", "case-2", "case-4", "case-5", "case-6", "case-7"];

function shadeOf(happening) {
  return SHADES[happenings().indexOf(happening) % SHADES.length];
}

function bubbleSize(one, most) {
  return 10 + (most ? 26 * Math.sqrt((one.figures.breaches ?? 0) / most) : 0);
}

function frontierOptions() {
  const most = Math.max(0, ...known.map((one) => one.figures.breaches ?? 0));
  const paid = known.map((one) => one.figures.paid_hours);
  const middle = (Math.min(...paid) + Math.max(...paid)) / 2;
  const isNarrow = window.innerWidth < 700;
  // Where there is room for a name.
  const side = (one) => (isNarrow && one.figures.paid_hours > middle ? "left" : "right");
  const series = happenings().map((happening) => {
    const own = known.filter((one) => one.circumstances === happening);
    return {
      type: "scatter",
      name: happening,
      data: own.map((one) => ({
        value: [one.figures.paid_hours, one.figures.service_level ?? 1],
        one,
        symbolSize: bubbleSize(one, most),
        label: { position: side(one) },
        itemStyle: { color: one.on_frontier ? colour(shadeOf(happening)) : faded(shadeOf(happening), 0.3), borderColor: colour(shadeOf(happening)), borderWidth: 1.5 },
      })),
      label: { show: own.length * happenings().length <= 40, formatter: (item) => short(item.data.one.name, isNarrow ? 18 : 26), color: colour("quiet"), fontSize: 11 },
      labelLayout: { hideOverlap: true, moveOverlap: "shiftY" },
      emphasis: { disabled: true },
    };
  });
  const lines = happenings().map((happening) => {
    const own = known.filter((one) => one.circumstances === happening && one.on_frontier);
    const points = own.map((one) => [one.figures.paid_hours, one.figures.service_level ?? 1]).sort((a, b) => a[0] - b[0]);
    return line(happening, points, colour(shadeOf(happening)), { lineStyle: { type: "dashed", width: 1 }, silent: true, tooltip: { show: false } });
  });
  return {
    tooltip: tooltip(() => "", { trigger: "item", formatter: (item) => (item.data.one ? hint(item.data.one) : "") }),
    grid: plainGrid({ right: isNarrow ? 20 : 150, bottom: 26 }),
    xAxis: axisOfValues({ scale: true, boundaryGap: ["4%", "4%"], name: "paid hours", nameLocation: "middle", nameGap: 28, nameTextStyle: { color: colour("quiet") } }),
    yAxis: axisOfValues({ scale: true, boundaryGap: ["4%", "4%"], name: "service level", nameTextStyle: { color: colour("quiet"), align: "left" }, nameGap: 8, axisLabel: { formatter: (value) => percent(value) } }),
    series: [...lines, ...series],
  };
}

function frontierRows() {
  return known
    .filter((one) => one.on_frontier)
    .map((one) => [
      one.circumstances,
      one.name,
      [one.figures.paid_hours, hours(one.figures.paid_hours)],
      [one.figures.service_level ?? 0, one.figures.service_level === null ? NOTHING : percent(one.figures.service_level)],
      [one.figures.breaches ?? 0, one.figures.breaches === null ? NOTHING : some(one.figures.breaches)],
    ]);
}

function buildFrontier() {
  const node = section("frontier");
  if (!known.length) {
    node.append(note("No scenario has a roster."));
    return;
  }
  node.append(
    el(
      "p",
      { class: "lead" },
      "The larger a circle, the more cases breach. Full circles are on the frontier: no other decision in the same circumstances is as good in paid hours, service level and breaches, and better in one. Calls, handle times, inflow and absence are circumstances, each with a colour and a frontier of its own; people, shifts, overtime, targets and blending are decisions.",
    ),
  );
  const scatter = chart({
    label: "Paid hours, service level and breaches of each scenario",
    height: 460,
    key: () => happenings().map((happening) => [shadeOf(happening), happening]),
    options: frontierOptions,
    columns: () => ["Circumstances", "Scenario", "paid hours", "service level", "breaches"].map((name, n) => ({ name, words: n < 2 })),
    rows: frontierRows,
  });
  node.append(el("div", { class: "panel" }, scatter.node));
}

// Scenarios that have a roster.
function use(told) {
  known = told;
}

return { use, build: buildFrontier };
})();
