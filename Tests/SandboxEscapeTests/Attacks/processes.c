/* Rows 24-35: processes and signals. Bombs are bounded by count and by alarm. */
#include "attack.h"
#include <linux/kcmp.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

/* Every process of a bomb ends by itself after this many seconds, should nobody end it. */
#define FUSE 20

/* Argument: how many processes the box allows. */
ATTACK(fork_bomb) {
    long allowed = argument(argc, argv, 1, 64), count = 0;
    for (int i = 0; i < 2000; i++) {
        pid_t child = fork();
        if (child == 0) {
            alarm(FUSE);
            for (;;) pause();
        }
        if (child > 0) count++;
    }
    if (count >= allowed) escaped("%ld children at once where %ld processes are allowed", count, allowed);
    return tried();
}

/* Twelve generations, all of which go on. */
ATTACK(fork_bomb_by_generations) {
    alarm(FUSE);
    for (int generation = 0; generation < 12; generation++)
        if (fork() == 0) alarm(FUSE);
    spin();
}

ATTACK(fork_bomb_with_sessions) {
    alarm(FUSE);
    for (int generation = 0; generation < 12; generation++)
        if (fork() == 0) {
            alarm(FUSE);
            setsid();
            for (int number = 1; number < 65; number++)
                if (number != SIGALRM) signal(number, SIG_IGN);
        }
    spin();
}

static void daemonise(void) {
    if (fork() != 0) return;
    setsid();
    if (fork() != 0) _exit(0);
    for (int number = 1; number < 65; number++)
        if (number != SIGALRM) signal(number, SIG_IGN);
    alarm(FUSE);
    prctl(PR_SET_PDEATHSIG, 0);
}

ATTACK(orphan_daemon) {
    pid_t self = getpid();
    puts("42");
    fflush(stdout);
    daemonise();
    if (getpid() == self) return 0;
    for (int descriptor = 0; descriptor < 3; descriptor++) close(descriptor);
    spin();
}

ATTACK(orphan_stopped) {
    pid_t self = getpid();
    puts("42");
    fflush(stdout);
    daemonise();
    if (getpid() == self) return 0;
    for (;;) raise(SIGSTOP);
}

ATTACK(orphan_holds_the_pipe) {
    pid_t self = getpid();
    puts("42");
    fflush(stdout);
    daemonise();
    if (getpid() == self) return 0;
    wait_forever();
}

ATTACK(orphan_writes_on) {
    pid_t self = getpid();
    puts("42");
    fflush(stdout);
    daemonise();
    if (getpid() == self) return 0;
    sleep_milliseconds(300);
    escaped("an orphan writes after the end");
    wait_forever();
}

ATTACK(kill_everybody) {
    stop_if_judge_is_in_reach(argc, argv);
    kill(-1, SIGKILL);
    return tried();
}

ATTACK(kill_the_supervisor) {
    stop_if_judge_is_in_reach(argc, argv);
    const int fatal[] = {SIGKILL, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGUSR1, SIGCHLD, SIGRTMIN};
    pid_t self = getpid();
    for (unsigned i = 0; i < sizeof fatal / sizeof *fatal; i++) {
        if (getppid() > 0) kill(getppid(), fatal[i]);
        if (self != 1) kill(1, fatal[i]);
        for (pid_t other = 2; other < 128; other++)
            if (other != self) syscall(SYS_tgkill, other, other, fatal[i]);
    }
    return tried();
}

static void *waiting_thread(void *unused) {
    (void)unused;
    wait_forever();
}

ATTACK(thread_bomb) {
    long allowed = argument(argc, argv, 1, 64), count = 0;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65536);
    alarm(FUSE);
    for (int i = 0; i < 2000; i++) {
        pthread_t thread;
        if (pthread_create(&thread, &small, waiting_thread, NULL) != 0) break;
        count++;
    }
    if (count >= allowed) escaped("%ld threads at once where %ld are allowed", count, allowed);
    tried();
    _exit(0);
}

static void vfork_deeper(int depth) {
    if (depth == 0) return;
    if (vfork() == 0) {
        vfork_deeper(depth - 1);
        _exit(0);
    }
}

ATTACK(newer_clones) {
    struct clone_args arguments = {.exit_signal = SIGCHLD, .flags = CLONE_NEWUSER | CLONE_NEWNS};
    long child = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (child == 0) _exit(0);
    expect_refused("clone3 with namespaces", child);
    arguments = (struct clone_args){.exit_signal = SIGCHLD};
    child = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (child == 0) _exit(0);
    /* A filter cannot look behind the pointer, so the whole call must say that it does not exist. */
    if (child != -1 || errno != ENOSYS) escaped("clone3 did not say ENOSYS");
    vfork_deeper(500);
    return tried();
}

ATTACK(zombie_farm) {
    long count = 0;
    for (int i = 0; i < 3000; i++) {
        pid_t child = fork();
        if (child == 0) _exit(0);
        if (child > 0) count++;
    }
    printf("%ld zombies\n", count);
    return tried();
}

/* Argument: the judge's process number on the host. */
ATTACK(trace_others) {
    pid_t others[] = {getppid(), 1, (pid_t)argument(argc, argv, 1, 1)};
    for (int i = 0; i < 3; i++) {
        if (others[i] <= 0) continue;
        char byte = 0;
        struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};
        expect_refused("ptrace(ATTACH)", ptrace(PTRACE_ATTACH, others[i], NULL, NULL));
        expect_refused("ptrace(SEIZE)", ptrace(PTRACE_SEIZE, others[i], NULL, NULL));
        expect_refused("process_vm_readv", process_vm_readv(others[i], &here, 1, &there, 1, 0));
        expect_refused("process_vm_writev", process_vm_writev(others[i], &here, 0, &there, 0, 0));
        expect_refused("kcmp", syscall(SYS_kcmp, others[i], getpid(), KCMP_VM, 0, 0));
        int handle = (int)syscall(SYS_pidfd_open, others[i], 0);
        if (handle >= 0) expect_refused("pidfd_getfd", syscall(SYS_pidfd_getfd, handle, 0, 0));
        if (handle >= 0) expect_refused("process_madvise", syscall(SYS_process_madvise, handle, &there, 1, 21, 0));
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/mem", others[i]);
        if (others[i] != getpid()) expect_closed(path, O_RDWR);
    }
    expect_refused("ptrace(TRACEME)", ptrace(PTRACE_TRACEME, 0, NULL, NULL));
    return tried();
}

/* Runs a program and gives its wait status. */
static int status_of(char *const arguments[]) {
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        for (int descriptor = 0; descriptor < 3; descriptor++) dup2(null, descriptor);
        execv(arguments[0], arguments);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

ATTACK(gain_privileges) {
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) escaped("no_new_privs is off");
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    while (status && fgets(line, sizeof line, status)) {
        unsigned long long set = 0;
        if (strncmp(line, "CapBnd", 6) != 0 && sscanf(line, "Cap%*3s: %llx", &set) == 1 && set != 0) escaped("holds capabilities: %.40s", line);
        if (strncmp(line, "Seccomp:", 8) == 0 && atoi(line + 8) != 2) escaped("no filter: %.40s", line);
    }
    expect_refused("setuid(0)", getuid() == 0 ? -1 : setuid(0));
    expect_refused("setgroups", syscall(SYS_setgroups, 0, NULL));
    /* A set-user-id copy of a shell, and the host's own set-user-id programs. */
    int source = open("/proc/self/exe", O_RDONLY), copy = open("raised", O_CREAT | O_WRONLY, 0700);
    char block[65536];
    for (long got; source >= 0 && copy >= 0 && (got = read(source, block, sizeof block)) > 0;)
        if (write(copy, block, (size_t)got) != got) break;
    if (copy >= 0) fchmod(copy, 06755);
    close(copy);
    char *raised[] = {"./raised", "report_identity", NULL};
    if (status_of(raised) == 3 << 8) escaped("a set-user-id copy changed its identity");
    char *mounting[] = {"/usr/bin/mount", "-t", "tmpfs", "none", "/tmp", NULL};
    if (status_of(mounting) == 0) escaped("mount(8) worked");
    char *switching[] = {"/usr/bin/su", "-c", "true", NULL};
    if (status_of(switching) == 0) escaped("su(1) worked");
    return tried();
}

ATTACK(read_bounding_set) {
    for (int capability = 0; capability < 64; capability++)
        if (prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1) escaped("capability %d is in the bounding set", capability);
    return tried();
}

/* Helper of gain_privileges: 3 when the effective identity differs from the real one. */
ATTACK(report_identity) { return geteuid() != getuid() || getegid() != getgid() ? 3 : 0; }

ATTACK(exit_with) { exit((int)argument(argc, argv, 1, 0)); }

ATTACK(die_by) {
    int number = (int)argument(argc, argv, 1, SIGKILL);
    signal(number, SIG_DFL);
    kill(getpid(), number);
    raise(number);
    return tried();
}
