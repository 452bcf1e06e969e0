// A table with a row for each of many agents: searched, ordered, and shown some at a time.

import { stacked } from "./problems.js";

const MOST = 100; // rows that are shown at first, and more each time

const ORDERS = [["plan", "as in the plan"], ["most", "most changes first"]];

// Rows are { text, count, cells }: what is searched, changes, and the cells of the table.
export function agentRows(label, columns, rows) {
  let [query, order, most] = ["", "plan", MOST];
  const box = el("div", {});
  const count = el("p", { class: "quiet small", role: "status" });
  const more = el("button", { type: "button", onclick: () => { most += MOST; show(); } }, `Show ${MOST} more`);
  function show() {
    const found = rows.filter(({ text }) => hasWords(text, query));
    if (order === "most") found.sort((one, other) => other.count - one.count);
    const shown = found.slice(0, most);
    box.replaceChildren(found.length ? stacked(label, table(columns, shown.map(({ cells }) => cells()))) : note("No agent’s changes have these words."));
    count.textContent = `${plural(found.length, "agent")}${shown.length < found.length ? `, ${number(shown.length)} of them shown` : ""}.`;
    more.hidden = shown.length === found.length;
  }
  const anew = (change) => {
    change();
    most = MOST;
    show();
  };
  const search = el("input", { type: "search", placeholder: "Name, id, day, shift …", oninput: () => anew(() => { query = search.value; }) });
  const ordered = select("Order", ORDERS, order, (value) => anew(() => { order = value; }));
  const controls = el("div", { class: "controls" }, el("label", {}, "Search", search), ordered);
  show();
  return el("div", {}, rows.length > 1 ? controls : null, count, box, more);
}
