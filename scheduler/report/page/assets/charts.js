"use strict";
// Charts: drawn when they come near the window, again when the theme changes, and each
// with a table of what it shows.

const charts = [];
const EXACT = 10; // decimals of a line that marks a value: rounded to two it would lie elsewhere
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) charts.find((each) => each.host === entry.target).draw();
}, { rootMargin: "400px" });
const sizes = new ResizeObserver((entries) => {
  for (const entry of entries) charts.find((each) => each.host === entry.target)?.resize();
});

function chart({ title, label, height, options, rows, columns, lead, key }) {
  const host = el("div", { class: "chart", role: "img", "aria-label": label });
  host.style.height = `${height}px`;
  const details = asTable(() => table(columns(), rows(), label));
  const keys = el("div", {});
  const node = el(
    "figure",
    {},
    title ? el("h3", {}, title) : null,
    lead ? el("p", { class: "quiet small" }, lead) : null,
    key ? keys : null,
    host,
    details,
  );
  const own = {
    host,
    node,
    drawn: null,
    draw() {
      if (own.drawn) return;
      own.drawn = echarts.init(host, null, { renderer: "canvas" });
      own.show();
    },
    show() {
      if (key) keys.replaceChildren(legend(key()));
      if (own.drawn) own.drawn.setOption({ ...basics(), ...options() }, { notMerge: true });
    },
    renew() {
      own.show();
      details.renew();
    },
    resize() {
      if (own.drawn) own.drawn.resize({ animation: { duration: 0 } });
    },
  };
  own.show();
  charts.push(own);
  near.observe(host);
  sizes.observe(host);
  return own;
}

// Charts of a document that is no longer shown.
function forgetCharts() {
  for (const each of charts.splice(0)) {
    near.unobserve(each.host);
    sizes.unobserve(each.host);
    if (each.drawn) each.drawn.dispose();
  }
}

function basics() {
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("quiet") },
  };
}

function plainGrid(more = {}) {
  return { left: 14, right: 26, top: 28, bottom: 4, containLabel: true, ...more };
}

function axisOfNames(names, more = {}) {
  return {
    type: "category",
    data: names,
    axisLabel: { color: colour("quiet"), hideOverlap: true, ...more.axisLabel },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("line") } },
    ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== "axisLabel")),
  };
}

function axisOfValues(more = {}) {
  return {
    type: "value",
    axisLabel: { color: colour("quiet"), hideOverlap: true, formatter: (value) => some(value), ...more.axisLabel },
    splitLine: { lineStyle: { color: colour("line") } },
    ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== "axisLabel")),
  };
}

function tooltip(say, more = {}) {
  return {
    trigger: "axis",
    confine: true,
    className: "hint",
    padding: 0,
    borderWidth: 0,
    backgroundColor: "transparent",
    extraCssText: "",
    textStyle: { color: colour("ink"), fontSize: 13 },
    axisPointer: { type: "line", lineStyle: { color: colour("quiet") }, label: { show: false } },
    formatter: (found) => say(Array.isArray(found) ? found[0].dataIndex : found.dataIndex),
    ...more,
  };
}

function bars(name, values, shade, more = {}) {
  return { name, type: "bar", data: values, itemStyle: { color: shade }, emphasis: { disabled: true }, ...more };
}

function line(name, values, shade, more = {}) {
  return {
    name,
    type: "line",
    data: values,
    showSymbol: false,
    itemStyle: { color: shade },
    lineStyle: { color: shade, width: 2, ...more.lineStyle },
    emphasis: { disabled: true },
    ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== "lineStyle")),
  };
}
