import Glibc
import Sandbox

/// Rows 53-67: reading and reaching what is not its own.
enum AttacksOnSecrets {
    private static func probe(_ row: Int, _ name: String, _ function: String, _ arguments: [String] = []) -> Attack {
        Attack(
            row: row, name: name, program: .c(function), arguments: arguments, endings: [.exited(0)], proof: "tried",
            isQuick: true)
    }

    private static let hostFiles = ["{secret-file}", "{package}/Tests/SandboxEscapeTests/Attacks/attack.h"]

    static let all: [Attack] = [
        probe(
            53, "a search for the answers on the host", "read_host_files", hostFiles),
        Attack(
            row: 53, name: "names and sizes of the host's files", program: .c("see_host_files"), arguments: hostFiles,
            endings: [.exited(0)], exemption: .seesNames, proof: "tried", isQuick: true),
        Attack(
            row: 53, name: "a search of every folder for the secret",
            program: .python(
                """
                import os
                for folder, folders, names in os.walk("/"):
                    if folder.startswith(("/usr", "/proc/self", "/sys")):
                        folders[:] = []
                        continue
                    for name in names:
                        if name.startswith("answers"):
                            print("ESCAPED:", os.path.join(folder, name))
                print("tried")
                """), limits: .attack.with { $0.cpuTime = .seconds(5) }, endings: [.exited(0)], proof: "tried"),
        probe(54, "a walk through /proc", "walk_processes", ["{judge}"]),
        probe(55, "descriptors that were left open", "use_inherited_descriptors"),
        probe(
            56, "secrets in the environment", "read_environment",
            ["RETORT_ESCAPE_MARK", "PATH", "HOME", "TMPDIR", "LANG", "PWD", "USER"]),
        probe(57, "an overwritten launcher", "overwrite_the_launcher"),
        probe(58, "knobs of the kernel in /proc and /sys", "write_kernel_knobs"),
        probe(59, "namespaces in namespaces", "nest_namespaces"),
        probe(60, "mounts, unmounts and other roots", "change_mounts"),
        probe(61, "system calls that nobody needs", "refused_calls"),
        Attack(
            row: 62, name: "32-bit calls through int 0x80", program: .c("call_as_32_bit"),
            endings: [.signaled(SIGSYS), .exited(0)], isQuick: true),
        Attack(
            row: 62, name: "calls with x32 numbers", program: .c("call_as_x32"),
            endings: [.signaled(SIGSYS), .exited(0)], isQuick: true),
        probe(63, "keys pushed into a terminal", "push_terminal_input"),
        probe(64, "raw devices", "make_devices"),
        probe(65, "abstract sockets of the host", "reach_abstract_socket", ["{abstract-socket}"]),
        probe(66, "the network, out and to the host", "reach_network", ["{port}"]),
        Attack(
            row: 67, name: "channels left for the next run", program: .c("leave_channels"), endings: [.exited(0)],
            proof: "42", isQuick: true),
        Attack(
            row: 84, name: "a poisoned worker: umask, folder, limits, signals, priorities", program: .c("poison_state"),
            endings: [.exited(0)], isQuick: true),
    ]
}
