"use strict";

useData(JSON.parse(section("data").textContent));
hiring.use(data.found);
openPage(hiring.builds);
