"use strict";
// Scenarios of a plan side by side: figures, differences to the base, and the frontier.

const whatif = (() => {
const { METRICS, STATUS, NOTHING, figure, moreText, isTold, hint } = scenario;
const MOST_BARS = 60;
let found = null;
let single = [];
let known = [];
let leaving;

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
    options.xAxis.push({ ...axisOfValues({ scale: metric.points ?? false, splitNumber: 2, axisLabel: { fontSize: 11, showMaxLabel: false, formatter: (value) => (metric.key === "service_level" || metric.key === "gap" ? percentTick(value) : some(value)) } }), gridIndex: m });
    options.yAxis.push({ ...axisOfNames(shown.map((one) => one.name), { axisLabel: { show: column === 0, interval: 0, fontSize: 12, width: names - 14, overflow: "truncate" } }), gridIndex: m });
    // Figures that are never near nothing are points: bars would have to start at 0.
    const points = metric.points ? { type: "scatter", symbolSize: 11 } : {};
    options.series.push({
      ...bars(metric.name, values.map((value, n) => ({ value, itemStyle: { color: colour(metric.shade), opacity: isTold(shown[n], metric) ? 1 : 0.45 } })), colour(metric.shade), { barMaxWidth: 13 }),
      ...points,
      xAxisIndex: m,
      yAxisIndex: m,
      ...(base === null ? {} : { markLine: { silent: true, precision: EXACT, symbol: "none", label: { show: false }, lineStyle: { color: colour("need"), type: "dashed", width: 1 }, data: [{ xAxis: base }] } }),
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
  for (const text of found.notes) node.append(note(noteText(text)));
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
  node.append(el("div", { class: "panel scroll whole", tabIndex: 0 }, table(columns.map((name, n) => ({ name, words: n === 0 })), sampledRows(), "Over samples")));
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
  frontier.use(known);
}

return { use, builds: [buildScenarios, frontier.build, buildSampled, buildMade] };
})();
