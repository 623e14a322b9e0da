const test = require("node:test");

test("grows", () => {
  const kept = [];
  for (;;) {
    kept.push(new Array(100000).fill(kept.length));
  }
});
