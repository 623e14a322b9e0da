const test = require("node:test");

test("floods", () => {
  for (;;) {
    try {
      require("fs").writeSync(1, "all work and no play, all work and no play\n");
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
});
