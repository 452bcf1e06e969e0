"use strict";
// Open cases evening by evening, and the most there may be.

function burnRows() {
  const { figures, overdue } = chosenKind();
  const most = new Map(figures.bounds.map((bound) => [bound.date, bound.most]));
  return figures.days.map((day, d) => [dayDate(d), cell(day.closing), cell(overdue[d]), most.has(day.date) ? [most.get(day.date), some(most.get(day.date))] : [0, "–"]]);
}

// From what is open at the start in a straight line to the next bound.
function pace(figures) {
  if (!figures.bounds.length) return [];
  const last = figures.bounds[figures.bounds.length - 1];
  const end = data.days.findIndex((day) => day.date === last.date) + 1;
  return [[0, figures.opening], [end, last.most]];
}

function burnKey() {
  const found = [[kindColour(), "open", "line"], ["short", "of them late", "line"]];
  if (chosenKind().figures.bounds.length) found.push(["need", "open at most (▲), and the pace to it", "dash"]);
  return found;
}

function burnOptions() {
  const { figures, overdue } = chosenKind();
  const open = [[0, figures.opening], ...figures.days.map((day, d) => [d + 1, day.closing])];
  const late = [[0, figures.already_breached], ...overdue.map((cases, d) => [d + 1, cases])];
  const bounds = figures.bounds.map((bound) => [data.days.findIndex((day) => day.date === bound.date) + 1, bound.most]);
  return {
    tooltip: tooltip((i) =>
      bubble(i ? `end of ${dayDate(i - 1)}` : "at the start", [
        ["open", some(open[i][1]), kindColour()],
        ["of them late", some(late[i][1]), "short"],
        ...bounds.filter(([day]) => day === i).map(([, most]) => ["at most", some(most), "need"]),
      ]),
    ),
    grid: plainGrid(),
    xAxis: {
      ...axisOfMinutes(),
      max: data.days.length,
      interval: dayStep(),
      axisLabel: { color: colour("quiet"), hideOverlap: true, formatter: (day) => (day ? dayTick(day - 1) : "start") },
    },
    yAxis: axisOfValues({ name: "open cases", nameTextStyle: { color: colour("quiet"), align: "left" }, nameGap: 8 }),
    series: [
      line("open", open, kindShade(), { showSymbol: true, symbolSize: 7, lineStyle: { width: 3 } }),
      line("of them late", late, colour("short")),
      ...(bounds.length
        ? [
            line("pace to the target", pace(figures), colour("need"), { lineStyle: { type: "dashed", width: 1.5 } }),
            { name: "open at most", type: "scatter", data: bounds, symbol: "triangle", symbolSize: 11, itemStyle: { color: colour("need") } },
          ]
        : []),
    ],
  };
}
