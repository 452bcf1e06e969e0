// The blending trap for a roster: its blocks, or the same people doing cases between calls.

import { lateOfAll, levelOfAll, withHalf } from "./kept.js";

const RESUME = 60; // seconds to find back to a case
const MOST_RESUME = 86400;

function tellApart(one, other) {
  if (one.mean === null || other.mean === null) return 0;
  const apart = Math.abs(other.mean - one.mean) > (one.half ?? 0) + (other.half ?? 0);
  return apart ? Math.sign(other.mean - one.mean) : 0;
}

const AS_FORECAST = "as long as no more call than was forecast";

// What it means that calls in time and late cases are fewer (-1), more (1), or not told apart;
// ``payers`` are case types of which more are late.
function meaning(level, late, payers) {
  const who = late > 0 || !payers.length ? "the cases" : payers.join(" and ");
  const worse = late > 0 || (!late && payers.length > 0);
  if (level > 0 && worse) return `the phones would win, and ${who} would pay for it`;
  if (level > 0 && late < 0) return `better for both, ${AS_FORECAST}; if more do, the cases wait`;
  if (level > 0) return `the phones would win, and the cases would not pay for it that can be told, ${AS_FORECAST}`;
  if (level < 0 && worse) return late > 0 ? "worse for both" : `the phones and ${who} would pay for it`;
  if (level < 0) return `the phones would pay for it, and ${late < 0 ? "the cases would win" : "nothing can be told that the cases would gain"}`;
  if (worse) return `${who} would pay for it, and nothing can be told that the phones would gain`;
  return late < 0 ? `better for the cases, ${AS_FORECAST}` : "no difference can be told; play it more often to be surer";
}

// What both ways give a plan, in one sentence.
function sentenceOf(blocks, between) {
  const [level, other] = [levelOfAll(blocks), levelOfAll(between)];
  const [late, later] = [lateOfAll(blocks), lateOfAll(between)];
  const payers = blocks.case_types.filter((each, k) => tellApart(each.breaches, between.case_types[k].breaches) > 0).map((each) => each.case_type);
  const calls = `${percent(other.mean)} of calls in time instead of ${percent(level.mean)}`;
  return `Cases between calls would give this plan ${calls}, and ${some(later.mean)} late cases instead of ${some(late.mean)}: ${meaning(tellApart(level, other), tellApart(late, later), payers)}.`;
}

function marked(one, other, write, worse) {
  const side = tellApart(one, other);
  const text = withHalf(other, write);
  return side ? el("span", { class: side === worse ? "bad" : "good" }, text) : text;
}

function rowsOf(blocks, between) {
  const row = (of, what, one, other, write, worse) => [`${of}: ${what}`, [0, withHalf(one, write)], [0, marked(one, other, write, worse)]];
  const calls = blocks.queues.map((each, q) => row(each.queue, "calls in time", each.total.service_level, between.queues[q].total.service_level, percent, -1));
  const cases = blocks.case_types.map((each, k) => row(each.case_type, "late cases", each.breaches, between.case_types[k].breaches, some, 1));
  return [...calls, ...cases];
}

function shown(blocks, between) {
  const side = (title, found) => {
    const [level, late] = [levelOfAll(found), lateOfAll(found)];
    return card(title, percent(level.mean), "", "of calls in time", `${some(late.mean)} late cases`);
  };
  const columns = ["Of", "Ring-fenced", "Between calls"];
  const caption = `The same people, shifts, calls and cases, played ${plural(blocks.replications, "time")}; ± is half of the ${percent(blocks.confidence, 0)} interval`;
  return [
    el("p", { class: "lead", id: "blending-means" }, el("b", {}, sentenceOf(blocks, between))),
    el("div", { class: "cards" }, side("Ring-fenced blocks", blocks), side("Between calls", between)),
    el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Both ways side by side" }, table(columns, rowsOf(blocks, between), caption)),
  ];
}

// A part that plays a roster the other way, and sets it beside the simulation of its blocks.
export function blending(play, shell) {
  let blocks = null;
  const resume = el("input", { type: "number", id: "simulate-resume", min: 0, max: MOST_RESUME, step: "any", required: true, value: RESUME });
  const said = el("div", { role: "status" });
  const answer = el("div", { id: "blended" });
  const form = el("form", { class: "controls" }, el("label", {}, "Seconds to find back to a case", resume), el("button", { type: "submit" }, "Play it between calls"));
  const nothing = note("");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.replaceChildren();
    const { replications, seed } = blocks;
    const query = { replications, seed, blend: "between-calls", resume_seconds: resume.value };
    const between = await play(query, said, `Playing it between calls ${replications} times …`);
    if (!between) return;
    answer.replaceChildren(...shown(blocks, between));
    shell.say(sentenceOf(blocks, between));
  });
  const words = "“They can do the cases between calls”: no blocks, everybody who can take calls is there for them, works on a case while nobody calls, and leaves it when somebody does.";
  return {
    node: el("div", {}, el("h3", {}, "And without blocks?"), el("p", { class: "quiet" }, words), nothing, form, said, answer),
    use(found) {
      blocks = found;
      const lacks = !found.queues.length ? "calls" : !found.case_types.length ? "cases" : "";
      nothing.textContent = lacks && `The plan has no ${lacks}: there is nothing to blend.`;
      nothing.hidden = !lacks;
      form.hidden = Boolean(lacks);
      said.replaceChildren();
      answer.replaceChildren();
    },
  };
}
