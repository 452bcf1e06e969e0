"use strict";
// Everybody's hours and how they are shared out, sortable by any column.

const FEW = 60; // rows until all are asked for

const PEOPLE_COLUMNS = [
  { name: "Agent", value: (p) => p.agent, text: (p) => p.agent },
  { name: "Name", value: (p) => p.name, text: (p) => p.name },
  { name: "Team", value: (p) => p.team, text: (p) => p.team },
  { name: "Hours", title: "Paid hours.", value: (p) => p.paid_hours, text: (p) => number(p.paid_hours, 1) },
  {
    name: "By contract",
    title: "Least and most paid hours of the contract, less leave and what is worked already.",
    value: (p) => p.most_hours,
    text: (p) => (p.least_hours === p.most_hours ? number(p.most_hours, 1) : `${number(p.least_hours, 1)} to ${number(p.most_hours, 1)}`),
  },
  { name: "Days", title: "Days worked.", value: (p) => p.days, text: (p) => number(p.days) },
  { name: "Weekend", title: "Days worked on Saturdays and Sundays.", value: (p) => p.weekends, text: (p) => number(p.weekends) },
  { name: "Earlies", value: (p) => p.earlies, text: (p) => number(p.earlies) },
  { name: "Lates", value: (p) => p.lates, text: (p) => number(p.lates) },
  { name: "Case hours", value: (p) => p.case_hours ?? -1, text: (p) => (p.case_hours === null ? "?" : number(p.case_hours, 1)) },
  { name: "Case share", title: "Case hours ÷ hours on calls and cases.", value: (p) => p.case_share ?? -1, text: (p) => (p.case_share === null ? "–" : percent(p.case_share, 0)) },
  { name: "Wishes", title: "Granted of asked.", value: (p) => (p.wishes ? p.granted / p.wishes : 2), text: (p) => (p.wishes ? `${p.granted} of ${p.wishes}` : "–") },
  {
    name: "Against team",
    title: "Earlies, lates and weekend days, more (+) or fewer (−) than the mean of the team.",
    value: (p) => p.against,
    text: (p) => signed(p.against),
  },
];

function peopleColumns() {
  const names = [...new Set(data.people.flatMap((person) => person.portions.map((each) => each.name)))];
  const own = (person, name) => person.portions.find((each) => each.name === name);
  const told = (column) => column.name !== "Team" || data.people.some((person) => person.team);
  return [
    ...PEOPLE_COLUMNS.filter(told),
    ...names.map((name) => ({
      name: `Off share: ${name}`,
      title: "More (+) or fewer (−) than a fair share, with the weeks before.",
      value: (p) => own(p, name)?.off ?? -Infinity,
      text: (p) => (own(p, name) ? signed(own(p, name).off) : "–"),
    })),
    { name: "Contract", value: (p) => p.contract, text: (p) => p.contract },
  ];
}

function buildPeople() {
  const node = section("people");
  const columns = peopleColumns();
  const state = { column: 0, up: true, query: "", all: false };
  const isText = (column) => typeof column.value(data.people[0]) === "string";
  const box = el("div", { class: "scroll whole everybody", tabIndex: 0 });
  const more = el("button", { type: "button", onclick: () => { state.all = true; show(); } });
  function order(one, other) {
    const column = columns[state.column];
    const [a, b] = [column.value(one), column.value(other)];
    const by = isText(column) ? a.localeCompare(b, data.locale, { numeric: true }) : a - b || 0;
    return state.up ? by : -by;
  }
  function sortBy(c) {
    state.up = state.column === c ? !state.up : isText(columns[c]);
    state.column = c;
    show();
  }
  function show() {
    const found = data.people.filter((person) => searched(person, state.query)).sort(order);
    const rows = (state.all ? found : found.slice(0, FEW)).map((person) =>
      columns.map((column) => (isText(column) ? column.text(person) : [0, column.text(person)])),
    );
    const heads = columns.map((column, c) => {
      const arrow = state.column === c ? (state.up ? " ▲" : " ▼") : "";
      return { ...column, name: el("button", { type: "button", onclick: () => sortBy(c) }, column.name + arrow) };
    });
    const made = table(heads, rows);
    made.querySelectorAll("thead th")[state.column].setAttribute("aria-sort", state.up ? "ascending" : "descending");
    box.replaceChildren(made);
    more.hidden = rows.length === found.length;
    more.textContent = `Show all ${number(found.length)} (${number(rows.length)} shown)`;
  }
  const search = el("input", { type: "search", placeholder: "Name, team, skill …", oninput: () => { state.query = search.value; show(); } });
  const half = (minute) => clockOfDay(minute);
  node.append(
    el("p", { class: "lead quiet small" }, `An early starts before ${half(data.early_before)}, a late ends after ${half(data.late_after)} or on the next day. Choose a column’s head to sort by it.`),
    el("div", { class: "controls" }, el("label", {}, "Search", search)),
    el("div", { class: "panel" }, box, more),
  );
  show();
}

function clockOfDay(minute) {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
