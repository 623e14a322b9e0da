/* Rows 1-12: processor time, wall time, clocks. */
#include "attack.h"
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sched.h>
#include <sys/select.h>
#include <sys/timex.h>

ATTACK(busy_loop) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (int number = 1; number < 65; number++) signal(number, SIG_IGN);
    spin();
}

ATTACK(pause_forever) {
    wait_forever();
}

ATTACK(select_forever) {
    while (select(0, NULL, NULL, NULL, NULL) <= 0) continue;
    return 0;
}

ATTACK(sleep_forever) {
    while (sleep(1000) > 0) continue;
    return 0;
}

ATTACK(stop_itself) {
    while (raise(SIGSTOP) == 0) continue;
    return 0;
}

ATTACK(spin_in_children) {
    for (int i = 0; i < 3; i++)
        if (fork() == 0) spin();
    while (wait(NULL) > 0) continue;
    return 0;
}

/* Each child uses a little and ends, so that only the sum over the dead tells. */
ATTACK(spin_in_short_children) {
    for (;;) {
        pid_t child = fork();
        if (child == 0) {
            clock_t end = clock() + CLOCKS_PER_SEC / 20;
            while (clock() < end) continue;
            _exit(0);
        }
        if (child > 0) waitpid(child, NULL, 0);
    }
}

static void *spinning_thread(void *unused) {
    (void)unused;
    spin();
}

ATTACK(spin_in_threads) {
    for (int i = 0; i < 4; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, spinning_thread, NULL);
    }
    wait_forever();
}

ATTACK(trickle_output) {
    for (;;) {
        if (write(1, "4", 1) < 0) return 1;
        sleep_milliseconds(20);
    }
}

ATTACK(fake_timeout_text) {
    fputs("timelimit exceeded (wall time): aborting command\ntime_limit_exceeded\nKilled\n", stderr);
    return 0;
}

ATTACK(stop_the_supervisor) {
    stop_if_judge_is_in_reach(argc, argv);
    pid_t others[] = {getppid(), 1};
    for (int i = 0; i < 2; i++) {
        if (others[i] <= 0 || others[i] == getpid()) continue;
        kill(others[i], SIGSTOP);
        kill(others[i], SIGTSTP);
        kill(others[i], SIGTTIN);
    }
    return tried();
}

ATTACK(set_the_clock) {
    /* With the present time, so that a sandbox that lets it through does no harm. */
    struct timespec now;
    struct timeval day;
    clock_gettime(CLOCK_REALTIME, &now);
    gettimeofday(&day, NULL);
    expect_refused("clock_settime", clock_settime(CLOCK_REALTIME, &now));
    expect_refused("settimeofday", settimeofday(&day, NULL));
    struct timex change = {.modes = ADJ_OFFSET, .offset = 0};
    expect_refused("adjtimex", adjtimex(&change));
    change = (struct timex){.modes = ADJ_OFFSET, .offset = 0};
    expect_refused("clock_adjtime", clock_adjtime(CLOCK_REALTIME, &change));
    expect_refused("unshare(CLONE_NEWTIME)", unshare(0x00000080));
    expect_closed("/dev/rtc0", O_RDONLY);
    expect_closed("/proc/self/timens_offsets", O_WRONLY);
    return tried();
}

/* The parent of a vfork child waits uninterruptibly until the child ends, which it never does. */
ATTACK(hang_in_vfork) {
    expect_closed("/dev/fuse", O_RDWR);
    expect_closed("/dev/userfaultfd", O_RDWR);
    expect_refused("userfaultfd", syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY));
    tried();
    if (vfork() == 0)
        for (;;) pause();
    return 0;
}

ATTACK(raise_priority) {
    struct sched_param parameter = {.sched_priority = 50};
    expect_refused("sched_setscheduler(FIFO)", sched_setscheduler(0, SCHED_FIFO, &parameter));
    expect_refused("sched_setscheduler(RR)", sched_setscheduler(0, SCHED_RR, &parameter));
    expect_refused("setpriority(-20)", setpriority(PRIO_PROCESS, 0, -20));
    expect_refused("ioprio_set(real time)", syscall(SYS_ioprio_set, 1, 0, 1 << 13));
    struct rlimit limit = {99, 99};
    expect_refused("setrlimit(RTPRIO)", setrlimit(RLIMIT_RTPRIO, &limit));
    limit = (struct rlimit){40, 40};
    expect_refused("setrlimit(NICE)", setrlimit(RLIMIT_NICE, &limit));
    /* Other cores may be asked for; that must not disturb anybody, which the bystander sees. */
    cpu_set_t cores;
    memset(&cores, 0xff, sizeof cores);
    sched_setaffinity(0, sizeof cores, &cores);
    return tried();
}

static void spin_at_exit(void) { spin(); }

ATTACK(hang_at_exit) {
    atexit(spin_at_exit);
    return 0;
}

/* Argument: the judge's process number. Signals are not the only way to disturb a process. */
ATTACK(disturb_others) {
    pid_t others[] = {(pid_t)argument(argc, argv, 1, 1), getppid(), 1};
    for (int i = 0; i < 3; i++) {
        pid_t other = others[i];
        if (other <= 0 || other == getpid()) continue;
        /* Always with what it has, so that a sandbox that lets it through does no harm. */
        struct rlimit limit;
        errno = 0;
        if (prlimit(other, RLIMIT_NOFILE, NULL, &limit) == 0 && prlimit(other, RLIMIT_NOFILE, &limit, NULL) == 0)
            escaped("sets the limits of process %d", other);
        int priority = getpriority(PRIO_PROCESS, (id_t)other);
        if (errno == 0 && setpriority(PRIO_PROCESS, (id_t)other, priority) == 0) escaped("sets the priority of process %d", other);
        cpu_set_t cores;
        if (sched_getaffinity(other, sizeof cores, &cores) == 0 && sched_setaffinity(other, sizeof cores, &cores) == 0)
            escaped("chooses the cores of process %d", other);
        struct sched_param parameter = {0};
        if (sched_getscheduler(other) >= 0 && sched_setscheduler(other, SCHED_OTHER, &parameter) == 0)
            escaped("sets the scheduler of process %d", other);
        if (syscall(SYS_ioprio_set, 1, other, 2 << 13 | 4) == 0) escaped("sets the disk priority of process %d", other);
        if (kill(other, 0) == 0 && other == others[0]) escaped("may signal process %d", other);
    }
    return tried();
}
