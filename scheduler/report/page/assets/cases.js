"use strict";
// Deferred work: what comes, what is done, what is open and how old, what is late.

const casework = { kind: 0 };
const AGES = ["age-0", "age-1", "age-2", "age-3"];

function chosenKind() {
  return data.cases[casework.kind];
}

function ageName(group) {
  if (group.to_days === null) return `${group.from_days} days and more`;
  return group.from_days === 0 ? "under 1 day" : `${group.from_days} to ${group.to_days} days`;
}

function dayNames() {
  return data.days.map((_, day) => dayTick(day));
}

function kindColour() {
  return data.groups[chosenKind().group].colour;
}

function kindShade() {
  return colour(kindColour());
}

function cell(value, write = some) {
  return [value ?? 0, value === null || value === undefined ? UNKNOWN : write(value)];
}

function flowOptions() {
  const kind = chosenKind();
  const days = kind.figures.days;
  const breaches = days.map((day) => (day.breaches >= 0.05 ? day.breaches : null));
  return {
    tooltip: tooltip((day) =>
      bubble(dayDate(day), [
        ["new", some(kind.inflow[day]), "calls-3"],
        ["completed", some(days[day].completed), kindColour()],
        ["due", some(days[day].due)],
        ["breaches", some(days[day].breaches), "short"],
        ["no more by chance than", some(days[day].breaches_high)],
        ...(kind.simulated_breaches ? [["breaches, simulated", some(kind.simulated_breaches[day].mean)]] : []),
      ]),
    ),
    grid: plainGrid(),
    xAxis: axisOfNames(dayNames()),
    yAxis: axisOfValues({ name: "cases", nameTextStyle: { color: colour("quiet") }, nameGap: 8 }),
    series: [
      bars("new", kind.inflow, colour("calls-3"), { barMaxWidth: 28 }),
      bars("completed", days.map((day) => day.completed), kindShade(), { barMaxWidth: 28 }),
      bars("breaches", breaches, colour("short"), {
        barMaxWidth: 28,
        label: { show: true, position: "top", color: colour("bad"), fontWeight: 600, formatter: (found) => (found.value ? some(found.value) : "") },
      }),
    ],
  };
}

function flowRows() {
  const kind = chosenKind();
  return kind.figures.days.map((day, d) => [
    dayDate(d),
    cell(kind.inflow[d]),
    cell(day.completed),
    cell(day.due),
    cell(day.breaches),
    cell(day.closing),
    cell(kind.overdue[d]),
    cell(kind.hours_needed[d], hours),
    cell(kind.hours_rostered[d], hours),
    cell(kind.hours_fill[d], hours),
  ]);
}

const FLOW_COLUMNS = ["Day", "New", "Completed", "Due", "Breaches", "Open in the evening", "Of them late", "Hours due", "Hours rostered", "Hours between calls"];

function backlogOptions() {
  const { days } = chosenKind().figures;
  const groups = days[0].ages.map(ageName);
  return {
    tooltip: tooltip((day) =>
      bubble(dayDate(day), [
        ...groups.map((name, g) => [name, some(days[day].ages[g].cases), AGES[g]]).reverse(),
        ["open", some(days[day].closing)],
      ]),
    ),
    grid: plainGrid(),
    xAxis: axisOfNames(dayNames()),
    yAxis: axisOfValues({ name: "open cases", nameTextStyle: { color: colour("quiet"), align: "left" }, nameGap: 8 }),
    series: groups.map((name, g) => bars(name, days.map((day) => day.ages[g].cases), colour(AGES[g]), { stack: "open", barMaxWidth: 44 })),
  };
}

function backlogRows() {
  return chosenKind().figures.days.map((day, d) => [dayDate(d), ...day.ages.map((group) => cell(group.cases)), cell(day.closing)]);
}

function curveOptions() {
  const { curve } = chosenKind();
  const pairs = (values) => values.map((value, i) => [curve.minutes[i], value]);
  const known = curve.done !== null;
  return {
    tooltip: tooltip((i) =>
      bubble(moment(curve.minutes[i]), [
        ["work that has come", hours(curve.available[i]), "calls-3"],
        ...(known ? [["work done", hours(curve.done[i]), kindColour()], ["case time given", hours(curve.rostered[i])]] : []),
        ["work due", hours(curve.due[i]), "short"],
      ]),
    ),
    grid: plainGrid(),
    xAxis: axisOfMinutes(),
    yAxis: axisOfValues({ name: "hours so far", nameTextStyle: { color: colour("quiet"), align: "left" }, nameGap: 8 }),
    series: [
      line("has come", pairs(curve.available), colour("calls-3"), { step: "end", lineStyle: { type: "dashed" } }),
      ...(known ? [line("done", pairs(curve.done), kindShade(), { lineStyle: { width: 3 } })] : []),
      line("due", pairs(curve.due), colour("short"), { step: "end" }),
    ],
  };
}

// Time as minutes, with a label in the middle of each day.
function axisOfMinutes() {
  return {
    type: "value",
    min: 0,
    max: data.end,
    interval: DAY * dayStep(),
    splitLine: { show: true, lineStyle: { color: colour("line") } },
    axisLine: { lineStyle: { color: colour("line") } },
    axisLabel: {
      color: colour("quiet"),
      hideOverlap: true,
      align: "left",
      formatter: (minute) => (minute > data.end - DAY / 2 ? "" : dayTick(dayOf(minute + DAY / 2))),
    },
  };
}

function curveRows() {
  const { curve } = chosenKind();
  const shown = curve.minutes.map((_, i) => i).filter((i) => curve.minutes[i] % 240 === 0);
  return shown.map((i) => [
    moment(curve.minutes[i]),
    cell(curve.available[i], hours),
    cell(curve.due[i], hours),
    cell(curve.done?.[i], hours),
    cell(curve.rostered?.[i], hours),
  ]);
}

function overview(choose) {
  const rows = data.cases.map((kind, k) => {
    const f = kind.figures;
    const pick = el("button", { type: "button", class: "pick", onclick: () => choose(k) }, kind.name);
    return [
      el("span", {}, swatch(data.groups[kind.group].colour), " ", pick),
      [f.opening, `${some(f.opening)} → ${some(f.closing)}`],
      cell(f.inflow),
      cell(f.completed),
      cell(f.due),
      [f.breaches, f.breaches ? el("b", { class: "bad" }, some(f.breaches)) : "0"],
      cell(f.sla_compliance, percent),
      [f.overdue, `${some(f.already_breached)} → ${some(f.overdue)}`],
      cell(f.hours_needed, hours),
      cell(f.hours_rostered, hours),
      [f.chance.none, percent(f.chance.none, 0)],
    ];
  });
  const columns = [
    { name: "Case type" },
    { name: "Open", title: "Open at the start and at the end." },
    { name: "New" },
    { name: "Completed" },
    { name: "Due" },
    { name: "Breaches", title: "Cases not done by their deadline, each once." },
    { name: "On time" },
    { name: "Late", title: "Open past their deadline at the start and at the end." },
    { name: "Hours due" },
    { name: "Hours rostered", title: "In ring-fenced blocks." },
    { name: "Chance of no breach", title: "Share of runs of the forecast in which no case breaches." },
  ];
  return el("div", { class: "scroll whole", tabIndex: 0 }, table(columns, rows));
}

function buildCases() {
  const node = section("cases");
  if (!data.cases.length) {
    node.append(note("The plan has no case types with cases: there are no deadlines to make."));
    return;
  }
  const known = data.cases[0].figures !== null;
  const worst = data.cases.map((kind) => kind.figures?.breaches ?? 0);
  casework.kind = worst.indexOf(Math.max(...worst));
  const names = (list) => () => list.map((name) => ({ name }));
  const curves = chart({
    title: data.people ? "Done between due and what has come" : "What has come, and what is due",
    lead: data.people ? "While the line done stays above due, nothing breaches." : "Work must be done between the two lines, or cases breach.",
    label: "Hours of case work that have come, are done, are due, so far",
    height: 280,
    key: () => [["calls-3", "has come", "dash"], ...(known ? [[kindColour(), "done", "line"]] : []), ["short", "due", "line"]],
    options: curveOptions,
    columns: names(["Moment", "Has come", "Due", "Done", "Case time given"]),
    rows: curveRows,
  });
  const all = known ? caseCharts(names, curves) : [curves];
  const choose = (k) => {
    casework.kind = k;
    box.querySelector("select").value = String(k);
    for (const each of all) each.renew();
  };
  const box = select("Case type", data.cases.map((kind, k) => [k, kind.name]), casework.kind, (value) => choose(Number(value)));
  if (known) node.append(el("div", { class: "panel" }, overview(choose)));
  else if (data.people) node.append(note("What is due is known, who works on cases is not: activities.csv is missing."));
  node.append(el("div", { class: "controls" }, box), el("div", { class: known ? "pair" : "" }, ...all.map((each) => el("div", { class: "panel" }, each.node))));
}

function caseCharts(names, curves) {
  const flow = chart({
    title: "New, completed, and breaches on their day",
    label: "Cases by day: new, completed, breaches",
    height: 280,
    key: () => [["calls-3", "new"], [kindColour(), "completed"], ["short", "breaches"]],
    options: flowOptions,
    columns: names(FLOW_COLUMNS),
    rows: flowRows,
  });
  const backlog = chart({
    title: "Backlog by age, in the evening",
    label: "Open cases at the end of each day by age",
    height: 280,
    key: () => chosenKind().figures.days[0].ages.map((group, g) => [AGES[g], ageName(group)]),
    options: backlogOptions,
    columns: () => ["Day", ...chosenKind().figures.days[0].ages.map(ageName), "Open"].map((name) => ({ name })),
    rows: backlogRows,
  });
  const burn = chart({
    title: "Burn-down",
    label: "Open cases at the end of each day, those late, and the most there may be",
    height: 280,
    key: burnKey,
    options: burnOptions,
    columns: names(["End of", "Open", "Of them late", "At most"]),
    rows: burnRows,
  });
  return [flow, backlog, curves, burn];
}
