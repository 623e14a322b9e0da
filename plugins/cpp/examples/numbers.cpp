#include <algorithm>
#include <iostream>
#include <numeric>
#include <vector>

int main() {
    std::vector<long> numbers;
    for (long number; std::cin >> number;) {
        numbers.push_back(number);
    }
    std::sort(numbers.begin(), numbers.end());
    std::cout << std::accumulate(numbers.begin(), numbers.end(), 0L) << '\n';
    const char *blank = "";
    for (long number : numbers) {
        std::cout << blank << number;
        blank = " ";
    }
    std::cout << '\n';
}
