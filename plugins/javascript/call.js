// Calls one function of the program and writes its result as JSON after the run's nonce.
// What was expected is never here: the result is compared by the judge, in another process.
"use strict";
const fs = require("fs");
const vm = require("vm");

const write = fs.writeSync;
const stringify = JSON.stringify;
const request = JSON.parse(fs.readFileSync(0, "utf8").split("\n", 1)[0]);

async function main() {
  // A script, not a module: its top-level functions, constants and classes can then be looked up by name.
  globalThis.require = require;
  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;
  vm.runInThisContext(fs.readFileSync(request.source, "utf8"), { filename: request.source });

  const find = (name) => vm.runInThisContext(`typeof ${name} === "undefined" ? undefined : ${name}`);
  let target = find(request.function);
  if (target === undefined) target = globalThis.module.exports[request.function];
  if (target === undefined && find("Solution") !== undefined) {
    const solution = new (find("Solution"))();
    target = (...values) => solution[request.function](...values);
  }
  if (typeof target !== "function") throw new ReferenceError(`${request.function} is not defined`);

  const result = await target(...request.arguments);
  write(1, "\n" + request.nonce + stringify(result === undefined ? null : result) + "\n");
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
