import Glibc
import Sandbox

/// Rows 36-51: output, files, disk.
enum AttacksOnFiles {
    private static let limits = ResourceLimits.attack
    private static let slow = limits.with {
        $0.cpuTime = .seconds(5)
        $0.wallTime = .seconds(10)
    }

    /// Complaints when more was kept than the limit, or a cut was not said.
    private static func isCut(_ stream: CapturedOutput, _ name: String) -> [String] {
        var complaints: [String] = []
        if stream.bytes.count > limits.output { complaints.append("\(name) holds \(stream.bytes.count) bytes") }
        if !stream.isTruncated { complaints.append("\(name) is cut in silence") }
        return complaints
    }

    /// Complaints when any file was fetched.
    private static let fetchesNothing: @Sendable (ExecutionResult) -> [String] = { result in
        result.outputFiles.map { "fetched \($0.key): \($0.value.size) bytes" }
    }

    private static func falseOutput(_ row: Int, _ what: String, _ kind: String, target: String = "/etc/passwd")
        -> Attack
    {
        Attack(
            row: row, name: "an output file that is \(what)", program: .c("false_output_file"),
            arguments: [kind == "folder-link" ? "folder/answer" : "answer", kind, target],
            outputFiles: [kind == "folder-link" ? "folder/answer" : "answer"],
            endings: [.exited(0), .refused], isQuick: true, check: fetchesNothing)
    }

    private static let everyByte = (0...255).map { UInt8($0) }

    static let all: [Attack] = [
        Attack(
            row: 36, name: "a flood on standard output", program: .c("flood"), arguments: ["1"],
            endings: [.limit(.output)], check: { isCut($0.stdout, "stdout") }),
        Attack(
            row: 37, name: "a flood on standard error", program: .c("flood"), arguments: ["2"],
            endings: [.limit(.output)], check: { isCut($0.stderr, "stderr") }),
        Attack(
            row: 37, name: "a flood on both streams in turn", program: .c("flood"), arguments: ["1", "2"],
            endings: [.limit(.output)],
            check: {
                $0.stdout.bytes.count + $0.stderr.bytes.count <= 2 * limits.output ? [] : ["more than both limits"]
            }),
        Attack(
            row: 38, name: "the right answer, then white space without end", program: .c("answer_then_flood"),
            endings: [.limit(.output)], proof: "42\n", check: { isCut($0.stdout, "stdout") }),
        Attack(
            row: 39, name: "output of every byte, bad UTF-8 and terminal codes", program: .c("binary_output"),
            endings: [.exited(0)], isQuick: true,
            check: { result in
                result.stdout.bytes.starts(with: everyByte) && result.stderr.bytes == everyByte
                    ? [] : ["the bytes are not those that were written"]
            }),
        Attack(
            row: 40, name: "a program that closes standard output and goes on", program: .c("close_streams"),
            arguments: ["1"], endings: [.exited(7)], isQuick: true),
        Attack(
            row: 40, name: "a program that closes all its streams", program: .c("close_streams"),
            arguments: ["0", "1", "2"], standardInput: [UInt8](repeating: 10, count: 4 << 20), endings: [.exited(7)],
            isQuick: true),
        Attack(
            row: 40, name: "four mebibytes of input that are never read", program: .c("ignore_input"),
            standardInput: [UInt8](repeating: 10, count: 4 << 20), endings: [.exited(0)], proof: "42", isQuick: true),
        Attack(
            row: 40, name: "a program that plays with its own pipes", program: .c("reopen_streams"),
            endings: [.exited(0)], proof: "42", isQuick: true),
        Attack(
            row: 41, name: "one huge file", program: .c("huge_file"), limits: slow,
            endings: [.limit(.fileSize), .signaled(SIGXFSZ)]),
        Attack(
            row: 41, name: "one huge file with its signal ignored", program: .c("huge_file"), arguments: ["ignore"],
            limits: slow, endings: [.refused]),
        Attack(
            row: 41, name: "files until the disk is full", program: .c("memory_in_folder"), arguments: [".", "96"],
            limits: slow, endings: [.refused], exemption: .noDiskLimit),
        Attack(
            row: 42, name: "a sparse output file of one tebibyte", program: .c("sparse_file"), arguments: ["answer"],
            outputFiles: ["answer"], endings: [.exited(0)], proof: "tried", isQuick: true,
            check: { ($0.outputFiles["answer"]?.size ?? 0) <= limits.fileSize ? [] : ["fetched a sparse file"] }),
        Attack(
            row: 43, name: "sixty thousand files", program: .c("many_files"), limits: slow, endings: [.exited(0)],
            proof: "tried"),
        Attack(
            row: 43, name: "a tree deeper than any path", program: .c("deep_tree"), limits: slow, endings: [.exited(0)],
            proof: "tried"),
        Attack(
            row: 44, name: "locked folders, pipes and loops of links", program: .c("undeletable_files"),
            endings: [.exited(0)], proof: "tried", isQuick: true),
        falseOutput(45, "a link to a host file", "symlink"),
        falseOutput(45, "a link to the secret", "symlink", target: "{secret-file}"),
        falseOutput(45, "a link that leads nowhere", "symlink", target: "/nowhere"),
        falseOutput(45, "a link to its own input", "symlink", target: "attack"),
        falseOutput(45, "behind a linked folder", "folder-link", target: "/etc"),
        falseOutput(46, "a pipe", "fifo"),
        falseOutput(46, "a folder", "folder"),
        falseOutput(46, "a socket", "socket"),
        falseOutput(46, "a device", "device"),
        falseOutput(47, "a second name of another file", "hard-link", target: "/usr/bin/true"),
        Attack(
            row: 47, name: "an output file that is swapped for a link all the time", program: .c("swap_output_file"),
            arguments: ["answer"], outputFiles: ["answer"], endings: [.exited(0)], proof: "42", isQuick: true,
            check: { result in
                guard let file = result.outputFiles["answer"] else { return [] }
                let content = String(decoding: file.bytes(), as: UTF8.self)
                return ["", "honest"].contains(content) ? [] : ["fetched \(content)"]
            }),
        Attack(
            row: 48, name: "files left wherever somebody might read them", program: .c("leave_files"),
            endings: [.exited(0)], proof: "wrote litter", isQuick: true,
            check: { result in
                let outside = [
                    "/etc/", "/usr/", "/root/", "/home/", "/var/", "/proc/", "/opt/", "/srv/", "/run/", "/mnt/",
                ]
                return outside.filter { result.stdout.text.contains("wrote \($0)") }.map { "wrote below \($0)" }
            }),
        Attack(
            row: 49, name: "a program that overwrites itself", program: .c("change_inputs"),
            arguments: ["attack", "/proc/self/exe", "/usr/bin/true"], endings: [.exited(0)], proof: "tried",
            isQuick: true),
        Attack(
            row: 50, name: "a program that changes its input file", program: .c("change_inputs"), arguments: ["input"],
            files: ["input": "as it was"], endings: [.exited(0)], proof: "tried", isQuick: true),
        Attack(
            row: 51, name: "a core dump and the system log", program: .c("dump_core"), endings: [.signaled(SIGABRT)],
            proof: "tried", isQuick: true),
    ]
}
