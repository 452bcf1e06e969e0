// This server's rosters, as a list.

import { ask, json, post } from "./api.js";

const ENDED = ["COMPLETED", "INVALID", "FAILED", "CANCELLED"];

const WORDS = {
  QUEUED: "waiting",
  VALIDATING: "reading the plan",
  BUILDING: "building the model",
  SOLVING: "searching",
  CHECKING: "checking",
  COMPLETED: "done",
  INVALID: "plan not right",
  FAILED: "failed",
  CANCELLED: "cancelled",
};

export function hasEnded(job) {
  return ENDED.includes(job.status);
}

export function hasRoster(job) {
  return job.status === "COMPLETED" && ["OPTIMAL", "FEASIBLE"].includes(job.solver_status);
}

export function statusText(job) {
  if (job.status === "COMPLETED" && !hasRoster(job)) return job.solver_status === "INFEASIBLE" ? "no roster exists" : "no roster found in time";
  return WORDS[job.status] ?? job.status;
}

export function jobs(signal, query = "limit=50") {
  return json(`v1/rosters?${query}`, { signal });
}

export function when(text) {
  return new Date(text).toLocaleString(data.locale, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

export function jobTable(items, shell) {
  const rows = items.map((job) => [
    el("a", { href: hasRoster(job) ? `#/roster/${job.id}` : `#/build/${job.id}` }, job.name || "Roster"),
    statusText(job),
    [0, job.gap === null ? "–" : percent(job.gap)],
    when(job.submitted_at),
    hasEnded(job) ? eraser(job, shell) : "",
  ]);
  const columns = ["Roster", "State", { name: "Gap", title: "To the best possible." }, "Asked for", { name: el("span", { class: "unseen" }, "Erase") }];
  return el("div", { class: "scroll whole jobs", tabIndex: 0, role: "region", "aria-label": "Rosters of this server" }, table(columns, rows));
}

function eraser(job, shell) {
  const erase = async () => {
    if (!window.confirm(`Erase “${job.name || "Roster"}” for good?`)) return;
    await ask(`v1/rosters/${job.id}`, { method: "DELETE" });
    shell.again();
  };
  return el("button", { type: "button", "aria-label": `Erase ${job.name || "roster"} of ${when(job.submitted_at)}`, onclick: erase }, "Erase");
}

export function submit(plan, { seconds, gap, name }) {
  const query = new URLSearchParams({ time_limit: String(seconds), gap: String(gap) });
  if (name) query.set("name", name);
  const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return post(`v1/rosters?${query}`, plan, { headers: { "Idempotency-Key": key } });
}
