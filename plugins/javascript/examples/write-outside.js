const fs = require("fs");

for (const path of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  try {
    fs.writeFileSync(path, "");
    console.log("written");
  } catch (error) {
    console.log("refused");
  }
}
