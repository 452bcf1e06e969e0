"use strict";
// How the roster was found, and how near the best possible it is.

const STOPS = {
  proof: "it was proved best",
  gap: "the gap asked for was reached",
  time_limit: "the time limit was reached",
  work_limit: "the work limit was reached",
  stopped: "somebody stopped it",
  near: "nothing more near the roster it started from would pay",
};

function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return el("dl", {}, ...shown.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

// A gap above this is only the beginning of a search; it would hide the rest.
function progressOptions() {
  const steps = data.made.progress;
  const points = (key) => steps.filter((step) => step[key] !== null).map((step) => [step.seconds, step[key]]);
  const last = steps[steps.length - 1];
  const before = points("best").at(-2)?.[1] ?? 0; // the last step down is in sight
  const ceiling = last.best === null || last.bound === null ? null : Math.max(before, last.bound + 4 * Math.max(last.best - last.bound, 0.02 * last.best));
  return {
    tooltip: tooltip((found) => found, {
      formatter: (found) => {
        const seconds = found[0].value[0];
        const step = [...steps].reverse().find((each) => each.seconds <= seconds) ?? steps[0];
        return bubble(`after ${number(seconds, 1)} s: ${step.phase}`, [
          ["best", step.best === null ? "none yet" : some(step.best), "calls"],
          ["bound", some(step.bound), "calls-3"],
          ["gap", step.gap === null ? UNKNOWN : percent(step.gap)],
        ]);
      },
    }),
    grid: plainGrid({ bottom: 22 }),
    xAxis: axisOfValues({ name: "seconds", nameLocation: "middle", nameGap: 26, nameTextStyle: { color: colour("quiet") }, max: last.seconds, axisLabel: { showMaxLabel: false } }),
    yAxis: axisOfValues({
      scale: true,
      name: "paid hours’ worth",
      nameTextStyle: { color: colour("quiet"), align: "left" },
      nameGap: 8,
      ...(ceiling ? { max: (range) => Math.min(range.max, Math.ceil(ceiling)), axisLabel: { showMaxLabel: false } } : {}),
    }),
    series: [
      line("best roster so far", points("best"), colour("calls"), { step: "end" }),
      line("bound: no roster costs less", points("bound"), colour("calls-3"), { step: "end", lineStyle: { type: "dashed" } }),
    ],
  };
}

function progressRows() {
  return data.made.progress.map((step) => [
    [step.seconds, number(step.seconds, 1)],
    step.phase,
    [step.best, step.best === null ? "–" : number(step.best, 1)],
    [step.bound, step.bound === null ? "–" : number(step.bound, 1)],
    [step.gap, step.gap === null ? "–" : percent(step.gap, 2)],
  ]);
}

function madeFacts(made) {
  const { cost } = data;
  return facts([
    ["Cost", cost.objective === null ? null : `${some(cost.objective)} paid hours’ worth`],
    ["Bound", cost.bound === null ? null : `${some(cost.bound)}: no roster costs less`],
    ["Gap", cost.gap === null ? null : percent(cost.gap, 2)],
    ["Floor", cost.floor === null ? null : `${some(cost.floor)}: the cheapest legal weeks with no demand at all`],
    ["Search", `${number(made.seconds, 0)} s with engine ${made.engine}; it ended when ${STOPS[made.stop_reason]}`],
    ["Asked for", `time limit ${number(made.settings.time_limit, 0)} s, gap ${percent(made.settings.gap)}, ${plural(made.settings.workers, "worker")}`],
    ["Seed", `${made.seed}${made.repeatable ? "; the same call finds the same again" : ""}`],
    ["Started from", made.start ? `${made.start.folder} (${plural(made.start.agents, "week")} taken over)` : null],
    ["Machine", `${made.machine.platform}, ${plural(made.machine.processors, "processor")}`],
    ["Versions", Object.entries(made.versions).map(([name, version]) => `${name} ${version}`).join(", ")],
    ["Plan", made.plan_hash === data.plan_hash ? data.plan_hash : `${data.plan_hash}; the roster was made for ${made.plan_hash}`],
    ["Simulated", data.simulated ? `${plural(data.simulated.replications, "replication")}, ${data.simulated.blend}, seed ${data.simulated.seed}` : null],
  ]);
}

function buildMade() {
  const node = section("made");
  if (!data.made) {
    node.append(note("There is no result.json with this roster: how it was made, and how near the best possible it is, is not known."));
    node.append(el("div", { class: "panel" }, facts([["Plan", data.plan_hash], ["Page made by", `ringfence ${data.version}`]])));
    return;
  }
  const panels = [el("div", { class: "panel" }, madeFacts(data.made))];
  if (data.made.progress.some((step) => step.best !== null)) {
    const progress = chart({
      title: "Best roster and bound over time",
      label: "Cost of the best roster and the bound by second",
      height: 320,
      key: () => [["calls", "best roster so far", "line"], ["calls-3", "bound: no roster costs less", "dash"]],
      options: progressOptions,
      columns: () => ["Seconds", "Done", "Best", "Bound", "Gap"].map((name) => ({ name })),
      rows: progressRows,
    });
    panels.unshift(el("div", { class: "panel" }, progress.node));
  }
  node.append(el("div", { class: panels.length > 1 ? "pair" : "" }, ...panels));
}
