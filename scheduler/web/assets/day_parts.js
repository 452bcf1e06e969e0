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

export function partWords(part) {
  return `${part.what === "shift" ? "shift " : ""}${part.name} ${clock(part.start)}–${clock(part.end)}`;
}
