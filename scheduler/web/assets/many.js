// Many solves of the plan at hand, by the server: what all kinds of such jobs have alike.
//
// A kind is { name, title, sent, fresh, go, result, drawing, order, parts }: the view, as
// jobs and files are named after it; words; what is sent beside the plan; words for several
// jobs, for the button, for the result; the report's script that draws it; what its form
// asks for: order(plan) is { words, rows, controls, query(), told() }; sections as [id, title].

import { ask, download, follow, json, post } from "./api.js";
import { hasEnded, statusText, when } from "./jobs.js";
import { plainDocument } from "./plain.js";
import { planAtHand } from "./plan.js";
import { problemNode, unseen } from "./problems.js";
import { zipped } from "./zip.js";

const MOST_FILE = 1_000_000; // bytes of a file

// A view of a kind of jobs.
export function viewOf(kind) {
  return {
    name: kind.name,
    title: kind.title,
    show(node, [id], shell) {
      return id ? jobPage(node, id, shell, kind) : startPage(node, shell, kind);
    },
  };
}

function route(kind) {
  return `v1/${kind.name}s`;
}

function startPage(node, shell, kind) {
  const at = planAtHand();
  node.append(el("h1", {}, kind.title));
  if (!at?.plan) {
    node.append(note("There is no plan at hand. Try the sample or upload one under Plans."), el("p", {}, el("a", { class: "button main", href: "#/plans" }, "Go to Plans")));
  } else {
    node.append(form(at, shell, kind));
  }
  return listed(node, shell, kind);
}

// Rows of inputs that say something each, a button for one more, and in each to remove it.
export function rowsOf(label, heads, row) {
  const rows = [];
  const lines = el("tbody", {});
  const removers = () => lines.querySelectorAll("button.remove");
  let made = 0;
  const add = () => {
    made += 1;
    const one = row(made);
    const remove = () => {
      rows.splice(rows.indexOf(one), 1);
      one.node.remove();
      show();
      more.focus();
    };
    one.node.append(el("td", {}, el("button", { type: "button", class: "remove", title: "Remove this row", "aria-label": `Remove row ${made}`, onclick: remove }, "×")));
    heads.forEach((name, n) => { one.node.cells[n].dataset.head = name; });
    rows.push(one);
    lines.append(one.node);
    show();
  };
  const show = () => removers().forEach((each) => { each.disabled = rows.length === 1; });
  const head = el("tr", {}, ...heads.map((name) => el("th", { scope: "col" }, name)), el("td", {}));
  const more = el("button", { type: "button", onclick: add }, "One more");
  add();
  const node = el("div", { class: "scroll whole", tabIndex: 0, role: "region", "aria-label": label }, el("table", { class: "grid ask" }, el("thead", {}, head), lines));
  return { node, more, told: () => rows.map((each) => each.told()) };
}

function form(at, shell, kind) {
  const said = el("div", {});
  const go = el("button", { type: "submit", class: "main big", disabled: !at.valid }, kind.go);
  const order = kind.order(at.plan);
  const file = el("input", { type: "file", accept: ".toml,.json", "aria-label": `Choose a file of ${kind.sent}` });
  const node = el(
    "form",
    { class: "panel" },
    el("h2", {}, at.plan.name || "Plan without a name"),
    at.valid ? null : el("p", { class: "bad" }, "The plan has problems: ", el("a", { href: "#/plans/plan" }, "mend them first"), "."),
    el("p", {}, order.words),
    order.rows.node,
    el("div", { class: "row-of" }, order.rows.more, el("label", { class: "file" }, `Or a file of ${kind.sent}`, file)),
    el("div", { class: "controls" }, ...order.controls),
    el("div", { class: "row-of" }, go),
    said,
  );
  const send = async (sent) => {
    go.disabled = true;
    try {
      const job = await sent(`${route(kind)}?${new URLSearchParams(order.query())}`);
      shell.go(`#/${kind.name}/${job.id}`);
    } catch (error) {
      go.disabled = !at.valid;
      said.replaceChildren(problemNode(error));
    }
  };
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send((place) => post(place, { plan: at.plan, [kind.sent]: order.told() }));
  });
  file.addEventListener("change", () => {
    const [chosen] = file.files;
    if (!chosen) return;
    if (chosen.size > MOST_FILE) {
      said.replaceChildren(note(`A file of ${kind.sent} has a megabyte at most.`));
      return;
    }
    send((place) => fromFile(place, at.plan, chosen, kind));
    file.value = "";
  });
  return node;
}

async function fromFile(place, plan, chosen, kind) {
  const form_ = chosen.name.toLowerCase().endsWith(".json") ? "json" : "toml";
  const body = zipped([
    { name: "plan.json", bytes: new TextEncoder().encode(JSON.stringify(plan)) },
    { name: `${kind.sent}.${form_}`, bytes: new Uint8Array(await chosen.arrayBuffer()) },
  ]);
  return json(place, { method: "POST", body, headers: { "Content-Type": "application/zip" } });
}

async function listed(node, shell, kind) {
  const { items } = await json(`${route(kind)}?limit=50`, { signal: shell.signal });
  if (!items.length) return;
  const rows = items.map((job) => [el("a", { href: `#/${kind.name}/${job.id}` }, job.name || kind.fresh), stateOf(job), when(job.submitted_at), hasEnded(job) ? eraser(job, shell, kind) : ""]);
  const made = table([`${kind.fresh} of`, "State", "Asked for", "Erase"], rows);
  node.append(el("h2", {}, "On this server"), el("div", { class: "panel" }, el("div", { class: "scroll whole", tabIndex: 0, role: "region", "aria-label": `${kind.fresh} of this server` }, made)));
}

function stateOf(job) {
  return job.status === "COMPLETED" ? "done" : statusText(job);
}

function eraser(job, shell, kind) {
  const erase = async () => {
    if (!window.confirm(`Erase the ${kind.sent} of “${job.name}” for good?`)) return;
    await ask(`${route(kind)}/${job.id}`, { method: "DELETE" });
    shell.again();
  };
  return el("button", { type: "button", "aria-label": `Erase the ${kind.sent} of ${when(job.submitted_at)}`, onclick: erase }, "Erase");
}

async function jobPage(node, id, shell, kind) {
  const place = `${route(kind)}/${id}`;
  let job = await json(place, { signal: shell.signal });
  shell.subject(job.name);
  const state = el("p", { role: "status", id: "state" });
  const lines = el("ol", { class: "log", tabIndex: 0, "aria-label": "What was solved" });
  const actions = el("div", { class: "row-of" });
  const said = el("div", {});
  const shown = el("div", {});
  node.append(el("h1", {}, job.name || kind.title), state, actions, said, shown, el("details", { open: !hasEnded(job) }, el("summary", {}, "What was solved"), lines));

  const tell = (verb) => async () => {
    try {
      job = await post(`${place}/${verb}`);
      show();
    } catch (error) {
      said.replaceChildren(problemNode(error));
    }
  };
  const stop = el("button", { type: "button", class: "main", onclick: tell("stop") }, "Stop and keep what there is");
  const cancel = el("button", { type: "button", onclick: () => window.confirm(`Discard these ${kind.sent}? Nothing of them is kept.`) && tell("cancel")() }, "Cancel");
  const files = ["csv", "html"].map((form_) => el("button", { type: "button", onclick: () => download(`${place}/export.${form_}`, `${kind.name}.${form_}`) }, form_ === "csv" ? "Table (.csv)" : "Page (.html)"));

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
    let found;
    try {
      found = await json(`${place}/result`, { signal: shell.signal });
    } catch (error) {
      // Who is stopped before a worker begins has nothing, and that is no fault.
      if (error.status !== 409) throw error;
      said.replaceChildren(note("It was stopped before anything was solved."));
      return;
    }
    if (shell.signal.aborted) return;
    useData(plainDocument({ locale: found.locale, time_zone: found.time_zone, found }));
    const part = ([name, title]) => el("section", { id: name }, el("h2", {}, title));
    shown.replaceChildren(unseen(kind.result), el("p", { class: "quiet", id: "span" }), ...kind.parts.map(part));
    kind.drawing.use(found, shell.signal);
    for (const build of kind.drawing.builds) build();
    repaint();
  }

  function heard(what, told) {
    if (shell.signal.aborted) return;
    if (what === "status" || what === "end") job = { ...job, status: told.status };
    if (what === "log") lines.append(el("li", {}, told.line));
    show();
  }

  show();
  (async () => {
    try {
      await follow(id, heard, shell.signal, `${kind.name}s`);
      if (shell.signal.aborted) return;
      job = await json(place, { signal: shell.signal });
      show();
      await result();
    } catch (error) {
      if (!shell.signal.aborted) said.replaceChildren(problemNode(error));
    }
  })();
}
