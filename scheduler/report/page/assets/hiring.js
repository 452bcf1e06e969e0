"use strict";
// The mix of hires of least cost, one more or fewer of each kind, and the weeks it meets.

const hiring = (() => {
let found = null;
const NOTHING = "–";
const MOST_BARS = 40;
const STATUS = {
  optimal: "Proved: no mix costs less.",
  feasible: "Not proved best: the bound leaves open whether another mix costs less.",
  infeasible: "Proved: no mix meets everything.",
  unknown: "No mix was found that meets everything; it is not proved that there is none.",
  failed: "A week could not be solved.",
};
const TARGETS = { short_hours: "hours short", breaches: "breaches", service_level: "service level" };
const STATES = {
  infeasible: "no legal roster exists",
  unknown: "none found in the time given",
  illegal: "the roster is illegal",
  failed: "it could not be solved",
  not_solved: "not solved",
};

function mixText(mix) {
  const parts = found.kinds.map((kind, k) => [mix[k], kind.name]).filter(([count]) => count);
  return parts.map(([count, name]) => `${count} × ${name}`).join(", ") || "nobody";
}

function missedText(missed) {
  return missed.length ? `misses ${missed.map((name) => TARGETS[name]).join(", ")}` : "";
}

function cost(value) {
  return value === null ? NOTHING : some(value);
}

function besideText(one) {
  if (one === null) return NOTHING;
  if (one.more !== null) return `${one.too_small ? "≈ " : ""}${signed(one.more)}`;
  if (one.bound === null) return "proved not to do";
  return missedText(one.missed) || "not looked at";
}

function targetsText() {
  const asked = [
    ["short_hours", (value) => `at most ${some(value)} agent-hours short on calls`],
    ["breaches", (value) => `at most ${some(value)} breaches`],
    ["service_level", (value) => `a service level of ${percent(value)} or more`],
  ].filter(([name]) => found.targets[name] !== null);
  if (!asked.length) return "Nothing must be met but the plan's rules: what is short or overdue has its price.";
  return `Every week: ${asked.map(([name, words]) => words(found.targets[name])).join(", ")}.`;
}

function buildMix() {
  section("span").textContent = `${plural(found.weeks.length, "week")}, ${plural(found.mixes, "mix", "mixes")} within the limits`;
  const node = section("mix");
  for (const text of found.notes) node.append(note(noteText(text)));
  if (found.interrupted) node.append(note("The search was stopped before it was done."));
  const whole = found.cost === null
    ? []
    : [el("p", { class: "lead" }, `${mixText(found.kinds.map((kind) => kind.number))}: ${some(found.cost)} paid hours’ worth, of which hires ${some(found.hires_cost)} and rosters ${some(found.weeks_cost)}; no mix costs less than ${cost(found.bound)}${found.gap === null ? "" : ` (gap ${percent(found.gap)})`}.`)];
  node.append(...whole, el("p", {}, `${STATUS[found.status]} ${targetsText()}`));
  const columns = ["Kind", "hired", "at least", "at most", "each, a week", "one fewer", "one more"];
  const rows = found.kinds.map((kind) => [
    kind.name,
    [kind.number ?? 0, kind.number === null ? NOTHING : String(kind.number)],
    [kind.at_least, String(kind.at_least)],
    [kind.at_most, String(kind.at_most)],
    [kind.cost_per_week, some(kind.cost_per_week)],
    besideText(kind.one_fewer),
    besideText(kind.one_more),
  ]);
  node.append(
    el("div", { class: "panel scroll whole", tabIndex: 0 }, table(columns.map((name, n) => ({ name, words: n === 0 })), rows, "Kinds, and what one fewer or more costs")),
    el("p", { class: "quiet small" }, "One fewer, one more: what the mix then costs more, found by solving every week again; ≈ where the gaps leave open which of the two costs less."),
  );
}

function buildWeeks() {
  const node = section("weeks");
  if (!found.weeks.length) {
    node.append(note("No week was solved."));
    return;
  }
  const columns = ["Week", "share", "service level", "hours short", "breaches", "paid hours", "cost", "bound", "gap", "misses"];
  const rows = found.weeks.map((one) => {
    const f = one.figures;
    const told = f.objective === null ? `${STATES[one.status] ?? one.status}${one.error ? `: ${one.error}` : ""}${one.why.length ? `: ${one.why.join("; ")}` : ""}` : one.missed.map((name) => TARGETS[name]).join(", ") || "nothing";
    return [
      one.name,
      [one.share, percent(one.share)],
      [f.service_level ?? 0, f.service_level === null ? NOTHING : percent(f.service_level)],
      [f.short_hours ?? 0, cost(f.short_hours)],
      [f.breaches ?? 0, cost(f.breaches)],
      [f.paid_hours ?? 0, cost(f.paid_hours)],
      [f.objective ?? 0, cost(f.objective)],
      [one.bound ?? 0, cost(one.bound)],
      [one.gap ?? 0, one.gap === null ? NOTHING : percent(one.gap)],
      told,
    ];
  });
  node.append(
    el("p", { class: "lead" }, `Each week with the mix, solved by the ordinary engine and checked; ${found.weeks.some((one) => one.folder) ? "its plan and roster are in the folder weeks" : "its roster is not kept"}.`),
    el("div", { class: "panel scroll whole", tabIndex: 0 }, table(columns.map((name, n) => ({ name, words: n === 0 || n === columns.length - 1 })), rows, "Weeks with the mix")),
  );
}

function ranked() {
  return [...found.tried].sort((a, b) => Number(b.meets) - Number(a.meets) || (a.cost ?? Infinity) - (b.cost ?? Infinity));
}

function drawn() {
  return ranked().filter((one) => one.cost !== null).slice(0, MOST_BARS).reverse();
}

function barOptions() {
  const shown = drawn();
  const paler = (one) => (one.meets ? 1 : 0.4);
  const part = (name, value, shade) => ({
    ...bars(name, shown.map((one) => ({ value: value(one), itemStyle: { color: colour(shade), opacity: paler(one) } })), colour(shade), { barMaxWidth: 16 }),
    stack: "cost",
  });
  return {
    tooltip: tooltip((n) => hint(shown[n])),
    grid: plainGrid({ bottom: 26 }),
    xAxis: axisOfValues({ name: "paid hours’ worth", nameLocation: "middle", nameGap: 28, nameTextStyle: { color: colour("quiet") } }),
    yAxis: axisOfNames(shown.map((one) => mixText(one.mix)), { axisLabel: { interval: 0, width: window.innerWidth < 700 ? 110 : 240, overflow: "truncate" } }),
    series: [
      part("rosters", (one) => one.cost - one.hires_cost, "calls"),
      part("hires", (one) => one.hires_cost, "case-0"),
      { type: "scatter", name: "bound", symbol: "diamond", symbolSize: 9, itemStyle: { color: colour("need") }, data: shown.map((one) => one.bound) },
    ],
  };
}

function hint(one) {
  return bubble(mixText(one.mix), [
    ["cost", cost(one.cost)],
    ["hires", some(one.hires_cost), "case-0"],
    ["costs no less than", one.bound === null ? "proved not to do" : some(one.bound), "need"],
    ["meets everything", one.meets ? "yes" : missedText(one.missed) || "no"],
  ]);
}

function triedRows() {
  return ranked().map((one) => [
    mixText(one.mix),
    [one.hires_cost, some(one.hires_cost)],
    [one.cost ?? 0, cost(one.cost)],
    one.bound === null ? "proved not to do" : some(one.bound),
    one.meets ? "yes" : missedText(one.missed) || "no",
    [one.short_hours ?? 0, cost(one.short_hours)],
    [one.breaches ?? 0, cost(one.breaches)],
    [one.service_level ?? 0, one.service_level === null ? NOTHING : percent(one.service_level)],
  ]);
}

function buildTried() {
  const node = section("tried");
  const shown = drawn();
  if (!shown.length) {
    node.append(note("No mix was solved."));
    return;
  }
  node.append(
    el("p", { class: "lead" }, "What each mix costs whose weeks were solved, the cheapest that meets everything first; pale ones miss a target. The diamond is what it costs at least."),
  );
  const names = ["Mix", "hires", "cost", "costs at least", "meets everything", "hours short", "breaches", "service level"];
  const side = chart({
    label: "Cost of each mix that was tried",
    height: 100 + 26 * shown.length,
    key: () => [["calls", "rosters of a mean week"], ["case-0", "hires"], ["need", "costs at least", "diamond"]],
    options: barOptions,
    columns: () => names.map((name, n) => ({ name, words: n === 0 || n === 4 })),
    rows: triedRows,
  });
  node.append(el("div", { class: "panel" }, side.node));
}

function buildMade() {
  const pairs = [
    ["Asked for", `time limit ${number(found.time_limit)} s a week${found.work_limit ? `, ${plural(found.work_limit, "step")} of work` : ""}, gap ${percent(found.asked_gap)}, ${plural(found.workers, "worker")} each`],
    ["Mixes", `${some(found.tried.length)} of ${some(found.mixes)} with rosters, ${some(found.ruled_out)} proved not to do`],
    ["Bound", `column generation alone proves ${some(found.columns_bound)}`],
    ["Engine", `${found.engine}, seed ${found.seed}`],
    ["Versions", Object.entries(found.versions).map(([name, version]) => `${name} ${version}`).join(", ")],
    ["Plan", found.plan_hash],
  ];
  section("made").append(el("div", { class: "panel" }, el("dl", {}, ...pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]))));
}

// What is to be shown.
function use(told) {
  found = told;
}

return { use, builds: [buildMix, buildWeeks, buildTried, buildMade] };
})();
