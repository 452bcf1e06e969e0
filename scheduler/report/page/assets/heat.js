"use strict";
// The heat map of calls: days down, times of day across.

// The colour of an interval: missing people by how many, others by how many too many.
function heatColour(row) {
  if (row.there === null) return faded("calls", Math.min(1, row.needed / coverage.most));
  if (row.short) return faded("short", Math.min(1, 0.45 + row.short / Math.max(1, row.needed)));
  return faded("calls", Math.min(0.75, 0.08 + (0.6 * row.surplus) / Math.max(1, row.needed)));
}

function heatTimes() {
  const found = new Map();
  for (const start of chosenQueue().starts) found.set(minuteOfDay(start), clock(start));
  return [...found].sort((one, other) => one[0] - other[0]);
}

function heatOptions() {
  // An hour that the clock has twice is one cell: where people are missing is on top.
  const rows = coverRows(-1).sort((one, other) => (one.short ?? 0) - (other.short ?? 0));
  const times = heatTimes();
  const column = new Map(times.map(([minute], i) => [minute, i]));
  coverage.most = Math.max(1, ...rows.map((row) => row.needed));
  return {
    tooltip: tooltip(coverTip(rows), { trigger: "item" }),
    grid: plainGrid({ top: 6, bottom: 24, left: 58, containLabel: false }),
    xAxis: axisOfNames(times.map(([, text]) => text), { axisLabel: { interval: fullHours(times.map(([, text]) => text)) } }),
    yAxis: axisOfNames(data.days.map((_, day) => dayName(day)), { inverse: true, axisLabel: { interval: 0 } }),
    series: [
      {
        type: "custom",
        data: rows.map((row) => [column.get(minuteOfDay(row.start)), dayOf(row.start)]),
        itemStyle: {},
        renderItem(_, api) {
          const [x, y] = api.coord([api.value(0), api.value(1)]);
          const [width, height] = api.size([1, 1]);
          const row = rows[_.dataIndex];
          return {
            type: "rect",
            shape: { x: x - width / 2 + 0.5, y: y - height / 2 + 1, width: Math.max(1, width - 1), height: height - 2 },
            style: { fill: heatColour(row) },
          };
        },
      },
    ],
  };
}

function heatTable() {
  const times = heatTimes().map(([minute]) => minute);
  return data.days.map((_, day) => {
    const found = new Map(coverRows(day).map((row) => [minuteOfDay(row.start), row]));
    return [
      dayDate(day),
      ...times.map((minute) => {
        const row = found.get(minute);
        if (!row) return [0, ""];
        if (row.there === null) return [row.needed, some(row.needed)];
        const off = row.short ? -row.short : row.there - row.needed;
        return [off, signed(off)];
      }),
    ];
  });
}
