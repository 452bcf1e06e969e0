// A draft on the server: edits one after the other, each against the version it knows.

import { ask, json, Problem } from "./api.js";

export class Draft {
  constructor(id, signal) {
    this.path = `v1/drafts/${id}`;
    this.signal = signal;
    this.last = Promise.resolve();
  }

  async read() {
    await this.#kept(await ask(this.path, { signal: this.signal }));
  }

  // What its roster's page shows, which is there at once, and the weeks that differ; of a
  // roster that was erased since, the draft's own page.
  async shown() {
    const { signal } = this;
    try {
      return await Promise.all([
        json(`v1/rosters/${this.now.roster}/page`, { signal }),
        json(`${this.path}/weeks`, { signal }).then((told) => told.items),
      ]);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      return [await json(`${this.path}/page`, { signal }), []];
    }
  }

  // How it stands: rules broken, people on calls where they are not as in the beginning.
  calls() {
    return json(`${this.path}/calls`, { signal: this.signal });
  }

  edit(edits) {
    return this.#change("edits", "POST", { edits });
  }

  turn(verb) {
    return this.#change(verb, "POST");
  }

  lock(locks) {
    return this.#change("locks", "PUT", { locks });
  }

  // What publishing it would change, once all changes before are made.
  changes() {
    return this.last.then(() => json(`${this.path}/changes`, { signal: this.signal }));
  }

  publish(reason) {
    return this.#change("publish", "POST", { reason });
  }

  // Changes wait for each other: the next needs the ETag that the one before brought.
  #change(verb, method, content) {
    const next = this.last.then(async () => {
      const headers = { "If-Match": this.etag };
      if (content) headers["Content-Type"] = "application/json";
      const body = content ? JSON.stringify(content) : undefined;
      const answer = await ask(`${this.path}/${verb}`, { method, headers, body, signal: this.signal });
      return this.#kept(answer);
    });
    this.last = next.catch(() => {});
    return next;
  }

  async #kept(answer) {
    const told = await answer.json();
    this.etag = answer.headers.get("ETag") ?? this.etag;
    if (told.draft) this.now = told.draft;
    else if (told.locks) this.now = told;
    return told;
  }
}

export function isOvertaken(error) {
  return error instanceof Problem && error.status === 412;
}

// Moments as the server takes them, and as its rows say them.
export function momentText(minute) {
  return new Date(data.origin + minute * 60000).toISOString();
}

export function minuteOfText(text) {
  return Math.round((Date.parse(text) - data.origin) / 60000);
}

function labelOf(kind, name) {
  const group = data.groups.findIndex((each) => {
    if (kind === "voice") return each.colour === "calls";
    return kind === "case" ? each.colour.startsWith("case-") && each.name === name : each.colour === kind;
  });
  const found = data.labels.findIndex((each) => each.name === name && each.group === group);
  return found >= 0 ? found : data.labels.push({ name, group }) - 1;
}

// Puts an agent's rows in place of what is shown of them.
export function showWeek(week) {
  const person = data.people.find((each) => each.agent === week.agent_id);
  const span = (row) => {
    const start = minuteOfText(row.start);
    return [start, minuteOfText(row.end) - start];
  };
  person.shifts = week.roster.flatMap((row) => {
    let kind = data.shift_types.indexOf(row.shift_type);
    if (kind < 0) kind = data.shift_types.push(row.shift_type) - 1;
    return [data.days.findIndex((day) => day.date === row.date), ...span(row), kind, row.paid_minutes];
  });
  person.doings = week.activities.flatMap((row) => [...span(row), labelOf(row.kind, row.activity)]);
}

// The longest step that everything in the roster keeps to, minutes.
export function gridMinutes() {
  const divisor = (a, b) => (b ? divisor(b, a % b) : a);
  let found = 60;
  for (const { doings } of data.people) {
    for (let i = 0; i < doings.length; i += DOING) found = divisor(divisor(found, doings[i]), doings[i + 1]);
  }
  return Math.max(5, found);
}
