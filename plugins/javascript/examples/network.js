const port = Number(require("fs").readFileSync(0, "utf8"));
const socket = require("net").connect(port, "127.0.0.1");
socket.on("connect", () => {
  console.log("connected");
  process.exit(0);
});
socket.on("error", () => console.log("refused"));
