const text = require("fs").readFileSync(0, "utf8");
const numbers = text.split(/\s+/).filter(Boolean).map(Number);
numbers.sort((a, b) => a - b);
console.log(numbers.reduce((total, number) => total + number, 0));
console.log(numbers.join(" "));
