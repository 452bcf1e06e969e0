// What a simulation says of a roster: promised against kept, by queue, case type and day.

// As much less than promised is told, as where flags of a simulation are raised.
const POINTS = 0.02; // of service level
const CASES = 0.5; // late ones of a day

export function withHalf({ mean, half }, write = some) {
  if (mean === null) return UNKNOWN;
  return half === null ? write(mean) : `${write(mean)} ± ${write === percent ? number(100 * half, 1) : write(half)}`;
}

// The service level of all queues together, by their calls; by how much it may be off at most.
export function levelOfAll(found, told = (total) => total.service_level.mean) {
  const known = found.queues.map((each) => each.total).filter((total) => told(total) !== null && total.offered > 0);
  const offered = sum(known.map((total) => total.offered));
  if (!offered) return { mean: null, half: null };
  const weighed = (value) => sum(known.map((total) => total.offered * value(total))) / offered;
  return { mean: weighed(told), half: weighed((total) => total.service_level.half ?? 0) };
}

// The late cases of all types together.
export function lateOfAll(found) {
  const all = found.case_types.map((each) => each.breaches);
  return { mean: sum(all.map((each) => each.mean)), half: sum(all.map((each) => each.half)) };
}

function share(late, due) {
  return due > 0 ? Math.max(0, 1 - late / due) : null;
}

// Each queue and case type as the chart has it: a share promised and one kept, by day.
function subjectsOf(found) {
  const calls = found.queues.map((each) => ({
    words: `${each.queue}: calls in time`,
    shade: "calls",
    days: each.days.map((day) => ({ date: day.date, count: day.offered, promised: day.promised, ...day.service_level })),
  }));
  const cases = found.case_types.map((each) => ({
    words: `${each.case_type}: deadlines kept`,
    shade: "case-1",
    days: each.days.map((day) => ({
      date: day.date,
      count: day.due,
      promised: share(day.promised_breaches, day.due),
      mean: day.due > 0 ? share(day.breaches.mean, day.due) : null,
      half: day.due > 0 && day.breaches.half !== null ? day.breaches.half / day.due : null,
    })),
  }));
  return [...calls, ...cases];
}

function tick(date) {
  const day = data.days.findIndex((each) => each.date === date);
  return day < 0 ? date : dayTick(day);
}

function whisker(_, api) {
  const [x, low] = api.coord([api.value(0), api.value(1)]);
  const [, high] = api.coord([api.value(0), api.value(2)]);
  const part = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: api.visual("color"), lineWidth: 1.5 } });
  return { type: "group", children: [part(x, low, x, high), part(x - 5, low, x + 5, low), part(x - 5, high, x + 5, high)] };
}

function optionsOf({ shade, days }) {
  const spans = days.flatMap((day, d) => (day.mean === null || day.half === null ? [] : [[d, Math.max(0, day.mean - day.half), Math.min(1, day.mean + day.half)]]));
  const lowest = Math.min(1, ...spans.map(([, low]) => low), ...days.flatMap((day) => [day.mean ?? 1, day.promised ?? 1]));
  const step = lowest >= 0.75 ? 0.05 : 0.2;
  const hint = (d) => bubble(dateText(days[d].date), [["promised", percent(days[d].promised), "need"], ["simulated", withHalf(days[d], percent), shade]]);
  return {
    tooltip: tooltip(hint),
    grid: plainGrid({ top: 14 }),
    xAxis: axisOfNames(days.map((day) => tick(day.date))),
    yAxis: axisOfValues({ min: step * Math.max(0, Math.ceil(lowest / step - 1.1)), max: 1, interval: step, axisLabel: { formatter: (value) => percent(value, 0) } }),
    series: [
      line("promised", days.map((day) => day.promised), colour("need"), { showSymbol: true, symbol: "diamond", symbolSize: 9, lineStyle: { type: "dashed" } }),
      line("simulated", days.map((day) => day.mean), colour(shade), { showSymbol: true, symbol: "circle", symbolSize: 8 }),
      { type: "custom", silent: true, data: spans, renderItem: whisker, itemStyle: { color: colour(shade) }, tooltip: { show: false } },
    ],
  };
}

function verdict(less, more) {
  if (less) return el("b", { class: "bad" }, "less than promised");
  return more ? el("span", { class: "good" }, "better than promised") : "as promised";
}

function callRow(queue, day, told) {
  const { mean, half } = told.service_level;
  const known = told.promised !== null && mean !== null;
  const word = known ? verdict(mean + (half ?? 0) < told.promised - POINTS, mean - (half ?? 0) > told.promised + POINTS) : "–";
  return [queue, day, [told.offered, some(told.offered)], [0, percent(told.promised)], [0, withHalf(told.service_level, percent)], word];
}

function callRows(found) {
  return found.queues.flatMap(({ queue, total, days }) => [
    callRow(queue, "all days", total),
    ...days.filter((day) => day.offered > 0).map((day) => callRow(queue, dateText(day.date), day)),
  ]);
}

function caseRow(type, day, due, promised, late) {
  const { mean, half } = late;
  const kept = (count) => (due > 0 ? percent(share(count, due)) : "–");
  const word = verdict(mean - (half ?? 0) > promised + CASES, mean + (half ?? 0) < promised - CASES);
  return [type, day, [due, some(due)], [0, some(promised)], [0, withHalf(late)], [0, kept(promised)], [0, kept(mean)], word];
}

function caseRows(found) {
  return found.case_types.flatMap((each) => [
    caseRow(each.case_type, "all days", sum(each.days.map((day) => day.due)), each.promised_breaches, each.breaches),
    ...each.days
      .filter((day) => day.due > 0 || day.promised_breaches > 0)
      .map((day) => caseRow(each.case_type, dateText(day.date), day.due, day.promised_breaches, day.breaches)),
  ]);
}

function scrolled(label, made) {
  return el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": label }, made);
}

function tables(found) {
  const sure = percent(found.confidence, 0);
  const parts = [];
  if (found.queues.length) {
    const caption = `Service level, promised and simulated; ± is half of the ${sure} interval; as promised: nothing else can be told`;
    parts.push(el("h4", {}, "Calls"), scrolled("Calls by queue and day", table(["Queue", "Day", "Calls", "Promised", "Simulated", "Kept?"], callRows(found), caption)));
  }
  if (found.case_types.length) {
    const caption = `Cases late and deadlines kept, promised and simulated; ± is half of the ${sure} interval; as promised: nothing else can be told`;
    const columns = ["Case type", "Due", "Cases due", "Late, promised", "Late, simulated", "Kept, promised", "Kept, simulated", "Kept?"];
    parts.push(el("h4", {}, "Deadlines"), scrolled("Deadlines by case type and day", table(columns, caseRows(found), caption)));
  }
  return parts;
}

function cardsOf(found) {
  const cards = [];
  if (found.queues.length) {
    const { mean, half } = levelOfAll(found);
    const promised = levelOfAll(found, (total) => total.promised).mean;
    cards.push(card("Calls in time, simulated", percent(mean), "", half === null ? null : `± ${number(100 * half, 1)} points at most`, `promised ${percent(promised)}`));
  }
  if (found.case_types.length) {
    const late = lateOfAll(found);
    cards.push(
      card("Late cases, simulated", some(late.mean), "", `± ${some(late.half)} at most`, `promised ${some(sum(found.case_types.map((each) => each.promised_breaches)))}`),
      card("No case late at all", percent(found.kept, 0), "", `of ${number(found.replications)} times that it was played`),
    );
  }
  return cards;
}

// A view of what was found, which another simulation fills anew.
export function keptView() {
  let found = null;
  let chosen = 0;
  let drawn = null;
  const short = el("p", { id: "kept-in-short" });
  const cards = el("div", { class: "cards" });
  const picture = el("div", {});
  const rest = el("div", {});
  const subject = () => subjectsOf(found)[chosen];
  const inShort = () => {
    const count = found.flags.length;
    const times = plural(found.replications, "time");
    return count
      ? `Played ${times}, the roster falls short of what the plan promises on ${plural(count, "day")} of a queue or case type. They are marked below.`
      : `Played ${times}, the roster keeps what the plan promises, by all that can be told.`;
  };

  function drawing() {
    const all = subjectsOf(found);
    if (!all.length) return [note("The plan has neither calls nor cases that could be played.")];
    const choice = select("Shown by day", all.map((each, n) => [n, each.words]), chosen, (value) => {
      chosen = Number(value);
      drawn.host.setAttribute("aria-label", `${subject().words}, promised and simulated, by day`);
      drawn.renew();
    });
    drawn = chart({
      label: `${subject().words}, promised and simulated, by day`,
      height: 220,
      key: () => [["need", "promised", "dash"], [subject().shade, "simulated, with its interval"]],
      options: () => optionsOf(subject()),
      columns: () => ["Day", "Calls or cases", "Promised", "Simulated"].map((name) => ({ name })),
      rows: () => subject().days.map((day) => [dateText(day.date), [day.count, some(day.count)], [0, percent(day.promised)], [0, withHalf(day, percent)]]),
    });
    return [el("div", { class: "controls" }, choice), drawn.node];
  }

  return {
    node: el("div", {}, el("h3", {}, "Promised and kept"), short, cards, picture, rest),
    inShort,
    use(told) {
      found = told;
      short.textContent = inShort();
      cards.replaceChildren(...cardsOf(found));
      if (drawn) drawn.renew();
      else picture.replaceChildren(...drawing());
      rest.replaceChildren(...tables(found));
    },
  };
}
