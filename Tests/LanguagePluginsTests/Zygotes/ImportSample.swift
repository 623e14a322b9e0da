/// Programs that import modules and print all that an import leaves.
enum ImportSample {
    /// What is imported: what zygotes have loaded, what uses it, and what they have not loaded.
    static let statements = [
        "abc", "argparse", "array", "ast", "asyncio", "base64", "bisect", "calendar", "cmath", "code", "codecs",
        "collections", "collections.abc", "concurrent.futures", "configparser", "contextlib", "contextvars", "copy",
        "csv", "dataclasses", "datetime", "decimal", "difflib", "dis", "doctest", "email.message", "enum", "fractions",
        "functools", "getpass", "glob", "graphlib", "gzip", "hashlib", "heapq", "html", "http.client", "importlib",
        "importlib.util", "inspect", "io", "itertools", "json", "json.tool", "keyword", "linecache", "locale",
        "logging", "math", "multiprocessing", "numbers", "operator", "os", "os.path", "pathlib", "pdb", "pickle",
        "platform", "pprint", "queue", "random", "re", "sched", "secrets", "select", "shlex", "shutil", "signal",
        "socket", "sqlite3", "statistics", "string", "struct", "subprocess", "tempfile", "textwrap", "threading",
        "time", "timeit", "tokenize", "tomllib", "traceback", "types", "typing", "unittest", "unittest.mock",
        "urllib.parse", "urllib.request", "uuid", "warnings", "xml.etree.ElementTree", "zipfile", "zlib", "zoneinfo",
        "random, json", "typing, dataclasses, functools", "json, logging, decimal", "unittest, inspect, re",
        "heapq, bisect, collections, math, itertools", "statistics, fractions, numbers", "asyncio, threading, queue",
        "datetime, calendar, time, string, textwrap, copy", "queue, decimal, collections, json, time, statistics",
    ]

    /// A program that imports and then prints the interpreter's tables.
    static func program(_ statement: String) -> SampleProgram {
        let source = """
            import \(statement)
            import atexit, sys
            print(list(sys.modules), list(sys.path_importer_cache), sys.path, sys.meta_path, atexit._ncallbacks())
            for name, module in list(sys.modules.items()):
                table = getattr(module, "__dict__", {})
                print(name, module, list(table))
                for key, value in list(table.items()):
                    if key in ("_blocking_on", "_startTime") or name == "_ctypes":
                        continue
                    if type(value) in (int, str, float, bool, bytes):
                        print(name, key, repr(value)[:200])
                    elif type(value) in (dict, list, set, tuple) and key != "__builtins__":
                        print(name, key, type(value), len(value))
            """
        return SampleProgram(name: "import \(statement)", source: Array(source.utf8))
    }
}
