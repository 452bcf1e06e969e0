"use strict";
// The timeline's controls: which days, which agents, in which order.

const roster = { rows: [], timeline: null };
const PRINTED_ROWS = 28; // of a sheet
const MOST_PRINTED = 1000;
const WEEK = 7;

// Names that several people have, by the people of a document.
const shared = new WeakMap();

function sharedNames(people) {
  if (!shared.has(people)) {
    const [once, again] = [new Set(), new Set()];
    for (const { name } of people) (once.has(name) ? again : once).add(name);
    shared.set(people, again);
  }
  return shared.get(people);
}

// What somebody is called, so that nobody is taken for another of the same name.
function personName({ name, agent }) {
  if (!name) return agent;
  return sharedNames(data.people).has(name) ? `${name} (${agent})` : name;
}

function hasWords(text, query) {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const whole = text.toLocaleLowerCase();
  return words.every((word) => whole.includes(word));
}

function searched(person, query) {
  return hasWords([person.agent, person.name, person.team, person.contract, ...person.skills].join(" "), query);
}

const GROUPS = {
  none: () => "",
  team: (person) => person.team || "no team",
  skill: (person) => person.skills.join(" + ") || "no skill",
  contract: (person) => person.contract,
};

// The first start of an agent in what is shown; who does not work comes last.
function firstStart(person) {
  for (let i = 0; i < person.shifts.length; i += SHIFT) {
    const start = person.shifts[i + 1];
    if (start + person.shifts[i + 2] > roster.from && start < roster.to) return start;
  }
  return Infinity;
}

const SORTS = {
  plan: () => 0,
  name: (one, other) => personName(one).localeCompare(personName(other), data.locale),
  start: (one, other) => (firstStart(one) === firstStart(other) ? 0 : firstStart(one) - firstStart(other)),
};

function rosterRows() {
  const people = data.people.filter((person) => searched(person, roster.query)).sort(SORTS[roster.sort]);
  if (roster.group === "none") return people.map((person) => ({ person }));
  const groups = new Map();
  for (const person of people) {
    const name = GROUPS[roster.group](person);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push({ person });
  }
  const names = [...groups.keys()].sort((one, other) => one.localeCompare(other, data.locale));
  return names.flatMap((name) => [{ title: `${name} (${groups.get(name).length})` }, ...groups.get(name)]);
}

// The hours of a day in which somebody works, with a little air: from the night before
// that reaches into it to the end of its own shifts.
function busyHours(day) {
  let [first, last] = [Infinity, -Infinity];
  for (const { shifts } of data.people) {
    for (let i = 0; i < shifts.length; i += SHIFT) {
      const [own, start, end] = [shifts[i], shifts[i + 1], shifts[i + 1] + shifts[i + 2]];
      if (own > day || end <= data.days[day].start) continue;
      first = Math.min(first, Math.max(start, data.days[day].start));
      last = Math.max(last, end);
    }
  }
  if (first > last) return [data.days[day].start, dayEnd(day)];
  return [Math.max(0, first - 30), Math.min(Math.max(data.end, last), last + 30)];
}

function rangeOf(range) {
  if (range === "all") return [0, data.end];
  const [kind, text] = range.split("-");
  const day = Number(text);
  if (kind === "day") return busyHours(day);
  return [data.days[day].start, dayEnd(Math.min(data.days.length, day + WEEK) - 1)];
}

// What all days together are called.
function wholeSpan() {
  return data.days.length <= WEEK ? "Whole week" : "All days";
}

function ranges() {
  const found = [["all", wholeSpan()]];
  if (data.days.length > WEEK) {
    for (let day = 0; day < data.days.length; day += WEEK) found.push([`week-${day}`, `Week of ${dayDate(day)}`]);
  }
  return [...found, ...data.days.map((_, day) => [`day-${day}`, dayDate(day)])];
}

function shiftText(person, i) {
  const [day, start, minutes, type] = person.shifts.slice(i, i + SHIFT);
  return `${clock(start)}–${clock(start + minutes)} ${data.shift_types[type]}`;
}

function rosterTip(found) {
  const tip = section("tip");
  tip.hidden = !found;
  if (!found) return;
  const { person, minute, event } = found;
  const lines = [["agent", person.agent]];
  if (person.team) lines.push(["team", person.team]);
  lines.push(["contract", person.contract]);
  for (let i = 0; i < person.shifts.length; i += SHIFT) {
    const [, start, minutes, , paid] = person.shifts.slice(i, i + SHIFT);
    if (start <= minute && minute < start + minutes) lines.push(["shift", shiftText(person, i)], ["paid", hours(paid / 60)]);
  }
  for (let i = 0; i < person.away.length; i += 2) {
    if (person.away[i] <= minute && minute < person.away[i] + person.away[i + 1]) lines.push(["away", "leave", "leave"]);
  }
  for (let i = 0; i < person.doings.length; i += DOING) {
    const [start, length, at] = person.doings.slice(i, i + DOING);
    if (start > minute || minute >= start + length) continue;
    const label = data.labels[at];
    const group = data.groups[label.group];
    lines.push([`${clock(start)}–${clock(start + length)}`, label.name && label.name !== group.name ? `${group.name}: ${queueNamed(label.name)}` : group.name, group.colour]);
  }
  tip.replaceChildren(bubble(personName(person), lines));
  const room = { x: window.innerWidth - tip.offsetWidth - 8, y: window.innerHeight - tip.offsetHeight - 8 };
  const below = event.clientY + 16 <= room.y ? event.clientY + 16 : event.clientY - tip.offsetHeight - 12;
  tip.style.left = `${Math.max(8, Math.min(event.clientX + 14, room.x))}px`;
  tip.style.top = `${Math.max(8, below)}px`;
}

function rosterTable() {
  const rows = roster.rows.filter((row) => row.person).map(({ person }) => {
    const cells = data.days.map(() => []);
    for (let i = 0; i < person.shifts.length; i += SHIFT) cells[person.shifts[i]].push(shiftText(person, i));
    return [person.agent, person.name, ...cells.map((own) => own.join(", "))];
  });
  return table(["Agent", "Name", ...data.days.map((_, day) => dayDate(day))], rows);
}

function buildRoster() {
  const range = data.days.length > WEEK ? "week-0" : "all";
  Object.assign(roster, { range, group: "none", sort: "plan", query: "", from: 0, to: data.end, rows: [] });
  const node = section("roster");
  const host = el("div", { class: "timeline", tabIndex: 0, id: "timeline" });
  const sheets = el("div", { class: "sheets" });
  const count = el("p", { class: "quiet small", role: "status" });
  const shown = el("div", { class: "panel" });
  const timeline = new Timeline(host, rosterTip);
  const details = asTable(rosterTable);
  roster.timeline = timeline;
  function show() {
    layHours();
    [roster.from, roster.to] = rangeOf(roster.range);
    roster.rows = rosterRows();
    const people = roster.rows.filter((row) => row.person);
    const busy = people.filter(({ person }) => firstStart(person) < Infinity).length;
    count.textContent = people.length
      ? `${plural(people.length, "agent")}, ${number(busy)} of whom work in what is shown.`
      : "No agent is called so.";
    host.style.height = `${Math.min(640, HEAD + ROW * Math.max(3, roster.rows.length) + 2)}px`;
    host.scrollTop = 0;
    rosterTip(null);
    timeline.show(roster.rows, roster.from, roster.to);
    details.renew();
  }
  const set = (key) => (value) => {
    roster[key] = value;
    show();
  };
  const search = el("input", { type: "search", id: "search", placeholder: "Name, team, skill …", oninput: () => set("query")(search.value) });
  const rangeBox = select("Days", ranges(), roster.range, (value) => {
    roster.range = value;
    if (value.startsWith("day") && roster.sort === "plan") sortBox.querySelector("select").value = roster.sort = "start";
    show();
  });
  rangeBox.id = "roster-days";
  const groupBox = select("Group by", [["none", "nothing"], ["team", "team"], ["skill", "skills"], ["contract", "contract"]], roster.group, set("group"));
  const sortBox = select("Order", [["plan", "as in the plan"], ["name", "name"], ["start", "start of work"]], roster.sort, set("sort"));
  const button = (text, title, click) => el("button", { type: "button", title, "aria-label": title, onclick: click }, text);
  const zoom = el(
    "div",
    { class: "together" },
    button("−", "Zoom out", () => timeline.zoom(1.5)),
    button("+", "Zoom in", () => timeline.zoom(1 / 1.5)),
    button("‹", "Earlier", () => timeline.step(-0.5)),
    button("›", "Later", () => timeline.step(0.5)),
  );
  const used = new Set(data.labels.map((label) => label.group));
  const key = data.groups.filter((_, g) => used.has(g)).map((group) => [group.colour, group.name]);
  if (!data.activities_known) key.push(["shift", "shift"]);
  if (data.people.some((person) => person.away.length)) key.push(["leave", "leave"]);
  shown.append(legend(key), host, sheets, details);
  node.append(el("div", { class: "controls" }, el("label", {}, "Search", search), rangeBox, groupBox, sortBox, zoom), count, shown);
  roster.print = () => printSheets(sheets);
  show();
}

// Canvases for paper, a sheet each; the one on the screen shows only what is in sight.
function printSheets(sheets) {
  const rows = roster.rows.slice(0, MOST_PRINTED);
  sheets.replaceChildren();
  const width = 1000;
  for (let first = 0; first < rows.length; first += PRINTED_ROWS) {
    const own = rows.slice(first, first + PRINTED_ROWS);
    const height = HEAD + ROW * own.length;
    const canvas = el("canvas");
    sharpen(canvas, width, height);
    canvas.style.width = "100%";
    canvas.style.height = "auto";
    paint(canvas.getContext("2d"), { rows: own, offset: 0, width, height, from: roster.timeline.from, to: roster.timeline.to });
    sheets.append(canvas);
  }
  if (roster.rows.length > rows.length) {
    sheets.append(note(`The first ${number(rows.length)} of ${number(roster.rows.length)} rows: search on the screen to print others.`));
  }
}
