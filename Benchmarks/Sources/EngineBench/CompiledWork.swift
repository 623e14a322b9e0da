import Glibc

/// C++ programs as contests have them.
enum CompiledWork {
    /// No two rounds compile the same text: what is measured is compiling, not remembering.
    private static func source(_ round: Int) -> String {
        """
        #include <bits/stdc++.h>
        using namespace std;
        int main() {
            ios::sync_with_stdio(false);
            map<string, vector<int>> table;
            int number = 0;
            cin >> number;
            for (int i = 0; i < 100 + number; i++) table[to_string(i % 7)].push_back(i * \(round + 100));
            long long sum = 0;
            for (auto &[name, values] : table) sum += accumulate(values.begin(), values.end(), 0LL);
            cout << sum << endl;
        }

        """
    }

    /// Compiling one program and running it once.
    static func compileAndRun(_ folder: String) -> Work {
        Work(
            name: "C++ with `<bits/stdc++.h>`, compile and run", goal: "3", weight: 6,
            bare: { round in
                try build(folder, round); try Work.spawn(["\(folder)/bare"])
            },
            engine: { runner, round in try await Work.run(runner, "cpp", source(round)) })
    }

    /// Running one program that is compiled over twenty inputs.
    static func twentyInputs(_ folder: String) -> Work {
        Work(
            name: "a C++ program over 20 inputs", goal: "2", weight: 2,
            bare: { round in
                if round < 0 { try build(folder, 0) }
                for _ in 0..<20 { try Work.spawn(["\(folder)/bare"]) }
            },
            engine: { runner, _ in try await Work.run(runner, "cpp", source(1_000_000), inputs: 20) })
    }

    private static func build(_ folder: String, _ round: Int) throws {
        let file = open("\(folder)/bare.cpp", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let text = Array(source(round).utf8)
        guard file >= 0, write(file, text, text.count) == text.count else {
            throw BenchmarkError(message: "\(folder)/bare.cpp cannot be written")
        }
        close(file)
        try Work.spawn(["/usr/bin/g++", "-O1", "-o", "\(folder)/bare", "\(folder)/bare.cpp"])
    }
}
