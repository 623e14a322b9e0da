#include <iostream>
#include <numeric>
#include <vector>

int main() {
    int count;
    std::cin >> count;
    std::vector<int> values(count - 1);
    for (auto &value : values) std::cin >> value;
    std::cout << std::accumulate(values.begin(), values.end(), 0L) << "\n";
}
