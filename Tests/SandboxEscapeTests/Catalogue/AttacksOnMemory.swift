import Glibc
import Sandbox

/// Rows 13-23: memory.
///
/// Without control groups a limit is kept by watching and by the limits of the process, so the program may be refused
/// memory instead of being ended; both are right, more memory than the limit is not.
enum AttacksOnMemory {
    private static let ample = ResourceLimits.attack.with {
        $0.memory = 96 << 20
        $0.cpuTime = .seconds(4)
        $0.wallTime = .seconds(8)
    }
    /// The disk is the wider limit, so that memory must hold.
    private static let ampleDisk = ample.with {
        $0.disk = 512 << 20
        $0.memory = 64 << 20
    }
    private static let heldOrRefused: [IsolationLevel: [Ending]] = [.userns: [.limit(.memory), .refused]]

    static let all: [Attack] = [
        Attack(
            row: 13, name: "a heap that grows until it is refused", program: .c("heap_bomb"), limits: ample,
            endings: [.limit(.memory)], weaker: heldOrRefused),
        Attack(
            row: 14, name: "a static array of one gibibyte", program: .standalone("static-bomb"), limits: ample,
            endings: [.limit(.memory)],
            weaker: [.userns: [.limit(.memory), .signaled(SIGKILL), .signaled(SIGSEGV), .failed]]),
        Attack(
            row: 15, name: "a tebibyte reserved and never touched", program: .c("reserve_without_touching"),
            endings: [.exited(0)], proof: "re"),
        Attack(
            row: 16, name: "unbounded recursion in C", program: .c("stack_bomb"), endings: [.signaled(SIGSEGV)]),
        Attack(
            row: 16, name: "unbounded recursion in Python", program: .python("def f(n): return f(n + 1)\nf(0)\n"),
            endings: [.exited(1)],
            check: { $0.stderr.text.contains("RecursionError") ? [] : ["no RecursionError: \($0.stderr.text)"] }),
        Attack(
            row: 17, name: "a loop that swallows every refusal of memory", program: .c("swallow_refusals"),
            limits: ample,
            endings: [.limit(.memory)], weaker: [.userns: [.limit(.memory), .limit(.cpuTime)]]),
        Attack(
            row: 17, name: "a loop that swallows every MemoryError",
            program: .python(
                """
                held = []
                while True:
                    try:
                        held.append(bytearray(1 << 20))
                    except MemoryError:
                        pass
                """), limits: ample, endings: [.limit(.memory)],
            weaker: [.userns: [.limit(.memory), .limit(.cpuTime)]]),
        Attack(
            row: 18, name: "memory in files of /dev/shm", program: .c("memory_in_folder"),
            arguments: ["/dev/shm", "192"],
            limits: ampleDisk, endings: [.limit(.memory), .refused]),
        Attack(
            row: 18, name: "memory in files of /tmp", program: .c("memory_in_folder"), arguments: ["/tmp", "192"],
            limits: ampleDisk, endings: [.limit(.memory), .refused]),
        Attack(
            row: 18, name: "memory in anonymous files", program: .c("memory_in_memfd"), limits: ampleDisk,
            endings: [.limit(.memory), .refused], exemption: .noMemoryAccounting),
        Attack(
            row: 18, name: "memory in shared mappings", program: .c("memory_in_shared_mappings"), limits: ampleDisk,
            endings: [.limit(.memory), .refused], exemption: .noMemoryAccounting),
        Attack(
            row: 18, name: "memory in detached SysV segments", program: .c("memory_in_sysv_segments"),
            limits: ampleDisk,
            endings: [.limit(.memory), .refused]),
        Attack(
            row: 19, name: "memory in pipes and sockets", program: .c("memory_in_pipes"),
            limits: ample.with { $0.openFiles = 1024 }, endings: [.exited(0), .limit(.memory), .limit(.cpuTime)]),
        Attack(
            row: 19, name: "memory in mappings and page tables", program: .c("memory_in_mappings"), limits: ample,
            endings: [.limit(.memory), .refused]),
        Attack(
            row: 20, name: "memory split over many processes", program: .c("memory_split_over_processes"),
            arguments: ["16", "16"], limits: ample, endings: [.limit(.memory)], weaker: heldOrRefused),
        Attack(
            row: 21, name: "a child that hopes another is killed for its hunger", program: .c("choose_the_victim"),
            limits: ample, endings: [.limit(.memory)], weaker: [.userns: [.limit(.memory), .exited(0)]]),
        Attack(
            row: 22, name: "an integer of a billion digits", program: .python("print(len(bin(10 ** 10 ** 9)))"),
            limits: .attack, endings: [.limit(.memory), .limit(.cpuTime), .exited(1)]),
        Attack(
            row: 22, name: "a string of a tebibyte", program: .python("print(len('a' * 10 ** 12))"), limits: ample,
            endings: [.limit(.memory), .exited(1)]),
        Attack(
            row: 22, name: "a quadratic conversion of digits",
            program: .python("import sys\nsys.set_int_max_str_digits(0)\nprint(int('9' * 5_000_000) % 7)"),
            endings: [.limit(.cpuTime)]),
        Attack(
            row: 23, name: "a regular expression that backtracks for ever",
            program: .python("import re\nprint(re.match(r'(a+)+$', 'a' * 60 + 'b'))"), endings: [.limit(.cpuTime)]),
        Attack(
            row: 23, name: "keys that all collide",
            program: .python(
                """
                step = (1 << 61) - 1
                print(len({i * step for i in range(200_000)}))
                """), endings: [.limit(.cpuTime)]),
    ]
}
