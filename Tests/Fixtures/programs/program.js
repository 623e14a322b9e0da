// Weighs the numbers of its input.
const limit = 10;
const start = 5;
const steps = [4, 7];

function weigh(value, factor) {
    // The even ones count more.
    let total = -start;
    if (value % 2 == 0 && value < limit) {
        total += value * factor;
    } else {
        total -= value + factor;
    }
    return total;
}

const text = require("fs").readFileSync(0, "utf8");
const numbers = text.split(/\s+/).filter(Boolean).map(Number);
let result = 0;
for (const number of numbers) {
    result += weigh(number, steps[0]);
}
console.log("result", result);
console.log("first", numbers[0].toFixed(2));
