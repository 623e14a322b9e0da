/* The launcher: one a slot.
 *
 * Theory of operation. The engine spawns us with a socket on descriptor 3 and tells what the slot is like. We make its
 * cgroups, then clone a second process into new user, PID, mount, network, IPC and UTS namespaces: pid 1 of the slot.
 * We move it into the cgroups and map its identity, and let it go on. It builds the root, drops what it will not need,
 * loads the filter, and serves runs as children of its own until the socket ends. Meanwhile we start zygotes for it.
 * When it is gone, everything in the PID namespace is dead; we end the zygotes, remove the cgroups, and end.
 *
 * If the engine dies, the socket ends. If we die, the parent-death signal ends pid 1, and the kernel the rest.
 * In the level without namespaces we serve the runs ourselves. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "slot.h"

enum { INTERNAL = 70 };

static int take_configuration(struct slot *slot)
{
    static char strings[CSANDBOX_MAX_STRINGS];
    static struct sock_filter filter[CSANDBOX_MAX_FILTER];
    struct csandbox_slot *configuration = &slot->configuration;
    int descriptors[1], count;
    char byte;
    if (receive_byte(&byte, descriptors, 0, &count) != 1 || byte != 'C') return -1;
    if (receive_all(CSANDBOX_CONTROL_DESCRIPTOR, configuration, sizeof *configuration) != 0) return -1;
    if (configuration->magic != CSANDBOX_MAGIC || configuration->mount_count > CSANDBOX_MAX_MOUNTS ||
        configuration->strings_size > sizeof strings || configuration->filter_length > CSANDBOX_MAX_FILTER ||
        configuration->cgroup_version > 2)
        return -1;
    if (receive_all(CSANDBOX_CONTROL_DESCRIPTOR, strings, configuration->strings_size) != 0) return -1;
    if (receive_all(CSANDBOX_CONTROL_DESCRIPTOR, filter, configuration->filter_length * sizeof *filter) != 0) return -1;
    slot->filter = filter;
    uint32_t groups = configuration->cgroup_version == 1 ? 3 : configuration->cgroup_version == 2 ? 1 : 0;
    uint32_t paths = 2 * configuration->mount_count, wanted = paths + groups + 1, taken = 0;
    for (char *at = strings; taken < wanted; taken++) {
        char *stop = memchr(at, 0, (size_t)(strings + configuration->strings_size - at));
        if (!stop) return -1;
        if (taken < paths)
            *(taken % 2 == 0 ? &slot->mounts[taken / 2] : &slot->mount_targets[taken / 2]) = at;
        else if (taken < paths + groups)
            slot->cgroup_paths[taken - paths] = at;
        else
            slot->scratch_path = at;
        at = stop + 1;
    }
    return 0;
}

static int write_process_file(pid_t process, const char *name, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)process, name);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t length = (ssize_t)strlen(text), written = write(file, text, (size_t)length);
    int error = errno;
    close(file);
    errno = error;
    return written == length ? 0 : -1;
}

static int map_identity(const struct slot *slot, pid_t inside, struct failure *failure)
{
    bool as_root = slot->configuration.flags & CSANDBOX_SLOT_MAP_AS_ROOT;
    char map[96];
    /* Who may not set groups may not map any either, until setgroups is refused. user_namespaces(7). */
    if (!as_root && write_process_file(inside, "setgroups", "deny") != 0) return fail(failure, CSANDBOX_STAGE_ID_MAP, 0);
    snprintf(map, sizeof map, "%d %u 1", INSIDE_ID, as_root ? slot->configuration.host_uid : (unsigned)getegid());
    if (write_process_file(inside, "gid_map", map) != 0) return fail(failure, CSANDBOX_STAGE_ID_MAP, 1);
    if (as_root)
        snprintf(map, sizeof map, "%d %u 1\n%d %u 1", INSIDE_ID, slot->configuration.host_uid, KEEPER_ID,
                 slot->configuration.host_uid + CSANDBOX_KEEPER_OFFSET);
    else
        snprintf(map, sizeof map, "%d %u 1", INSIDE_ID, (unsigned)geteuid());
    if (write_process_file(inside, "uid_map", map) != 0) return fail(failure, CSANDBOX_STAGE_ID_MAP, 2);
    return 0;
}

int become_inside_user(const struct slot *slot, struct failure *failure)
{
    /* Keep what capabilities the namespace gives across the change of identity. */
    if (prctl(PR_SET_KEEPCAPS, 1) != 0) return fail(failure, CSANDBOX_STAGE_IDENTITY, 10);
    if ((slot->configuration.flags & CSANDBOX_SLOT_MAP_AS_ROOT) && syscall(SYS_setgroups, 0, NULL) != 0)
        return fail(failure, CSANDBOX_STAGE_IDENTITY, 11);
    if (syscall(SYS_setresgid, INSIDE_ID, INSIDE_ID, INSIDE_ID) != 0) return fail(failure, CSANDBOX_STAGE_IDENTITY, 12);
    if (syscall(SYS_setresuid, INSIDE_ID, INSIDE_ID, INSIDE_ID) != 0) return fail(failure, CSANDBOX_STAGE_IDENTITY, 13);
    return 0;
}

/* Pid 1 of the slot. */
static int inside(struct slot *slot, int go, int warden)
{
    struct failure failure = {0};
    char byte;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return INTERNAL;
    if (receive_all(go, &byte, 1) != 0) return INTERNAL;
    close(go);
    slot->warden = warden;
    oom_open(slot);
    cgroups_leave_entries(&slot->cgroups);
    bool user_namespace = slot->configuration.flags & CSANDBOX_SLOT_USER_NAMESPACE;
    if ((user_namespace && become_inside_user(slot, &failure) != 0) || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
        slot_enter(slot, &failure) != 0) {
        send_failure(&failure);
        return INTERNAL;
    }
    return slot_serve(slot);
}

static int launch_inside(struct slot *slot, struct failure *failure)
{
    int go[2], warden[2];
    bool user_namespace = slot->configuration.flags & CSANDBOX_SLOT_USER_NAMESPACE;
    unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS |
                          (user_namespace ? CLONE_NEWUSER : 0u) | SIGCHLD;
    if (pipe2(go, O_CLOEXEC) != 0) return fail(failure, CSANDBOX_STAGE_CLONE_SLOT, 2);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, warden) != 0)
        return fail(failure, CSANDBOX_STAGE_CLONE_SLOT, 4);
    pid_t child = (pid_t)syscall(SYS_clone, flags, NULL, NULL, NULL, NULL);
    if (child < 0) return fail(failure, CSANDBOX_STAGE_CLONE_SLOT, 0);
    if (child == 0) {
        close(go[1]);
        close(warden[0]);
        _exit(inside(slot, go[0], warden[1]));
    }
    close(go[0]);
    close(warden[1]);
    int result = cgroups_admit(slot, child, failure);
    if (result == 0 && user_namespace) result = map_identity(slot, child, failure);
    if (result == 0 && write(go[1], "g", 1) != 1) result = fail(failure, CSANDBOX_STAGE_CLONE_SLOT, 3);
    close(go[1]);
    if (result != 0) kill(child, SIGKILL);
    /* From here on the end of pid 1 is to end the socket. */
    if (result == 0) close(CSANDBOX_CONTROL_DESCRIPTOR);
    if (result == 0) warden_serve(slot, warden[0]);
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return result;
}

int csandbox_launcher_main(void)
{
    static struct slot slot;
    struct failure failure = {0};
    sigset_t signals;
    /* Whatever else the engine had open is not for us, nor for what we start. */
    close_range(CSANDBOX_CONTROL_DESCRIPTOR + 1, ~0u, 0);
    /* A terminal's Ctrl-C is the engine's to act on. */
    setsid();
    /* Read by signalfd, so it must not be delivered. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    errno = EBADMSG;
    if (take_configuration(&slot) != 0) {
        fail(&failure, CSANDBOX_STAGE_PROTOCOL, 0);
        send_failure(&failure);
        return 64;
    }
    bool is_root_without_map = geteuid() == 0 && !(slot.configuration.flags & CSANDBOX_SLOT_USER_NAMESPACE);
    slot.run_uid = is_root_without_map ? (uid_t)slot.configuration.host_uid : (uid_t)-1;
    if (slot.configuration.level == CSANDBOX_LEVEL_LANDLOCK) {
        memset(&slot.cgroups, 0xff, sizeof slot.cgroups);
        slot.cgroups.version = 0;
        slot.cgroups.zygotes = 0;
        slot.own_score = -1;
        slot.warden = -1;
        int status = INTERNAL;
        if (slot_enter(&slot, &failure) == 0)
            status = slot_serve(&slot);
        else
            send_failure(&failure);
        if (slot.has_scratch_on_host) scratch_remove(&slot);
        return status;
    }
    int result = cgroups_prepare(&slot, &failure);
    if (result == 0) result = launch_inside(&slot, &failure);
    if (result != 0) send_failure(&failure);
    cgroups_remove(&slot);
    return result == 0 ? 0 : INTERNAL;
}
