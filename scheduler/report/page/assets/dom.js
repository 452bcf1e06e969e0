"use strict";
// Elements of the page. Text is always set as text, never as markup.

function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && !key.startsWith("aria")) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function section(id) {
  return document.getElementById(id);
}

const probe = el("span", { hidden: true });
document.body.append(probe);

// What a colour of the style sheet is in the theme of the moment.
function colour(name) {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

function faded(name, opacity) {
  const parts = colour(name).match(/[\d.]+/g).slice(0, 3);
  return `rgba(${parts.join(",")},${opacity})`;
}

function groupColour(group) {
  return colour(data.groups[group].colour);
}

function swatch(name) {
  const node = el("span", { class: "swatch" });
  node.style.background = `var(--${name})`;
  return node;
}

// Entries are a colour, words, and for lines "line" or "dash".
function legend(entries) {
  const sign = ([name, text, kind]) => {
    const node = swatch(name);
    if (kind) node.classList.add(kind);
    return el("li", {}, node, text);
  };
  return el("ul", { class: "legend" }, ...entries.map(sign));
}

// Columns are {name, title, words}; cells are texts, nodes, or numbers with their text:
// [value, text].
function table(columns, rows, caption) {
  const isNumber = columns.map((_, c) => rows.length > 0 && rows.every((row) => Array.isArray(row[c])));
  const kind = (c) => (isNumber[c] ? "n" : columns[c].words ? "words" : "");
  const head = columns.map((column, c) =>
    el("th", { class: kind(c), scope: "col", title: column.title ?? "" }, column.name ?? column),
  );
  const cell = (value) => (Array.isArray(value) ? value[1] : value);
  const body = rows.map((row) => el("tr", {}, ...row.map((value, c) => el("td", { class: kind(c) }, cell(value)))));
  return el(
    "table",
    {},
    caption ? el("caption", {}, caption) : null,
    el("thead", {}, el("tr", {}, ...head)),
    el("tbody", {}, ...body),
  );
}

// A disclosure whose table is made when it is first opened.
function asTable(make) {
  const box = el("div", { class: "scroll", tabIndex: 0 });
  const node = el("details", {}, el("summary", {}, "Show as table"), box);
  node.addEventListener("toggle", () => {
    if (node.open && !box.hasChildNodes()) box.append(make());
  });
  node.renew = () => {
    box.replaceChildren();
    if (node.open) box.append(make());
  };
  return node;
}

function select(label, options, chosen, change) {
  const node = el("select", { onchange: () => change(node.value) });
  for (const [value, text] of options) node.append(el("option", { value: String(value) }, text));
  node.value = String(chosen);
  return el("label", {}, label, node);
}

function bubble(title, rows) {
  const lines = rows.map(([name, text, shade]) =>
    el("div", { class: "row" }, el("span", {}, shade ? swatch(shade) : null, name), el("span", {}, text)),
  );
  return el("div", { class: "bubble" }, el("b", {}, title), ...lines);
}

function note(text) {
  return el("p", { class: "note" }, text);
}
