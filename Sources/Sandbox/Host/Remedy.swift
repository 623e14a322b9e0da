import Glibc

/// What to do about a stage that failed.
enum Remedy {
    /// A hint for a stage and its errno; empty when there is none to give.
    static func of(stage: String, errno: Int32) -> String {
        switch stage {
        case "clone slot" where errno == ENOSPC || errno == EPERM || errno == EUSERS:
            "allow user namespaces: sysctl user.max_user_namespaces=10000"
                + " (and kernel.apparmor_restrict_unprivileged_userns=0 where there is such)"
        case "id map":
            "user namespaces are restricted here: see kernel.apparmor_restrict_unprivileged_userns"
        case "mount proc" where errno == EPERM:
            "parts of /proc are masked by the container: give it an unmasked /proc, or privileges"
        case "cgroup create", "cgroup attach", "cgroup open":
            "run as root or in a delegated unit: systemd-run --user --scope -p Delegate=yes COMMAND"
        case "landlock":
            "use Linux 6.12 or later with landlock in the lsm= list"
        case "input file" where errno == ENOSPC:
            "raise the disk limit: the input files do not fit"
        case "execve" where errno == ENOENT:
            "the command is not in the box: add its folder to the view, or install it"
        default: ""
        }
    }
}
