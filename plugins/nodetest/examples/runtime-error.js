const test = require("node:test");
const assert = require("node:assert");

function add(left, right) {
  return left + right;
}

test("adds", () => {
  assert.strictEqual(add(1, 2), 4);
});
