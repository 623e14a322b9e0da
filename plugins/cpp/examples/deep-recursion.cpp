#include <iostream>

int depth(volatile int level) {
    volatile char frame[256];
    frame[level % 256] = 1;
    return depth(level + 1) + frame[level % 256];
}

int main() {
    std::cout << depth(0) << '\n';
}
