// Requests to the service this page came from.

const KEY = "ringfence-key";

export class Problem extends Error {
  constructor(status, told) {
    super(told.detail ?? told.title ?? `status ${status}`);
    this.status = status;
    this.told = told;
  }
}

export function hasKey() {
  return Boolean(sessionStorage.getItem(KEY));
}

export function forgetKey() {
  sessionStorage.removeItem(KEY);
}

let asking = null; // one dialogue, however many requests wait for it

function askForKey(why) {
  asking ??= new Promise((done) => {
    const dialog = document.getElementById("signin");
    document.getElementById("signin-why").textContent = why;
    const field = document.getElementById("signin-key");
    field.value = "";
    dialog.showModal();
    dialog.addEventListener("close", () => {
      asking = null;
      const key = field.value.trim();
      field.value = "";
      if (key) sessionStorage.setItem(KEY, key);
      done(Boolean(key));
    }, { once: true });
  });
  return asking;
}

function withKey(headers) {
  const key = sessionStorage.getItem(KEY);
  return key ? { ...headers, Authorization: `Bearer ${key}` } : headers;
}

// The answer to a request; asks for a key where the server wants one.
export async function ask(path, { method = "GET", body, headers = {}, signal } = {}) {
  for (;;) {
    let answer;
    try {
      answer = await fetch(path, { method, body, headers: withKey(headers), signal, cache: "no-cache" });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Problem(0, { title: "The server cannot be reached", detail: "The server cannot be reached. Is ringfence serve still running?" });
    }
    if (answer.status === 401 && (await askForKey(hasKey() ? "The server does not know this key." : ""))) continue;
    if (answer.status === 429 || answer.status === 503) {
      const seconds = Number(answer.headers.get("Retry-After") ?? 0);
      if (seconds > 0 && seconds <= 3) {
        await new Promise((done) => setTimeout(done, 1000 * seconds));
        if (!signal?.aborted) continue;
      }
    }
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({}));
      throw new Problem(answer.status, told);
    }
    return answer;
  }
}

export async function json(path, options = {}) {
  const answer = await ask(path, options);
  return answer.json();
}

export function post(path, content, { signal, headers = {} } = {}) {
  const body = content === undefined ? undefined : JSON.stringify(content);
  const type = content === undefined ? {} : { "Content-Type": "application/json" };
  return json(path, { method: "POST", body, headers: { ...type, ...headers }, signal });
}

// Hands a job's events on as they come, to its end; goes on after a break.
export async function follow(job, heard, signal, kind = "rosters") {
  let last = 0;
  while (!signal.aborted) {
    try {
      const headers = last ? { "Last-Event-ID": String(last) } : {};
      const answer = await ask(`v1/${kind}/${job}/events`, { headers, signal });
      for await (const event of events(answer.body)) {
        last = Number(event.id ?? last);
        if (event.data) heard(event.event, JSON.parse(event.data));
        if (event.event === "end") return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && error.status !== 0 && error.status < 500 && error.status !== 429) throw error;
    }
    if (!signal.aborted) heard("lost", {});
    await new Promise((done) => setTimeout(done, 2000));
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = {};
      for (const text of block.split("\n")) {
        const at = text.indexOf(":");
        if (at > 0) event[text.slice(0, at)] = text.slice(at + 1).trimStart();
      }
      yield event;
    }
  }
}

export async function download(path, name, options) {
  const answer = await ask(path, options);
  save(await answer.blob(), name);
}

// Hands something to the browser as a file.
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
