import { readFileSync } from "fs";

for (const argument of process.argv.slice(2)) {
  console.log(argument);
}
process.stdout.write(readFileSync(0, "utf8"));
