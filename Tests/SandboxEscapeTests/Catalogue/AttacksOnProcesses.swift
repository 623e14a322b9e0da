import Glibc
import Sandbox

/// Rows 24-35: processes and signals.
enum AttacksOnProcesses {
    private static let processes = ResourceLimits.attack.processes
    private static let short = ResourceLimits.attack.with {
        $0.cpuTime = .milliseconds(600)
        $0.wallTime = .seconds(5)
    }

    /// Without control groups the time of a live tree is not summed, so the wall clock ends it.
    private static let cpuByWall: [IsolationLevel: [Ending]] = [.userns: [.limit(.cpuTime), .limit(.wallTime)]]

    /// Complaints when a bomb did not reach the limit: then something else held it, by chance.
    private static let reachesLimit: @Sendable (ExecutionResult) -> [String] = { result in
        result.usage.processLimitHits == 0 && result.isolation.level == .full
            ? ["the process limit was not reached"] : []
    }

    static let all: [Attack] =
        [
            Attack(
                row: 24, name: "a fork bomb of two thousand children", program: .c("fork_bomb"),
                arguments: ["\(processes)"], endings: [.exited(0)], exemption: .noProcessLimit, proof: "tried",
                check: reachesLimit),
            Attack(
                row: 24, name: "a fork bomb of twelve generations", program: .c("fork_bomb_by_generations"),
                limits: short,
                endings: [.limit(.cpuTime)], weaker: cpuByWall, exemption: .noProcessLimit, check: reachesLimit),
            Attack(
                row: 24, name: "a fork bomb in the shell",
                program: .bash(
                    """
                    bomb() { if [ $1 -gt 0 ]; then bomb $(($1 - 1)) & bomb $(($1 - 1)) & wait; fi; }
                    bomb 9
                    """), endings: [.contained], check: reachesLimit),
            Attack(
                row: 24, name: "a fork bomb by way of subprocess",
                program: .python(
                    """
                    import subprocess
                    held = []
                    for _ in range(300):
                        try:
                            held.append(subprocess.Popen(["/bin/sleep", "20"]))
                        except OSError:
                            pass
                    print("tried")
                    """), endings: [.exited(0), .limit(.cpuTime)], exemption: .noProcessLimit, check: reachesLimit),
            Attack(
                row: 25, name: "a fork bomb whose children each lead a session", program: .c("fork_bomb_with_sessions"),
                limits: short, endings: [.limit(.cpuTime)], exemption: .noProcessLimit, check: reachesLimit),
            Attack(
                row: 26, name: "a daemon that spins on after its parent answered", program: .c("orphan_daemon"),
                endings: [.exited(0)], proof: "42", isQuick: true),
            Attack(
                row: 26, name: "a stopped daemon", program: .c("orphan_stopped"), endings: [.exited(0)], proof: "42",
                isQuick: true),
            Attack(
                row: 27, name: "an orphan that holds the pipe open", program: .c("orphan_holds_the_pipe"),
                endings: [.exited(0)], proof: "42", isQuick: true),
            Attack(
                row: 27, name: "an orphan that writes after the end", program: .c("orphan_writes_on"),
                endings: [.exited(0)], proof: "42", isQuick: true),
            Attack(
                row: 28, name: "SIGKILL to every process it may signal", program: .c("kill_everybody"),
                arguments: ["{judge}"], endings: [.exited(0), .signaled(SIGKILL)], isQuick: true),
            Attack(
                row: 29, name: "deadly signals to the supervisor and to guessed processes",
                program: .c("kill_the_supervisor"), arguments: ["{judge}"], endings: [.exited(0)], proof: "tried",
                isQuick: true),
            Attack(
                row: 30, name: "a thread bomb", program: .c("thread_bomb"), arguments: ["\(processes)"],
                endings: [.exited(0)], exemption: .noProcessLimit, proof: "tried", check: reachesLimit),
            Attack(
                row: 31, name: "vfork in vfork, and clone3", program: .c("newer_clones"), endings: [.exited(0)],
                exemption: .noProcessLimit, proof: "tried"),
            Attack(
                row: 32, name: "a farm of zombies", program: .c("zombie_farm"),
                endings: [.exited(0), .limit(.cpuTime)], exemption: .noProcessLimit,
                check: reachesLimit),
            Attack(
                row: 33, name: "tracing, reading and robbing other processes", program: .c("trace_others"),
                arguments: ["{judge}"], endings: [.exited(0)], proof: "tried"),
            Attack(
                row: 34, name: "set-user-id programs and left-over capabilities", program: .c("gain_privileges"),
                limits: .attack.with { $0.wallTime = .seconds(4) }, endings: [.exited(0)], proof: "tried"),
            Attack(
                row: 34, name: "capabilities in the bounding set", program: .c("read_bounding_set"),
                endings: [.exited(0)], exemption: .keepsBoundingSet, proof: "tried", isQuick: true),
        ] + exitCodes

    /// Row 35: codes that look like another's.
    private static let exitCodes: [Attack] =
        [(256, 0), (-1, 255), (124, 124), (137, 137), (139, 139), (64, 64), (127, 127)].map { code, seen in
            Attack(
                row: 35, name: "exit code \(code)", program: .c("exit_with"), arguments: ["\(code)"],
                endings: [.exited(Int32(seen))], isQuick: true)
        }
        + [SIGKILL, SIGTERM, SIGSEGV, SIGXCPU, SIGXFSZ, SIGSYS, 34, 64].map { number in
            Attack(
                row: 35, name: "death by its own signal \(number)", program: .c("die_by"), arguments: ["\(number)"],
                endings: number == SIGXFSZ ? [.signaled(number), .limit(.fileSize)] : [.signaled(number)], isQuick: true
            )
        }
}
