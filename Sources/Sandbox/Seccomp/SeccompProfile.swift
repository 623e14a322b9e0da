/// A named set of refused system calls.
///
/// Calls are refused with an error, not by killing, so that a runtime that only tries one (numpy, the JVM, Go, V8) falls
/// back and lives. What can only be an attempt to step round the filter, a foreign architecture, is killed.
struct SeccompProfile: Sendable {
    /// Refused with EPERM: what could change the box, look into other processes, or reach rarely used parts of the kernel.
    static let forbidden = [
        // Namespaces and mounts.
        "unshare", "setns", "mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen",
        "fsconfig", "fsmount", "fspick", "mount_setattr", "open_tree_attr", "listmount", "statmount",
        // Other processes.
        "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp", "pidfd_getfd",
        "migrate_pages", "move_pages",
        // The kernel itself.
        "bpf", "perf_event_open", "userfaultfd", "add_key", "request_key", "keyctl", "kexec_load", "kexec_file_load",
        "init_module", "finit_module", "delete_module", "reboot", "swapon", "swapoff", "acct", "quotactl",
        "quotactl_fd", "syslog", "iopl", "ioperm", "modify_ldt", "vhangup", "nfsservctl", "lookup_dcookie", "uselib",
        "ustat", "sysfs", "_sysctl", "memfd_secret", "fanotify_init", "open_by_handle_at", "name_to_handle_at",
        // Clocks and names of the host.
        "clock_settime", "clock_adjtime", "settimeofday", "adjtimex", "stime", "sethostname", "setdomainname",
    ]

    /// Refused with ENOSYS, so that a library uses what it used before these calls were there.
    static let absent = ["io_uring_setup", "io_uring_enter", "io_uring_register"]

    /// Refused with ENOSYS because runs of a slot share its IPC namespace.
    static let systemVIPC = [
        "shmget", "shmat", "shmctl", "shmdt", "semget", "semop", "semctl", "semtimedop", "msgget", "msgsnd", "msgrcv",
        "msgctl", "ipc", "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify", "mq_getsetattr",
    ]

    /// The flags of clone(2) that make namespaces.
    static let namespaceFlags: [UInt64] = [
        0x0002_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000,
    ]

    /// Terminal requests that put words into somebody's mouth: TIOCSTI, TIOCLINUX, TIOCSETD.
    static let terminalRequests: [UInt64] = [0x5412, 0x541C, 0x5423]

    /// Whether the internet families are refused too, because there is no network namespace to hold them.
    var refusesInternet: Bool
    /// Whether the launcher is process 1 of the run's PID namespace; else any number but 0 may be its.
    var launcherIsFirstProcess: Bool
    /// Whether `clone3` is refused by this filter; where the launcher needs it, a second filter refuses it to the run.
    var refusesClone3: Bool
}
