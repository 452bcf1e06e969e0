// The plan's parts as rows of cells: what is typed, and what the plan has of it.
//
// `known` are the columns of tables by their names: columns.json.

export function typed(value) {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function kindOf(before) {
  if (before && typeof before === "object") return "inline";
  return { number: "number", boolean: "truth" }[typeof before] ?? "text";
}

// What was typed, as the plan has it: text that is of no use there stays as it is.
export function meant(text, kind) {
  if (text === "") return undefined;
  if (kind === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  if (kind === "truth" && /^(true|false)$/.test(text)) return text === "true";
  if (kind === "inline") {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text;
}

function isTable(plan, name, known) {
  const value = plan[name] ?? (known[name] ? [] : null);
  if (!Array.isArray(value) || (value.length === 0 && !known[name])) return false;
  return value.every((row) => row && typeof row === "object" && !Array.isArray(row));
}

// Parts that are no tables are told as rows of one: the key, and its value.
export function sectionOf(plan, name, known) {
  if (isTable(plan, name, known)) {
    const rows = plan[name] ?? [];
    const all = known[name] ?? [];
    const needed = all.filter((column) => column.needed).map((column) => column.name);
    const columns = [...new Set([...rows.flatMap((row) => Object.keys(row)), ...needed])];
    const column = (c) => all.find((each) => each.name === c);
    const kind = (r, c) => column(c)?.kind ?? kindOf(rows[r]?.[c]);
    return { columns, all, rows, column, kind, read: (r, c) => plan[name][r][c] };
  }
  const inside = insideOf(plan, name);
  const keys = Object.keys(inside).filter((key) => name !== "plan" || typeof inside[key] !== "object");
  return {
    columns: ["key", "value"],
    fixed: true,
    keys,
    rows: keys,
    column: () => undefined,
    kind: (r) => kindOf(inside[keys[r]]),
    read: (r, c) => (c === "key" ? keys[r] : inside[keys[r]]),
  };
}

export function insideOf(plan, name) {
  return name === "plan" ? plan : plan[name];
}

// A row of a table with the defaults of these columns; other columns have theirs anyway.
export function freshRow(all, columns) {
  const usual = all.filter((column) => columns.includes(column.name) && column.default !== undefined);
  return Object.fromEntries(usual.map((column) => [column.name, structuredClone(column.default)]));
}

export function put(row, key, value) {
  if (value === undefined) delete row[key];
  else row[key] = value;
}

export function partsOf(plan) {
  return ["plan", ...Object.keys(plan).filter((name) => plan[name] && typeof plan[name] === "object")];
}

// Where in which part a finding stands.
export function spot(plan, finding, known) {
  const [part_, first, second] = (finding.pointer ?? "").slice(1).split("/").map((text) => text.replaceAll("~1", "/").replaceAll("~0", "~"));
  const isThere = plan[part_] && typeof plan[part_] === "object";
  if (!isThere && !known[part_]) return { part: "plan", key: part_ };
  if (isTable(plan, part_, known)) return { part: part_, row: first === undefined ? null : Number(first), column: second };
  return isThere ? { part: part_, key: first } : { part: "plan", key: part_ };
}

// Findings after `gone` rows of a part were replaced by `come` others: those of rows that
// are left go with their rows.
export function movedFindings(findings, { part: name, at }, gone, come) {
  if (gone === come) return findings;
  return findings.flatMap((finding) => {
    const [its, row, ...rest] = (finding.pointer ?? "").slice(1).split("/");
    if (its !== name || !/^\d+$/.test(row ?? "")) return [finding];
    const r = Number(row);
    if (r < at + Math.min(gone, come)) return [finding];
    if (r < at + gone) return [];
    return [{ ...finding, pointer: `/${[its, r + come - gone, ...rest].join("/")}` }];
  });
}

export function partWords(name) {
  return name === "plan" ? "general" : name.replaceAll("_", " ");
}

export function rowsWords(at, count) {
  return count === 1 ? `row ${at + 1}` : `rows ${at + 1} to ${at + count}`;
}
