"use strict";
// Puts the page together.

openPage([buildHeadline, buildCoverage, buildCases, buildCost, buildTrouble, buildRoster, buildPeople, buildMetrics, buildMade], {
  repaint: () => roster.timeline.later(),
  print: () => roster.print(),
});
