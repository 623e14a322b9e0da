#include <memory>
#include <vector>

int main() {
    std::vector<std::unique_ptr<std::vector<char>>> kept;
    for (;;) kept.push_back(std::make_unique<std::vector<char>>(1 << 20, 'x'));
}
