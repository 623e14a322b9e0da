#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

int main() {
    int total = 0;
    std::mutex lock;
    std::vector<std::thread> workers;
    for (int value = 1; value <= 4; value++) {
        workers.emplace_back([&total, &lock, value] {
            std::lock_guard guard(lock);
            total += value;
        });
    }
    for (auto &worker : workers) {
        worker.join();
    }
    std::cout << total << '\n';
}
