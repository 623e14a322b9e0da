import Sandbox

/// Rows 69-77: the compiler as the attacker's tool.
///
/// The compiler is the command in the box.
enum AttacksOnCompilers {
    private static let limits = ResourceLimits(
        cpuTime: .seconds(4), wallTime: .seconds(10), memory: 512 << 20, processes: 32, output: 1 << 20,
        fileSize: 32 << 20, disk: 64 << 20, openFiles: 128, stack: 8 << 20)

    private static func compile(
        _ row: Int, _ name: String, _ source: String, options: [String] = [], file: String = "main.c",
        files: [String: String] = [:], endings: [Ending]
    ) -> Attack {
        var all = files
        all[file] = source
        let compiler = file.hasSuffix("cpp") ? "g++" : "gcc"
        return Attack(
            row: row, name: name, program: .command([compiler, "-o", "program"] + options + [file]), files: all,
            outputFiles: ["program"], limits: limits, endings: endings,
            check: { $0.outputFiles.isEmpty ? [] : ["a program came out"] })
    }

    private static let held: [Ending] = [
        .failed, .limit(.cpuTime), .limit(.wallTime), .limit(.memory), .limit(.fileSize), .limit(.output),
    ]

    /// The file that multiplies: each line of a level uses the one below ten times.
    private static let laughs: String =
        "#define M0 \"ha\"\n"
        + (1...12).map { level in
            "#define M\(level) " + Array(repeating: "M\(level - 1)", count: 10).joined(separator: " ") + "\n"
        }.joined() + "const char *text = M12;\nint main(void) { return 0; }\n"

    static let all: [Attack] =
        [
            compile(
                69, "an array of gibibytes with one element set",
                "int space[1 << 28] = {1};\nint main(void) { return 0; }\n",
                endings: held),
            compile(
                69, "gibibytes of space in assembly",
                "__asm__(\".data\\n.space 0x100000000, 1\\n\");\nint main(void) { return 0; }\n", endings: held),
            compile(70, "an included /dev/zero", "#include \"/dev/zero\"\n", endings: held),
            compile(70, "an included /dev/urandom", "#include \"/dev/urandom\"\n", endings: held),
            compile(70, "an included /dev/tty", "#include \"/dev/tty\"\n", endings: [.failed]),
            compile(70, "an included /dev/stdin", "#include \"/dev/stdin\"\n#error stop\n", endings: [.failed]),
            compile(
                71, "a file that includes itself twice", "#include \"main.c\"\n#include \"main.c\"\n", endings: held),
            compile(71, "a billion laughs in macros", laughs, endings: held),
            compile(
                72, "templates that call themselves twice",
                """
                template <int N, int M> struct grow { static const int value = grow<N - 1, M * 2>::value + grow<N - 1, M * 2 + 1>::value; };
                template <int M> struct grow<0, M> { static const int value = 1; };
                int main() { return grow<26, 1>::value; }
                """, file: "main.cpp", endings: held),
            compile(
                72, "constants that are computed for ever",
                """
                constexpr int spin() { int n = 0; for (long i = 0; i < 1L << 40; i++) n ^= (int)i; return n; }
                constexpr int value = spin();
                int main() { return value; }
                """, options: ["-fconstexpr-ops-limit=1000000000000", "-fconstexpr-loop-limit=2000000000"],
                file: "main.cpp",
                endings: held),
            compile(
                73, "a flood of diagnostics",
                "#define A x y; z w; u v;\n#define B A A A A A A A A\n#define C B B B B B B B B\n"
                    + String(repeating: "C C C C C C C C\n", count: 40), endings: held),
            compile(
                74, "assembly that embeds the secret",
                "__asm__(\".incbin \\\"{secret-file}\\\"\\n\");\nint main(void) { return 0; }\n", endings: [.failed]),
            compile(74, "an include of the secret", "#include \"{secret-file}\"\n", endings: [.failed]),
            compile(
                74, "a compiler driver that runs a program",
                "int main(void) { return 0; }\n", options: ["-wrapper", "/bin/cat,{secret-file}"], endings: [.failed]),
            compile(
                75, "answers embedded by a path out of the folder",
                "__asm__(\".incbin \\\"../answers\\\"\\n.incbin \\\"../../answers\\\"\\n\");\nint main(void) { return 0; }\n",
                endings: [.failed]),
            compile(
                75, "answers embedded out of /proc",
                "__asm__(\".incbin \\\"/proc/1/cwd/answers\\\"\\n\");\nint main(void) { return 0; }\n",
                endings: [.failed]),
        ] + oddNames + [
            Attack(
                row: 77, name: "modules of the bundle that shadow the standard ones",
                program: .python("import json, random\nprint(json.dumps(1))\n"),
                files: [
                    "json.py": "def dumps(value): return 'shadowed'\n", "sitecustomize.py": "print('loaded')\n",
                    "random.py": "raise SystemExit(0)\n", ".pythonrc": "print('loaded')\n",
                ], endings: [.exited(0)])
        ]

    /// Row 76: names that a shell or an option parser would stumble over.
    private static let oddNames: [Attack] = [
        "with space", "quote\"'", "-rf", "new\nline", "$(touch litter)", ";litter", "тест",
        String(repeating: "n", count: 200),
    ].map { name in
        Attack(
            row: 76, name: "the file name \(name.prefix(20).debugDescription)",
            program: .command(["/bin/cat", "--", name]),
            files: [name: "42\n"], endings: [.exited(0)], proof: "42", isQuick: true)
    }
}
