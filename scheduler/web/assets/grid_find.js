// Finds text in a table that has more rows than are shown at once.

import { typed } from "./cells.js";

// The next cell after a row that holds a text, from the beginning again after the last one;
// null where none does.
export function nextCell(told, text, after) {
  const wanted = text.toLocaleLowerCase();
  const count = told.rows.length;
  for (let step = 1; step <= count; step++) {
    const row = (after + step) % count;
    const column = told.columns.find((each) => String(typed(told.read(row, each))).toLocaleLowerCase().includes(wanted));
    if (column) return { row, column };
  }
  return null;
}

export function finder(find) {
  const field = el("input", { type: "search", placeholder: "Name, id …", autocomplete: "off", spellcheck: false });
  const form = el("form", { class: "controls find", role: "search" }, el("label", {}, "Find in these rows", field), el("button", { type: "submit" }, "Next"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text) find(text);
  });
  return form;
}
