// A field for an agent, by name or by id, with everybody of the roster to choose from.

// { input, names, person(), choose(person) }: the field, its choices, who is meant.
export function agentField(id) {
  const count = new Map();
  for (const person of data.people) count.set(personName(person), (count.get(personName(person)) ?? 0) + 1);
  const called = (person) => (count.get(personName(person)) > 1 ? `${personName(person)} (${person.agent})` : personName(person));
  const known = new Map();
  for (const person of data.people) for (const text of [personName(person), called(person), person.agent]) known.set(text, person);
  const input = el("input", { type: "text", id, autocomplete: "off", maxLength: 200, placeholder: "Name or id" });
  const names = el("datalist", { id: `${id}-known` }, ...data.people.map((person) => el("option", { value: called(person) }, person.team)));
  input.setAttribute("list", names.id);
  return {
    input,
    names,
    person: () => known.get(input.value.trim()),
    choose(person) {
      input.value = called(person);
    },
  };
}
