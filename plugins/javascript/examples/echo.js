for (const argument of process.argv.slice(2)) {
  console.log(argument);
}
process.stdout.write(require("fs").readFileSync(0, "utf8"));
