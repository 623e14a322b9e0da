// Weighs the numbers of its input.
import * as fs from "fs";

const limit: number = 10;
const start: number = 5;
const steps: number[] = [4, 7];

function weigh(value: number, factor: number): number {
    // The even ones count more.
    let total = -start;
    if (value % 2 == 0 && value < limit) {
        total += value * factor;
    } else {
        total -= value + factor;
    }
    return total;
}

const numbers: number[] = fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean).map(Number);
let result = 0;
for (const number of numbers) {
    result += weigh(number, steps[0]);
}
console.log("result", result);
console.log("first", numbers[0].toFixed(2));
