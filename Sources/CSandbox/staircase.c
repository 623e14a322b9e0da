/* From clone to execve: what the child does, in order. It may share our memory until it execs, so it allocates nothing,
 * and says where it failed by writing run->failure. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/close_range.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "csandbox_zygote.h"
#include "slot.h"

int load_filter(const struct sock_filter *filter, unsigned length)
{
    struct sock_fprog program = {.len = (unsigned short)length, .filter = (struct sock_filter *)(uintptr_t)filter};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

static int step_session(struct failure *failure)
{
    sigset_t none;
    sigemptyset(&none);
    if (sigprocmask(SIG_SETMASK, &none, NULL) != 0) return fail(failure, CSANDBOX_STAGE_SESSION, 0);
    /* A session of its own has no controlling terminal to push keys into. */
    if (setsid() < 0) return fail(failure, CSANDBOX_STAGE_SESSION, 1);
    return 0;
}

static int step_limit(struct failure *failure, int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit limit = {.rlim_cur = soft, .rlim_max = hard};
    return setrlimit((__rlimit_resource_t)resource, &limit) == 0
               ? 0
               : fail(failure, CSANDBOX_STAGE_RLIMIT, resource);
}

uint64_t cpu_seconds(const struct csandbox_request *request)
{
    /* A net under the count of the whole run, and a second wider: the kernel counts this one by ticks, which on a loaded
       machine may run ahead of the time that was used. */
    return (request->cpu_nanoseconds + 999999999u) / 1000000000u + 1;
}

/* Where a cgroup counts the whole run, the limits of single processes are only a net under it. UINT64_MAX: none. */
uint64_t data_bytes(const struct slot *slot, const struct csandbox_request *request)
{
    if (slot->cgroups.version != 0) return UINT64_MAX;
    /* Writable private memory, not address space: what a runtime only reserves does not count. But the stacks of
       threads do, whole, and each is as large as the stack limit. */
    return request->memory_bytes + 16 * request->stack_bytes;
}

uint64_t process_limit(const struct slot *slot, const struct csandbox_request *request)
{
    if (slot->cgroups.version != 0) return UINT64_MAX;
    if (slot->configuration.level == CSANDBOX_LEVEL_LANDLOCK && slot->run_uid == (uid_t)-1) return UINT64_MAX;
    /* Counted for the run's user, who is the launcher's too unless root gave the run one of its own; and the zygotes'. */
    return request->processes + (slot->run_uid == (uid_t)-1 ? 1 : 0) + slot->cgroups.zygotes;
}

static int step_limits(const struct slot *slot, const struct csandbox_request *request, struct failure *failure)
{
    uint64_t seconds = cpu_seconds(request), data = data_bytes(slot, request), processes = process_limit(slot, request);
    /* 1, not 0: a core pattern that is a pipe ignores 0. core(5). */
    if (step_limit(failure, RLIMIT_CORE, 1, 1) != 0) return -1;
    if (step_limit(failure, RLIMIT_CPU, seconds, seconds + 1) != 0) return -1;
    if (step_limit(failure, RLIMIT_FSIZE, request->file_size_bytes, request->file_size_bytes) != 0) return -1;
    if (step_limit(failure, RLIMIT_NOFILE, request->open_files, request->open_files) != 0) return -1;
    if (step_limit(failure, RLIMIT_STACK, request->stack_bytes, request->stack_bytes) != 0) return -1;
    if (step_limit(failure, RLIMIT_MEMLOCK, 64 << 10, 64 << 10) != 0) return -1;
    if (step_limit(failure, RLIMIT_MSGQUEUE, 0, 0) != 0) return -1;
    if (step_limit(failure, RLIMIT_SIGPENDING, 1024, 1024) != 0) return -1;
    if (data != UINT64_MAX && step_limit(failure, RLIMIT_DATA, data, data) != 0) return -1;
    return processes == UINT64_MAX ? 0 : step_limit(failure, RLIMIT_NPROC, processes, processes);
}

static int step_identity(const struct slot *slot, struct failure *failure)
{
    if (slot->run_uid == (uid_t)-1) return 0;
    /* Groups before the user: setresuid gives up the right to change them. */
    if (setgroups(0, NULL) != 0) return fail(failure, CSANDBOX_STAGE_IDENTITY, 0);
    if (syscall(SYS_setresgid, slot->run_uid, slot->run_uid, slot->run_uid) != 0)
        return fail(failure, CSANDBOX_STAGE_IDENTITY, 1);
    if (syscall(SYS_setresuid, slot->run_uid, slot->run_uid, slot->run_uid) != 0)
        return fail(failure, CSANDBOX_STAGE_IDENTITY, 2);
    return 0;
}

static int step_descriptors(const struct run *run, struct failure *failure)
{
    for (int i = 0; i < 3; i++)
        if (dup2(run->descriptors[i], i) < 0) return fail(failure, CSANDBOX_STAGE_DESCRIPTORS, i);
    return 0;
}

/* clone3 hides its flags behind a pointer, where no filter can read them; C libraries fall back to clone. The slot's
   filter cannot say so where the launcher itself needs clone3 to spawn into a group. */
static int step_refuse_clone3(const struct slot *slot, struct failure *failure)
{
    static const struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    if (slot->cgroups.version != 2) return 0;
    return load_filter(filter, sizeof filter / sizeof *filter) == 0 ? 0 : fail(failure, CSANDBOX_STAGE_SECCOMP, 1);
}

static int step_execute(struct run *run, struct failure *failure)
{
    for (int i = 0; i < run->executable_count; i++) {
        execve(run->executables[i], run->arguments, run->environment);
        if (errno != ENOENT && errno != ENOTDIR) return fail(failure, CSANDBOX_STAGE_EXECVE, i);
    }
    errno = ENOENT;
    return fail(failure, CSANDBOX_STAGE_EXECVE, run->executable_count);
}

static int climb(const struct slot *slot, struct run *run)
{
    struct failure *failure = &run->failure;
    if (step_session(failure) != 0) return -1;
    /* By its path where it has one: the descriptor belongs to a mount that no path leads to, and getcwd would fail. */
    bool namespaces = slot->configuration.level == CSANDBOX_LEVEL_NAMESPACES;
    if ((namespaces ? chdir("/box") : fchdir(slot->work)) != 0) return fail(failure, CSANDBOX_STAGE_CHDIR, 0);
    if (run->folder[0] && chdir(run->folder) != 0) return fail(failure, CSANDBOX_STAGE_CHDIR, 1);
    if (step_limits(slot, &run->request, failure) != 0) return -1;
    if (step_identity(slot, failure) != 0) return -1;
    /* After the identity, whose change needs capabilities. no_new_privs and the filter are the launcher's already. */
    if (cap_set_proc(slot->no_capabilities) != 0) return fail(failure, CSANDBOX_STAGE_CAPABILITIES, 0);
    /* A change of identity clears it; prctl(2). */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return fail(failure, CSANDBOX_STAGE_SESSION, 2);
    if (slot->landlock >= 0 && !slot->landlock_is_inherited && landlock_restrict(slot->landlock) != 0)
        return fail(failure, CSANDBOX_STAGE_LANDLOCK, -1);
    if (step_descriptors(run, failure) != 0) return -1;
    /* Last, for the ruleset and the pipes are descriptors too. */
    if (close_range(3, ~0u, 0) != 0) return fail(failure, CSANDBOX_STAGE_DESCRIPTORS, 3);
    if (step_refuse_clone3(slot, failure) != 0) return -1;
    return step_execute(run, failure);
}

int staircase(void *context)
{
    struct staircase_context *given = context;
    climb(given->slot, given->run);
    _exit(127);
}

/* The last steps of a zygote, which has entered its slot by itself and keeps one descriptor, or two. Its limits are those that
   its runs can still lower. */
int staircase_finish(const struct slot *slot, struct run *run, int zygote_socket)
{
    struct failure *failure = &run->failure;
    if (step_session(failure) != 0 || step_identity(slot, failure) != 0) return -1;
    if (cap_set_proc(slot->no_capabilities) != 0) return fail(failure, CSANDBOX_STAGE_CAPABILITIES, 4);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return fail(failure, CSANDBOX_STAGE_SESSION, 4);
    if (slot->landlock >= 0 && landlock_restrict(slot->landlock) != 0) return fail(failure, CSANDBOX_STAGE_LANDLOCK, -2);
    if (load_filter(slot->filter, slot->configuration.filter_length) != 0) return fail(failure, CSANDBOX_STAGE_SECCOMP, 2);
    if (dup2(zygote_socket, CSANDBOX_ZYGOTE_DESCRIPTOR) < 0) return fail(failure, CSANDBOX_STAGE_DESCRIPTORS, 4);
    if (slot->own_score >= 0 && dup2(slot->own_score, CSANDBOX_ZYGOTE_SCORE_DESCRIPTOR) < 0)
        return fail(failure, CSANDBOX_STAGE_DESCRIPTORS, 6);
    if (step_descriptors(run, failure) != 0) return -1;
    unsigned kept = slot->own_score >= 0 ? CSANDBOX_ZYGOTE_SCORE_DESCRIPTOR : CSANDBOX_ZYGOTE_DESCRIPTOR;
    if (close_range(kept + 1, ~0u, 0) != 0) return fail(failure, CSANDBOX_STAGE_DESCRIPTORS, 5);
    return step_execute(run, failure);
}
