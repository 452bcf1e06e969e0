// The plan's parts as grids, each problem beside the cell it concerns. Rows are added and
// deleted, pasted, and everything is undone and done again.

import { freshRow, meant, movedFindings, partsOf, partWords, rowsWords, sectionOf, spot, typed } from "./cells.js";
import { Edits } from "./grid_edits.js";
import { finder, nextCell } from "./grid_find.js";
import { blockOf, pasted } from "./grid_paste.js";
import { toolsOf, verbOf } from "./grid_tools.js";

const AT_ONCE = 40; // rows

// `columns` is columns.json; `changed` hears of each change with the findings as they stand
// then, `say` what is to be read out.
export function gridOf(plan, columns, { changed, say }) {
  const known = Object.assign(Object.create(null), columns);
  const tabs = el("div", { class: "tabs", role: "group", "aria-label": "Parts of the plan" });
  const body = el("div", { class: "scroll whole", tabIndex: 0, role: "region", "aria-label": "Cells" });
  const pager = el("div", { class: "row-of" });
  const empty = select("Empty tables", [["", "Choose …"]], "", (name) => name && open(name, true));
  const at = { part: partsOf(plan).find((name) => name === "agents") ?? "plan", first: 0, row: null, column: null };
  const seek = finder(find);
  const edits = new Edits(plan);
  const shown = new Map(); // part -> columns that were shown: none goes as its cells are emptied
  const tools = toolsOf((verb, byButton) => verbs[verb](byButton));
  const node = el("section", { "aria-label": "What the plan says" }, el("h2", {}, "What the plan says"), tabs, el("div", { class: "controls" }, empty, seek), el("div", { class: "panel" }, body, pager, tools.node), tools.help);
  let findings = [];
  let cells = new Map(); // "row column" -> { input, why }

  const placed = () => findings.map((finding) => ({ finding, ...spot(plan, finding, known) }));

  function section_(wide = false) {
    const told = sectionOf(plan, at.part, known);
    if (told.fixed) return told;
    const more = wide ? told.all.map((column) => column.name) : [];
    told.columns = [...new Set([...(shown.get(at.part) ?? []), ...told.columns, ...more])];
    shown.set(at.part, told.columns);
    return told;
  }

  function open(name, wide = false) {
    Object.assign(at, { part: name, first: 0, row: null, column: null });
    section_(wide);
    show();
    if (wide) tools.add.focus();
  }

  function showTabs() {
    const counts = new Map();
    for (const each of placed()) counts.set(each.part, (counts.get(each.part) ?? 0) + 1);
    const parts = partsOf(plan);
    if (!parts.includes(at.part)) parts.push(at.part);
    tabs.replaceChildren(
      ...parts.map((name) => {
        const count = counts.get(name);
        const badge = count ? el("span", { class: "count", title: plural(count, "problem") }, String(count)) : null;
        return el("button", { type: "button", "aria-pressed": String(name === at.part), onclick: () => open(name) }, partWords(name), badge);
      }),
    );
  }

  function showEmpty() {
    const names = Object.keys(known).filter((name) => name !== at.part && (plan[name] === undefined || plan[name] === null));
    const options = [["", "Choose …"], ...names.map((name) => [name, partWords(name)])];
    empty.querySelector("select").replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
    empty.hidden = !names.length;
  }

  function showTools(told) {
    const more = !told.fixed && told.all.some((column) => !told.columns.includes(column.name));
    tools.show({ fixed: Boolean(told.fixed), row: at.row, edits, more });
  }

  function show() {
    showTabs();
    showEmpty();
    const told = section_();
    const count = told.rows.length;
    if (at.first >= count) at.first = AT_ONCE * Math.floor(Math.max(0, count - 1) / AT_ONCE);
    const rows = told.rows.map((_, r) => r).slice(at.first, at.first + AT_ONCE);
    cells = new Map();
    const head = told.columns.map((c) => headOf(c, told.column(c)));
    const first = el("th", { scope: "col" }, el("span", { class: "unseen" }, "Row"));
    const none = el("tr", {}, el("td", { colSpan: told.columns.length + 1, class: "quiet" }, "No rows yet: add one, then type, or paste rows from a spreadsheet."));
    body.replaceChildren(
      el("table", { class: "grid" }, el("caption", { class: "unseen" }, at.part), el("thead", {}, el("tr", {}, first, ...head)), el("tbody", {}, ...(count || told.fixed ? rows.map((r) => rowOf(told, r)) : [none]))),
      ...told.columns.map((c, n) => choicesOf(told.column(c), n)).filter(Boolean),
    );
    const turn = (to, words) => el("button", { type: "button", disabled: to < 0 || to >= count, onclick: () => { Object.assign(at, { first: to, row: null }); show(); } }, words);
    pager.replaceChildren(
      ...(count > AT_ONCE
        ? [turn(at.first - AT_ONCE, "‹ Earlier rows"), el("span", { class: "quiet small" }, `rows ${at.first + 1} to ${Math.min(count, at.first + AT_ONCE)} of ${number(count)}`), turn(at.first + AT_ONCE, "Later rows ›")]
        : []),
    );
    seek.hidden = told.fixed || count <= AT_ONCE;
    markRow();
    showTools(told);
    markCells();
  }

  function find(text) {
    const found = nextCell(section_(), text, at.row ?? at.first - 1);
    if (!found) return tell(`Nothing here holds “${text}”.`);
    const { input } = reveal(found.row, found.column);
    input.scrollIntoView({ block: "center", behavior: "instant" });
    return tell(`Row ${found.row + 1}: ${input.value}.`);
  }

  function headOf(c, column) {
    const needed = column?.needed ? [el("span", { "aria-hidden": "true" }, " *"), el("span", { class: "unseen" }, ", needed")] : [];
    return el("th", { scope: "col", title: column?.words ?? "" }, c, ...needed);
  }

  function choicesOf(column, n) {
    if (!column?.choices.length) return null;
    return el("datalist", { id: `choices-${n}` }, ...column.choices.map((value) => el("option", { value })));
  }

  function rowOf(told, r) {
    const remove = told.fixed ? [] : [el("button", { type: "button", tabIndex: -1, title: "Delete this row", "aria-label": `Delete row ${r + 1}`, onclick: () => { at.row = r; verbs.delete(true, true); } }, "×")];
    const made = el("tr", {}, el("td", { class: "at" }, told.fixed ? "" : String(r + 1), ...remove), ...told.columns.map((c, n) => el("td", {}, ...field(told, r, c, n))));
    made.dataset.row = r;
    return made;
  }

  function field(told, r, c, n) {
    const value = told.read(r, c);
    if (told.fixed && c === "key") return [el("span", { class: "small" }, String(value).replaceAll("_", " "))];
    const name = (told.fixed ? String(told.read(r, "key")) : `${c}, row ${r + 1}`).replaceAll("_", " ");
    const input = el("input", { type: "text", value: typed(value), "aria-label": name, spellcheck: false });
    const column = told.column(c);
    if (column?.needed) input.setAttribute("aria-required", "true");
    if (column?.choices.length) input.setAttribute("list", `choices-${n}`);
    const why = el("div", { class: "why", id: `why-${r}-${c}` });
    const kind = told.kind(r, c);
    const place = told.fixed ? { key: told.keys[r] } : { row: r, column: c };
    input.addEventListener("input", () => {
      edits.type(at.part, place, meant(input.value, kind), `${name} changed`);
      showTools(told);
      changed(findings);
    });
    input.addEventListener("focus", () => {
      Object.assign(at, told.fixed ? { row: null, column: c } : { row: r, column: c });
      markRow();
      showTools(told);
    });
    input.addEventListener("blur", () => edits.leave());
    if (!told.fixed) input.addEventListener("paste", (event) => paste(event, r, c));
    cells.set(`${r} ${c}`, { input, why });
    return [input, why];
  }

  function markRow() {
    for (const row of body.querySelectorAll("tr[data-row]")) row.classList.toggle("now", Number(row.dataset.row) === at.row);
  }

  // Rows of this part were replaced: what was found of them moves, and is told with the change.
  function replaced(step, gone, come) {
    if (step.at !== undefined) findings = movedFindings(findings, step, gone, come);
    changed(findings);
  }

  function tell(words) {
    tools.say(words);
    say(words);
  }

  // Brings a row to sight, with the part and the page of rows that it is on.
  function reveal(r, c) {
    const told = section_();
    const count = told.rows.length;
    at.row = told.fixed || !count ? null : Math.min(Math.max(r, 0), count - 1);
    const row = told.fixed ? Math.max(r, 0) : at.row;
    at.first = row === null ? 0 : AT_ONCE * Math.floor(row / AT_ONCE);
    show();
    return row === null ? null : (cells.get(`${row} ${c}`) ?? cells.get(`${row} ${told.columns[told.fixed ? 1 : 0]}`));
  }

  // At once: what moves the page next would break off a scroll that takes its time.
  function go(cell) {
    const goal = cell?.input ?? (tools.add.hidden ? body : tools.add);
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  const verbs = {
    add() {
      const told = section_();
      const r = at.row === null ? told.rows.length : at.row + 1;
      const step = edits.replace(at.part, r, 0, [freshRow(told.all, told.columns)], `row ${r + 1} of ${partWords(at.part)} added`);
      replaced(step, 0, 1);
      go(reveal(r, told.columns[0]));
      tell(`Row ${r + 1} added. ${plural(told.rows.length + 1, "row")} now.`);
    },
    delete(byButton, inHead) {
      const { row: r, column } = at;
      if (r === null) return;
      const told = section_();
      const step = edits.replace(at.part, r, 1, [], `row ${r + 1} of ${partWords(at.part)} deleted`);
      replaced(step, 1, 0);
      const cell = reveal(r, column);
      // What deleted it deletes the next, too.
      if (inHead && cell) cell.input.closest("tr").querySelector(".at button").focus();
      else if (!byButton || !cell) go(cell);
      tell(`Row ${r + 1} deleted. ${plural(told.rows.length - 1, "row")} left.`);
    },
    undo: (byButton) => turned(edits.undo(), byButton, "Undone"),
    redo: (byButton) => turned(edits.redo(), byButton, "Done again"),
    columns() {
      section_(true);
      show();
      tools.add.focus();
      tell("Every column is shown.");
    },
  };

  function turned(step, byButton, words) {
    if (!step) return;
    const [gone, come] = words === "Undone" ? [step.after, step.before] : [step.before, step.after];
    at.part = step.part;
    if (step.at !== undefined) replaced(step, gone.length, come.length);
    else changed(findings);
    const told = section_();
    const cell = reveal(told.fixed ? told.keys.indexOf(step.key) : step.at, step.column ?? told.columns[told.fixed ? 1 : 0]);
    if (!byButton) go(cell);
    else cell?.input.scrollIntoView({ block: "nearest" });
    tell(`${words}: ${step.words}.`);
  }

  function paste(event, r, c) {
    const block = blockOf(event.clipboardData.getData("text/plain"));
    if (!block) return;
    event.preventDefault();
    const { count, after, spare } = pasted(section_(), r, c, block);
    const words = `${rowsWords(r, after.length)} of ${partWords(at.part)} pasted`;
    replaced(edits.replace(at.part, r, count, after, words), count, after.length);
    const first = reveal(r, c);
    cells.get(`${r + after.length - 1} ${c}`)?.input.scrollIntoView({ block: "nearest", behavior: "instant" });
    go(first);
    const added = after.length - count;
    tell([`${rowsWords(r, after.length).replace(/^r/, "R")} pasted`, added ? `${number(added)} of them added` : "", spare ? `${plural(spare, "column")} had no place here` : ""].filter(Boolean).join(", ") + ".");
  }

  // Marks what is wrong and leaves what is being typed alone.
  function markCells() {
    const told = section_();
    for (const { input, why } of cells.values()) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      why.replaceChildren();
    }
    for (const each of placed().filter(({ part: name }) => name === at.part)) {
      const found = cellOf(told, each);
      if (!found) continue;
      found.input.setAttribute("aria-invalid", "true");
      found.input.setAttribute("aria-describedby", found.why.id);
      found.why.append(el("div", {}, `expected ${each.finding.expected}`, mender(found.input, each.finding.suggestion)));
    }
  }

  function cellOf(told, { row, column, key }) {
    if (told.fixed) return cells.get(`${told.keys.indexOf(key)} value`);
    if (row === null) return null;
    return cells.get(`${row} ${column}`) ?? cells.get(`${row} ${told.columns[0]}`);
  }

  function mender(input, suggestion) {
    if (!suggestion) return null;
    const mend = () => {
      input.value = suggestion;
      input.dispatchEvent(new Event("input"));
      input.focus();
    };
    return el("button", { type: "button", onclick: mend }, `Use “${suggestion}”`);
  }

  node.addEventListener("keydown", (event) => {
    const inTable = body.contains(event.target) && event.target !== body;
    const verb = verbOf(event, sectionOf(plan, at.part, known).fixed || !inTable);
    if (!verb) return;
    event.preventDefault();
    verbs[verb](false);
  });
  show();
  return {
    node,
    mark(told) {
      findings = told;
      showTabs();
      markCells();
    },
    jump(finding) {
      const found = spot(plan, finding, known);
      Object.assign(at, { part: found.part, row: null, first: found.row ? AT_ONCE * Math.floor(found.row / AT_ONCE) : 0 });
      show();
      const cell = cellOf(section_(), found);
      (cell?.input ?? body).focus();
      (cell?.input ?? body).scrollIntoView({ block: "center" });
    },
  };
}
