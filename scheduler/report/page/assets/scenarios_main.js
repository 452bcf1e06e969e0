"use strict";

useData(JSON.parse(section("data").textContent));
whatif.use(data.found);
openPage(whatif.builds);
