// Building: one button, then what happens as it happens. Where it stands is in the
// address: leaving the page changes nothing.

import { follow, json, post } from "./api.js";
import { hasEnded, hasRoster, jobs, jobTable, statusText, submit, when } from "./jobs.js";
import { planAtHand } from "./plan.js";
import { findingText, problemNode, unseen } from "./problems.js";
import { shortage } from "./so_far.js";

function startPage(node, shell) {
  const at = planAtHand();
  node.append(el("h1", {}, "Build a roster"));
  if (!at?.plan) {
    node.append(note("There is no plan at hand. Try the sample or upload one under Plans."), el("p", {}, el("a", { class: "button main", href: "#/plans" }, "Go to Plans")));
  } else {
    node.append(order(at, shell));
  }
  return running(node, shell);
}

function order(at, shell) {
  const said = el("div", {});
  const seconds = el("input", { type: "number", min: 1, max: 3600, value: 60, id: "seconds" });
  const gap = el("input", { type: "number", min: 0, max: 50, step: "0.1", value: 1, id: "gap" });
  const name = el("input", { type: "text", maxLength: 200, value: at.plan.name ?? "", id: "name" });
  const go = el("button", { type: "submit", class: "main big", disabled: !at.valid }, "Build roster");
  const form = el(
    "form",
    { class: "panel" },
    el("h2", {}, at.plan.name || "Plan without a name"),
    at.valid ? null : el("p", { class: "bad" }, "The plan has problems: ", el("a", { href: "#/plans/plan" }, "mend them first"), "."),
    el(
      "div",
      { class: "controls" },
      el("label", { class: "wide" }, "Name of the roster", name),
      el("label", {}, "Search at most, seconds", seconds),
      el("label", {}, "Good enough, % above the best possible", gap),
    ),
    el("div", { class: "row-of" }, go),
    said,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    try {
      const job = await submit(at.plan, { seconds: Number(seconds.value), gap: Number(gap.value) / 100, name: name.value });
      shell.go(`#/build/${job.id}`);
    } catch (error) {
      go.disabled = false;
      said.replaceChildren(problemNode(error));
    }
  });
  return form;
}

async function running(node, shell) {
  const found = (await jobs(shell.signal)).items.filter((job) => !hasEnded(job));
  if (found.length) node.append(el("h2", {}, "Under way"), el("div", { class: "panel" }, jobTable(found, shell)));
}

async function jobPage(node, id, shell) {
  const job = await json(`v1/rosters/${id}/metadata`, { signal: shell.signal });
  shell.subject(job.name);
  const live = !hasEnded(job);
  const live_ = { steps: [], chart: null, last: 0, job };
  const state = el("p", { role: "status", id: "state" });
  const bar = el("progress", { max: job.options.time_limit, value: 0, "aria-label": "Time searched of the time allowed" });
  const cards = el("div", { class: "cards" });
  const short = shortage();
  const graph = el("div", { class: "panel", hidden: true });
  const lines = el("ol", { class: "log", tabIndex: 0, "aria-label": "What the search says" });
  const stop = el("button", { type: "button", class: "main" }, "Stop and keep the best");
  const cancel = el("button", { type: "button" }, "Cancel");
  const actions = el("div", { class: "row-of" }, stop, cancel);
  const said = el("div", {});
  node.append(
    el("h1", {}, job.name || "Roster"),
    el("p", { class: "quiet small" }, `Asked for ${when(job.submitted_at)}, ${number(job.options.time_limit)} s at most, until ${percent(job.options.gap)} above the best possible.${live ? " You may leave this page: the search goes on." : ""}`),
    state, bar, actions, said, unseen("How it stands"), cards, short.node, graph,
    el("details", {}, el("summary", {}, "What the search says"), lines),
  );

  function show() {
    const { job: now } = live_;
    const ended = hasEnded(now);
    state.textContent = ended ? `Ended: ${statusText(now)}.` : `Now: ${now.stop_asked ? "stopping" : statusText(now)}.`;
    bar.hidden = ended;
    bar.value = live_.last;
    stop.disabled = now.stop_asked;
    actions.replaceChildren(...(ended ? endings(now) : [stop, cancel]));
    cards.hidden = ended && !hasRoster(now);
    const best = live_.steps.at(-1) ?? { best: now.objective, bound: now.bound, gap: now.gap };
    cards.replaceChildren(
      card("Best so far", best.best === null ? "none yet" : some(best.best), "", best.best === null ? "The first roster takes a moment." : "paid hours’ worth"),
      card("Bound", best.bound === null ? UNKNOWN : some(best.bound), "", "no roster costs less"),
      card("Gap", best.gap === null ? UNKNOWN : percent(best.gap), "", "how far the best may be from the best possible"),
      ...short.cards(),
    );
    if (!live_.steps.some((step) => step.best !== null || step.bound !== null)) return;
    data.made = { progress: live_.steps };
    graph.hidden = false;
    if (live_.chart) live_.chart.renew();
    else {
      live_.chart = chart({
        title: "Best roster and bound over time",
        label: "Cost of the best roster and the bound by second",
        height: 320,
        key: () => [["calls", "best roster so far", "line"], ["calls-3", "bound: no roster costs less", "dash"]],
        options: progressOptions,
        columns: () => ["Seconds", "Done", "Best", "Bound", "Gap"].map((name) => ({ name })),
        rows: progressRows,
      });
      graph.append(live_.chart.node);
    }
  }

  function endings(now) {
    const plan = el("a", { class: "button", href: `#/plans/of/${id}` }, "Its plan");
    if (hasRoster(now)) return [el("a", { class: "button main", href: `#/roster/${id}` }, "Open the roster"), plan];
    return [plan, el("a", { class: "button", href: "#/build" }, "Build again")];
  }

  const ask_ = (verb) => async () => {
    stop.disabled = cancel.disabled = true;
    try {
      live_.job = await post(`v1/rosters/${id}/${verb}`);
      show();
    } catch (error) {
      stop.disabled = cancel.disabled = false;
      said.replaceChildren(problemNode(error));
    }
  };
  stop.addEventListener("click", ask_("stop"));
  cancel.addEventListener("click", () => window.confirm("Discard this search? Nothing of it is kept.") && ask_("cancel")());

  function heard(kind, told) {
    if (shell.signal.aborted) return;
    if (kind === "status") live_.job = { ...live_.job, status: told.status };
    if (kind === "incumbent") {
      live_.last = told.seconds;
      short.take(told.so_far);
      live_.steps.push({ seconds: told.seconds, phase: told.phase ?? "", best: told.objective, bound: told.bound, gap: told.gap });
    }
    if (kind === "log") lines.append(el("li", {}, told.line));
    if (kind === "lost") state.textContent = "The connection broke off; trying again …";
    else later();
  }
  let waiting_ = 0;
  const later = () => { waiting_ ||= requestAnimationFrame(() => { waiting_ = 0; if (!shell.signal.aborted) show(); }); };

  show();
  (async () => {
    try {
      await follow(id, heard, shell.signal);
      if (shell.signal.aborted) return;
      const told = await json(`v1/rosters/${id}`, { signal: shell.signal });
      live_.job = told.metadata;
      show();
      if (live && hasRoster(told.metadata)) shell.go(`#/roster/${id}`);
      else if (!hasRoster(told.metadata)) why(told);
    } catch (error) {
      if (!shell.signal.aborted) said.replaceChildren(problemNode(error));
    }
  })();

  function why({ metadata, result }) {
    const conflicts = result?.conflicts ?? result?.core ?? [];
    const words = { CANCELLED: "It was cancelled; nothing was kept.", FAILED: metadata.reason || "The log of the server tells more.", INVALID: "The plan is not right." }[metadata.status]
      ?? (metadata.solver_status === "INFEASIBLE" ? "No roster keeps all rules of this plan: mend the plan, or make rules preferred." : "No roster was found in the time allowed: allow more.");
    said.replaceChildren(note(words), ...(Array.isArray(conflicts) && conflicts.length ? [list(conflicts.map((each) => each.message ?? findingText(each)))] : []), ...(result?.notes?.length ? [list(result.notes.map(noteText))] : []));
  }
}

export default {
  name: "build",
  title: "Build",
  show(node, [id], shell) {
    return id ? jobPage(node, id, shell) : startPage(node, shell);
  },
};
