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

enum { MILLISECOND = 1000000, CHECK_EVERY = 100 * MILLISECOND, CENSUS_EVERY = 10 * MILLISECOND };

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
    uint64_t reaped, cpu, largest_resident, peak, process_limit_hits;
    bool was_alone;    /* it never started another process, nor a thread */
    bool is_starved;   /* of memory, when it was last looked at */
    uint64_t refaults; /* when it first was at its limit */
};

static pid_t spawn(struct slot *slot, struct run *run)
{
    static char stack[128 << 10] __attribute__((aligned(16)));
    struct staircase_context context = {.slot = slot, .run = run};
    if (run->request.zygote != 0) return zygote_fork(slot, run);
    if (slot->cgroups.version == 2) {
        /* run lies in shared memory, so that the failure of a child with memory of its own is seen. */
        struct clone_args arguments = {.flags = CLONE_INTO_CGROUP,
                                       .exit_signal = SIGCHLD,
                                       .cgroup = (uint64_t)slot->cgroups.run_folder};
        pid_t child = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
        if (child == 0) staircase(&context);
        return child;
    }
    oom_raise(slot);
    /* The child borrows our memory until it execs: nothing is copied, and we wait for that moment. */
    pid_t child = clone(staircase, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &context);
    int error = errno;
    oom_restore(slot);
    errno = error;
    return child;
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

static uint64_t started_processes(const struct slot *slot, const struct watch *watch)
{
    char text[32];
    ssize_t got = slot->last_pid < 0 ? -1 : pread(slot->last_pid, text, sizeof text - 1, 0);
    if (got <= 0) return watch->reaped;
    text[got] = 0;
    uint64_t last = strtoull(text, NULL, 10);
    return last > 2 ? last - 2 : watch->reaped;
}

static void kill_and_reap(const struct slot *slot, struct watch *watch)
{
    /* The command was the only process ever, and it is gone: there is nobody to look for. */
    watch->was_alone = watch->has_ended && slot->last_pid >= 0 && started_processes(slot, watch) == 1;
    if (watch->was_alone) return;
    /* This reaches every process of the run, at once, and nobody else: in the slot's PID namespace there is nobody else
       but us, process 1; without one, we are in a Landlock domain that no signal of ours leaves. A fork in progress sees
       the signal and fails. So nothing is born after it, and waiting until there is no child means that nothing is left,
       for orphans come to us. */
    kill(-1, SIGKILL);
    while (reap(watch, 0) >= 0) continue;
}

void kill_all(void)
{
    struct watch nobody = {.command = -1};
    kill(-1, SIGKILL);
    while (reap(&nobody, 0) >= 0) continue;
}

/* Looks at what the run uses by now; returns the limit that it has passed, if any, and its CPU time. */
static uint32_t passed_limit(const struct slot *slot, const struct csandbox_request *request, struct watch *watch,
                             uint64_t *used)
{
    if (slot->cgroups.version != 0) {
        *used = cgroups_cpu_nanoseconds(&slot->cgroups);
        watch->is_starved = cgroups_is_starved(&slot->cgroups, request->memory_bytes, &watch->refaults);
        if (*used >= request->cpu_nanoseconds) return CSANDBOX_ENDING_CPU_TIME;
        return cgroups_oom_kills(&slot->cgroups) > 0 ? CSANDBOX_ENDING_MEMORY : CSANDBOX_ENDING_NONE;
    }
    struct census census = census_take(slot, request->memory_bytes);
    *used = watch->cpu + census.cpu_nanoseconds;
    if (census.memory_bytes > watch->peak) watch->peak = census.memory_bytes;
    /* Where there is no limit that a fork could meet, the command is killed for having passed it. */
    if (census.processes > request->processes && slot->configuration.level == CSANDBOX_LEVEL_LANDLOCK)
        watch->process_limit_hits++;
    if (census.memory_bytes > request->memory_bytes) return CSANDBOX_ENDING_MEMORY;
    return *used >= request->cpu_nanoseconds ? CSANDBOX_ENDING_CPU_TIME : CSANDBOX_ENDING_NONE;
}

/* Reads what the engine says during a run; true when it wants the run ended. */
static bool wants_end(bool *engine_is_gone)
{
    char byte;
    int descriptors[1], count;
    int got = receive_byte(&byte, descriptors, 0, &count);
    *engine_is_gone = got <= 0 || byte != 'K';
    return true;
}

/* Asked for once: the answer is read from files, and that takes as long as a tenth of a short run. */
static uint64_t processors(void)
{
    static long count = 0;
    if (count == 0) count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (uint64_t)count : 1;
}

static uint32_t watch_run(struct slot *slot, struct run *run, struct watch *watch, uint64_t start, int signals,
                          bool *engine_is_gone)
{
    const struct csandbox_request *request = &run->request;
    uint64_t next_check = request->cpu_nanoseconds / processors();
    bool has_told = false;
    /* A census must come before a run can take much more than it may. */
    const uint64_t check_every = slot->cgroups.version != 0 ? CHECK_EVERY : CENSUS_EVERY;
    if (next_check > check_every) next_check = check_every;
    for (;;) {
        while (reap(watch, WNOHANG) > 0) continue;
        if (watch->has_ended) return CSANDBOX_ENDING_NONE;
        if (control_has_more() && wants_end(engine_is_gone)) return CSANDBOX_ENDING_REQUEST;
        uint64_t elapsed = now() - start;
        if (elapsed >= request->wall_nanoseconds) return CSANDBOX_ENDING_WALL_TIME;
        if (elapsed >= next_check) {
            uint64_t used;
            uint32_t passed = passed_limit(slot, request, watch, &used);
            if (passed != CSANDBOX_ENDING_NONE || watch->process_limit_hits > 0) return passed;
            /* All cores together cannot use up the rest before then. */
            uint64_t rest = (request->cpu_nanoseconds - used) / processors();
            next_check = elapsed + (rest < check_every ? rest + MILLISECOND : check_every);
        }
        uint64_t until = request->wall_nanoseconds - elapsed;
        uint64_t check = next_check > elapsed ? next_check - elapsed : MILLISECOND;
        if (check > check_every) check = check_every;
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
    /* The command is pid 3 in every run: no run learns how many there were before it, nor whether a zygote forked it,
       whose middle process is pid 2. */
    const char *last = run->request.zygote != 0 ? "1" : "2";
    if (slot->last_pid >= 0 && pwrite(slot->last_pid, last, 1, 0) != 1) {
        close(slot->last_pid);
        slot->last_pid = -1;
    }
    uint64_t start = now();
    watch.command = spawn(slot, run);
    if (watch.command < 0)
        return run->failure.stage != CSANDBOX_STAGE_NONE ? -1 : fail(&run->failure, CSANDBOX_STAGE_CLONE_RUN, 0);
    /* Ours would keep the pipes open past the end of the run. */
    for (int i = 0; i < run->descriptor_count; i++) close(run->descriptors[i]);
    run->descriptor_count = 0;
    reply->ending = watch_run(slot, run, &watch, start, signals, &engine_is_gone);
    kill_and_reap(slot, &watch);
    reply->wall_nanoseconds = now() - start;
    reply->wait_status = watch.wait_status;
    reply->cpu_nanoseconds = watch.cpu;
    reply->peak_bytes = watch.peak > watch.largest_resident ? watch.peak : watch.largest_resident;
    reply->process_limit_hits = watch.process_limit_hits;
    reply->processes = watch.was_alone ? 1 : started_processes(slot, &watch);
    /* Who was not killed and forked nobody was neither out of memory nor refused a process. */
    bool is_plain = watch.was_alone && run->request.processes > 1 &&
                    !(WIFSIGNALED(watch.wait_status) && WTERMSIG(watch.wait_status) == SIGKILL);
    cgroups_end_run(&slot->cgroups, is_plain, reply);
    if (engine_is_gone) return -2;
    if (run->failure.stage != CSANDBOX_STAGE_NONE) return -1;
    bool over = reply->cpu_nanoseconds >= run->request.cpu_nanoseconds;
    /* A program may raise the signal itself, so it only counts near the limit; the kernel's own count of it goes by
       ticks and may be ahead by several hundredths. */
    bool by_limit = WIFSIGNALED(watch.wait_status) && WTERMSIG(watch.wait_status) == SIGXCPU &&
                    reply->cpu_nanoseconds + run->request.cpu_nanoseconds / 8 + 20 * MILLISECOND >=
                        run->request.cpu_nanoseconds;
    if (reply->out_of_memory_kills > 0)
        reply->ending = CSANDBOX_ENDING_MEMORY;
    else if (reply->ending == CSANDBOX_ENDING_NONE && (over || by_limit))
        reply->ending = CSANDBOX_ENDING_CPU_TIME;
    /* What used up the time was memory that it did not have. */
    bool by_time = reply->ending == CSANDBOX_ENDING_CPU_TIME || reply->ending == CSANDBOX_ENDING_WALL_TIME;
    if (by_time && watch.is_starved) reply->ending = CSANDBOX_ENDING_MEMORY;
    return 0;
}
