// What if: scenarios of the plan at hand, solved by the server, side by side.

import { ask, download, follow, json, post } from "./api.js";
import { hasEnded, statusText, when } from "./jobs.js";
import { plainDocument } from "./plain.js";
import { planAtHand } from "./plan.js";
import { problemNode, unseen } from "./problems.js";
import { zipped } from "./zip.js";

const MOST_FILE = 1_000_000; // bytes of a file of scenarios

// What a scenario may change here, and how its file says it; files can say more.
const LEVERS = [
  { key: "calls", words: "Calls, ± %", min: -100, max: 1000, told: (value) => relative(value) },
  { key: "handle_time", words: "Handle time, ± %", min: -90, max: 1000, told: (value) => relative(value) },
  { key: "inflow", words: "New cases, ± %", min: -100, max: 1000, told: (value) => relative(value) },
  { key: "absence", words: "Away, %", min: 0, max: 90, told: (value) => value / 100 },
  { key: "overtime", words: "Overtime, h a week", min: 0, max: 40, told: (value) => value },
];

function relative(value) {
  return `${value < 0 ? "" : "+"}${value}%`;
}

function startPage(node, shell) {
  const at = planAtHand();
  node.append(el("h1", {}, "What if?"));
  if (!at?.plan) {
    node.append(note("There is no plan at hand. Try the sample or upload one under Plans."), el("p", {}, el("a", { class: "button main", href: "#/plans" }, "Go to Plans")));
  } else {
    node.append(order(at, shell));
  }
  return listed(node, shell);
}

function rowOf(number_) {
  const name = el("input", { type: "text", maxLength: 100, value: `scenario ${number_}`, "aria-label": `Name of scenario ${number_}` });
  const inputs = LEVERS.map((lever) => el("input", { type: "number", step: "any", min: lever.min, max: lever.max, "aria-label": `${lever.words}, scenario ${number_}` }));
  const told = () => {
    const entry = { name: name.value };
    LEVERS.forEach((lever, n) => {
      if (inputs[n].value !== "") entry[lever.key] = lever.told(Number(inputs[n].value));
    });
    return entry;
  };
  return { node: el("tr", {}, ...[name, ...inputs].map((input) => el("td", {}, input))), told };
}

function order(at, shell) {
  const rows = [rowOf(1)];
  const said = el("div", {});
  const seconds = el("input", { type: "number", min: 1, max: 3600, value: 60 });
  const go = el("button", { type: "submit", class: "main big", disabled: !at.valid }, "Solve the scenarios");
  const lines = el("tbody", {}, rows[0].node);
  const more = el("button", { type: "button", onclick: () => {
    rows.push(rowOf(rows.length + 1));
    lines.append(rows.at(-1).node);
  } }, "One more");
  const file = el("input", { type: "file", accept: ".toml,.json", "aria-label": "Choose a file of scenarios" });
  const head = el("tr", {}, ...["Scenario", ...LEVERS.map((lever) => lever.words)].map((name) => el("th", { scope: "col" }, name)));
  const form = el(
    "form",
    { class: "panel" },
    el("h2", {}, at.plan.name || "Plan without a name"),
    at.valid ? null : el("p", { class: "bad" }, "The plan has problems: ", el("a", { href: "#/plans/plan" }, "mend them first"), "."),
    el("p", {}, "What is left empty stays as the plan has it. The plan as it is is always solved, too."),
    el("div", { class: "scroll whole", tabIndex: 0, role: "region", "aria-label": "Scenarios" }, el("table", { class: "grid ask" }, el("thead", {}, head), lines)),
    el("div", { class: "row-of" }, more, el("label", { class: "file" }, "Or a file of scenarios", file)),
    el("div", { class: "controls" }, el("label", {}, "Search at most, seconds each", seconds)),
    el("div", { class: "row-of" }, go),
    said,
  );
  const send = async (sent) => {
    go.disabled = true;
    try {
      const job = await sent(new URLSearchParams({ time_limit: String(Number(seconds.value)) }));
      shell.go(`#/whatif/${job.id}`);
    } catch (error) {
      go.disabled = !at.valid;
      said.replaceChildren(problemNode(error));
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const scenarios = { scenarios: rows.map((row) => row.told()) };
    send((query) => post(`v1/whatifs?${query}`, { plan: at.plan, scenarios }));
  });
  file.addEventListener("change", () => {
    const [chosen] = file.files;
    if (!chosen) return;
    if (chosen.size > MOST_FILE) {
      said.replaceChildren(note("A file of scenarios has a megabyte at most."));
      return;
    }
    send((query) => fromFile(query, at.plan, chosen));
    file.value = "";
  });
  return form;
}

async function fromFile(query, plan, chosen) {
  const name = chosen.name.toLowerCase().endsWith(".json") ? "scenarios.json" : "scenarios.toml";
  const body = zipped([
    { name: "plan.json", bytes: new TextEncoder().encode(JSON.stringify(plan)) },
    { name, bytes: new Uint8Array(await chosen.arrayBuffer()) },
  ]);
  return json(`v1/whatifs?${query}`, { method: "POST", body, headers: { "Content-Type": "application/zip" } });
}

async function listed(node, shell) {
  const { items } = await json("v1/whatifs?limit=50", { signal: shell.signal });
  if (!items.length) return;
  const rows = items.map((job) => [el("a", { href: `#/whatif/${job.id}` }, job.name || "Scenarios"), stateOf(job), when(job.submitted_at), hasEnded(job) ? eraser(job, shell) : ""]);
  const made = table(["Scenarios of", "State", "Asked for", "Erase"], rows);
  node.append(el("h2", {}, "On this server"), el("div", { class: "panel" }, el("div", { class: "scroll whole", tabIndex: 0, role: "region", "aria-label": "Scenarios of this server" }, made)));
}

function stateOf(job) {
  return job.status === "COMPLETED" ? "done" : statusText(job);
}

function eraser(job, shell) {
  const erase = async () => {
    if (!window.confirm(`Erase the scenarios of “${job.name}” for good?`)) return;
    await ask(`v1/whatifs/${job.id}`, { method: "DELETE" });
    shell.again();
  };
  return el("button", { type: "button", "aria-label": `Erase the scenarios of ${when(job.submitted_at)}`, onclick: erase }, "Erase");
}

async function jobPage(node, id, shell) {
  let job = await json(`v1/whatifs/${id}`, { signal: shell.signal });
  shell.subject(job.name);
  const state = el("p", { role: "status", id: "state" });
  const lines = el("ol", { class: "log", tabIndex: 0, "aria-label": "What was solved" });
  const actions = el("div", { class: "row-of" });
  const said = el("div", {});
  const place = el("div", {});
  node.append(el("h1", {}, job.name || "What if?"), state, actions, said, place, el("details", { open: !hasEnded(job) }, el("summary", {}, "What was solved"), lines));

  const tell = (verb) => async () => {
    try {
      job = await post(`v1/whatifs/${id}/${verb}`);
      show();
    } catch (error) {
      said.replaceChildren(problemNode(error));
    }
  };
  const stop = el("button", { type: "button", class: "main", onclick: tell("stop") }, "Stop and keep what there is");
  const cancel = el("button", { type: "button", onclick: () => window.confirm("Discard these scenarios? Nothing of them is kept.") && tell("cancel")() }, "Cancel");
  const files = ["csv", "html"].map((form) => el("button", { type: "button", onclick: () => download(`v1/whatifs/${id}/export.${form}`, `whatif.${form}`) }, form === "csv" ? "Table (.csv)" : "Page (.html)"));

  function show() {
    const ended = hasEnded(job);
    stop.disabled = job.stop_asked;
    state.textContent = ended ? `Ended: ${stateOf(job)}.` : `Now: ${job.stop_asked ? "stopping" : stateOf(job)}. You may leave this page: the search goes on.`;
    actions.replaceChildren(...(!ended ? [stop, cancel] : job.status === "COMPLETED" ? files : []));
  }

  async function result() {
    if (job.status !== "COMPLETED") {
      said.replaceChildren(note(job.reason || "There is nothing to show."));
      return;
    }
    const found = await json(`v1/whatifs/${id}/result`, { signal: shell.signal });
    if (shell.signal.aborted) return;
    useData(plainDocument({ locale: found.locale, time_zone: found.time_zone, found }));
    const part = (name, title) => el("section", { id: name }, el("h2", {}, title));
    place.replaceChildren(
      unseen("Side by side"),
      el("p", { class: "quiet", id: "span" }),
      part("scenarios", "Scenarios"),
      part("frontier", "What can be had for how many hours?"),
      part("sampled", "Over samples"),
      part("made", "How it was made"),
    );
    whatif.use(found, shell.signal);
    for (const build of whatif.builds) build();
    repaint();
  }

  function heard(kind, told) {
    if (shell.signal.aborted) return;
    if (kind === "status" || kind === "end") job = { ...job, status: told.status };
    if (kind === "log") lines.append(el("li", {}, told.line));
    show();
  }

  show();
  (async () => {
    try {
      await follow(id, heard, shell.signal, "whatifs");
      if (shell.signal.aborted) return;
      job = await json(`v1/whatifs/${id}`, { signal: shell.signal });
      show();
      await result();
    } catch (error) {
      if (!shell.signal.aborted) said.replaceChildren(problemNode(error));
    }
  })();
}

export default {
  name: "whatif",
  title: "What if?",
  show(node, [id], shell) {
    return id ? jobPage(node, id, shell) : startPage(node, shell);
  },
};
