// What was published: every version, and two of the same days side by side.

import { json } from "./api.js";
import { shown } from "./compare.js";
import { when } from "./jobs.js";
import { waiting } from "./problems.js";

function daysOf(version) {
  return JSON.stringify([version.name, version.first_day, version.days]);
}

function firstDay(version) {
  return dateFormat.format(new Date(`${version.first_day}T12:00`));
}

function wordsOf(version) {
  return `Version ${version.number} of ${version.name || "a plan without a name"}, from ${firstDay(version)}`;
}

function stateOf(version) {
  return version.legal ? "legal" : el("span", { class: "bad" }, `breaks ${plural(version.violations, "rule")}; reason: ${version.reason}`);
}

function listed(all) {
  const rows = all.map((version) => {
    const before = all.find((each) => daysOf(each) === daysOf(version) && each.number === version.number - 1);
    const differs = before ? el("a", { href: `#/versions/${before.id}/${version.id}` }, `against version ${before.number}`) : "–";
    return [wordsOf(version), stateOf(version), differs, [version.changed_agents, before ? number(version.changed_agents) : "–"], when(version.published_at), version.published_by];
  });
  const columns = ["Version", "State", "What differs", { name: "Agents changed", title: "Against the version before." }, "Published", "By"];
  const made = table(columns, rows, "The latest first");
  made.classList.add("versions");
  return el("div", { class: "panel" }, el("div", { class: "scroll whole", tabIndex: 0, role: "region", "aria-label": "Published versions" }, made));
}

function choices(all, a, b, shell) {
  const own = all.find((each) => each.id === a);
  const others = all.filter((each) => each.id !== a && (!own || daysOf(each) === daysOf(own)));
  const options = (some_) => [["", "choose …"], ...some_.map((each) => [each.id, `${wordsOf(each)}, ${when(each.published_at)}`])];
  const first = select("A", options(all), a, (value) => {
    const chosen = all.find((each) => each.id === value);
    const kept = all.find((each) => each.id === b && chosen && value !== b && daysOf(each) === daysOf(chosen));
    shell.go(`#/versions/${value}/${kept ? b : ""}`);
  });
  const second = select("B", options(others), b, (value) => shell.go(`#/versions/${a}/${value}`));
  for (const choice of [first, second]) choice.classList.add("wide");
  return { others, node: el("div", { class: "controls" }, first, second) };
}

// Versions go by numbers here, where the server has their ids.
function named(found, all) {
  const said = (text) => all.reduce((words, each) => words.replaceAll(each.id, `version ${each.number}`), text);
  return { ...found, notes: found.notes.map(said) };
}

export default {
  name: "versions",
  title: "Published",
  async show(node, [a = "", b = ""], shell) {
    node.append(el("h1", {}, "Published versions"));
    const { items: all } = await json("v1/versions", { signal: shell.signal });
    if (!all.length) {
      node.append(note("Nothing is published yet. Open a roster, change it by hand, and publish it there."), el("p", {}, el("a", { class: "button main", href: "#/roster" }, "Go to the rosters")));
      return;
    }
    const { others, node: controls } = choices(all, a, b, shell);
    node.append(controls);
    if (!a || !b) {
      node.append(note(a && !others.length ? "Of these days only this version is published: publish another one, or choose other days." : "Choose two versions of the same days to see what changes for whom."), listed(all));
      return;
    }
    const wait = waiting("Comparing …");
    node.append(wait);
    try {
      const found = await json(`v1/versions/${a}/compare?${new URLSearchParams({ other: b })}`, { signal: shell.signal });
      shell.subject(found.name);
      node.append(...(await shown(named(found, all), shell.signal)), el("p", {}, el("a", { href: "#/versions" }, "All versions")));
    } finally {
      wait.remove();
    }
  },
};
