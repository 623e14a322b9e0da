/* One run, from its clone to the death of its last process. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "slot.h"

enum { MILLISECOND = 1000000, CHECK_EVERY = 100 * MILLISECOND };

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* What is known of a run in progress. */
struct watch {
    pid_t command;
    int wait_status;
    bool has_ended;
    uint64_t reaped, cpu, largest_resident;
};

static pid_t spawn(struct slot *slot, struct run *run)
{
    static char stack[128 << 10] __attribute__((aligned(16)));
    struct staircase_context context = {.slot = slot, .run = run};
    if (slot->cgroups.version == 2) {
        /* run lies in shared memory, so that the failure of a child with memory of its own is seen. */
        struct clone_args arguments = {.flags = CLONE_INTO_CGROUP,
                                       .exit_signal = SIGCHLD,
                                       .cgroup = (uint64_t)slot->cgroups.run_folder};
        pid_t child = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
        if (child == 0) staircase(&context);
        return child;
    }
    /* The child borrows our memory until it execs: nothing is copied, and we wait for that moment. */
    return clone(staircase, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &context);
}

static uint64_t nanoseconds(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_usec * 1000u;
}

/* Reaps one child; returns 1, 0 when there is none to reap now, -1 when there is none at all. */
static int reap(struct watch *watch, int flags)
{
    struct rusage usage;
    int status;
    pid_t pid = wait4(-1, &status, flags | __WALL, &usage);
    if (pid == 0) return 0;
    if (pid < 0) return errno == EINTR ? 0 : -1;
    watch->reaped++;
    watch->cpu += nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
    uint64_t resident = (uint64_t)usage.ru_maxrss * 1024;
    if (resident > watch->largest_resident) watch->largest_resident = resident;
    if (pid == watch->command) {
        watch->wait_status = status;
        watch->has_ended = true;
    }
    return 1;
}

/* Without namespaces: orphans come to us, for we are their subreaper; so children are killed until there are none. */
static void kill_children(void)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t got = read(file, text, sizeof text - 1);
    close(file);
    if (got <= 0) return;
    text[got] = 0;
    char *rest = text;
    for (char *end; (void)0, rest < text + got; rest = end + 1) {
        long pid = strtol(rest, &end, 10);
        if (end == rest) break;
        /* A number cut off at the end of the buffer would name a stranger. */
        if (pid > 1 && *end == ' ') kill((pid_t)pid, SIGKILL);
    }
}

static void kill_and_reap(const struct slot *slot, struct watch *watch)
{
    if (slot->configuration.level == CSANDBOX_LEVEL_NAMESPACES) {
        /* We are pid 1: this reaches every process of the slot but us, at once; a fork in progress sees the signal and
           fails. So nothing is born after it, and waiting until there is no child means that nothing is left. */
        kill(-1, SIGKILL);
        while (reap(watch, 0) >= 0) continue;
        return;
    }
    for (;;) {
        kill_children();
        int found;
        while ((found = reap(watch, WNOHANG)) > 0) continue;
        if (found < 0) return;
        struct timespec pause = {.tv_nsec = 200000};
        nanosleep(&pause, NULL);
    }
}

/* Live CPU time where no cgroup counts it: the command alone, for its children's RLIMIT_CPU is their own. */
static uint64_t cpu_so_far(const struct slot *slot, const struct watch *watch)
{
    if (slot->cgroups.version != 0) return cgroups_cpu_nanoseconds(&slot->cgroups);
    struct timespec time;
    clockid_t clock;
    uint64_t live = 0;
    if (!watch->has_ended && clock_getcpuclockid(watch->command, &clock) == 0 && clock_gettime(clock, &time) == 0)
        live = (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
    return watch->cpu + live;
}

/* Reads what the engine says during a run; true when it wants the run ended. */
static bool wants_end(bool *engine_is_gone)
{
    char byte;
    int descriptors[1], count;
    int got = receive_byte(CSANDBOX_CONTROL_DESCRIPTOR, &byte, descriptors, 0, &count);
    *engine_is_gone = got <= 0 || byte != 'K';
    return true;
}

static uint32_t watch_run(struct slot *slot, struct run *run, struct watch *watch, uint64_t start, int signals,
                          bool *engine_is_gone)
{
    const struct csandbox_request *request = &run->request;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t next_check = request->cpu_nanoseconds / (uint64_t)(cores > 0 ? cores : 1);
    bool has_told = false;
    for (;;) {
        while (reap(watch, WNOHANG) > 0) continue;
        if (watch->has_ended) return CSANDBOX_ENDING_NONE;
        uint64_t elapsed = now() - start;
        if (elapsed >= request->wall_nanoseconds) return CSANDBOX_ENDING_WALL_TIME;
        if (elapsed >= next_check || elapsed >= CHECK_EVERY) {
            uint64_t used = cpu_so_far(slot, watch);
            if (used >= request->cpu_nanoseconds) return CSANDBOX_ENDING_CPU_TIME;
            if (cgroups_oom_kills(&slot->cgroups) > 0) return CSANDBOX_ENDING_MEMORY;
            /* All cores together cannot use up the rest before then. */
            uint64_t rest = (request->cpu_nanoseconds - used) / (uint64_t)(cores > 0 ? cores : 1);
            next_check = elapsed + (rest < CHECK_EVERY ? rest + MILLISECOND : CHECK_EVERY);
        }
        uint64_t until = request->wall_nanoseconds - elapsed;
        uint64_t check = next_check > elapsed ? next_check - elapsed : MILLISECOND;
        if (check > CHECK_EVERY) check = CHECK_EVERY;
        if (check < until) until = check;
        /* Most runs are over by then: their output fits into the pipes, and the engine is woken once, by the reply. */
        if (!has_told && elapsed >= MILLISECOND) {
            struct csandbox_reply running = {.magic = CSANDBOX_MAGIC, .kind = CSANDBOX_REPLY_RUNNING};
            has_told = true;
            send_reply(&running, NULL, 0);
        }
        if (!has_told && until > MILLISECOND) until = MILLISECOND;
        struct timespec timeout = {.tv_sec = (time_t)(until / 1000000000u), .tv_nsec = (long)(until % 1000000000u)};
        struct pollfd polled[2] = {{.fd = signals, .events = POLLIN},
                                   {.fd = CSANDBOX_CONTROL_DESCRIPTOR, .events = POLLIN}};
        if (ppoll(polled, 2, &timeout, NULL) < 0 && errno != EINTR) return CSANDBOX_ENDING_REQUEST;
        struct signalfd_siginfo ignored;
        if (polled[0].revents && read(signals, &ignored, sizeof ignored) < 0 && errno != EAGAIN && errno != EINTR)
            return CSANDBOX_ENDING_REQUEST;
        if (polled[1].revents && wants_end(engine_is_gone)) return CSANDBOX_ENDING_REQUEST;
    }
}

static uint64_t started_processes(const struct slot *slot, const struct watch *watch)
{
    char text[32];
    ssize_t got = slot->last_pid < 0 ? -1 : pread(slot->last_pid, text, sizeof text - 1, 0);
    if (got <= 0) return watch->reaped;
    text[got] = 0;
    uint64_t last = strtoull(text, NULL, 10);
    return last > 1 ? last - 1 : watch->reaped;
}

/* Returns 0 with the reply filled, -1 with run->failure filled, -2 when the engine has gone. */
int supervise(struct slot *slot, struct run *run, struct csandbox_reply *reply)
{
    static int signals = -1;
    struct watch watch = {0};
    bool engine_is_gone = false;
    if (signals < 0) {
        sigset_t child;
        sigemptyset(&child);
        sigaddset(&child, SIGCHLD);
        signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
        if (signals < 0) return fail(&run->failure, CSANDBOX_STAGE_WAIT, 0);
    }
    if (cgroups_begin_run(slot, &run->request, &run->failure) != 0) return -1;
    /* The command is pid 2 in every run: no run learns how many there were before it. */
    if (slot->last_pid >= 0 && pwrite(slot->last_pid, "1", 1, 0) != 1) {
        close(slot->last_pid);
        slot->last_pid = -1;
    }
    uint64_t start = now();
    watch.command = spawn(slot, run);
    if (watch.command < 0) return fail(&run->failure, CSANDBOX_STAGE_CLONE_RUN, 0);
    /* Ours would keep the pipes open past the end of the run. */
    for (int i = 0; i < run->descriptor_count; i++) close(run->descriptors[i]);
    run->descriptor_count = 0;
    reply->ending = watch_run(slot, run, &watch, start, signals, &engine_is_gone);
    kill_and_reap(slot, &watch);
    reply->wall_nanoseconds = now() - start;
    reply->wait_status = watch.wait_status;
    reply->cpu_nanoseconds = watch.cpu;
    reply->peak_bytes = watch.largest_resident;
    reply->processes = started_processes(slot, &watch);
    cgroups_end_run(&slot->cgroups, reply);
    if (engine_is_gone) return -2;
    if (run->failure.stage != CSANDBOX_STAGE_NONE) return -1;
    bool over = reply->cpu_nanoseconds >= run->request.cpu_nanoseconds;
    /* A program may raise the signal itself, so it only counts near the limit, where ticks are coarser than sums. */
    bool by_limit = WIFSIGNALED(watch.wait_status) && WTERMSIG(watch.wait_status) == SIGXCPU &&
                    reply->cpu_nanoseconds + 20 * MILLISECOND >= run->request.cpu_nanoseconds;
    if (reply->out_of_memory_kills > 0)
        reply->ending = CSANDBOX_ENDING_MEMORY;
    else if (reply->ending == CSANDBOX_ENDING_NONE && (over || by_limit))
        reply->ending = CSANDBOX_ENDING_CPU_TIME;
    return 0;
}
