// Publishing a draft: what it changes for whom, and links for agents.

import { agentField } from "./agent_field.js";
import { agentRows } from "./agent_rows.js";
import { json, post } from "./api.js";
import { agentName, breachWords } from "./day_parts.js";
import { problemNode, sentence, waiting } from "./problems.js";

function dayWords(day) {
  const shift = (own) => (own ? `${own.shift_type} ${timeFormat.format(new Date(own.start))}–${timeFormat.format(new Date(own.end))}` : "off");
  const words = { added: "new", removed: "gone", changed: "changed", within: "other times within" };
  return day.change === "within" ? `${dateText(day.date)}: ${words.within} ${shift(day.after)}` : `${dateText(day.date)}: ${shift(day.before)} → ${shift(day.after)}`;
}

const PAUSE = 800; // ms after an edit, as another one may follow

// In a sentence, for how many agents a version changes something, or will.
function inShort({ before, number: own, agents }, isDone) {
  if (before === null) return `It ${isDone ? "is" : "becomes"} the first version of these days.`;
  if (!agents.length) return `Nothing differs from version ${before}: nobody’s days ${isDone ? "change" : "would change"}.`;
  const count = agents.length === 1 ? "1 agent’s days" : `${number(agents.length)} agents’ days`;
  return `Version ${own} ${isDone ? "changes" : "will change"} ${count}, of ${number(data.people.length)}, against version ${before}.`;
}

// For whom a version changes what, agent by agent.
function changeList(told) {
  if (!told.agents.length) return null;
  const rows = told.agents.map(({ agent_id, days }) => {
    const [who, words] = [agentName(agent_id), days.map(dayWords).join("; ")];
    return { text: `${who} ${agent_id} ${words}`, count: days.length, cells: () => [who, words] };
  });
  return agentRows("Changes by agent", ["Agent", `Changed since version ${told.before}`], rows);
}

function parts(told, isDone) {
  return [el("h3", {}, "What changes for whom"), el("p", { role: "status" }, el("b", {}, inShort(told, isDone))), changeList(told)].filter(Boolean);
}

function linkMaker(signal) {
  const agent = agentField("link-agent");
  agent.input.required = true;
  const said = el("div", { role: "status" });
  const form = el("form", { class: "controls" }, el("label", {}, "Agent", agent.input), agent.names, el("button", { type: "submit" }, "Make a link"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const known = agent.person();
    const typed = agent.input.value.trim();
    try {
      const made = await post("v1/agent-links", { agent_id: known?.agent ?? typed }, { signal });
      const url = new URL(made.path, location.href).href;
      said.replaceChildren(el("p", {}, `For ${known ? personName(known) : typed}, told this once, so copy it now: `, el("br"), el("a", { href: url, id: "agent-link", target: "_blank", rel: "noreferrer" }, url), " ", el("button", { type: "button", onclick: (event) => { navigator.clipboard?.writeText(url); event.currentTarget.textContent = "Copied"; } }, "Copy")));
    } catch (error) {
      if (!signal.aborted) said.replaceChildren(problemNode(error));
    }
  });
  return el("div", {}, el("h3", {}, "A link for an agent"), el("p", { class: "quiet small" }, "Under it they see their own published week, and can subscribe to it as a calendar; nothing about others."), form, said);
}

export function publishing(draft, shell) {
  const reason = el("input", { type: "text", id: "reason", maxLength: 1000, autocomplete: "off" });
  const why = el("label", { hidden: true, class: "wide" }, "Why it is published although it breaks rules", reason);
  const said = el("div", { role: "status", id: "published" });
  const go = el("button", { type: "submit", class: "main" }, "Publish this version");
  const form = el("form", { class: "controls" }, why, go);
  const text = el("p", {}, "It becomes a numbered version that stays as it is. Agents with a link see it at once.");
  const heading = el("h2", { tabIndex: -1 }, "Publish");
  const preview = el("div", { id: "to-publish" });
  const node = el("section", { class: "panel publish", hidden: true, "aria-label": "Publish" }, heading, text, preview, form, said);
  let look = null; // at what it would change; the last one counts
  const compared = async (pause = 0) => {
    look?.abort();
    const { signal } = (look = new AbortController());
    go.disabled = true;
    preview.replaceChildren(waiting("Comparing it with what is published …"));
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) return;
    try {
      const told = await draft.changes();
      if (!signal.aborted) preview.replaceChildren(...parts(told, false));
    } catch (error) {
      if (!signal.aborted && !shell.signal.aborted) preview.replaceChildren(problemNode(error, () => compared()));
    }
    if (!signal.aborted) go.disabled = false;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    said.replaceChildren(waiting("Checking every rule and keeping the version …"));
    try {
      const version = await draft.publish(reason.value.trim());
      look?.abort();
      preview.hidden = true;
      const forced = version.legal ? "" : `, although it breaks ${plural(version.violations, "rule")}`;
      form.hidden = text.hidden = true;
      said.replaceChildren(el("p", { class: "good" }, el("b", {}, `Published as version ${version.number}${forced}.`)), el("p", {}, el("a", { href: "#/versions" }, "All published versions")), linkMaker(shell.signal), ...parts(await json(`v1/versions/${version.id}/changes`, { signal: shell.signal }), true));
    } catch (error) {
      if (shell.signal.aborted) return;
      const isIllegal = error.status === 409;
      why.hidden = !isIllegal;
      reason.required = isIllegal;
      const broken = (error.told?.errors ?? []).map((each) => el("li", {}, breachWords({ message: each.expected })));
      said.replaceChildren(isIllegal ? el("div", { class: "problem", role: "alert" }, el("p", {}, sentence(error.message)), el("ul", { class: "plain" }, ...broken)) : problemNode(error));
      if (isIllegal) reason.focus();
    } finally {
      go.disabled = false;
    }
  });
  return {
    node,
    show() {
      node.hidden = form.hidden = text.hidden = preview.hidden = false;
      said.replaceChildren();
      why.hidden = !reason.required;
      node.scrollIntoView({ block: "nearest" });
      heading.focus();
      compared();
    },
    // The draft is not as it was any more.
    changed() {
      if (!node.hidden && !preview.hidden) compared(PAUSE);
    },
  };
}
