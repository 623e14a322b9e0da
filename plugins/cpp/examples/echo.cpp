#include <iostream>
#include <string>

int main(int count, char **arguments) {
    for (int i = 1; i < count; i++) {
        std::cout << arguments[i] << '\n';
    }
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << line << '\n';
    }
}
