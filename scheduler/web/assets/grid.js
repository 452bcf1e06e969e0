// The plan's parts as grids, each problem beside the cell it concerns.

const AT_ONCE = 40; // rows

function isTable(value) {
  return Array.isArray(value) && value.length > 0 && value.every((row) => row && typeof row === "object" && !Array.isArray(row));
}

// A cell as it is typed, and what was typed as the plan has it.
function typed(value) {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function meant(text, before) {
  if (text === "") return undefined;
  if (typeof before === "number" && text.trim() !== "" && !Number.isNaN(Number(text))) return Number(text);
  if (typeof before === "boolean" && /^(true|false)$/.test(text)) return text === "true";
  if (before && typeof before === "object") {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text;
}

// Parts that are no tables are told as rows of one: the key, and its value.
function sectionOf(plan, name) {
  if (isTable(plan[name])) {
    const columns = [...new Set(plan[name].flatMap((row) => Object.keys(row)))];
    return { columns, rows: plan[name], read: (r, c) => plan[name][r][c], write: (r, c, value) => put(plan[name][r], c, value) };
  }
  const inside = name === "plan" ? plan : plan[name];
  const keys = Object.keys(inside).filter((key) => name !== "plan" || typeof inside[key] !== "object");
  return {
    columns: ["key", "value"],
    fixed: true,
    keys,
    rows: keys,
    read: (r, c) => (c === "key" ? keys[r] : inside[keys[r]]),
    write: (r, _, value) => put(inside, keys[r], value),
  };
}

function put(row, key, value) {
  if (value === undefined) delete row[key];
  else row[key] = value;
}

function partsOf(plan) {
  return ["plan", ...Object.keys(plan).filter((name) => plan[name] && typeof plan[name] === "object")];
}

// Where in which part a finding stands.
function spot(plan, finding) {
  const [part_, first, second] = (finding.pointer ?? "").slice(1).split("/").map((text) => text.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (!plan[part_] || typeof plan[part_] !== "object") return { part: "plan", key: part_ };
  if (isTable(plan[part_])) return { part: part_, row: first === undefined ? null : Number(first), column: second };
  return { part: part_, key: first };
}

export function gridOf(plan, changed) {
  const tabs = el("div", { class: "tabs", role: "group", "aria-label": "Parts of the plan" });
  const body = el("div", { class: "scroll whole", tabIndex: 0, role: "region", "aria-label": "Cells" });
  const pager = el("div", { class: "row-of" });
  const node = el("section", { "aria-label": "What the plan says" }, el("h2", {}, "What the plan says"), tabs, el("div", { class: "panel" }, body, pager));
  const at = { part: partsOf(plan).find((name) => name === "agents") ?? "plan", first: 0 };
  let findings = [];
  let cells = new Map(); // "row column" -> { input, why }

  const placed = () => findings.map((finding) => ({ finding, ...spot(plan, finding) }));

  function showTabs() {
    const counts = new Map();
    for (const each of placed()) counts.set(each.part, (counts.get(each.part) ?? 0) + 1);
    tabs.replaceChildren(
      ...partsOf(plan).map((name) => {
        const count = counts.get(name);
        const words = name === "plan" ? "general" : name.replaceAll("_", " ");
        const badge = count ? el("span", { class: "count", title: plural(count, "problem") }, String(count)) : null;
        return el("button", { type: "button", "aria-pressed": String(name === at.part), onclick: () => { at.part = name; at.first = 0; show(); } }, words, badge);
      }),
    );
  }

  function show() {
    showTabs();
    const told = sectionOf(plan, at.part);
    const rows = told.rows.map((_, r) => r).slice(at.first, at.first + AT_ONCE);
    cells = new Map();
    const made = rows.map((r) => el("tr", {}, el("td", { class: "at" }, told.fixed ? "" : String(r + 1)), ...told.columns.map((c) => el("td", {}, ...field(told, r, c)))));
    const head = ["", ...told.columns].map((text) => el("th", { scope: "col" }, text || el("span", { class: "unseen" }, "Row")));
    body.replaceChildren(el("table", { class: "grid" }, el("caption", { class: "unseen" }, at.part), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...made)));
    const count = told.rows.length;
    const turn = (first, words) => el("button", { type: "button", disabled: first < 0 || first >= count, onclick: () => { at.first = first; show(); } }, words);
    pager.replaceChildren(
      ...(count > AT_ONCE
        ? [turn(at.first - AT_ONCE, "‹ Earlier rows"), el("span", { class: "quiet small" }, `rows ${at.first + 1} to ${Math.min(count, at.first + AT_ONCE)} of ${number(count)}`), turn(at.first + AT_ONCE, "Later rows ›")]
        : []),
    );
    markCells();
  }

  function field(told, r, c) {
    const value = told.read(r, c);
    if (told.fixed && c === "key") return [el("span", { class: "small" }, String(value).replaceAll("_", " "))];
    const name = told.fixed ? String(told.read(r, "key")) : `${c}, row ${r + 1}`;
    const input = el("input", { type: "text", value: typed(value), "aria-label": name.replaceAll("_", " "), spellcheck: false });
    const why = el("div", { class: "why", id: `why-${r}-${c}` });
    input.addEventListener("input", () => {
      told.write(r, c, meant(input.value, value));
      changed();
    });
    cells.set(`${r} ${c}`, { input, why });
    return [input, why];
  }

  // Marks what is wrong and leaves what is being typed alone.
  function markCells() {
    const told = sectionOf(plan, at.part);
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

  show();
  return {
    node,
    mark(told) {
      findings = told;
      showTabs();
      markCells();
    },
    jump(finding) {
      const found = spot(plan, finding);
      at.part = found.part;
      at.first = found.row ? AT_ONCE * Math.floor(found.row / AT_ONCE) : 0;
      show();
      const cell = cellOf(sectionOf(plan, at.part), found);
      (cell?.input ?? body).focus();
      (cell?.input ?? body).scrollIntoView({ block: "center" });
    },
  };
}
