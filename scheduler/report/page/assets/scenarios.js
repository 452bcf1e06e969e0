"use strict";
// Scenarios of a plan side by side: figures, differences to the base, and the frontier.

const whatif = (() => {
let found = null;
let single = [];
let known = [];
let leaving;
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
const MOST_BARS = 60;

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

// Small charts side by side that share their scenarios; as many in a row as fit.
function shape() {
  const wide = window.innerWidth;
  return { across: wide >= 1100 ? 6 : wide >= 700 ? 3 : 2, names: wide >= 700 ? 200 : 110 };
}

function barsShown() {
  return known.slice(0, MOST_BARS);
}

function barsHeight() {
  const rows = Math.ceil(METRICS.length / shape().across);
  return rows * (46 + 22 * barsShown().length) + 10;
}

function barOptions() {
  const shown = [...barsShown()].reverse();
  const { across, names } = shape();
  const rows = Math.ceil(METRICS.length / across);
  const room = barsHeight() / rows;
  const total = Math.max(320, document.querySelector("main").clientWidth - 40);
  const each = (total - names) / across;
  const options = { title: [], grid: [], xAxis: [], yAxis: [], series: [] };
  METRICS.forEach((metric, m) => {
    const column = m % across;
    const top = Math.floor(m / across) * room;
    const left = names + column * each;
    const values = shown.map((one) => figure(one, metric));
    const base = figure(single[0], metric);
    options.title.push({ text: metric.name, left, top: top + 2, textStyle: { fontSize: 12, fontWeight: 600, color: colour("quiet"), width: each - 14, overflow: "truncate" } });
    options.grid.push({ left, width: each - 18, top: top + 26, height: room - 46 });
    options.xAxis.push({ ...axisOfValues({ scale: metric.points ?? false, splitNumber: 2, axisLabel: { fontSize: 11, showMaxLabel: false, formatter: (value) => (metric.key === "service_level" || metric.key === "gap" ? percent(value, 0) : some(value)) } }), gridIndex: m });
    options.yAxis.push({ ...axisOfNames(shown.map((one) => one.name), { axisLabel: { show: column === 0, interval: 0, fontSize: 12, width: names - 14, overflow: "truncate" } }), gridIndex: m });
    // Figures that are never near nothing are points: bars would have to start at 0.
    const points = metric.points ? { type: "scatter", symbolSize: 11 } : {};
    options.series.push({
      ...bars(metric.name, values.map((value, n) => ({ value, itemStyle: { color: colour(metric.shade), opacity: isTold(shown[n], metric) ? 1 : 0.45 } })), colour(metric.shade), { barMaxWidth: 13 }),
      ...points,
      xAxisIndex: m,
      yAxisIndex: m,
      ...(base === null ? {} : { markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: colour("need"), type: "dashed", width: 1 }, data: [{ xAxis: base }] } }),
    });
  });
  return {
    ...options,
    tooltip: tooltip(() => "", {
      trigger: "item",
      formatter: (item) => hint(shown[item.dataIndex]),
    }),
  };
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

function figureColumns() {
  return [
    { name: "Scenario", words: true },
    ...METRICS.flatMap((metric) => [{ name: metric.name }, ...(metric.more ? [{ name: "more", title: "than the base" }] : [])]),
    { name: "best rosters differ in cost by" },
    { name: "changes", words: true },
  ];
}

function figureRows() {
  return single.map((one) => {
    if (one.figures.objective === null) {
      const why = one.error ?? one.why.join("; ");
      const cells = METRICS.flatMap((metric) => (metric.more ? [[0, NOTHING], NOTHING] : [[0, NOTHING]]));
      return [one.name, ...cells, NOTHING, `${STATUS[one.status] ?? one.status}${why ? `: ${why}` : ""}; ${one.changes}`];
    }
    const cells = METRICS.flatMap((metric) => {
      const value = figure(one, metric);
      const own = [value ?? 0, value === null ? NOTHING : metric.show(value)];
      return metric.more ? [own, moreText(one, metric)] : [own];
    });
    const more = one.difference;
    const span = more && more.cost_least !== null ? `${signed(more.cost_least)} to ${signed(more.cost_most)}` : NOTHING;
    return [`${one.name}${one.on_frontier ? " *" : ""}`, ...cells, span, one.changes];
  });
}

function buildScenarios() {
  const told = single.length - 1;
  section("span").textContent = `${plural(told, "scenario")} beside the plan as it is${found.sampled.length ? `, and ${plural(found.scenarios.length - single.length, "sample")}` : ""}`;
  const node = section("scenarios");
  for (const text of found.notes) node.append(note(text));
  if (found.interrupted) node.append(note("The run was stopped before all scenarios were solved."));
  node.append(
    el(
      "p",
      { class: "lead" },
      "Each row is the roster found for a scenario; the dashed line is the plan as it is. What is pale, and has ≈ in the table, is too small to tell from the base: the gaps to the best possible of the two rosters leave more open than they differ. Service level and breaches have no bound of their own; where costs cannot be told apart, nor can they.",
    ),
  );
  const missing = single.filter((one) => one.figures.objective === null);
  if (missing.length) {
    const lines = missing.map((one) => el("li", {}, `${one.name}: ${STATUS[one.status] ?? one.status}${one.error ? ` (${one.error})` : ""}`));
    node.append(el("p", {}, "Without a roster:"), el("ul", { class: "plain" }, ...lines));
  }
  if (known.length > MOST_BARS) node.append(note(`The first ${MOST_BARS} of ${known.length} are drawn; the table has all.`));
  const side = chart({
    label: "Figures of each scenario",
    height: barsHeight(),
    options: barOptions,
    columns: figureColumns,
    rows: figureRows,
  });
  window.addEventListener("resize", () => {
    side.host.style.height = `${barsHeight()}px`;
    side.resize();
    side.show();
  }, { signal: leaving });
  node.append(el("div", { class: "panel" }, side.node));
}

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
    yAxis: axisOfValues({ scale: true, boundaryGap: ["4%", "4%"], name: "service level", nameTextStyle: { color: colour("quiet") }, nameGap: 8, axisLabel: { formatter: (value) => percent(value) } }),
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

function spreadText(spread, metric) {
  return spread ? `${metric.show(spread.mean)} (${metric.show(spread.low)} – ${metric.show(spread.high)})` : NOTHING;
}

function pairedText(spread, metric) {
  if (!spread || spread.more === null) return NOTHING;
  return `${metric.more(spread.more)}${spread.margin === null ? "" : ` ± ${metric.key === "service_level" ? number(100 * spread.margin, 1) : some(spread.margin)}`}`;
}

function sampledRows() {
  const told = METRICS.filter((metric) => metric.more);
  return found.sampled.map((one) => [
    `${one.of}, ${one.samples}`,
    [one.count, one.without ? `${one.count} of ${one.count + one.without}` : String(one.count)],
    ...told.flatMap((metric) => [spreadText(one.figures[metric.key], metric), pairedText(one.figures[metric.key], metric)]),
  ]);
}

function buildSampled() {
  const node = section("sampled");
  if (!found.sampled.length) {
    node.hidden = true;
    document.querySelector('nav a[href="#sampled"]')?.toggleAttribute("hidden", true);
    return;
  }
  node.append(
    el(
      "p",
      { class: "lead" },
      "Means over samples of what may come, with what a tenth of them stays below and a tenth above. More: the mean difference to the base in the same samples, with its 95 % confidence interval.",
    ),
  );
  const columns = ["Scenario", "samples", ...METRICS.filter((metric) => metric.more).flatMap((metric) => [metric.name, "more"])];
  node.append(el("div", { class: "panel scroll whole" }, table(columns.map((name, n) => ({ name, words: n === 0 })), sampledRows(), "Over samples")));
}

function buildMade() {
  const solvedNow = found.scenarios.filter((one) => one.seconds !== null && !one.found_before);
  const pairs = [
    ["Asked for", `time limit ${number(found.time_limit)} s${found.work_limit ? `, ${plural(found.work_limit, "step")} of work` : ""}, gap ${percent(found.asked_gap)}, ${plural(found.workers, "worker")} each`],
    ["Solved", `${plural(solvedNow.length, "scenario")} in this run, ${sum(solvedNow.map((one) => one.seconds)) ? `${number(sum(solvedNow.map((one) => one.seconds)))} s of search in all` : "none needed"}`],
    ["Repeatable", found.scenarios.every((one) => one.repeatable) ? "the same call finds the same rosters again, wherever it runs" : "no: a clock had a say, or more than one worker; --workers 1 and --work-limit make a run repeatable"],
    ["Engine", `${found.engine}, seed ${found.seed}`],
    ["Versions", Object.entries(found.versions).map(([name, version]) => `${name} ${version}`).join(", ")],
    ["Plan", found.plan_hash],
  ];
  section("made").append(el("div", { class: "panel" }, el("dl", {}, ...pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]))));
}

// What is to be shown, until a signal says that it no longer is.
function use(told, signal) {
  found = told;
  leaving = signal;
  single = found.scenarios.filter((one) => one.samples === null);
  known = single.filter((one) => one.figures.objective !== null);
}

return { use, builds: [buildScenarios, buildFrontier, buildSampled, buildMade] };
})();
