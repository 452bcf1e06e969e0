// A field for an agent, by name or by id, with everybody of the roster to choose from.

// { input, names, person(), choose(person) }: the field, its choices, who is meant.
export function agentField(id) {
  const known = new Map();
  for (const person of data.people) for (const text of [personName(person), person.agent]) known.set(text, person);
  const input = el("input", { type: "text", id, autocomplete: "off", maxLength: 200, placeholder: "Name or id" });
  const names = el("datalist", { id: `${id}-known` }, ...data.people.map((person) => el("option", { value: personName(person) }, person.team)));
  input.setAttribute("list", names.id);
  return {
    input,
    names,
    person: () => known.get(input.value.trim()),
    choose(person) {
      input.value = personName(person);
    },
  };
}
