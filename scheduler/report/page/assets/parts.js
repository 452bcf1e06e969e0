"use strict";
// The parts of a report, built from any document; the page of the service has them, too.

const PARTS = {
  answers: buildHeadline,
  coverage: buildCoverage,
  cases: buildCases,
  cost: buildCost,
  trouble: buildTrouble,
  roster: buildRoster,
  people: buildPeople,
  metrics: buildMetrics,
  made: buildMade,
};

// Builds the parts whose sections stand on the page; one is told by its heading alone.
function buildParts(told) {
  forgetCharts();
  roster.timeline = null;
  useData(told);
  for (const [id, build] of Object.entries(PARTS)) {
    const node = section(id);
    if (!node) continue;
    node.replaceChildren(...node.querySelectorAll(":scope > h2"));
    build();
  }
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}

function repaint() {
  section("theme").textContent = isDark() ? "Light" : "Dark";
  section("theme").setAttribute("aria-pressed", String(isDark()));
  for (const each of charts) each.show();
  roster.timeline?.later();
}

// Paper is white, everything is on it, and charts are as wide as it is: they are drawn
// while the page still has the size of the screen.
function toPaper() {
  toPaper.theme = document.documentElement.dataset.theme;
  document.documentElement.classList.add("paper");
  document.documentElement.dataset.theme = "light";
  for (const each of charts) {
    each.draw();
    each.resize();
    each.show(); // paints at once, which a change of size does not
  }
  roster.print?.();
}

function fromPaper() {
  document.documentElement.classList.remove("paper");
  if (toPaper.theme) document.documentElement.dataset.theme = toPaper.theme;
  else delete document.documentElement.dataset.theme;
  repaint();
  for (const each of charts) each.resize();
}
