import Sandbox

/// Programs that look like attacks and must pass.
enum BenignPrograms {
    private static func program(
        _ name: String, _ function: String, _ arguments: [String] = [], input: [UInt8] = [], prints: String,
        limits: ResourceLimits = .attack, exemption: Exemption? = nil
    ) -> Attack {
        Attack(
            row: nil, name: name, program: .c(function), arguments: arguments, standardInput: input, limits: limits,
            endings: [.exited(0)], exemption: exemption,
            check: { $0.stdout.text == prints ? [] : ["printed \($0.stdout.text.prefix(200).debugDescription)"] })
    }

    private static func python(_ name: String, _ source: String, prints: String, exemption: Exemption? = nil) -> Attack
    {
        Attack(
            row: nil, name: name, program: .python(source), endings: [.exited(0)], exemption: exemption,
            check: {
                $0.stdout.text == prints && $0.stderr.bytes.isEmpty
                    ? [] : ["printed \($0.stdout.text.prefix(200).debugDescription), \($0.stderr.text.prefix(200))"]
            })
    }

    static let all: [Attack] = [
        program("a program that forks and waits for its child", "fork_and_wait", prints: "5\n"),
        program("sixteen threads", "use_threads", prints: "16\n"),
        program(
            "temporary files in every writable folder", "use_temporary_files", prints: "42\n",
            exemption: .noFolderOfItsOwn),
        program("temporary files in its working folder", "use_temporary_files", ["here"], prints: "42\n"),
        program(
            "a loopback socket to itself", "talk_to_itself", prints: "4\n", exemption: .noNetworkAtAll),
        program("a handler for its own SIGALRM", "catch_alarm", prints: "42\n"),
        program(
            "ninety per cent of the memory", "use_memory", ["\(90 << 20)"], prints: "42\n",
            limits: .attack.with { $0.memory = 100 << 20 }),
        program(
            "a mebibyte of input that is not read", "ignore_input", input: [UInt8](repeating: 65, count: 1 << 20),
            prints: "42\n"),
        program(
            "sixteen mebibytes of input that are read", "count_input", input: [UInt8](repeating: 65, count: 16 << 20),
            prints: "16777216\n"),
        program(
            "output of exactly the limit", "write_bytes", ["\(1 << 20)"], prints: String(repeating: "y", count: 1 << 20)
        ),
        program(
            "deep recursion under a raised limit", "recurse_deeply", ["90000"], prints: "90000\n",
            limits: .attack.with {
                $0.stack = 120 << 20; $0.memory = 256 << 20
            }),
        python("sys.exit(0) after the answer", "import sys\nprint(42)\nsys.exit(0)\n", prints: "42\n"),
        python("no newline at the end", "print(42, end='')\n", prints: "42"),
        python(
            "words that a filter might fear",
            "def kill(system, exec_, fork): return system + exec_ + fork\nprint(kill('os.', 'system', '(rm -rf)'))\n",
            prints: "os.system(rm -rf)\n"),
        python(
            "subprocess, threads and temporary files of Python",
            """
            import concurrent.futures, subprocess, tempfile
            with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(4) as pool:
                print(sum(pool.map(int, subprocess.run(["/bin/echo", "20 22"], capture_output=True).stdout.split())))
            """, prints: "42\n"),
        python(
            "multiprocessing with a queue",
            """
            import multiprocessing
            def work(queue): queue.put(42)
            if __name__ == "__main__":
                queue = multiprocessing.Queue()
                child = multiprocessing.Process(target=work, args=(queue,))
                child.start()
                print(queue.get())
                child.join()
            """, prints: "42\n", exemption: .noFolderOfItsOwn),
    ]
}
