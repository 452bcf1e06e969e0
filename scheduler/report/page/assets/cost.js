"use strict";
// What is paid for: hours by day and by what is done in them.

function costGroups() {
  return data.groups.map((_, g) => g).filter((g) => data.hours.some((day) => day.hours[g] > 0));
}

function hoursOptions() {
  const groups = costGroups();
  return {
    tooltip: tooltip((day) =>
      bubble(dayDate(day), [
        ...groups.map((g) => [data.groups[g].name, hours(data.hours[day].hours[g]), data.groups[g].colour]),
        ["paid", hours(data.hours[day].paid_hours)],
      ]),
    ),
    grid: plainGrid(),
    xAxis: axisOfNames(dayNames()),
    yAxis: axisOfValues({ name: "hours", nameTextStyle: { color: colour("quiet") }, nameGap: 8 }),
    series: groups.length
      ? groups.map((g) => bars(data.groups[g].name, data.hours.map((day) => day.hours[g]), groupColour(g), { stack: "hours", barMaxWidth: 56 }))
      : [bars("paid", data.hours.map((day) => day.paid_hours), colour("shift"), { barMaxWidth: 56 })],
  };
}

function hoursRows() {
  const groups = costGroups();
  const row = (name, own, paid) => [name, ...groups.map((g) => cell(own(g), hours)), cell(paid, hours)];
  const total = row("All days", (g) => sum(data.hours.map((day) => day.hours[g])), sum(data.hours.map((day) => day.paid_hours)));
  return [...data.hours.map((day, d) => row(dayDate(d), (g) => day.hours[g], day.paid_hours)), total];
}

function partsOptions() {
  const goals = costGoals().reverse();
  const bound = data.cost.bound_parts;
  return {
    tooltip: tooltip((i) =>
      bubble(data.cost.words[goals[i]] ?? goals[i], [
        ["this roster", some(data.cost.parts[goals[i]]), "calls"],
        ...(goals[i] in bound ? [["no roster has less", some(bound[goals[i]]), "calls-3"]] : []),
      ]),
    { axisPointer: { type: "shadow", label: { show: false } } }),
    grid: plainGrid({ top: 8 }),
    xAxis: axisOfValues({ splitNumber: 4 }),
    yAxis: axisOfNames(goals.map((goal) => data.cost.words[goal] ?? goal), { axisLabel: { interval: 0 } }),
    series: [
      bars("this roster", goals.map((goal) => data.cost.parts[goal]), colour("calls"), { barMaxWidth: 11 }),
      ...(Object.keys(bound).length ? [bars("no roster has less of it", goals.map((goal) => bound[goal] ?? 0), colour("calls-3"), { barMaxWidth: 11 })] : []),
    ],
  };
}

// The goals that cost something, the dearest first.
function costGoals() {
  const { parts, bound_parts: bound } = data.cost;
  const found = Object.keys(parts).filter((goal) => parts[goal] >= 0.05 || (bound[goal] ?? 0) >= 0.05);
  return found.sort((one, other) => parts[other] - parts[one]);
}

function partsHeight() {
  return 60 + 32 * costGoals().length;
}

function partsRows() {
  return costGoals().map((goal) => [
    data.cost.words[goal] ?? goal,
    cell(data.cost.parts[goal], (value) => number(value, 1)),
    goal in data.cost.bound_parts ? cell(data.cost.bound_parts[goal], (value) => number(value, 1)) : [0, "–"],
  ]);
}

function buildCost() {
  const node = section("cost");
  const f = data.figures;
  const words = f
    ? `${hours(f.paid_hours)} are paid, ${hours(f.overtime_hours)} of them overtime. ${hours(f.useful_hours)} (${percent(f.useful_share)}) go into calls up to what they need and into cases that are there to do; ${hours(f.break_hours)} are breaks, paid or not, ${hours(f.meeting_hours)} meetings.`
    : `${hours(data.headline.paid_hours)} are paid; what is done in them is not known.`;
  node.append(el("p", { class: "lead" }, words));
  const byDay = chart({
    title: "Hours by day",
    label: "Agent-hours of each day by what is done",
    height: Math.max(300, partsHeight()),
    key: () => (costGroups().length ? costGroups().map((g) => [data.groups[g].colour, data.groups[g].name]) : [["shift", "paid"]]),
    options: hoursOptions,
    columns: () => ["Day", ...costGroups().map((g) => data.groups[g].name), "paid"].map((name) => ({ name })),
    rows: hoursRows,
  });
  const parts = chart({
    title: "What the goals cost, in paid hours’ worth",
    lead: "The plan’s weights turn each goal into paid hours: service first, money second.",
    label: "What each goal costs, and what no roster has less of",
    height: partsHeight(),
    key: () => [["calls", "this roster"], ...(Object.keys(data.cost.bound_parts).length ? [["calls-3", "no roster has less of it"]] : [])],
    options: partsOptions,
    columns: () => ["Goal", "This roster", "No roster has less of it"].map((name) => ({ name })),
    rows: partsRows,
  });
  node.append(el("div", { class: "pair" }, el("div", { class: "panel" }, byDay.node), el("div", { class: "panel" }, parts.node)));
}
