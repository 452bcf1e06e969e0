// Plans: the sample, uploads, what is wrong with them, and this server's rosters.

import { download, json, save } from "./api.js";
import { gridOf } from "./grid.js";
import { jobs, jobTable, submit } from "./jobs.js";
import { hold, judge, planAtHand, planOf, sample, upload } from "./plan.js";
import { findingText, panel, problemNode, waiting } from "./problems.js";
import { zipped } from "./zip.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const TYPES = { json: "application/json", zip: "application/zip", xlsx: XLSX };

async function packed(files) {
  if (files.length === 1 && !files[0].webkitRelativePath) {
    const type = TYPES[files[0].name.toLowerCase().split(".").pop()];
    if (type) return [files[0], type];
  }
  const entries = [];
  for (const file of files) {
    if (!/\.(toml|csv|json)$/i.test(file.name)) continue;
    entries.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  return [zipped(entries), TYPES.zip];
}

// Everything in what was dropped, folders included.
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = [];
  const read = async (entry) => {
    if (entry.isFile) found.push(await new Promise((done, failed) => entry.file(done, failed)));
    else {
      const reader = entry.createReader();
      for (let some_ = [0]; some_.length; ) {
        some_ = await new Promise((done, failed) => reader.readEntries(done, failed));
        for (const each of some_) await read(each);
      }
    }
  };
  for (const entry of entries) await read(entry);
  return found.length ? found : [...transfer.files];
}

function chooser(text, properties, take) {
  const input = el("input", { type: "file", ...properties, "aria-label": text });
  input.addEventListener("change", () => take([...input.files]));
  return el("span", { class: "file" }, text, input);
}

async function startPage(node, shell) {
  const said = el("div", {});
  const busy = async (words, work) => {
    said.replaceChildren(waiting(words));
    try {
      await work();
      if (shell.signal.aborted) return;
      if (location.hash === "#/plans/plan") shell.again();
      else shell.go("#/plans/plan");
    } catch (error) {
      if (!shell.signal.aborted) said.replaceChildren(problemNode(error));
    }
  };
  const take = (files) => files.length && busy("Reading the plan …", async () => upload(...(await packed(files)), shell.signal));
  const drop = el(
    "div",
    { class: "drop" },
    el("p", {}, "Drop a plan here: a folder or its files, a zip, a workbook or plan.json"),
    el(
      "div",
      { class: "together" },
      chooser("Choose file …", { accept: ".json,.zip,.xlsx,.toml,.csv", multiple: true }, take),
      " ",
      chooser("Choose folder …", { webkitdirectory: true }, take),
    ),
    el("p", { class: "quiet small" }, "Rather a spreadsheet? Try the sample, save it as a workbook, fill that in, and drop it here."),
  );
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    take(await dropped(event.dataTransfer));
  });
  const trySample = (id, words, kind) => el("button", { type: "button", class: kind, onclick: () => busy("Fetching the sample …", () => sample(id, shell.signal)) }, words);
  const start = el(
    "div",
    { class: "start" },
    el(
      "section",
      { class: "panel", "aria-label": "Sample" },
      el("h2", {}, "New here?"),
      el("p", {}, "See a bank’s week: three queues, four kinds of cases, 30 agents. Then build its roster, about a minute."),
      el("div", { class: "row-of" }, trySample("retail-bank", "Try the sample", "main big"), trySample("tiny", "A tiny one: six people, three days", "")),
    ),
    el("section", { class: "panel", "aria-label": "Your plan" }, el("h2", {}, "Your own plan"), drop),
  );
  const list_ = el("section", { "aria-label": "Rosters" }, el("h2", {}, "Rosters of this server"), waiting("Looking …"));
  node.append(el("h1", {}, "Plans"), ...(planAtHand() ? [back()] : []), said, start, list_);
  const found = await jobs(shell.signal);
  list_.lastChild.remove();
  list_.append(found.items.length ? el("div", { class: "panel" }, jobTable(found.items, shell)) : note("None yet. Try the sample, or drop a plan above: the roster built from it will be listed here."));
}

function back() {
  return el("p", {}, el("a", { class: "button", href: "#/plans/plan" }, `Back to the plan at hand: ${planAtHand().plan?.name || "without a name"}`));
}

async function planPage(node, shell) {
  const at = planAtHand();
  if (!at) return startPage(node, shell);
  const known = at.plan ? await json("web/columns.json", { signal: shell.signal }) : {};
  shell.subject(at.plan?.name ?? "");
  const state = el("div", { role: "status" });
  const lists = el("div", {});
  const go = el("button", { type: "button", class: "main big" }, "Build roster");
  const again = el("button", { type: "button" }, "Check again");
  const book = el("button", { type: "button", onclick: () => keepWorkbook(at.plan).catch((error) => state.replaceChildren(problemNode(error))) }, "Save as workbook");
  node.append(
    el("h1", {}, at.plan?.name || "Plan"),
    el("div", { class: "row-of" }, ...(at.plan ? [go, again, el("a", { class: "button", href: "#/demand" }, "See the demand"), el("button", { type: "button", onclick: () => keep(at.plan) }, "Save plan.json"), book] : []), el("a", { class: "button", href: "#/plans" }, "Other plan …")),
    state,
    lists,
  );
  const grid = at.plan ? gridOf(at.plan, known, { changed: (findings) => later(findings), say: shell.say }) : null;
  if (grid) node.append(grid.node);
  let timer = 0;
  let asked = null;
  const later = (findings) => {
    clearTimeout(timer);
    asked?.abort(); // it tells of rows as they were
    const moved = findings !== planAtHand().findings;
    hold({ ...planAtHand(), valid: false, findings });
    if (moved) steady(node, showLists);
    timer = setTimeout(() => check(), 500);
  };
  const check = async () => {
    clearTimeout(timer);
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    shell.signal.addEventListener("abort", () => signal.aborted || asked.abort(), { once: true });
    steady(node, () => state.replaceChildren(waiting("Checking …")));
    try {
      await judge(at.plan, signal);
      if (!signal.aborted) steady(node, show);
    } catch (error) {
      if (!signal.aborted) state.replaceChildren(problemNode(error, check));
    }
  };
  const show = () => {
    const { valid, findings, lost } = planAtHand();
    const count = findings.length + lost.length;
    go.disabled = !valid;
    again.disabled = !at.plan;
    state.replaceChildren(
      valid
        ? el("p", { class: "good" }, el("b", {}, "The plan is right. "), "A roster can be built from it.")
        : el("p", { class: "bad" }, el("b", {}, `${plural(count, "problem")}. `), at.plan ? "Each stands below beside its cell: mend it there, it is checked again as you type." : "Mend it in the file, then drop it again under Plans."),
    );
    showLists();
    grid?.mark(findings);
  };
  const showLists = () => {
    const { findings, lost, notes } = planAtHand();
    const jump = (finding) => el("li", {}, el("button", { type: "button", onclick: () => grid.jump(finding) }, findingText(finding)));
    lists.replaceChildren(
      ...(lost.length ? [panel("Wrong with the files themselves", list(lost.map(findingText))), ...(at.plan ? [note("These have no cell below, and the rows they concern are left out: mend them in the file and drop it again, or go on without.")] : [])] : []),
      ...(findings.length ? [panel("Problems", el("ul", { class: "found" }, ...findings.map(jump)))] : []),
      ...(notes.length ? [panel("To know", folded(notes.map(noteText)))] : []),
    );
  };
  go.addEventListener("click", async () => {
    go.disabled = true;
    try {
      const job = await submit(at.plan, { seconds: 60, gap: 0.01, name: "" });
      shell.go(`#/build/${job.id}`);
    } catch (error) {
      go.disabled = false;
      state.replaceChildren(problemNode(error));
    }
  });
  again.addEventListener("click", check);
  show();
  return () => { clearTimeout(timer); asked?.abort(); };
}

// Does what may make the page longer or shorter above the field that somebody is in: it
// stays where it is.
function steady(node, work) {
  const field = node.contains(document.activeElement) ? document.activeElement : null;
  const before = field?.getBoundingClientRect().top;
  work();
  if (field?.isConnected) window.scrollBy({ top: field.getBoundingClientRect().top - before, behavior: "instant" });
}

function keep(plan) {
  save(new Blob([JSON.stringify(plan, null, 1)], { type: "application/json" }), "plan.json");
}

function keepWorkbook(plan) {
  const headers = { "Content-Type": "application/json" };
  return download("v1/workbook", "plan.xlsx", { method: "POST", body: JSON.stringify(plan), headers });
}

export default {
  name: "plans",
  title: "Plans",
  async show(node, [what, job], shell) {
    if (what === "of" && job) {
      node.append(waiting("Fetching the plan …"));
      await planOf(job, shell.signal);
      shell.go("#/plans/plan");
      return undefined;
    }
    return what === "plan" ? planPage(node, shell) : startPage(node, shell);
  },
};
