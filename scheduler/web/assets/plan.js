// The plan at hand: kept in this tab, sent to the server to be judged.

import { json, post } from "./api.js";

const PLACE = "ringfence-plan";
const ROUTE = "v1/document";
let held = null; // { plan, valid, findings, lost, notes }

export function planAtHand() {
  if (held) return held;
  const text = sessionStorage.getItem(PLACE);
  held = text ? JSON.parse(text) : null;
  return held;
}

export function hold(told) {
  held = told;
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(told));
  } catch {
    sessionStorage.removeItem(PLACE); // too large to keep: it lasts until the tab reloads
  }
  return held;
}

export async function sample(id, signal) {
  const plan = await json(`v1/demo-data/${id}`, { signal });
  return hold(await post(ROUTE, plan, { signal }));
}

export async function planOf(job, signal) {
  const plan = await json(`v1/rosters/${job}/plan`, { signal });
  return hold(await post(ROUTE, plan, { signal }));
}

export async function upload(blob, type, signal) {
  const told = await json(ROUTE, { method: "POST", body: blob, headers: { "Content-Type": type }, signal });
  return hold(told);
}

// Judges a plan that was changed here; the plan stays as it was typed.
export async function judge(plan, signal) {
  const told = await post("v1/validate", plan, { signal });
  return hold({ plan, valid: told.valid, findings: told.findings, lost: [], notes: told.notes });
}
