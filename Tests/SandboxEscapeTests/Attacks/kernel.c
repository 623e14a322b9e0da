/* Rows 59-64: the kernel's surface. */
#include "attack.h"
#include <linux/mount.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/sysmacros.h>
#include <termios.h>

ATTACK(nest_namespaces) {
    static const struct {
        const char *name;
        int flag;
    } spaces[] = {{"user", CLONE_NEWUSER}, {"mount", CLONE_NEWNS}, {"pid", CLONE_NEWPID}, {"net", CLONE_NEWNET}, {"ipc", CLONE_NEWIPC},
                  {"uts", CLONE_NEWUTS}, {"cgroup", CLONE_NEWCGROUP}, {"user and mount", CLONE_NEWUSER | CLONE_NEWNS}};
    for (unsigned i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        pid_t child = fork();
        if (child == 0) {
            if (unshare(spaces[i].flag) == 0) escaped("unshared %s", spaces[i].name);
            _exit(0);
        }
        waitpid(child, NULL, 0);
        long made = syscall(SYS_clone, spaces[i].flag | SIGCHLD, 0, 0, 0, 0);
        if (made == 0) _exit(0);
        if (made > 0) escaped("cloned into a new %s namespace", spaces[i].name);
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/ns/%.3s", getppid(), spaces[i].name);
        int other = open(path, O_RDONLY);
        if (other >= 0) expect_refused("setns", setns(other, 0));
    }
    expect_refused("socket(netfilter)", socket(AF_NETLINK, SOCK_RAW, 12));
    return tried();
}

ATTACK(change_mounts) {
    mkdir("here", 0700);
    expect_refused("mount(tmpfs)", mount("none", "here", "tmpfs", 0, NULL));
    expect_refused("mount(proc)", mount("none", "here", "proc", 0, NULL));
    expect_refused("mount(bind)", mount("/", "here", NULL, MS_BIND | MS_REC, NULL));
    expect_refused("mount(remount /usr)", mount(NULL, "/usr", NULL, MS_REMOUNT | MS_BIND, NULL));
    expect_refused("mount(private)", mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL));
    expect_refused("mount(overlay)", mount("none", "here", "overlay", 0, "lowerdir=/usr,upperdir=here,workdir=here"));
    expect_refused("umount(/proc)", umount2("/proc", MNT_DETACH));
    expect_refused("umount(/tmp)", umount2("/tmp", MNT_DETACH));
    expect_refused("pivot_root", syscall(SYS_pivot_root, ".", "."));
    expect_refused("chroot", chroot("."));
    expect_refused("fsopen", syscall(SYS_fsopen, "tmpfs", 0));
    expect_refused("open_tree", syscall(SYS_open_tree, AT_FDCWD, "/", OPEN_TREE_CLONE));
    expect_refused("move_mount", syscall(SYS_move_mount, AT_FDCWD, "/usr", AT_FDCWD, "here", 0));
    struct mount_attr attribute = {.attr_clr = MOUNT_ATTR_RDONLY};
    expect_refused("mount_setattr", syscall(SYS_mount_setattr, AT_FDCWD, "/usr", 0, &attribute, sizeof attribute));
    expect_closed("/usr/bin/true", O_WRONLY);
    return tried();
}

/* Every call has arguments that fail harmlessly where it is let through; then the errno is another than these two. */
ATTACK(refused_calls) {
    static const struct {
        const char *name;
        long number;
        long arguments[5];
    } calls[] = {
#define CALL(name, ...) {#name, SYS_##name, {__VA_ARGS__}}
        CALL(io_uring_setup, 0, 0), CALL(io_uring_enter, -1, 0, 0, 0, 0), CALL(io_uring_register, -1, 0, 0, 0), CALL(bpf, 9999, 0, 0),
        CALL(perf_event_open, 0, 0, -1, -1, 0), CALL(keyctl, 9999, 0, 0, 0, 0), CALL(add_key, 0, 0, 0, 0, 0),
        CALL(request_key, 0, 0, 0, 0), CALL(userfaultfd, -1), CALL(kexec_load, 0, 0, 0, -1), CALL(kexec_file_load, -1, -1, 0, 0, -1),
        CALL(init_module, 0, 0, 0), CALL(finit_module, -1, 0, 0), CALL(delete_module, 0, 0), CALL(reboot, 0, 0, 0, 0),
        CALL(ptrace, -1, 0, 0, 0), CALL(process_vm_readv, 0, 0, 0, 0, 0), CALL(process_vm_writev, 0, 0, 0, 0, 0), CALL(pidfd_getfd, -1, 0, 0),
        CALL(unshare, 0x10000000), CALL(setns, -1, 0), CALL(mount, 0, 0, 0, 0, 0), CALL(umount2, 0, 0), CALL(pivot_root, 0, 0),
        CALL(chroot, 0), CALL(fsopen, 0, -1), CALL(fsconfig, -1, 0, 0, 0, 0), CALL(fsmount, -1, 0, 0), CALL(fspick, -1, 0, -1),
        CALL(open_tree, -1, 0, -1), CALL(move_mount, -1, 0, -1, 0, -1), CALL(mount_setattr, -1, 0, -1, 0, 0),
        CALL(clock_settime, -1, 0), CALL(settimeofday, -1, -1), CALL(adjtimex, 0), CALL(clock_adjtime, -1, 0), CALL(swapon, 0, 0),
        CALL(swapoff, 0), CALL(acct, 1), CALL(quotactl, -1, 0, 0, 0), CALL(syslog, 9999, 0, 0), CALL(sethostname, 0, -1),
        CALL(setdomainname, 0, -1), CALL(iopl, 4), CALL(ioperm, 0, -1, 0), CALL(open_by_handle_at, -1, 0, 0),
        CALL(name_to_handle_at, -1, 0, 0, 0, -1), CALL(lookup_dcookie, 0, 0, 0), CALL(nfsservctl, 0, 0, 0), CALL(vhangup),
        CALL(fanotify_init, -1, -1), CALL(kcmp, 0, 0, 99, 0, 0), CALL(move_pages, 0, 0, 0, 0, 0),
        CALL(migrate_pages, 0, 0, 0, 0), CALL(modify_ldt, 99, 0, 0), CALL(clone3, 0, 0),
        CALL(process_madvise, -1, 0, 0, 0, -1), CALL(quotactl_fd, -1, 0, 0, 0),
    };
    long refused = 0;
    for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
        const long *given = calls[i].arguments;
        errno = 0;
        long result = syscall(calls[i].number, given[0], given[1], given[2], given[3], given[4]);
        if (result == -1 && (errno == EPERM || errno == ENOSYS)) refused++;
        else escaped("%s gave %ld, %s", calls[i].name, result, strerror(errno));
    }
    printf("%ld calls refused\n", refused);
    return tried();
}

ATTACK(call_as_32_bit) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L), "b"(0L) : "memory", "r8", "r9", "r10", "r11");
    if (result != -ENOSYS) escaped("int 0x80 gave %ld", result);
    return tried();
}

ATTACK(call_as_x32) {
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(0x40000000L | SYS_getpid) : "memory", "rcx", "r11");
    if (result != -ENOSYS && result != -EPERM) escaped("x32 getpid gave %ld", result);
    return tried();
}

ATTACK(push_terminal_input) {
    char letter = 'x';
    expect_closed("/dev/tty", O_RDWR);
    if (getsid(0) != getpid() && getsid(0) == getsid(getppid()) && getppid() != 0) escaped("shares the session of its parent");
    for (int descriptor = 0; descriptor < 3; descriptor++) {
        const unsigned long requests[] = {TIOCSTI, TIOCSTI | 1UL << 32, TIOCSTI | 0xdead0000UL << 32, TIOCLINUX, TIOCLINUX | 1UL << 40};
        for (unsigned i = 0; i < sizeof requests / sizeof *requests; i++)
            /* On a pipe an unfiltered call answers ENOTTY. */
            if (syscall(SYS_ioctl, descriptor, requests[i], &letter) != -1 || errno != EPERM)
                escaped("ioctl %#lx reached the kernel: %s", requests[i], strerror(errno));
    }
    return tried();
}

ATTACK(make_devices) {
    static const char *devices[] = {"/dev/mem", "/dev/kmem", "/dev/port", "/dev/kmsg", "/dev/vda", "/dev/sda", "/dev/nvme0n1", "/dev/loop0",
                                    "/dev/loop-control", "/dev/kvm", "/dev/net/tun", "/dev/fuse", "/dev/ptmx", "/dev/tty0", "/dev/hwrng",
                                    "/dev/vsock", "/dev/vhost-vsock", "/dev/mapper/control", "/dev/btrfs-control", "/dev/nvidiactl"};
    for (unsigned i = 0; i < sizeof devices / sizeof *devices; i++) expect_closed(devices[i], O_RDONLY);
    expect_refused("mknod(mem)", mknod("memory", S_IFCHR | 0666, makedev(1, 1)));
    expect_refused("mknod(null)", mknod("null", S_IFCHR | 0666, makedev(1, 3)));
    expect_refused("mknod(disk)", mknod("/tmp/disk", S_IFBLK | 0666, makedev(254, 0)));
    return tried();
}
