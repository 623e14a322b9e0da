#include <iostream>

int main() {
    for (;;) std::cout << "all work and no play\n";
}
