// What goes wrong, in words that say what to do.

const ADVICE = {
  0: "Start it again (ringfence serve), then try again.",
  401: "Sign in with a key of this server.",
  403: "The key does not allow this: ask for one with the scopes calculate, rosters:read and rosters:write.",
  404: "It may have been erased, or belong to somebody else. The list of rosters is under Plans.",
  413: "The file is larger than this server takes.",
  429: "Too much at once: wait a moment, then try again.",
  503: "The server is busy: wait a moment, then try again.",
};

export function problemNode(error, again) {
  const status = error.status ?? -1;
  const entries = (error.told?.errors ?? []).slice(0, 20).map((each) => findingText(each));
  const parts = [
    el("p", {}, el("b", {}, error.told?.title ?? "Something went wrong")),
    el("p", {}, sentence(error.message)),
    entries.length ? el("ul", { class: "plain" }, ...entries.map((text) => el("li", {}, text))) : null,
    ADVICE[status] ? el("p", { class: "quiet" }, ADVICE[status]) : null,
    again ? el("p", {}, el("button", { type: "button", onclick: again }, "Try again")) : null,
  ];
  return el("div", { class: "problem", role: "alert" }, ...parts);
}

export function sentence(text) {
  return `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;
}

export function place(finding) {
  if (finding.pointer) {
    const [part, row, ...rest] = finding.pointer.slice(1).split("/");
    const at = /^\d+$/.test(row ?? "") ? `row ${Number(row) + 1}` : row;
    return [part, at, ...rest].filter(Boolean).join(", ");
  }
  return [finding.file, finding.sheet, finding.row && `row ${finding.row}`, finding.column ?? finding.parameter].filter(Boolean).join(", ");
}

export function findingText(finding) {
  const value = finding.value === null || finding.value === undefined ? "" : `“${finding.value}”: `;
  const expected = finding.code === "more" ? finding.expected : `expected ${finding.expected}`;
  const meant = finding.suggestion ? `; did you mean “${finding.suggestion}”?` : "";
  const where = place(finding);
  return `${where ? `${where}: ` : ""}${value}${expected}${meant}`;
}

export function panel(title, ...inside) {
  return el("div", { class: "panel" }, el("h2", {}, title), ...inside);
}

// A heading for who listens; who looks sees what it is.
export function unseen(title) {
  return el("h2", { class: "unseen" }, title);
}

// A table that scrolls; on a phone each row stands by itself, and its cells say what they are.
export function stacked(label, made) {
  const heads = [...made.tHead.rows[0].cells].map((cell) => cell.textContent);
  for (const row of made.tBodies[0].rows) [...row.cells].forEach((cell, c) => { cell.dataset.head = `${heads[c]}: `; });
  return el("div", { class: "scroll whole stacked", tabIndex: 0, role: "region", "aria-label": label }, made);
}

export function waiting(text) {
  return el("p", { class: "wait", role: "status" }, text);
}
