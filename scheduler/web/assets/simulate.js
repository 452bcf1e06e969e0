// A roster's page: would the roster keep its promise, played call by call and case by case.

import { json } from "./api.js";
import { blending } from "./blending.js";
import { keptView } from "./kept.js";
import { problemNode, waiting } from "./problems.js";
import { addRosterTool } from "./roster_view.js";

const TIMES = [20, 50, 100, 200, 500];
const USUAL = 50;

// Asks for simulations of a roster; a new one ends the one before. Of what goes wrong the
// place that waits tells, with what to do.
function player(id, shell) {
  let asked = null;
  shell.signal.addEventListener("abort", () => asked?.abort(), { once: true });
  return async function play(query, place, words) {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    const wait = waiting(words);
    place.replaceChildren(wait);
    try {
      const found = await json(`v1/rosters/${id}/simulate?${new URLSearchParams(query)}`, { signal });
      return signal.aborted ? null : found;
    } catch (error) {
      if (signal.aborted) return null;
      const parts = [problemNode(error)];
      if (error.told?.type?.endsWith(":beyond-limits")) parts.push(note("Play it fewer times, then it takes less."));
      place.append(...parts);
      return null;
    } finally {
      wait.remove();
    }
  };
}

function tool(node, { id, shell }) {
  const play = player(id, shell);
  const times = el("select", { id: "simulate-times" }, ...TIMES.map((count) => el("option", { value: String(count) }, number(count))));
  times.value = String(USUAL);
  const said = el("div", { role: "status" });
  const answer = el("div", { id: "simulated", hidden: true });
  const kept = keptView();
  const blend = blending(play, shell);
  answer.append(kept.node, blend.node);
  const form = el("form", { class: "controls" }, el("label", {}, "How often it is played", times), el("button", { type: "submit", class: "main" }, "Simulate"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.hidden = true;
    const found = await play({ replications: times.value }, said, `Playing the roster ${times.value} times …`);
    if (!found) return;
    kept.use(found);
    blend.use(found);
    answer.hidden = false;
    shell.say(kept.inShort());
  });
  const words = "The plan promises a service level and deadlines by formulas. Here the roster is played with calls and cases that come as they like: each as often as you say. The more often, the surer, and the longer it takes.";
  node.append(el("div", { class: "panel" }, el("p", { class: "lead" }, words), form, said, answer));
}

addRosterTool({ name: "simulation", title: "Would it keep its promise?", words: "Simulation", show: tool });
