// The planner's page: the shell around its views.
//
// A view is the default export of a module, listed in `views` below:
//
//   export default {
//     name: "roster",                 // shown at #/roster and #/roster/ID/...
//     title: "Roster",                // in the navigation; or `under`, the name of another
//     async show(node, args, shell)   // fills `node`; args are the parts after the name;
//   };                                // may return a function that is called on leaving
//
// `shell` is { signal, go(hash), say(text), subject(text), again() }: an AbortSignal that
// ends with the view, another address, words for screen readers, words under the name, and
// the same view anew. A part of a roster's page is added by addRosterTool of roster_view.js.
// Requests: json, post, follow of api.js. The plan at hand: plan.js. Elements, charts,
// numbers and the document that is shown (`data`): the report's scripts, loaded before.

import { forgetKey, hasKey, Problem } from "./api.js";
import plans from "./plans.js";
import demand from "./demand.js";
import build from "./build.js";
import rosterView from "./roster_view.js";
import compare from "./compare.js";
import versions from "./versions.js";
import whatIf from "./whatif.js";
import hire from "./hire.js";
import edit from "./edit.js";
import "./simulate.js";
import { plainDocument } from "./plain.js";
import { problemNode } from "./problems.js";

const views = new Map([plans, demand, build, rosterView, compare, versions, whatIf, hire, edit].map((view) => [view.name, view]));
let leave = null;
let current = null;

function nav(name) {
  const links = [...views.values()].filter((view) => view.title).map((view) => {
    const link = el("a", { href: `#/${view.name}` }, view.title);
    if (view.name === name) link.setAttribute("aria-current", "page");
    return link;
  });
  section("nav").replaceChildren(...links);
}

async function route() {
  leave?.();
  current?.abort();
  current = new AbortController();
  const { signal } = current;
  const [name, ...args] = decodeURI(location.hash.replace(/^#\/?/, "")).split("/");
  const view = views.get(name) ?? plans;
  const home = views.get(view.under) ?? view;
  nav(home.name);
  forgetCharts();
  roster.timeline = null;
  useData(plainDocument());
  section("tip").hidden = true;
  document.title = `${home.title} · Ringfence`;
  const main = section("main");
  const node = el("div", { class: "view" });
  main.replaceChildren(node);
  delete document.documentElement.dataset.ready;
  let own = null;
  leave = () => own?.();
  const shell = {
    signal,
    go: (hash) => { if (!signal.aborted) location.hash = hash; },
    say,
    subject: (text) => { section("subject").textContent = text; },
    again: () => route(),
  };
  try {
    const done = await view.show(node, args, shell);
    if (signal.aborted) done?.();
    else own = done;
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Problem)) console.error(error);
    for (const wait of node.querySelectorAll(".wait")) wait.remove();
    if (!node.querySelector("h1")) node.prepend(el("h1", {}, home.title));
    node.append(problemNode(error, () => route()));
  }
  if (signal.aborted) return;
  section("key").hidden = !hasKey();
  document.documentElement.dataset.ready = view.name;
}

function say(text) {
  section("live").textContent = text;
}

section("skip").addEventListener("click", (event) => {
  event.preventDefault();
  section("main").focus();
});
section("key").addEventListener("click", () => {
  forgetKey();
  sessionStorage.clear();
  location.hash = "#/plans";
  location.reload();
});
section("theme").addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  repaint();
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
window.addEventListener("hashchange", () => {
  route();
  section("main").focus({ preventScroll: true });
  window.scrollTo(0, 0);
});
useData(plainDocument());
repaint();
route();
