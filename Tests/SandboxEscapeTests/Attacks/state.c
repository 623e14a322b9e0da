/* Row 84 and the oracle of every row: what a program finds when it starts. */
#include "attack.h"
#include <sched.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/personality.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/utsname.h>

static void print_tree(const char *path, int depth) {
    DIR *folder = opendir(path);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        char name[PATH_MAX];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        struct stat status;
        if (lstat(name, &status) < 0) continue;
        printf("%s mode %o owner %d:%d\n", name, status.st_mode, (int)status.st_uid, (int)status.st_gid);
        if (S_ISDIR(status.st_mode) && depth < 3) print_tree(name, depth + 1);
    }
    closedir(folder);
}

static void print_lines(const char *path, const char *part) {
    FILE *file = fopen(path, "r");
    char line[1024];
    while (file && fgets(line, sizeof line, file))
        if (strstr(line, part)) printf("%s %s", path, line);
    if (file) fclose(file);
}

/* Prints all that a former run could have changed and a next run could notice. Two runs in a clean slot print the same. */
ATTACK(fingerprint) {
    char folder[PATH_MAX];
    umask(umask(0));
    mode_t mask = umask(0);
    umask(mask);
    struct stat here;
    stat(".", &here);
    printf("umask %o, folder mode %o owner %d\n", mask, here.st_mode, (int)here.st_uid);
    if (argc > 1) printf("in %s\n", getcwd(folder, sizeof folder));
    printf("user %d %d group %d %d groups %d\n", getuid(), geteuid(), getgid(), getegid(), getgroups(0, NULL));
    printf("priority %d, scheduler %d, personality %x\n", getpriority(PRIO_PROCESS, 0), sched_getscheduler(0), personality(0xffffffff));
    cpu_set_t cores;
    CPU_ZERO(&cores);
    sched_getaffinity(0, sizeof cores, &cores);
    printf("cores %d, timer slack %d, dumpable %d, own group %d\n", CPU_COUNT(&cores), prctl(PR_GET_TIMERSLACK), prctl(PR_GET_DUMPABLE), getpgrp() == getpid());
    for (int limit = 0; limit < RLIM_NLIMITS; limit++) {
        struct rlimit value;
        if (getrlimit(limit, &value) == 0) printf("limit %d: %lu %lu\n", limit, value.rlim_cur, value.rlim_max);
    }
    struct utsname names;
    uname(&names);
    printf("host %s domain %s\n", names.nodename, names.domainname);
    static const char *status[] = {"SigBlk", "SigIgn", "SigCgt", "SigPnd", "ShdPnd", "Cap", "NoNewPrivs", "Seccomp:", "Threads"};
    for (unsigned i = 0; i < sizeof status / sizeof *status; i++) print_lines("/proc/self/status", status[i]);
    print_lines("/proc/self/oom_score_adj", "");
    for (char **entry = environ; *entry; entry++) printf("environment %s\n", *entry);
    for (int descriptor = 0; descriptor < 1024; descriptor++)
        if (fcntl(descriptor, F_GETFD) >= 0) printf("descriptor %d flags %x\n", descriptor, fcntl(descriptor, F_GETFL));
    print_tree(".", 0);
    print_tree("/tmp", 0);
    print_tree("/dev/shm", 0);
    print_tree("/dev/mqueue", 0);
    print_tree("/var/tmp", 0);
    print_lines("/proc/net/unix", "@");
    print_lines("/proc/sysvipc/shm", "");
    print_lines("/proc/sysvipc/msg", "");
    print_lines("/proc/sysvipc/sem", "");
    long others = 0;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes && (entry = readdir(processes));) others += atol(entry->d_name) > 1;
    printf("processes %ld\n", others);
    return tried();
}

/* Changes everything about itself that a worker which is used again would keep. */
ATTACK(poison_state) {
    umask(0777);
    mkdir("gone", 0700);
    if (chdir("gone") == 0) rmdir("../gone");
    setenv("LD_PRELOAD", "/tmp/litter.so", 1);
    setenv("PATH", "/tmp", 1);
    setpriority(PRIO_PROCESS, 0, 19);
    setpriority(PRIO_PGRP, 0, 19);
    setpriority(PRIO_USER, 0, 19);
    for (int limit = 0; limit < RLIM_NLIMITS; limit++) {
        /* Of CPU time one second, for none ends it at the next tick of the clock, before it has tried everything. */
        struct rlimit none = {limit == RLIMIT_CPU, limit == RLIMIT_CPU};
        setrlimit(limit, &none);
        prlimit(getppid(), (enum __rlimit_resource)limit, &none, NULL);
        prlimit(1, (enum __rlimit_resource)limit, &none, NULL);
    }
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (int number = 1; number < 65; number++) signal(number, SIG_IGN);
    prctl(PR_SET_TIMERSLACK, 1000000000);
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sethostname("litter", 6);
    setdomainname("litter", 6);
    cpu_set_t core;
    CPU_ZERO(&core);
    CPU_SET(0, &core);
    sched_setaffinity(0, sizeof core, &core);
    sched_setaffinity(getppid(), sizeof core, &core);
    sched_setaffinity(1, sizeof core, &core);
    personality(ADDR_NO_RANDOMIZE);
    chmod("/tmp", 0000);
    chmod("/dev/shm", 0000);
    chmod(".", 0000);
    setpgid(0, 0);
    return 0;
}
