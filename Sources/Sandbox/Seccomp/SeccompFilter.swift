import CSandbox
import CSeccomp
import Glibc

/// A profile compiled to a BPF program by libseccomp.
struct SeccompFilter: Sendable {
    /// Instructions of 8 bytes each.
    let instructions: [UInt8]

    /// Takes instructions as they are.
    init(instructions: [UInt8]) { self.instructions = instructions }

    /// The number of instructions.
    var count: Int { instructions.count / 8 }

    /// Compiles a profile.
    ///
    /// - Throws: `SandboxError` when libseccomp refuses; the filter has then not been made.
    init(_ profile: SeccompProfile) throws(SandboxError) {
        guard let context = seccomp_init(cseccomp_allow()) else {
            throw SandboxError(stage: "seccomp", errno: ENOMEM, message: "no filter could be made")
        }
        defer { seccomp_release(context) }
        var rules = Rules(context: context)
        rules.set(SCMP_FLTATR_ACT_BADARCH, cseccomp_kill_process())
        // A binary tree: the cost of a call does not grow with the number of refused ones.
        rules.set(SCMP_FLTATR_CTL_OPTIMIZE, 2)
        for name in SeccompProfile.forbidden { rules.refuse(name, EPERM) }
        for name in SeccompProfile.absent + SeccompProfile.systemVIPC { rules.refuse(name, ENOSYS) }
        if profile.refusesClone3 { rules.refuse("clone3", ENOSYS) }
        for flag in SeccompProfile.namespaceFlags {
            rules.refuse("clone", EPERM, scmp_arg_cmp(arg: 0, op: SCMP_CMP_MASKED_EQ, datum_a: flag, datum_b: flag))
        }
        for request in SeccompProfile.terminalRequests {
            rules.refuse(
                "ioctl", EPERM, scmp_arg_cmp(arg: 1, op: SCMP_CMP_MASKED_EQ, datum_a: 0xFFFF_FFFF, datum_b: request))
        }
        rules.refuseSockets(internet: profile.refusesInternet)
        rules.refuseReachingLauncher(isFirstProcess: profile.launcherIsFirstProcess)
        if rules.error != 0 {
            throw SandboxError(
                stage: "seccomp", errno: Int32(0) - rules.error, message: "a rule was refused by libseccomp")
        }
        instructions = try Self.export(context)
    }

    private static func export(_ context: scmp_filter_ctx) throws(SandboxError) -> [UInt8] {
        let file = csandbox_memory_file()
        guard file >= 0 else { throw SandboxError(stage: "seccomp", errno: Glibc.errno, message: "no memory file") }
        defer { close(file) }
        let result = seccomp_export_bpf(context, file)
        let size = lseek(file, 0, SEEK_END)
        guard result == 0, size > 0, size % 8 == 0 else {
            throw SandboxError(stage: "seccomp", errno: Int32(0) - result, message: "the filter could not be exported")
        }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        let got = pread(file, &bytes, bytes.count, 0)
        guard got == bytes.count else {
            throw SandboxError(stage: "seccomp", errno: Glibc.errno, message: "the filter could not be read back")
        }
        return bytes
    }
}

/// Rules added one by one; the first error is kept.
private struct Rules {
    let context: scmp_filter_ctx
    var error: Int32 = 0

    mutating func set(_ attribute: scmp_filter_attr, _ value: UInt32) {
        let result = seccomp_attr_set(context, attribute, value)
        if error == 0 { error = result }
    }

    /// Refuses a call, or the calls whose argument compares so; a name that this architecture lacks needs no rule.
    mutating func refuse(_ name: String, _ value: Int32, _ comparisons: scmp_arg_cmp...) {
        let number = seccomp_syscall_resolve_name(name)
        guard number != cseccomp_unknown() else { return }
        let result = seccomp_rule_add_array(
            context, cseccomp_errno(value), number, UInt32(comparisons.count), comparisons)
        if error == 0 { error = result }
    }

    /// Refuses to change the limits and the scheduling of the launcher, which may have the run's own identity.
    ///
    /// The kernel asks only whether the users are equal: prlimit(2), sched_setaffinity(2), setpriority(2).
    mutating func refuseReachingLauncher(isFirstProcess: Bool) {
        let launcher = { (argument: UInt32) in
            isFirstProcess
                ? scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: 0xFFFF_FFFF, datum_b: 1)
                : scmp_arg_cmp(arg: argument, op: SCMP_CMP_NE, datum_a: 0, datum_b: 0)
        }
        // Reading limits is no harm; a new limit for oneself is asked for with process 0.
        refuse(
            "prlimit64", EPERM, scmp_arg_cmp(arg: 0, op: SCMP_CMP_NE, datum_a: 0, datum_b: 0),
            scmp_arg_cmp(arg: 2, op: SCMP_CMP_NE, datum_a: 0, datum_b: 0))
        for name in ["sched_setaffinity", "sched_setscheduler", "sched_setparam", "sched_setattr"] {
            refuse(name, EPERM, launcher(0))
        }
        refuse("setpriority", EPERM, launcher(1))
        refuse("ioprio_set", EPERM, launcher(1))
        // All processes of the user at once; the numbers differ between the two calls.
        refuse("setpriority", EPERM, scmp_arg_cmp(arg: 0, op: SCMP_CMP_MASKED_EQ, datum_a: 0xFFFF_FFFF, datum_b: 2))
        refuse("ioprio_set", EPERM, scmp_arg_cmp(arg: 0, op: SCMP_CMP_MASKED_EQ, datum_a: 0xFFFF_FFFF, datum_b: 3))
    }

    /// Leaves Unix sockets, and the internet families without raw access where they lead nowhere.
    mutating func refuseSockets(internet: Bool) {
        let refused: [UInt64] = [0, 3, 4, 5, 6, 7, 8, 9] + (internet ? [2, 10] : [])
        for family in refused {
            refuse("socket", EAFNOSUPPORT, scmp_arg_cmp(arg: 0, op: SCMP_CMP_EQ, datum_a: family, datum_b: 0))
        }
        refuse("socket", EAFNOSUPPORT, scmp_arg_cmp(arg: 0, op: SCMP_CMP_GE, datum_a: 11, datum_b: 0))
        // SOCK_RAW and SOCK_PACKET; the high bits are flags.
        for type: UInt64 in [3, 10] {
            refuse("socket", EPERM, scmp_arg_cmp(arg: 1, op: SCMP_CMP_MASKED_EQ, datum_a: 0xF, datum_b: type))
        }
    }
}
