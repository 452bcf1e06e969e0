// A roster changed by hand: dragged or moved by keys, with the checker's word at once.

import { json, post } from "./api.js";
import { partsOf, partWords } from "./day_parts.js";
import { Draft, isOvertaken, minuteOfText, momentText, showWeek } from "./draft.js";
import { wordOf } from "./edit_word.js";
import { Hold } from "./hold.js";
import { problemNode, sentence, unseen, waiting } from "./problems.js";
import { publishing } from "./publish.js";
import { addRosterTool } from "./roster_view.js";
import { coverStrip, showCalls } from "./strip.js";

const NARROW = 560; // pixels
const HELP = "Drag a shift, its ends, a break or a block; with Shift the whole shift, whatever is under the pointer. By keyboard: arrow keys choose an agent's day, N what is in it, Enter takes it, arrow keys move it (with Shift its end), Enter puts it down, Escape lets go; Delete makes the day off, L locks it, Ctrl Z undoes, Ctrl Y does again.";

class Editor {
  constructor(node, draft, shell) {
    this.draft = draft;
    this.shell = shell;
    this.word = el("div", { class: "panel", role: "status", id: "word" }, el("p", { class: "quiet" }, "What an edit breaks and costs is told here, as soon as it is made."));
    this.violations = draft.now.edits ? null : data.headline.violations;
    this.chosen = el("div", { class: "panel", id: "chosen" });
    this.side = el("div", { class: "side" }, this.chosen, this.word);
    const button = (words, id, click, main) => el("button", { type: "button", id, class: main ? "main" : "", onclick: click }, words);
    this.undo = button("Undo", "undo", () => this.asked("undo"));
    this.redo = button("Redo", "redo", () => this.asked("redo"));
    this.solve = button("Solve again around the locks", "resolve", () => this.solved());
    this.free = el("input", { type: "checkbox", id: "free" });
    this.publisher = publishing(draft, shell);
    node.append(
      el("h1", {}, `${data.title}: changed by hand`),
      el("p", { id: "standing" }),
      el("div", { class: "row-of" }, this.undo, this.redo, this.solve, el("label", { class: "check" }, this.free, "Anybody’s breaks and blocks may change"), button("Publish …", "publish", () => this.publisher.show(), true), el("a", { class: "button", href: `#/roster/${draft.now.roster}` }, "The roster it began with")),
      this.publisher.node,
      el("div", { class: "edited" }, el("section", { id: "roster", "aria-label": "Who works when" }, unseen("Who works when")), this.side),
    );
    buildParts(data);
    const { host } = roster.timeline;
    const help = el("p", { class: "quiet small", id: "edit-help" }, HELP);
    section("roster").append(help);
    host.setAttribute("role", "group");
    host.setAttribute("aria-label", "Who works when, to be changed");
    host.setAttribute("aria-describedby", "edit-help");
    this.hold = new Hold(roster.timeline, {
      chose: (at) => this.show(at),
      put: (put) => this.put(put),
      said: (words) => shell.say(words),
      asked: (verb) => this.asked(verb),
    });
    coverStrip(host, roster.timeline, { each: true });
    if (host.clientWidth < NARROW) this.showDay();
    this.show(null);
    this.state();
  }

  state() {
    const { edits, undone, locks } = this.draft.now;
    const done = edits ? `${plural(edits, "edit")}, ` : "Nothing changed yet, ";
    const kept = locks.length ? plural(locks.length, "lock") : "no locks";
    const last = data.days.length - 1;
    const broken = { null: "", 0: "All rules are kept." }[this.violations] ?? `${plural(this.violations, "rule")} broken.`;
    section("standing").replaceChildren(el("span", { class: "quiet" }, `${dayLong(0)}${last ? ` to ${dayLong(last)}` : ""}. ${done}${kept}. `), el("b", { class: this.violations ? "bad" : "good" }, broken));
    this.undo.disabled = !edits;
    this.redo.disabled = !undone;
    this.hold.locks = new Set(locks.map((lock) => JSON.stringify([lock.agent_id, lock.date])));
    this.solve.textContent = locks.length ? `Solve again around ${plural(locks.length, "lock")}` : "Solve again around the locks";
    roster.timeline.later();
  }

  // Says what the server made of a change, or why it did not.
  async change(ask, words) {
    try {
      const told = await ask();
      if (this.shell.signal.aborted) return;
      for (const week of told.agents ?? []) showWeek(week);
      layHours();
      showCalls(told.calls ?? [], minuteOfText);
      this.violations = told.violations ?? this.violations;
      if (told.change) {
        this.publisher.changed();
        this.word.replaceChildren(el("h3", {}, words), ...wordOf(told));
      }
    } catch (error) {
      if (this.shell.signal.aborted) return;
      const again = isOvertaken(error) ? () => this.shell.again() : null;
      const why = error.status === 422 ? el("p", { class: "bad" }, `Not done: ${sentence(error.message)}`) : problemNode(error, again);
      this.word.replaceChildren(el("h3", {}, words), why);
    }
    this.hold.renew();
    this.state();
    this.side.scrollTop = 0;
    this.show(this.hold.at);
  }

  // Of a whole week a finger finds no shift's end on a phone: the first day then.
  showDay() {
    const box = section("roster-days").querySelector("select");
    box.value = "day-0";
    box.dispatchEvent(new Event("change"));
  }

  // People on calls after the edits there were; the server may have to read the roster.
  async recall() {
    try {
      const told = await this.draft.calls();
      if (this.shell.signal.aborted) return;
      showCalls(told.items, minuteOfText);
      this.violations = told.violations;
      this.state();
    } catch {
      // the next edit tells it, or why not
    }
  }

  edit(edit, words) {
    return this.change(() => this.draft.edit([edit].flat()), words);
  }

  put({ person, day, part, start, end }) {
    const agent_id = person.agent;
    const words = `${personName(person)}: ${partWords(part)} to ${clock(start)}–${clock(end)}`;
    if (part.what === "shift") {
      const then = dayOf(start);
      const edit = { op: "shift", agent_id, date: data.days[then].date, shift_type: part.name, start: momentText(start), end: momentText(end) };
      if (then !== day) return this.edit([{ op: "day_off", agent_id, date: data.days[day].date }, edit], `${words}, ${dayDate(then)}`);
      return this.edit({ ...edit, replaces: momentText(part.start) }, words);
    }
    return this.edit({ op: "move", agent_id, start: momentText(part.start), to: momentText(start), until: momentText(end) }, words);
  }

  asked(verb) {
    if (verb === "undo" || verb === "redo") return this.change(() => this.draft.turn(verb), verb === "undo" ? "Undone" : "Done again");
    const { at } = this.hold;
    if (!at) return undefined;
    if (verb === "lock") return this.locked(at);
    if (verb === "day_off") return this.edit({ op: "day_off", agent_id: at.person.agent, date: data.days[at.day].date }, `${personName(at.person)}: day off on ${dayDate(at.day)}`);
    section("new-type")?.focus();
    return undefined;
  }

  locked({ person, day }) {
    const { date } = data.days[day];
    const same = (lock) => lock.agent_id === person.agent && lock.date === date;
    const { locks } = this.draft.now;
    const was = locks.some(same);
    const then = was ? locks.filter((lock) => !same(lock)) : [...locks, { agent_id: person.agent, date }];
    this.shell.say(was ? "unlocked" : "locked");
    return this.change(() => this.draft.lock(then), was ? "Unlocked" : "Locked");
  }

  async solved() {
    this.solve.disabled = true;
    try {
      const told = await post(`${this.draft.path}/solve?time_limit=60&near=${!this.free.checked}`, undefined, { signal: this.shell.signal });
      this.shell.go(`#/build/${told.id}`);
    } catch (error) {
      if (!this.shell.signal.aborted) this.word.replaceChildren(problemNode(error));
    }
    this.solve.disabled = false;
  }

  // The day that is chosen, with all that dragging does as fields and buttons.
  show(at) {
    const wasIdle = this.side.classList.contains("idle");
    this.side.classList.toggle("idle", !at);
    if (!at) {
      this.chosen.replaceChildren(el("h3", {}, "No day chosen"), el("p", { class: "quiet" }, "Choose somebody’s day: click or tap it, or go to the picture with Tab and use the arrow keys."));
      return;
    }
    const { person, day } = at;
    const parts = partsOf(person, day);
    const isLocked = this.hold.locks.has(JSON.stringify([person.agent, data.days[day].date]));
    const step = (part, by, words) => {
      const to = { start: part.start + by, end: part.end + by };
      return el("button", { type: "button", "aria-label": `${partWords(part)} ${words}`, onclick: () => this.put({ person, day, part, ...to }) }, by < 0 ? "←" : "→");
    };
    const rows = parts.map((part) => el("li", { class: part.what === "shift" ? "whole-shift" : "" }, step(part, -this.hold.grid, "earlier"), el("span", {}, partWords(part)), step(part, this.hold.grid, "later")));
    const shift = parts.find((part) => part.what === "shift");
    const shown = [
      el("h3", {}, `${personName(person)}, ${dayDate(day)}`),
      parts.length ? el("ul", { class: "plain parts" }, ...rows) : el("p", {}, "Day off."),
      this.shiftForm(at, shift),
      shift && this.workForm(at, shift),
      el("div", { class: "row-of" }, shift ? el("button", { type: "button", onclick: () => this.asked("day_off") }, "Day off") : null, el("button", { type: "button", "aria-pressed": String(isLocked), onclick: () => this.asked("lock") }, isLocked ? "Unlock" : "Lock")),
    ];
    this.chosen.replaceChildren(...shown.filter(Boolean));
    if (wasIdle) requestAnimationFrame(() => this.hold.at && this.hold.reveal()); // the picture may be lower now
  }

  time(words, minute) {
    return el("label", {}, words, el("input", { type: "text", class: "time", inputMode: "numeric", pattern: "([01]?[0-9]|2[0-3]):[0-5][0-9]", title: "Hours and minutes, such as 09:30", maxLength: 5, autocomplete: "off", value: clock(minute), required: true }));
  }

  // Other work for some of a shift.
  workForm({ person, day }, shift) {
    const calls = data.labels.filter((label) => data.groups[label.group].colour === "calls").map((label) => label.name);
    const cases = data.groups.filter((group) => group.colour.startsWith("case-")).map((group) => group.name);
    const names = [...new Set([...calls, ...cases])].map((name) => [name, data.queues.find((queue) => queue.name === name)?.members.join(", ") ?? name]);
    const work = select("Work instead", [...names, ["", "nothing to do"]], names[0]?.[0] ?? "", () => {});
    const [from, to] = [this.time("From", shift.start), this.time("To", Math.min(shift.end, shift.start + 60))];
    const form = el("form", { class: "controls", "aria-label": "Other work" }, work, from, to, el("button", { type: "submit" }, "Put"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const times = [from, to].map((each) => this.minuteAt(day, each.querySelector("input").value));
      const [start, end] = times.map((minute, i) => (minute < shift.start + i ? this.minuteAt(day + 1, [from, to][i].querySelector("input").value) : minute));
      const activity = work.querySelector("select").value;
      this.edit({ op: "work", agent_id: person.agent, start: momentText(start), end: momentText(end), activity }, `${personName(person)}: ${names.find(([name]) => name === activity)?.[1] ?? "nothing to do"} ${clock(start)}–${clock(end)}`);
    });
    return form;
  }

  shiftForm({ person, day }, shift) {
    const types = data.shift_types.map((name) => [name, name]);
    const kind = select("Shift type", types, shift?.name ?? data.shift_types[0], () => {});
    const first = shift?.start ?? data.days[day].start + 9 * 60;
    const last = shift?.end ?? first + 8 * 60;
    const [from, to] = [this.time("Start", first), this.time("End", last)];
    kind.querySelector("select").id = "new-type";
    const form = el("form", { class: "controls" }, kind, from, to, el("button", { type: "submit" }, shift ? "Change the shift" : "Add this shift"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [start, until] = [from, to].map((each) => this.minuteAt(day, each.querySelector("input").value));
      const end = until > start ? until : this.minuteAt(day + 1, to.querySelector("input").value);
      const edit = { op: "shift", agent_id: person.agent, date: data.days[day].date, shift_type: kind.querySelector("select").value, start: momentText(start), end: momentText(end) };
      if (shift) edit.replaces = momentText(shift.start);
      this.edit(edit, `${personName(person)}, ${dayDate(day)}: ${edit.shift_type} ${clock(start)}–${clock(end)}`);
    });
    return form;
  }

  // The minute at which a day's clock shows a time; days with a clock change have others.
  minuteAt(day, text) {
    const [hour, minute] = text.split(":").map(Number);
    const start = day < data.days.length ? data.days[day].start : data.end;
    const plain = start + 60 * hour + minute;
    const off = minuteOfDay(plain) - (60 * hour + minute);
    return Math.abs(off) <= 120 ? plain - off : plain;
  }
}

async function show(node, [id], shell) {
  const wait = waiting("Fetching the draft …");
  node.append(wait);
  const draft = new Draft(id, shell.signal);
  await draft.read();
  const [told, weeks] = await draft.shown();
  if (shell.signal.aborted) return undefined;
  wait.remove();
  useData(told);
  weeks.forEach(showWeek);
  shell.subject(told.title);
  const editor = new Editor(node, draft, shell);
  if (draft.now.edits || weeks.length) editor.recall();
  return () => editor.hold.end();
}

export default { name: "edit", under: "roster", show };

addRosterTool({
  name: "by-hand",
  words: "Change by hand",
  title: "Change it by hand, publish it",
  async show(node, { id, shell }) {
    const said = el("div", {});
    const go = async (event) => {
      event.currentTarget.disabled = true;
      try {
        const made = await post(`v1/rosters/${id}/drafts`, undefined, { signal: shell.signal });
        shell.go(`#/edit/${made.id}`);
      } catch (error) {
        said.replaceChildren(problemNode(error));
      }
    };
    node.append(el("p", {}, "In a draft you drag shifts, breaks and blocks, hear at once which rules break and what it costs, lock days and solve again around them, and publish what you have."), el("div", { class: "row-of" }, el("button", { type: "button", class: "main", id: "new-draft", onclick: go }, "Change by hand")), said);
    const found = await json(`v1/drafts?roster=${encodeURIComponent(id)}`, { signal: shell.signal }).catch(() => ({ items: [] }));
    if (!found.items.length) return;
    const words = (each) => `${plural(each.edits, "edit")}, ${plural(each.locks.length, "lock")}, changed ${clock(minuteOfText(each.changed_at))}`;
    node.append(el("h3", {}, "Drafts of it"), el("ul", { class: "plain" }, ...found.items.map((each) => el("li", {}, el("a", { href: `#/edit/${each.id}` }, words(each))))));
  },
});
