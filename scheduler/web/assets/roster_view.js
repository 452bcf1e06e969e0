// A roster: the report's parts, who works when with the calls beneath, and why.

import { download, json } from "./api.js";
import { explainer } from "./explain.js";
import { hasRoster, jobs, jobTable } from "./jobs.js";
import { unseen, waiting } from "./problems.js";
import { coverStrip } from "./strip.js";

const SECTIONS = [
  ["answers", "", "Answers"],
  ["roster", "Who works when?", "Who works when"],
  ["coverage", "Are we covered?", "Calls"],
  ["cases", "Do cases make their deadlines?", "Cases"],
  ["cost", "What does it cost?", "Cost"],
  ["trouble", "What is wrong?", "What is wrong"],
  ["people", "People", "People"],
  ["metrics", "Metrics of case work", "Metrics"],
  ["made", "How it was made", "How it was made"],
];
const EXPORTS = [
  ["export.xlsx", "Workbook", "xlsx"],
  ["export.csv?table=roster", "Shifts, CSV", "csv"],
  ["export.csv?table=activities", "Activities, CSV", "csv"],
  ["export.ics", "Calendar of all", "ics"],
  ["export.html", "Report", "html"],
  ["export.json", "Everything, JSON", "json"],
];

const tools = [];

// Adds a part to a roster's page: { title, show(node, { id, document, shell }) }; one that
// also has { name, words } is among the links to parts.
export function addRosterTool(tool) {
  tools.push(tool);
}

async function choose(node, shell) {
  const found = (await jobs(shell.signal, "limit=50&status=COMPLETED")).items.filter(hasRoster);
  node.append(el("h1", {}, "Rosters"));
  if (found.length) node.append(el("div", { class: "panel" }, jobTable(found, shell)));
  else node.append(note("There is no roster yet. Build one from a plan."), el("p", {}, el("a", { class: "button main", href: "#/plans" }, "Go to Plans")));
}

function jumpTo(id) {
  return (event) => {
    event.preventDefault();
    section(id).scrollIntoView();
    section(id).focus({ preventScroll: true });
  };
}

function exportsOf(id, shell) {
  const box = el("select", { "aria-label": "Export as" }, ...EXPORTS.map(([path, name], i) => el("option", { value: String(i) }, name)));
  const get = async () => {
    const [path, , suffix] = EXPORTS[Number(box.value)];
    try {
      await download(`v1/rosters/${id}/${path}`, `roster-${id}.${suffix}`);
    } catch (error) {
      shell.say(error.message);
      window.alert(error.message);
    }
  };
  return el("span", { class: "together" }, box, " ", el("button", { type: "button", onclick: get }, "Export"));
}

async function rosterPage(node, id, shell) {
  const wait = waiting("Fetching the roster …");
  node.append(wait);
  const told = await json(`v1/rosters/${id}/page`, { signal: shell.signal });
  if (shell.signal.aborted) return undefined;
  wait.remove();
  shell.subject(told.title);
  const named = tools.filter((tool) => tool.name).map((tool) => [tool.name, tool.title, tool.words]);
  const parts = SECTIONS.flatMap((part) => (part[0] === "coverage" ? [...named, part] : [part]));
  const links = parts.map(([name, , words]) => el("a", { href: `#${name}`, onclick: jumpTo(name) }, words));
  node.append(
    el("h1", {}, told.title),
    el("p", { class: "quiet", id: "span" }),
    el("div", { class: "row-of" }, exportsOf(id, shell), el("a", { class: "button", href: `#/compare/${id}` }, "Compare with …"), el("a", { class: "button", href: `#/plans/of/${id}` }, "Its plan"), el("a", { class: "button", href: `#/build/${id}` }, "How it was found")),
    el("nav", { class: "inside", "aria-label": "Parts of the roster" }, ...links),
    ...SECTIONS.map(([name, title]) => el("section", { id: name, tabIndex: -1, "aria-label": title || "The answers in short" }, title ? el("h2", {}, title) : unseen("The answers in short"))),
  );
  buildParts(told);
  section("roster").querySelector(".timeline").setAttribute("role", "group");
  section("roster").querySelector(".timeline").setAttribute("aria-label", "Who works when; scroll with the arrow keys");
  coverStrip(section("timeline"), roster.timeline);
  const why = explainer(id, shell);
  section("roster").append(why.node);
  roster.timeline.chose = ({ person, minute }) => why.choose(person, minute);
  for (const tool of tools) {
    const own = el("section", { tabIndex: -1, "aria-label": tool.title }, el("h2", {}, tool.title));
    if (tool.name) own.id = tool.name;
    section("coverage").before(own);
    tool.show(own, { id, document: told, shell });
  }
  return undefined;
}

export default {
  name: "roster",
  title: "Roster",
  show(node, [id], shell) {
    return id ? rosterPage(node, id, shell) : choose(node, shell);
  },
};
