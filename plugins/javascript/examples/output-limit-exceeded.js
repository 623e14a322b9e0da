const fs = require("fs");
for (;;) {
  fs.writeSync(1, "all work and no play\n".repeat(100));
}
