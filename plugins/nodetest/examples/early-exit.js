const test = require("node:test");
const assert = require("node:assert");

test("leaves", () => {
  process.reallyExit(0);
});

test("adds", () => {
  assert.strictEqual(1 + 2, 4);
});
