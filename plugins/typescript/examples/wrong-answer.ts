import * as fs from "fs";

const words: number[] = fs.readFileSync(0, "utf8").split(/\s+/).map(Number);
const total: number = words.slice(1, 1 + words[0] - 1).reduce((sum, value) => sum + value, 0);
console.log(total);
