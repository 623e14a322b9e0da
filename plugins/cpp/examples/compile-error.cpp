#include <string>

int main() {
    std::string text = 42.0 + nothing;
}
