const { spawn } = require("child_process");
for (let i = 0; i < 100; i++) {
  spawn("/bin/sleep", ["60"]);
}
