const test = require("node:test");

test("loops", () => {
  for (;;) {
  }
});
