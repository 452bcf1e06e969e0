// The checker's word on an edit.

import { breachWords } from "./day_parts.js";

function goalsTable(goals) {
  const rows = Object.entries(goals)
    .filter(([, cost]) => Math.abs(cost) >= 0.05)
    .sort((one, other) => Math.abs(other[1]) - Math.abs(one[1]))
    .map(([goal, cost]) => [data.cost.words[goal] ?? goal, [cost, signed(cost)]]);
  return rows.length ? table(["Goal", "Paid hours’ worth"], rows) : null;
}

function listOf(title, entries, more = 0) {
  if (!entries.length) return null;
  const rest = more > entries.length ? [el("li", { class: "quiet" }, `and ${number(more - entries.length)} more`)] : [];
  return el("div", {}, el("h4", {}, title), el("ul", { class: "plain" }, ...entries.map((each) => el("li", {}, breachWords(each))), ...rest));
}

export function wordOf(told) {
  const total = Object.values(told.change).reduce((sum, cost) => sum + cost, 0);
  const broken = told.new.length ? el("p", { class: "bad" }, el("b", {}, `Breaks ${plural(told.new.length, "rule")} that ${told.new.length === 1 ? "was" : "were"} kept.`)) : el("p", { class: "good" }, el("b", {}, "Breaks no rule that was kept."));
  return [
    broken,
    listOf("Broken now", told.new.slice(0, 8), told.new.length),
    listOf("Mended", told.mended.slice(0, 8), told.mended.length),
    el("p", {}, Math.abs(total) < 0.05 ? "Costs as much as before." : `Costs ${number(Math.abs(total), 1)} paid hours’ worth ${total > 0 ? "more" : "less"} than before.`),
    goalsTable(told.change),
    told.kept.length ? el("details", {}, el("summary", {}, `${plural(told.violations - told.new.length, "rule")} broken before, too`), listOf("", told.kept, told.violations - told.new.length)) : null,
  ].filter(Boolean);
}
