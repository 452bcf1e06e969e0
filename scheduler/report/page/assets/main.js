"use strict";
// Puts the page together.

buildParts(JSON.parse(section("data").textContent));
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
