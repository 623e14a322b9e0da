// Weighs the numbers of its input.
let limit = 10
let start = 5
let steps = [4, 7]

func weigh(_ value: Int, _ factor: Int) -> Int {
    // The even ones count more.
    var total = -start
    if value % 2 == 0 && value < limit {
        total += value * factor
    } else {
        total -= value + factor
    }
    return total
}

let numbers = (readLine() ?? "").split(separator: " ").compactMap { Int($0) }
var result = 0
for number in numbers {
    result += weigh(number, steps[0])
}
print("result", result)
print("share", result / numbers.count)
