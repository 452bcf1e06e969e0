// What somebody's day is made of, as it can be taken and moved.

// The parts of a person's day: its shifts, and in them breaks, meetings and case blocks.
export function partsOf(person, day) {
  const found = [];
  for (let i = 0; i < person.shifts.length; i += SHIFT) {
    const [own, start, minutes, kind] = person.shifts.slice(i, i + SHIFT);
    if (own !== day) continue;
    found.push({ what: "shift", name: data.shift_types[kind], start, end: start + minutes, shift: start });
    for (let k = 0; k < person.doings.length; k += DOING) {
      const [at, length, label] = person.doings.slice(k, k + DOING);
      const { name, group } = data.labels[label];
      const { colour } = data.groups[group];
      if (at < start || at >= start + minutes || colour === "calls" || colour === "idle") continue;
      const what = colour.startsWith("case-") ? "block" : colour;
      found.push({ what, name: name || data.groups[group].name, start: at, end: at + length, shift: start });
    }
  }
  return found;
}

// A message of the checker, which begins with an agent's id, as the page speaks.
export function breachWords({ message }) {
  const end = message.indexOf(": ");
  const named = end < 0 ? message : agentName(message.slice(0, end)) + message.slice(end);
  return named.replace(/\b[A-Z][a-z]{2} (\d{4}-\d\d-\d\d)\b/g, (_, date) => dateText(date));
}

export function agentName(id) {
  const known = data.people.find((person) => person.agent === id);
  return known ? personName(known) : id;
}

export function partWords(part) {
  return `${part.name}${part.what === "shift" ? " shift" : ""} ${clock(part.start)}–${clock(part.end)}`;
}
