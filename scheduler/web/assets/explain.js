// Why an agent works what they work, what else they could, and who could replace them.

import { agentField } from "./agent_field.js";
import { json } from "./api.js";
import { agentName, breachWords } from "./day_parts.js";
import { problemNode, stacked, waiting } from "./problems.js";

function shiftsText(shifts) {
  return shifts.length ? shifts.map((each) => `${each.shift_type} ${hour(each.start)}–${hour(each.end)}`).join(", ") : "day off";
}

function hour(text) {
  return timeFormat.format(new Date(text));
}

function goalsText(goals) {
  return Object.entries(goals)
    .filter(([, cost]) => Math.abs(cost) >= 0.05)
    .sort((one, other) => Math.abs(other[1]) - Math.abs(one[1]))
    .slice(0, 4)
    .map(([goal, cost]) => `${data.cost.words[goal] ?? goal} ${signed(cost)}`)
    .join("; ");
}

function moreText(cost) {
  return `${number(Math.abs(cost), 1)} paid hours’ worth ${cost < 0 ? "less" : "more"}`;
}

function otherText(cost) {
  return Math.abs(cost) < 0.05 ? "costs the same" : `costs ${signed(cost)}`;
}

function whyNot(breaks) {
  return breaks.map(breachWords).join("; ");
}

function agentDay(found) {
  const parts = [];
  const who = agentName(found.agent);
  const off = found.off === "day off" ? "has the day off" : `is ${found.off}`;
  parts.push(el("p", {}, `${who} ${found.shifts.length ? `works ${shiftsText(found.shifts)}` : off} on ${dateText(found.date)}.`));
  const without = found.instead.find((each) => !each.shifts.length && each.cost !== null);
  if (without) parts.push(el("p", {}, `Without ${who} that day, the others as they are, the roster costs ${moreText(without.cost)}${goalsText(without.goals) ? `: ${goalsText(without.goals)}` : ""}.`));
  const allowed = found.instead.filter((each) => each.shifts.length && each.cost !== null);
  if (allowed.length) {
    parts.push(el("h4", {}, "What else"), stacked("What else", table(["Instead", "Costs more", "Of that"], allowed.map((each) => [shiftsText(each.shifts), [each.cost, signed(each.cost)], goalsText(each.goals)]))));
  }
  const forbidden = found.instead.filter((each) => each.breaks.length && !each.breaks.some((one) => one.rule === "own_shift_types"));
  if (forbidden.length) {
    parts.push(el("h4", {}, "Not by the rules"), stacked("Not by the rules", table(["Instead", "Because", "If other days move"], forbidden.map((each) => [shiftsText(each.shifts), whyNot(each.breaks), each.other_days ? otherText(each.other_days.cost) : "in no legal week"]))));
  }
  return parts;
}

function missing(found) {
  const parts = [el("p", {}, `If ${agentName(found.agent)} is missing on ${dateText(found.date)} and nobody steps in, the roster costs ${moreText(found.cost)}${goalsText(found.goals) ? `: ${goalsText(found.goals)}` : ""}.`)];
  if (found.replacements.length) {
    const rows = found.replacements.map((each) => [agentName(each.agent), shiftsText(each.before), shiftsText(each.shifts), [each.cost, signed(each.cost)], goalsText(each.goals)]);
    parts.push(stacked("Who could step in", table(["Who could step in", "Works now", "Would work", "Costs", "Of that"], rows)));
  } else parts.push(el("p", {}, "Nobody can step in within the rules and make it better."));
  if (found.unable.length) {
    const rows = found.unable.map((each) => [agentName(each.agent), whyNot(each.breaks)]);
    const more = found.cannot > rows.length ? `, and ${number(found.cannot - rows.length)} more` : "";
    parts.push(el("details", {}, el("summary", {}, `Who cannot${more}`), stacked("Who cannot", table(["Agent", "Because"], rows))));
  }
  return parts;
}

export function explainer(id, shell) {
  const answer = el("div", { role: "status", id: "explained" });
  const agent = agentField("explain-agent");
  const day = el("select", { id: "explain-day" }, ...data.days.map((each, d) => el("option", { value: each.date }, dayDate(d))));
  let asked = null;
  async function ask(way) {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    shell.signal.addEventListener("abort", () => asked.abort(), { once: true });
    const known = agent.person();
    if (!known) {
      answer.replaceChildren(note("Choose an agent: click a day of theirs above, or type their name or id."));
      return;
    }
    answer.replaceChildren(waiting("Working it out …"));
    try {
      const query = new URLSearchParams({ [way]: known.agent, day: day.value });
      const found = await json(`v1/rosters/${id}/explain?${query}`, { signal });
      if (signal.aborted) return;
      const parts = found.agent_day ? agentDay(found.agent_day) : missing(found.missing_agent);
      answer.replaceChildren(
        el("h3", {}, `${personName(known)}, ${dateText(day.value)}`),
        ...parts,
        el("p", { class: "quiet small" }, "Numbers are what the plan’s weights make of it, in paid hours’ worth: + is worse, − better, for everybody together."),
      );
    } catch (error) {
      if (!signal.aborted) answer.replaceChildren(problemNode(error, () => ask(way)));
    }
  }
  const button = (words, way) => el("button", { type: "button", onclick: () => ask(way) }, words);
  const node = el(
    "div",
    { class: "panel explained" },
    el("h3", {}, "Why, what else, and who instead"),
    el("p", { class: "quiet small" }, "Click somebody’s day above, or choose it here."),
    el("div", { class: "controls" }, el("label", {}, "Agent", agent.input), agent.names, el("label", {}, "Day", day), el("div", { class: "together" }, button("Why this, what else?", "agent"), button("Who could replace them?", "replace"))),
    answer,
  );
  return {
    node,
    choose(person, minute) {
      section("tip").hidden = true;
      agent.choose(person);
      day.value = data.days[dayOfShift(person, minute)].date;
      ask("agent");
      node.scrollIntoView({ block: "nearest" });
    },
  };
}

// A night belongs to the day on which it began.
function dayOfShift(person, minute) {
  for (let i = 0; i < person.shifts.length; i += SHIFT) {
    const [own, start, minutes] = person.shifts.slice(i, i + 3);
    if (start <= minute && minute < start + minutes) return own;
  }
  return dayOf(minute);
}
