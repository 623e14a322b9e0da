import Glibc
import LanguagePlugins
import Sandbox

/// What compiling and running one program costs in each language that is compiled: bare, in a sandbox from nothing, with
/// what the engine prepared, and for the same program again.
struct CompilerTable {
    /// A language's program; `{round}` in it is replaced, so that no two rounds compile the same text.
    struct Program {
        var language: String
        var file: String
        var source: String
        /// What a person would type; `{}` stands for the folder.
        var bare: [[String]]
    }

    var folder: String
    var registry: PluginRegistry
    var sandbox: SandboxRunner

    /// Measures every language in turn and prints the table.
    func print(rounds: Int) async throws {
        Swift.print("\nCompile and run; ms, medians of \(rounds) rounds in which the four take turns.\n")
        Swift.print("| language | bare | sandboxed, from nothing | warm | again | bare / warm | nothing / warm |")
        Swift.print("|---|--:|--:|--:|--:|--:|--:|")
        for program in Self.programs {
            let medians = try await measure(program, rounds: rounds)
            let ratios = [medians[0] / medians[2], medians[1] / medians[2]]
            Swift.print("| \(program.language) | \((medians + ratios).map(Figure.of).joined(separator: " | ")) |")
        }
    }

    private func measure(_ program: Program, rounds: Int) async throws -> [Double] {
        let work = "\(folder)/\(program.language)"
        guard mkdir(work, 0o700) == 0 || errno == EEXIST else { throw BenchmarkError(message: "\(work): no folder") }
        let cold = ProgramRunner(registry: registry, sandbox: sandbox, cache: nil)
        let warm = ProgramRunner(
            registry: registry, sandbox: sandbox, cache: try ArtifactCache(folder: "\(work)/artifacts"),
            store: try PreparedStore(folder: "\(folder)/prepared"))
        var times: [[Double]] = [[], [], [], []]
        for round in -3..<rounds {
            let text = program.source.split(separator: "{round}", omittingEmptySubsequences: false)
                .joined(separator: "\(round + 1000)")
            try Self.write(text, to: "\(work)/\(program.file)")
            let bare = program.bare.map {
                $0.map { $0.split(separator: "{}", omittingEmptySubsequences: false).joined(separator: work) }
            }
            let contenders: [() async throws -> Void] = [
                { for command in bare { try Work.spawn(command) } },
                { try await Work.run(cold, program.language, text) },
                { try await Work.run(warm, program.language, text) },
                { try await Work.run(warm, program.language, text) },
            ]
            for (index, contender) in contenders.enumerated() {
                let start = ContinuousClock.now
                try await contender()
                // What is made once it was missed twice is made in the first rounds.
                if round >= 0 { times[index].append((ContinuousClock.now - start) / .milliseconds(1)) }
            }
        }
        return times.map { $0.sorted()[$0.count / 2] }
    }

    private static func write(_ text: String, to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let bytes = Array(text.utf8)
        guard file >= 0, Glibc.write(file, bytes, bytes.count) == bytes.count else {
            throw BenchmarkError(message: "\(path) cannot be written")
        }
        close(file)
    }

    private static let programs = [
        Program(
            language: "c", file: "main.c",
            source: """
                #include <stdio.h>
                #include <stdlib.h>
                #include <string.h>
                static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
                int main(void) {
                    int n, a[100] = {{round}};
                    if (scanf("%d", &n) != 1) n = 0;
                    qsort(a, 100, sizeof *a, compare);
                    printf("%d %d %zu\\n", n, a[99], strlen("abc"));
                }

                """,
            bare: [["/usr/bin/gcc", "-O1", "-o", "{}/bare", "{}/main.c", "-lm"], ["{}/bare"]]),
        Program(
            language: "cpp", file: "main.cpp",
            source: """
                #include <bits/stdc++.h>
                using namespace std;
                int main() {
                    vector<int> a(100, {round});
                    map<string, int> counts;
                    for (int x : a) counts[to_string(x)]++;
                    sort(a.begin(), a.end(), greater<int>());
                    for (auto &[name, count] : counts) cout << name << ' ' << count << endl;
                }

                """,
            bare: [["/usr/bin/g++", "-O1", "-o", "{}/bare", "{}/main.cpp"], ["{}/bare"]]),
        Program(
            language: "rust", file: "main.rs",
            source: """
                use std::collections::BTreeMap;
                fn main() {
                    let mut counts = BTreeMap::new();
                    for x in vec![{round}, 2, 3] { *counts.entry(x).or_insert(0) += 1; }
                    for (x, n) in &counts { println!("{} {}", x, n); }
                }

                """,
            bare: [["/usr/bin/env", "rustc", "-O", "-o", "{}/bare", "{}/main.rs"], ["{}/bare"]]),
        Program(
            language: "go", file: "main.go",
            source: """
                package main

                import (
                	"fmt"
                	"sort"
                )

                func main() {
                	a := []int{{round}, 2, 3}
                	sort.Ints(a)
                	fmt.Println(a)
                }

                """,
            bare: [
                [
                    "/usr/bin/env", "GOCACHE={}/go-cache", "GOPATH={}/go-path", "go", "build", "-o", "{}/bare",
                    "{}/main.go",
                ], ["{}/bare"],
            ]),
        Program(
            language: "java", file: "Main.java",
            source: """
                import java.util.*;
                import java.util.stream.*;

                public class Main {
                    record Pair(int a, int b) {}
                    public static void main(String[] args) {
                        List<Integer> list = new ArrayList<>(List.of({round}, 2, 3));
                        System.out.println(list.stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
                        System.out.println(new Pair(1, 2));
                    }
                }

                """,
            bare: [["/usr/bin/javac", "-d", "{}", "{}/Main.java"], ["/usr/bin/java", "-cp", "{}", "Main"]]),
        Program(
            language: "typescript", file: "main.ts",
            source: """
                interface Named { name: string; size?: number }
                const all: Named[] = [{ name: "a", size: {round} }, { name: "b" }];
                const sizes = new Map<string, number>(all.map(x => [x.name, x.size ?? 0] as [string, number]));
                console.log([...sizes.values()].sort((a, b) => a - b).join());

                """,
            bare: [
                ["/usr/bin/env", "tsc", "--target", "es2020", "--module", "commonjs", "{}/main.ts"],
                ["/usr/bin/env", "node", "{}/main.js"],
            ]),
    ]
}
