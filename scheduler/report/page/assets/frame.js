"use strict";
// What every page has around its charts: light and dark, and paper.

const frame = { repaint: () => {}, print: () => {} };

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}

function repaint() {
  section("theme").textContent = isDark() ? "Light" : "Dark";
  section("theme").setAttribute("aria-pressed", String(isDark()));
  for (const each of charts) each.show();
  frame.repaint();
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
  frame.print();
}

function fromPaper() {
  document.documentElement.classList.remove("paper");
  if (toPaper.theme) document.documentElement.dataset.theme = toPaper.theme;
  else delete document.documentElement.dataset.theme;
  repaint();
  for (const each of charts) each.resize();
}

function openPage(builds, own = {}) {
  Object.assign(frame, own);
  for (const build of builds) build();
  section("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    repaint();
  });
  section("print").addEventListener("click", () => window.print());
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", fromPaper);
  repaint();
  document.documentElement.dataset.ready = "yes";
}
