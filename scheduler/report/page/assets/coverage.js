"use strict";
// Calls: people needed and rostered, and the service level, by interval.

const NOBODY = 0.05; // people: less looks like nobody
const coverage = { queue: 0, day: 0 };

function queueName(queue) {
  return queue.members.length > 1 ? `${queue.members.join(" + ")}, together` : queue.name;
}

// What a queue, or a set of queues by the name that it has in files, is called.
function queueNamed(name) {
  return data.queues.find((each) => each.name === name)?.members.join(" + ") ?? name;
}

function chosenQueue() {
  return data.queues[coverage.queue];
}

// Positions of the intervals of a day; -1: of all days.
function intervals(queue, day) {
  const inside = (start) => day < 0 || (start >= data.days[day].start && start < dayEnd(day));
  return queue.starts.map((_, i) => i).filter((i) => inside(queue.starts[i]));
}

// The day on which most people are missing, else the one with most calls.
function worstDay(queue) {
  const weight = (day) => {
    const own = intervals(queue, day);
    return 1e6 * sum(own.map((i) => queue.short?.[i])) + sum(own.map((i) => queue.calls[i]));
  };
  const weights = data.days.map((_, day) => weight(day));
  return weights.indexOf(Math.max(...weights));
}

// The queues whose level can be told: its own, or its members'.
function rated(queue) {
  if (!queue.level) return [];
  if (queue.level.some((level) => level !== null)) return [queue];
  const own = data.queues.filter((each) => each.members.length === 1 && queue.members.includes(each.name));
  const shown = (each) => intervals(each, coverage.day).some((i) => each.level[i] !== null);
  return own.filter(shown);
}

function at(queue, values, start) {
  const i = queue.starts.indexOf(start);
  return i < 0 ? null : values[i];
}

function coverRows(day) {
  const queue = chosenQueue();
  return intervals(queue, day).map((i) => {
    const needed = queue.required[i];
    const there = queue.rostered ? queue.rostered[i] : null;
    return {
      start: queue.starts[i],
      calls: queue.calls[i],
      needed,
      there,
      met: there === null ? 0 : Math.min(there, needed),
      surplus: there === null ? 0 : Math.max(0, there - needed),
      short: queue.short && queue.short[i] > NOBODY ? queue.short[i] : 0,
    };
  });
}

function coverColumns() {
  const own = rated(chosenQueue());
  return [
    "Interval",
    "Calls",
    "Needed",
    "Rostered",
    "Missing",
    ...own.map((queue) => `Level ${queue.name}`),
    ...own.filter((queue) => queue.simulated).map((queue) => `Simulated ${queue.name}`),
  ].map((name) => ({ name }));
}

function levelCell(queue, values, start) {
  const level = at(queue, values, start);
  return [level ?? 0, level === null ? "–" : percent(level)];
}

function coverTable() {
  const own = rated(chosenQueue());
  return coverRows(coverage.day).map((row) => [
    moment(row.start),
    [row.calls, some(row.calls)],
    [row.needed, some(row.needed)],
    [row.there, row.there === null ? UNKNOWN : some(row.there)],
    [row.short, row.short ? some(row.short) : "–"],
    ...own.map((queue) => levelCell(queue, queue.level, row.start)),
    ...own.filter((queue) => queue.simulated).map((queue) => levelCell(queue, queue.simulated, row.start)),
  ]);
}

const LEVEL_SHADES = ["calls", "calls-2", "calls-3"];

function levelSeries(rows) {
  const where = { xAxisIndex: 1, yAxisIndex: 1 };
  const found = [];
  rated(chosenQueue()).forEach((queue, k) => {
    const shade = LEVEL_SHADES[k % LEVEL_SHADES.length];
    const target = { silent: true, precision: EXACT, symbol: "none", label: { show: false }, lineStyle: { color: colour(shade), type: "dotted", width: 1.5 } };
    found.push(
      line(`level ${queue.name}`, rows.map((row) => at(queue, queue.level, row.start)), colour(shade), {
        ...where,
        markLine: { ...target, data: [{ yAxis: queue.target }] },
      }),
    );
    if (queue.simulated) {
      const dashed = { lineStyle: { type: "dashed", width: 1.5 } };
      found.push(line(`simulated ${queue.name}`, rows.map((row) => at(queue, queue.simulated, row.start)), colour(shade), { ...where, ...dashed }));
    }
  });
  return found;
}

function coverTip(rows) {
  return (i) => {
    const row = rows[i];
    const lines = [
      ["calls", some(row.calls)],
      ["needed", some(row.needed), "need"],
      ["rostered", some(row.there), "calls"],
    ];
    if (row.short) lines.push(["missing", some(row.short), "short"]);
    if (row.surplus > NOBODY) lines.push(["more than needed", some(row.surplus), "surplus"]);
    for (const queue of rated(chosenQueue())) {
      const level = at(queue, queue.level, row.start);
      if (level !== null) lines.push([`level ${queue.name}`, percent(level)]);
      const simulated = queue.simulated && at(queue, queue.simulated, row.start);
      if (simulated) lines.push([`simulated ${queue.name}`, percent(simulated)]);
    }
    return bubble(moment(row.start), lines);
  };
}

// Which of many times get a label.
function fullHours(texts) {
  return (i) => texts.length <= 20 || texts[i].endsWith(":00");
}

function coverOptions() {
  const rows = coverRows(coverage.day);
  const levels = levelSeries(rows);
  const names = rows.map((row) => row.start);
  const ofDay = coverage.day >= 0;
  const isFirst = (i) => i === 0 || dayOf(names[i]) !== dayOf(names[i - 1]);
  const labels = ofDay
    ? { formatter: (start) => clock(Number(start)), interval: (i) => fullHours(names.map(clock))(i) }
    : { formatter: (start) => dayName(dayOf(Number(start))), interval: (i) => isFirst(i), align: "left" };
  const lowest = Math.min(1, ...levels.flatMap((each) => each.data.filter((level) => level !== null)), ...rated(chosenQueue()).map((queue) => queue.target));
  const known = rows.some((row) => row.there !== null);
  const gap = ofDay ? "12%" : "0%";
  const stack = { stack: "people", barCategoryGap: gap };
  const axis = (more) => axisOfNames(names.map(String), { ...more, axisLabel: { ...labels, ...more.axisLabel } });
  return {
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    tooltip: tooltip(coverTip(rows)),
    grid: levels.length
      ? [plainGrid({ top: 26, bottom: "40%", containLabel: false, left: 46 }), plainGrid({ top: "71%", bottom: 26, containLabel: false, left: 46 })]
      : [plainGrid({ top: 26, bottom: 26, containLabel: false, left: 46 })],
    xAxis: [axis({}), ...(levels.length ? [axis({ gridIndex: 1 })] : [])],
    yAxis: [
      axisOfValues({ name: "people", nameTextStyle: { color: colour("quiet"), align: "left" }, nameGap: 8, minInterval: 1 }),
      ...(levels.length
        ? [
            axisOfValues({
              gridIndex: 1,
              name: "service level",
              nameTextStyle: { color: colour("quiet"), align: "left" },
              nameGap: 8,
              min: Math.max(0, Math.floor(lowest * 10 - 0.5) / 10),
              max: 1,
              splitNumber: 3,
              axisLabel: { formatter: (value) => percent(value, 0) },
            }),
          ]
        : []),
    ],
    series: [
      ...(known
        ? [
            bars("rostered", rows.map((row) => row.met), colour("calls"), stack),
            bars("more than needed", rows.map((row) => row.surplus), colour("surplus"), stack),
            bars("missing", rows.map((row) => row.short), colour("short"), stack),
          ]
        : []),
      line("needed", rows.map((row) => row.needed), colour("need"), { step: "middle" }),
      ...levels,
    ],
  };
}

function coverKey() {
  const queue = chosenQueue();
  const found = [["need", "needed", "line"]];
  if (queue.rostered) found.unshift(["calls", "rostered"], ["surplus", "more than needed"], ["short", "missing"]);
  rated(queue).forEach((each, k) => {
    const shade = LEVEL_SHADES[k % LEVEL_SHADES.length];
    found.push([shade, `service level of ${each.members.join(" + ")} (dotted: target ${percent(each.target, 0)})`, "line"]);
    if (each.simulated) found.push([shade, `simulated ${each.name}`, "dash"]);
  });
  return found;
}

function queueTable() {
  const rows = data.queues.filter((queue) => queue.figures).map(({ figures: f, ...queue }) => [
    queueName(queue),
    [f.calls, number(f.calls)],
    [f.required_hours, hours(f.required_hours)],
    [f.rostered_hours, hours(f.rostered_hours)],
    [f.short_hours, f.short_hours ? hours(f.short_hours) : "–"],
    [f.intervals_covered, `${number(f.intervals_covered)} of ${number(f.intervals)}`],
    [f.service_level ?? 0, f.service_level === null ? "by queue" : `${f.at_best ? "up to " : ""}${percent(f.service_level)}`],
    [f.service_level_target, f.service_level === null ? "–" : percent(f.service_level_target, 0)],
  ]);
  const names = ["Queue", "Calls", "Needed", "Rostered", "Missing", "Intervals covered", "Service level", "Target"];
  return el("div", { class: "scroll whole", tabIndex: 0 }, table(names, rows));
}

function buildCoverage() {
  const node = section("coverage");
  if (!data.queues.length) {
    node.append(note("The plan has no queues: there are no calls to cover."));
    return;
  }
  coverage.queue = data.queues.length - 1; // the widest set
  coverage.day = worstDay(chosenQueue());
  const known = chosenQueue().rostered !== null;
  if (!known && data.people) node.append(note("What the calls need is known, who is on calls is not: activities.csv is missing."));
  const people = chart({
    label: "People needed and rostered on calls, and service level, by interval",
    height: known ? 420 : 280,
    key: coverKey,
    options: coverOptions,
    columns: coverColumns,
    rows: coverTable,
  });
  const heat = chart({
    title: data.people ? "The whole roster at a glance" : "All days at a glance",
    label: "Missing and surplus people by day and time",
    lead: el("span", { class: "onscreen" }, "Choose an interval to see its day below."),
    key: () => (known ? [["short", "people missing"], ["calls", "more than needed: the deeper, the more"]] : [["calls", "people needed: the deeper, the more"]]),
    height: 36 + 26 * data.days.length,
    options: heatOptions,
    columns: () => ["Day", ...heatTimes().map(([, text]) => text)].map((name) => ({ name })),
    rows: heatTable,
  });
  const days = [[-1, wholeSpan()], ...data.days.map((_, day) => [day, dayDate(day)])];
  const dayBox = select("Day", days, coverage.day, (value) => showDay(Number(value)));
  function showDay(day) {
    coverage.day = day;
    dayBox.querySelector("select").value = String(day);
    people.renew();
  }
  const queueBox = select("Queue", data.queues.map((queue, q) => [q, queueName(queue)]), coverage.queue, (value) => {
    coverage.queue = Number(value);
    people.renew();
    heat.renew();
  });
  queueBox.id = "coverage-queue";
  dayBox.id = "coverage-day";
  const draw = heat.draw;
  heat.draw = () => {
    if (heat.drawn) return;
    draw();
    heat.drawn.on("click", (found) => showDay(found.value[1]));
  };
  if (known) node.append(el("div", { class: "panel" }, queueTable()));
  node.append(
    el("div", { class: "controls" }, queueBox, dayBox),
    el("div", { class: "panel" }, heat.node),
    el("div", { class: "panel" }, people.node),
  );
}
