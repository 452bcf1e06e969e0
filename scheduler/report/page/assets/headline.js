"use strict";
// The answers in short.

function card(title, value, tone, ...lines) {
  const items = lines.filter(Boolean).map((text) => el("li", {}, text));
  return el(
    "div",
    { class: `card ${tone}` },
    el("h3", {}, title),
    el("div", { class: value === UNKNOWN ? "value words" : "value" }, value),
    items.length ? el("ul", {}, ...items) : null,
  );
}

function levelCard() {
  const head = data.headline;
  const single = data.queues.filter((queue) => queue.members.length === 1);
  if (!single.length) return card("Service level", "no calls", "", "The plan has no queues.");
  if (head.level === null) return card("Service level", UNKNOWN, "", "Nobody knows who is on calls.");
  const told = single.filter((queue) => queue.figures?.service_level !== null);
  const kept = told.every((queue) => queue.figures.service_level >= queue.target - 0.0005);
  const lines = told.slice(0, 4).map((queue) => `${queue.name} ${percent(queue.figures.service_level)} (target ${percent(queue.target, 0)})`);
  return card(
    head.at_best ? "Service level promised, at best" : "Service level promised",
    percent(head.level),
    kept ? "good" : "bad",
    head.simulated_level === null ? null : `simulated ${percent(head.simulated_level)}`,
    ...lines,
    told.length > 4 ? `and ${told.length - 4} more queues` : null,
    poorDays().length ? `below it: ${poorDays()[0]}` : null,
  );
}

function coverCard() {
  const head = data.headline;
  if (!data.queues.length) return null;
  if (head.intervals_covered === null) return card("Intervals covered", UNKNOWN, "", "activities.csv is missing.");
  const share = head.intervals ? head.intervals_covered / head.intervals : 1;
  const short = Math.max(0, ...data.queues.map((queue) => queue.figures.short_hours));
  return card(
    "Intervals covered",
    percent(share, share === 1 ? 0 : 1),
    share === 1 ? "good" : "bad",
    `${number(head.intervals_covered)} of ${number(head.intervals)} intervals`,
    short > 0 ? `${hours(short)} of people missing` : "nobody missing",
  );
}

function deadlineCard() {
  const head = data.headline;
  if (!data.cases.length) return card("Cases on time", "no cases", "", "The plan has no case types with cases.");
  if (head.due === null) return card("Cases on time", UNKNOWN, "", "Nobody knows who is on cases.");
  const share = head.due ? 1 - head.breaches / head.due : 1;
  const early = sum(data.cases.map((kind) => kind.figures.already_breached));
  const more = growing();
  return card(
    "Cases on time",
    percent(share, share === 1 ? 0 : 1),
    head.breaches > 0 ? "bad" : more.length ? "warn" : "good",
    `${some(head.due)} due in these days`,
    early > 0 ? `besides, ${some(early)} late before day one` : null,
    ...more.slice(0, 3).map((kind) => `backlog of ${kind.name} grows, ${some(kind.figures.opening)} → ${some(kind.figures.closing)}`),
  );
}

function breachCard() {
  const head = data.headline;
  if (head.breaches === null) return null;
  const late = data.cases.filter((kind) => kind.figures.breaches > 0);
  const unsure = data.cases.filter((kind) => !kind.figures.breaches && kind.figures.chance.none < 0.8);
  return card(
    "Breaches",
    some(head.breaches),
    head.breaches > 0 ? "bad" : head.simulated_breaches >= 0.5 ? "warn" : "good",
    ...(late.length
      ? late.slice(0, 4).map((kind) => `${kind.name} ${some(kind.figures.breaches)}, first ${dateText(kind.figures.first_breach)}`)
      : ["no deadline is missed, by the forecast"]),
    late.length > 4 ? `and ${late.length - 4} more case types` : null,
    head.simulated_breaches === null ? null : `simulated ${some(head.simulated_breaches)}`,
    ...unsure.slice(0, 3).map((kind) => `chance that no ${kind.name} breach ${percent(kind.figures.chance.none, 0)}`),
  );
}

function hoursCard() {
  const head = data.headline;
  return card(
    "Paid hours",
    hours(head.paid_hours),
    "",
    head.overtime_hours === null ? null : `of them overtime ${hours(head.overtime_hours)}`,
    data.figures ? `${percent(data.figures.useful_share)} useful` : null,
    `${plural(data.people.filter((person) => person.shifts.length).length, "agent")} of ${number(data.people.length)}`,
  );
}

function gapCard() {
  const { gap, objective, bound } = data.cost;
  if (gap === null) {
    const why = data.made ? "no bound is known for this roster" : "result.json is missing";
    return card("Gap to the best possible", UNKNOWN, "", why);
  }
  return card(
    "Gap to the best possible",
    percent(gap),
    "",
    `costs ${some(objective)} paid hours’ worth`,
    `no roster costs less than ${some(bound)}`,
  );
}

function rulesCard() {
  const { violations, not_kept: missed } = data.headline;
  const unjudged = data.trouble.not_judged.length;
  const [asked, granted] = ["wishes", "granted"].map((key) => sum(data.people.map((person) => person[key])));
  return card(
    "Rules kept",
    violations ? plural(violations, "violation") : unjudged ? "?" : "all",
    violations ? "bad" : unjudged ? "" : "good",
    missed ? `${plural(missed, "preferred rule")} not kept` : "all preferred rules kept",
    asked ? `${number(granted)} of ${plural(asked, "wish", "wishes")} granted` : null,
    unjudged ? "none broken by the shifts; the rest is not known" : null,
  );
}

function buildHeadline() {
  const last = data.days.length - 1;
  const span = section("span");
  if (span) span.textContent = last ? `${dayLong(0)} to ${dayLong(last)}` : dayLong(0);
  const cards = [levelCard(), coverCard(), deadlineCard(), breachCard(), hoursCard(), gapCard(), rulesCard()];
  const node = section("answers");
  if (!data.activities_known) {
    node.append(note("Only the shifts of this roster are known: without activities.csv nobody can say who is on calls, who on cases, and what comes of it."));
  }
  node.append(el("div", { class: "cards" }, ...cards.filter(Boolean)));
}
