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

frame.repaint = () => roster.timeline?.later();
frame.print = () => roster.print?.();
