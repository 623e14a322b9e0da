import { readFileSync, writeFileSync } from "fs";

for (const path of (readFileSync(0, "utf8") as string).split("\n").filter(Boolean)) {
  try {
    writeFileSync(path, "");
    console.log("written");
  } catch (error) {
    console.log("refused");
  }
}
