#include <fstream>
#include <iostream>
#include <string>

int main() {
    for (std::string path; std::cin >> path;) {
        std::cout << (std::ofstream(path) ? "written" : "refused") << '\n';
    }
}
