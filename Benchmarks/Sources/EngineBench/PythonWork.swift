import Glibc

/// Small Python programs, whose cost is the interpreter's start and their imports.
enum PythonWork {
    private static let twentyImports = """
        import abc, bisect, collections, copy, dataclasses, datetime, decimal, enum, fractions, functools
        import heapq, itertools, json, math, operator, random, re, statistics, string, typing
        print(1)
        """

    /// The rows of the table; numpy's is there where numpy is.
    static var all: [Work] {
        [
            work("python `print(1)`", "print(1)", goal: "4"),
            work("python, twenty standard imports", twentyImports, goal: "8"),
        ]
            + (access("/usr/lib/python3/dist-packages/numpy", F_OK) == 0
                ? [work("python, `import numpy`", "import numpy\nprint(numpy.arange(9).sum())", goal: "30")] : [])
    }

    private static func work(_ name: String, _ source: String, goal: String) -> Work {
        Work(
            name: name, goal: goal, bare: { _ in try Work.spawn(["/usr/bin/python3", "-c", source]) },
            engine: { runner, _ in try await Work.run(runner, "python", source) })
    }
}
