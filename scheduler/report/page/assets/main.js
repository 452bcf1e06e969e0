"use strict";
// Puts the page together.

openPage([() => buildParts(JSON.parse(section("data").textContent))]);
