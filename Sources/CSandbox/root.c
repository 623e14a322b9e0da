/* The slot's file system: a small read-only root that shows what the view names and nothing else.
 *
 * The host's root is moved aside first, so that what is bound can be named by its host path whatever lies under the
 * place where the new root is built; it is let go at the end, and nothing in the slot can name it again. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "slot.h"

struct attributes {
    uint64_t set, clear, propagation, user_namespace;
};
enum { ATTRIBUTE_READ_ONLY = 1, ATTRIBUTE_NO_SUID = 2, ATTRIBUTE_NO_DEV = 4, ATTRIBUTE_NO_EXEC = 8 };

/* mount_setattr(2) only adds restrictions, so flags that the host locked stay; MS_REMOUNT would have to repeat them. */
static int restrict_mount(const char *path, uint64_t flags, bool recursive)
{
    struct attributes attributes = {.set = flags};
    return (int)syscall(SYS_mount_setattr, AT_FDCWD, path, recursive ? AT_RECURSIVE : 0, &attributes,
                        sizeof attributes);
}

/* Makes the folders above path, and path itself as an empty folder or file. */
static int make_place(const char *path, bool is_folder)
{
    char partial[4096];
    size_t length = strlen(path);
    if (length >= sizeof partial) {
        errno = ENAMETOOLONG;
        return -1;
    }
    for (size_t i = 1; i < length; i++) {
        if (path[i] != '/') continue;
        memcpy(partial, path, i);
        partial[i] = 0;
        if (mkdir(partial, 0755) != 0 && errno != EEXIST) return -1;
    }
    if (is_folder) return mkdir(path, 0755) == 0 || errno == EEXIST ? 0 : -1;
    int descriptor = open(path, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor < 0) return -1;
    return close(descriptor);
}

static int join(char *into, size_t capacity, const char *prefix, const char *path)
{
    int length = snprintf(into, capacity, "%s%s", prefix, path);
    if (length < 0 || (size_t)length >= capacity) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return 0;
}

/* Binds a host path at a place; a symbolic link is shown as a link, a missing path is left out. */
static int show(const char *path, const char *place, uint64_t restrictions)
{
    char source[4096], target[4096], link[4096];
    struct stat status;
    if (join(source, sizeof source, "/old", path) != 0 || join(target, sizeof target, "/new", place) != 0) return -1;
    if (lstat(source, &status) != 0) return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
    if (S_ISLNK(status.st_mode)) {
        ssize_t length = readlink(source, link, sizeof link - 1);
        if (length < 0) return -1;
        link[length] = 0;
        if (make_place(target, true) != 0 || rmdir(target) != 0) return -1;
        return symlink(link, target);
    }
    if (make_place(target, S_ISDIR(status.st_mode)) != 0) return errno == EROFS ? 0 : -1;
    if (mount(source, target, NULL, MS_BIND | MS_REC, NULL) != 0) return -1;
    return restrict_mount(target, restrictions, true);
}

static int write_file(const char *path, const char *text)
{
    int descriptor = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    if (descriptor < 0) return -1;
    ssize_t length = (ssize_t)strlen(text);
    ssize_t written = write(descriptor, text, (size_t)length);
    close(descriptor);
    return written == length ? 0 : -1;
}

static int step_base(struct failure *failure)
{
    /* Nothing that is mounted here may be seen outside. */
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return fail(failure, CSANDBOX_STAGE_MOUNT_PRIVATE, 0);
    if (mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755") != 0)
        return fail(failure, CSANDBOX_STAGE_MOUNT_BASE, 0);
    if (chdir("/tmp") != 0 || mkdir("new", 0755) != 0 || mkdir("old", 0755) != 0)
        return fail(failure, CSANDBOX_STAGE_MOUNT_BASE, 1);
    if (syscall(SYS_pivot_root, ".", "old") != 0) return fail(failure, CSANDBOX_STAGE_PIVOT_ROOT, 0);
    if (chdir("/") != 0) return fail(failure, CSANDBOX_STAGE_PIVOT_ROOT, 1);
    /* A root of its own: pivot_root wants a mount point. */
    if (mount("tmpfs", "/new", "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755") != 0)
        return fail(failure, CSANDBOX_STAGE_MOUNT_BASE, 2);
    return 0;
}

static int step_dev(struct failure *failure)
{
    static const char *const nodes[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
    static const char *const links[][2] = {{"/proc/self/fd", "/new/dev/fd"},
                                           {"/proc/self/fd/0", "/new/dev/stdin"},
                                           {"/proc/self/fd/1", "/new/dev/stdout"},
                                           {"/proc/self/fd/2", "/new/dev/stderr"}};
    for (int i = 0; i < 5; i++)
        if (show(nodes[i], nodes[i], ATTRIBUTE_READ_ONLY | ATTRIBUTE_NO_SUID | ATTRIBUTE_NO_EXEC) != 0)
            return fail(failure, CSANDBOX_STAGE_MOUNT_DEV, i);
    for (int i = 0; i < 4; i++)
        if (symlink(links[i][0], links[i][1]) != 0) return fail(failure, CSANDBOX_STAGE_MOUNT_DEV, 5 + i);
    return 0;
}

static int mask(const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0) return 0;
    if (S_ISDIR(status.st_mode)) return mount("tmpfs", path, "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV, "size=0");
    return mount("/new/dev/null", path, NULL, MS_BIND, NULL);
}

static int step_proc(struct slot *slot, struct failure *failure)
{
    /* What tells about the host rather than the run. */
    static const char *const masked[] = {
        "kcore",     "keys",      "key-users", "kmsg",       "sysrq-trigger", "timer_list", "kallsyms", "modules",
        "kpagecount", "kpageflags", "kpagecgroup", "latency_stats", "sched_debug", "config.gz", "cmdline", "interrupts",
        "softirqs",  "iomem",     "ioports",   "vmallocinfo", "slabinfo",     "pagetypeinfo", "acpi",   "scsi",
        "bus",       "fs",        "irq",       "driver",     "asound",        "diskstats",  "partitions", "swaps"};
    if (mkdir("/new/proc", 0555) != 0) return fail(failure, CSANDBOX_STAGE_MOUNT_PROC, 0);
    if (mount("proc", "/new/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "hidepid=2") != 0)
        return fail(failure, CSANDBOX_STAGE_MOUNT_PROC, 1);
    /* Connections of one run must not keep a port from the next. The file is absent on some kernels. */
    int buckets = open("/new/proc/sys/net/ipv4/tcp_max_tw_buckets", O_WRONLY | O_CLOEXEC);
    if (buckets >= 0) {
        /* Where it may not be written, TIME_WAIT stays: a nuisance, not a channel worth failing for. */
        if (write(buckets, "0", 1) != 1) errno = 0;
        close(buckets);
    }
    /* The file is opened through a mount of its own, for a mount cannot be made read-only over an open writer. */
    if (mkdir("/writable", 0700) != 0) return fail(failure, CSANDBOX_STAGE_MOUNT_PROC, 2);
    if (mount("proc", "/writable", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0)
        return fail(failure, CSANDBOX_STAGE_MOUNT_PROC, 3);
    slot->last_pid = open("/writable/sys/kernel/ns_last_pid", O_RDWR | O_CLOEXEC);
    if (umount2("/writable", MNT_DETACH) != 0) return fail(failure, CSANDBOX_STAGE_MOUNT_PROC, 4);
    for (size_t i = 0; i < sizeof masked / sizeof *masked; i++) {
        char path[64];
        snprintf(path, sizeof path, "/new/proc/%s", masked[i]);
        if (mask(path) != 0) return fail(failure, CSANDBOX_STAGE_MOUNT_PROC, 5);
    }
    /* Read-only, so that no knob can be turned: not even the run's own OOM score. */
    if (restrict_mount("/new/proc", ATTRIBUTE_READ_ONLY, true) != 0) return fail(failure, CSANDBOX_STAGE_MOUNT_PROC, 6);
    return 0;
}

static int step_scratch(struct slot *slot, struct failure *failure)
{
    static const char *const names[] = {"work", "tmp", "shm"};
    static const char *const places[] = {"/new/box", "/new/tmp", "/new/dev/shm"};
    char options[128];
    snprintf(options, sizeof options, "size=%llu,nr_inodes=%llu,mode=755",
             (unsigned long long)slot->configuration.disk_bytes, (unsigned long long)slot->configuration.disk_inodes);
    /* One file system behind the three places, so that one limit holds for all that a run writes. */
    if (mkdir("/scratch", 0755) != 0) return fail(failure, CSANDBOX_STAGE_MOUNT_SCRATCH, 0);
    if (mount("tmpfs", "/scratch", "tmpfs", MS_NOSUID | MS_NODEV, options) != 0)
        return fail(failure, CSANDBOX_STAGE_MOUNT_SCRATCH, 1);
    int root = open("/scratch", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root < 0) return fail(failure, CSANDBOX_STAGE_MOUNT_SCRATCH, 2);
    if (scratch_open(slot, root, failure) != 0) return -1;
    close(root);
    for (int i = 0; i < 3; i++) {
        char source[32];
        snprintf(source, sizeof source, "/scratch/%s", names[i]);
        if (make_place(places[i], true) != 0 || mount(source, places[i], NULL, MS_BIND, NULL) != 0)
            return fail(failure, CSANDBOX_STAGE_MOUNT_SCRATCH, 3 + i);
    }
    if (umount2("/scratch", MNT_DETACH) != 0) return fail(failure, CSANDBOX_STAGE_MOUNT_SCRATCH, 6);
    return 0;
}

static int step_etc(struct failure *failure)
{
    if (make_place("/new/etc", true) != 0 ||
        write_file("/new/etc/passwd", "root:x:0:0:root:/:/bin/false\nretort:x:1000:1000:retort:/box:/bin/sh\n"
                                      "nobody:x:65534:65534:nobody:/:/bin/false\n") != 0 ||
        write_file("/new/etc/group", "root:x:0:\nretort:x:1000:\nnogroup:x:65534:\n") != 0 ||
        write_file("/new/etc/hosts", "127.0.0.1 localhost retort\n::1 localhost\n") != 0 ||
        write_file("/new/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n") != 0)
        return fail(failure, CSANDBOX_STAGE_MOUNT_ETC, 0);
    return 0;
}

static int step_pivot(struct failure *failure)
{
    if (chdir("/new") != 0) return fail(failure, CSANDBOX_STAGE_PIVOT_ROOT, 2);
    /* The old root is stacked under the new one and let go: no path leads to it. pivot_root(2). */
    if (syscall(SYS_pivot_root, ".", ".") != 0) return fail(failure, CSANDBOX_STAGE_PIVOT_ROOT, 3);
    if (umount2(".", MNT_DETACH) != 0) return fail(failure, CSANDBOX_STAGE_PIVOT_ROOT, 4);
    if (chdir("/") != 0) return fail(failure, CSANDBOX_STAGE_PIVOT_ROOT, 5);
    if (restrict_mount("/", ATTRIBUTE_READ_ONLY | ATTRIBUTE_NO_SUID | ATTRIBUTE_NO_DEV, false) != 0)
        return fail(failure, CSANDBOX_STAGE_PIVOT_ROOT, 6);
    return 0;
}

int root_prepare(struct slot *slot, struct failure *failure)
{
    umask(022);
    if (step_base(failure) != 0) return -1;
    for (uint32_t i = 0; i < slot->configuration.mount_count; i++)
        if (show(slot->mounts[i], slot->mount_targets[i],
                 ATTRIBUTE_READ_ONLY | ATTRIBUTE_NO_SUID | ATTRIBUTE_NO_DEV) != 0)
            return fail(failure, CSANDBOX_STAGE_MOUNT_VIEW, (int32_t)i);
    if (step_dev(failure) != 0) return -1;
    if (step_proc(slot, failure) != 0) return -1;
    if (step_scratch(slot, failure) != 0) return -1;
    if (step_etc(failure) != 0) return -1;
    return step_pivot(failure);
}
