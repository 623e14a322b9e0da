/* Landlock as a second wall over the file system: what the mounts show may be read and run, the scratch folders may be
 * written, and nothing else may be touched even if a mount should be wrong. In the level without namespaces it is the
 * first wall. landlock(7). */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "slot.h"

/* As in <linux/landlock.h>, whose copy in Debian 12 is older than the kernels we run on. */
struct ruleset_attributes {
    uint64_t handled_access_fs, handled_access_net, scoped;
};
struct path_beneath {
    uint64_t allowed_access;
    int32_t parent;
} __attribute__((packed));

enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    ALL_OF_VERSION_1 = (1 << 13) - 1,
    REFER = 1 << 13,
    TRUNCATE = 1 << 14,
    IOCTL_DEV = 1 << 15,
    FOR_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV,
    NETWORK = 3,
    SCOPED_SOCKETS = 1,
    SCOPED_SIGNALS = 2,
};

static uint64_t handled_rights(int version)
{
    uint64_t rights = ALL_OF_VERSION_1;
    if (version >= 2) rights |= REFER;
    if (version >= 3) rights |= TRUNCATE;
    if (version >= 5) rights |= IOCTL_DEV;
    return rights;
}

/* A path that is not there is left out: what cannot be named cannot be opened either. */
static int allow(int ruleset, const char *path, uint64_t rights)
{
    struct stat status;
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0) return errno == ENOENT || errno == EACCES ? 0 : -1;
    if (fstat(descriptor, &status) != 0) return -1;
    if (!S_ISDIR(status.st_mode)) rights &= FOR_FILES;
    struct path_beneath rule = {.allowed_access = rights, .parent = descriptor};
    int result = (int)syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0);
    int error = errno;
    close(descriptor);
    errno = error;
    return result;
}

int landlock_prepare(struct slot *slot, struct failure *failure)
{
    bool namespaces = slot->configuration.level == CSANDBOX_LEVEL_NAMESPACES;
    int version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    slot->landlock = -1;
    if (version < 0 && namespaces) return 0; /* reported as a missing layer by who asked for the slot */
    /* Without namespaces, only version 6 keeps a run from signalling the user's other processes. */
    if (version < (namespaces ? 1 : 6)) {
        errno = ENOSYS;
        return fail(failure, CSANDBOX_STAGE_LANDLOCK, version);
    }
    uint64_t handled = handled_rights(version);
    struct ruleset_attributes attributes = {.handled_access_fs = handled};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    /* In the slot's own network namespace there is only its loopback, which programs may use. */
    if (!namespaces) attributes.handled_access_net = NETWORK;
    /* In a slot's PID namespace there is nobody to signal but the launcher, and it must reach what the zygotes forked,
       which are in a domain beside its own. */
    if (version >= 6) attributes.scoped = namespaces ? SCOPED_SOCKETS : SCOPED_SOCKETS | SCOPED_SIGNALS;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
    if (ruleset < 0) return fail(failure, CSANDBOX_STAGE_LANDLOCK, 100);
    uint64_t read_only = handled & (EXECUTE | READ_FILE | READ_DIR);
    for (uint32_t i = 0; i < slot->configuration.mount_count; i++)
        if (allow(ruleset, namespaces ? slot->mount_targets[i] : slot->mounts[i], read_only) != 0)
            return fail(failure, CSANDBOX_STAGE_LANDLOCK, (int32_t)i);
    static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
    for (int i = 0; i < 5; i++)
        if (allow(ruleset, devices[i], handled & (READ_FILE | WRITE_FILE | TRUNCATE)) != 0)
            return fail(failure, CSANDBOX_STAGE_LANDLOCK, 200 + i);
    if (namespaces) {
        static const char *const readable[] = {"/proc", "/etc", "/dev"};
        for (int i = 0; i < 3; i++)
            if (allow(ruleset, readable[i], handled & (READ_FILE | READ_DIR)) != 0)
                return fail(failure, CSANDBOX_STAGE_LANDLOCK, 300 + i);
    } else {
        /* The host's /proc would show other processes of the user, so only what runtimes need is opened. */
        static const char *const readable[] = {"/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/loadavg",
                                               "/proc/version", "/proc/filesystems", "/proc/sys/vm",
                                               "/proc/sys/kernel/osrelease", "/sys/devices/system/cpu",
                                               "/sys/kernel/mm/transparent_hugepage", "/etc/passwd", "/etc/group",
                                               "/etc/nsswitch.conf", "/etc/hosts", "/etc/localtime"};
        for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
            if (allow(ruleset, readable[i], handled & (READ_FILE | READ_DIR)) != 0)
                return fail(failure, CSANDBOX_STAGE_LANDLOCK, 400 + (int32_t)i);
    }
    /* The last one has no name in the box: only the launcher, whose domain the runs inherit, can do anything in it. */
    int folders[] = {slot->work, slot->tmp, slot->shm, slot->kept.folder};
    for (int i = 0; i < (slot->kept.folder >= 0 ? 4 : 3); i++) {
        struct path_beneath rule = {.allowed_access = handled, .parent = folders[i]};
        if (syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0) != 0)
            return fail(failure, CSANDBOX_STAGE_LANDLOCK, 500 + i);
    }
    slot->landlock = ruleset;
    return 0;
}

/* Without namespaces, the launcher goes into a domain that restricts nothing but signals: the domains of its runs are
   nested in it, so it reaches them and they do not reach it; and nobody else is in it. So kill(-1) means the run. */
int landlock_enclose(struct failure *failure)
{
    struct ruleset_attributes attributes = {.scoped = SCOPED_SIGNALS};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (ruleset < 0 || landlock_restrict(ruleset) != 0) return fail(failure, CSANDBOX_STAGE_LANDLOCK, 700);
    close(ruleset);
    /* Everything that follows rests on this, so it is tried and not believed: our parent must be out of reach. */
    errno = 0;
    if (kill(getppid(), 0) == 0 || errno != EPERM) {
        errno = ENOTSUP;
        return fail(failure, CSANDBOX_STAGE_LANDLOCK, 701);
    }
    return 0;
}

int landlock_restrict(int ruleset)
{
    return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}
