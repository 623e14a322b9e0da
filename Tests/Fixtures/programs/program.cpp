// Weighs the numbers of its input.
#include <iostream>
#include <vector>

const int limit = 10;
const int start = 5;
const std::vector<int> steps = {4, 7};

int weigh(int value, int factor) {
    // The even ones count more.
    int total = -start;
    if (value % 2 == 0 && value < limit) {
        total += value * factor;
    } else {
        total -= value + factor;
    }
    return total;
}

int main() {
    int count = 0;
    int result = 0;
    int number;
    while (std::cin >> number) {
        result += weigh(number, steps.at(0));
        count += 1;
    }
    std::cout << "result " << result << "\n";
    std::cout << "share " << result / count << "\n";
}
