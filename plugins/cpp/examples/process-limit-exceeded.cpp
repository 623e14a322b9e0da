#include <chrono>
#include <thread>

int main() {
    for (;;) {
        std::thread([] { std::this_thread::sleep_for(std::chrono::minutes(1)); }).detach();
    }
}
