import Sandbox

/// Rows 1-12: processor time, wall time, clocks.
enum AttacksOnTime {
    private static let short = ResourceLimits.attack.with {
        $0.cpuTime = .milliseconds(300)
        $0.wallTime = .seconds(5)
    }
    private static let brief = ResourceLimits.attack.with { $0.wallTime = .milliseconds(500) }

    static let all: [Attack] = [
        Attack(
            row: 1, name: "a busy loop that ignores and blocks every signal", program: .c("busy_loop"), limits: short,
            endings: [.limit(.cpuTime)]),
        Attack(
            row: 2, name: "a program that pauses for ever", program: .c("pause_forever"), limits: brief,
            endings: [.limit(.wallTime)]),
        Attack(
            row: 2, name: "a program that selects for ever", program: .c("select_forever"), limits: brief,
            endings: [.limit(.wallTime)]),
        Attack(
            row: 2, name: "a program that sleeps for ever", program: .c("sleep_forever"), limits: brief,
            endings: [.limit(.wallTime)]),
        Attack(
            row: 3, name: "a program that stops itself", program: .c("stop_itself"), limits: brief,
            endings: [.limit(.wallTime)]),
        Attack(
            row: 4, name: "processor time spent in children", program: .c("spin_in_children"), limits: short,
            endings: [.limit(.cpuTime)]),
        Attack(
            row: 4, name: "processor time spent in a thousand short children", program: .c("spin_in_short_children"),
            limits: short, endings: [.limit(.cpuTime)],
            weaker: [.userns: [.limit(.cpuTime), .limit(.wallTime)]]),
        Attack(
            row: 5, name: "processor time spent in threads", program: .c("spin_in_threads"), limits: short,
            endings: [.limit(.cpuTime)]),
        Attack(
            row: 6, name: "output that trickles for ever", program: .c("trickle_output"), limits: brief,
            endings: [.limit(.wallTime)], proof: "4444"),
        Attack(
            row: 7, name: "a forged message of a time limit", program: .c("fake_timeout_text"), endings: [.exited(0)],
            isQuick: true),
        Attack(
            row: 8, name: "stop signals to the supervisor and to process 1", program: .c("stop_the_supervisor"),
            arguments: ["{judge}"], endings: [.exited(0)], proof: "tried", isQuick: true),
        Attack(
            row: 9, name: "attempts to set the clock", program: .c("set_the_clock"), endings: [.exited(0)],
            proof: "tried"),
        Attack(
            row: 10, name: "a parent stuck in vfork, and page faults nobody serves", program: .c("hang_in_vfork"),
            limits: brief, endings: [.limit(.wallTime)], proof: "tried"),
        Attack(
            row: 11, name: "attempts to raise its priority", program: .c("raise_priority"), endings: [.exited(0)],
            proof: "tried"),
        Attack(
            row: 11, name: "limits, priorities and cores set for other processes", program: .c("disturb_others"),
            arguments: ["{judge}"], endings: [.exited(0)], proof: "tried", isQuick: true),
        Attack(
            row: 12, name: "an exit handler that spins", program: .c("hang_at_exit"), limits: short,
            endings: [.limit(.cpuTime)]),
        Attack(
            row: 12, name: "a thread that outlives main",
            program: .python(
                """
                import threading, time
                threading.Thread(target=lambda: time.sleep(1000)).start()
                print(42)
                """), limits: .attack.with { $0.wallTime = .seconds(1) }, endings: [.limit(.wallTime)], proof: "42"),
    ]
}
