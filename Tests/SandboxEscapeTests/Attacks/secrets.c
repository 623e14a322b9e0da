/* Rows 53-58: what must not be read, and what must not be written. */
#include "attack.h"

#include <sys/statvfs.h>
#include <sys/sysmacros.h>

/* Prints whatever a path gives, so that the test may look for its secret in the output. */
static void show(const char *path) {
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) return;
    char content[4096];
    long got = read(descriptor, content, sizeof content - 1);
    close(descriptor);
    if (got <= 0) return;
    content[got] = 0;
    for (long i = 0; i < got; i++)
        if (!content[i]) content[i] = '\n';
    printf("%s: %s\n", path, content);
}

static const char *const ways[] = {"", "/proc/1/root", "/proc/self/root", "/proc/self/cwd/../../../../..", "../../../../../../..",
                                  "/box/../..", "/.oldroot", "/proc/1/cwd/../../..", "/old", "/proc/self/fd/0/../.."};
#define WAYS (sizeof ways / sizeof *ways)

/* Arguments: paths of the host that hold the secret, or lie beside it. */
ATTACK(read_host_files) {
    for (int i = 1; i < argc; i++)
        for (unsigned way = 0; way < WAYS; way++) {
            char path[PATH_MAX];
            snprintf(path, sizeof path, "%s%s", ways[way], argv[i]);
            show(path);
            expect_closed(path, O_RDONLY);
            expect_closed(path, O_WRONLY);
        }
    const char *closed[] = {"/etc/shadow", "/root", "/home", "/run/secrets", "/var/run/docker.sock", "/run/docker.sock",
                            "/var/lib", "/var/log", "/boot", "/root/.ssh", "/etc/ssh", "/root/.bash_history", "/etc/machine-id"};
    for (unsigned i = 0; i < sizeof closed / sizeof *closed; i++) expect_closed(closed[i], O_RDONLY);
    return tried();
}

/* The same paths, only looked at. */
ATTACK(see_host_files) {
    for (int i = 1; i < argc; i++)
        for (unsigned way = 0; way < WAYS; way++) {
            char path[PATH_MAX];
            struct stat status;
            snprintf(path, sizeof path, "%s%s", ways[way], argv[i]);
            if (stat(path, &status) == 0) escaped("sees %s", path);
        }
    return tried();
}

static void show_folder(const char *path) {
    DIR *folder = opendir(path);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[PATH_MAX], target[PATH_MAX];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        long length = readlink(name, target, sizeof target - 1);
        if (length > 0) target[length] = 0, printf("%s -> %s\n", name, target);
    }
    closedir(folder);
}

/* Argument: the judge's process number. Looks at every process there is to see. */
ATTACK(walk_processes) {
    static const char *leaves[] = {"environ", "cmdline", "maps", "stack", "mem", "auxv", "mountinfo"};
    long judge = argument(argc, argv, 1, 0);
    long others[4096], count = 0;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes && (entry = readdir(processes));)
        if (atol(entry->d_name) > 0 && count < 4000) others[count++] = atol(entry->d_name);
    if (processes) closedir(processes);
    others[count++] = judge;
    others[count++] = getppid();
    others[count++] = 1;
    for (long i = 0; i < count; i++) {
        if (others[i] == getpid()) continue;
        for (unsigned leaf = 0; leaf < sizeof leaves / sizeof *leaves; leaf++) {
            char path[64];
            snprintf(path, sizeof path, "/proc/%ld/%s", others[i], leaves[leaf]);
            if (strcmp(leaves[leaf], "mem") == 0) expect_closed(path, O_RDONLY);
            else show(path);
        }
        char path[64];
        snprintf(path, sizeof path, "/proc/%ld/fd", others[i]);
        show_folder(path);
        snprintf(path, sizeof path, "/proc/%ld/root/.", others[i]);
        struct stat other, own;
        if (stat(path, &other) == 0 && stat("/", &own) == 0 && (other.st_dev != own.st_dev || other.st_ino != own.st_ino))
            escaped("%s is another root", path);
        snprintf(path, sizeof path, "/proc/%ld/cwd/Package.swift", others[i]);
        expect_closed(path, O_RDONLY);
        if (others[i] == judge && judge != getppid()) {
            snprintf(path, sizeof path, "/proc/%ld/stat", others[i]);
            expect_closed(path, O_RDONLY);
        }
    }
    return tried();
}

ATTACK(use_inherited_descriptors) {
    for (int descriptor = 3; descriptor < 65536; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0) continue;
        char path[64], target[PATH_MAX] = "";
        snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
        if (readlink(path, target, sizeof target - 1) < 0) target[0] = '?';
        escaped("descriptor %d is open: %s", descriptor, target);
    }
    for (int descriptor = 0; descriptor < 3; descriptor++) {
        struct stat status;
        if (fstat(descriptor, &status) < 0) escaped("descriptor %d is closed", descriptor);
        /* Where there is nothing to read, the box's own /dev/null, to be read only. */
        else if (descriptor == 0 && S_ISCHR(status.st_mode)) {
            if (status.st_rdev != makedev(1, 3)) escaped("descriptor 0 is device %lx", (unsigned long)status.st_rdev);
            if ((fcntl(0, F_GETFL) & O_ACCMODE) != O_RDONLY) escaped("descriptor 0 can be written");
            struct statvfs system;
            if (fstatvfs(0, &system) == 0 && system.f_flag & ST_RDONLY && futimens(0, NULL) == 0)
                escaped("the times of /dev/null can be set");
        } else if (!S_ISFIFO(status.st_mode)) escaped("descriptor %d is not a pipe: mode %o", descriptor, status.st_mode);
        if (fcntl(descriptor, F_GETFL) & O_NONBLOCK) escaped("descriptor %d does not block", descriptor);
    }
    return tried();
}

extern char **environ;

/* Arguments: the names that may be in the environment. */
ATTACK(read_environment) {
    for (char **entry = environ; *entry; entry++) {
        int known = 0;
        for (int i = 1; i < argc; i++)
            if (strncmp(*entry, argv[i], strlen(argv[i])) == 0 && (*entry)[strlen(argv[i])] == '=') known = 1;
        if (!known) escaped("the environment holds %s", *entry);
    }
    show("/proc/self/environ");
    return tried();
}

ATTACK(overwrite_the_launcher) {
    char parent[64];
    snprintf(parent, sizeof parent, "/proc/%d/exe", getppid());
    const char *paths[] = {"/proc/1/exe", parent};
    for (int i = 0; i < 2; i++) {
        if (i == 0 && getpid() == 1) continue;
        expect_closed(paths[i], O_WRONLY);
        expect_closed(paths[i], O_RDWR);
        expect_closed(paths[i], O_RDONLY);
    }
    /* A copy that becomes the program of its own interpreter line: runc's way in. */
    int script = open("script", O_CREAT | O_WRONLY, 0700);
    if (script >= 0 && write(script, "#!/proc/self/exe\n", 17) == 17) {
        close(script);
        if (fork() == 0) {
            execl("./script", "script", NULL);
            _exit(0);
        }
        wait(NULL);
    }
    return tried();
}

ATTACK(write_kernel_knobs) {
    static const char *knobs[] = {
        "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sys/kernel/hostname", "/proc/sys/vm/drop_caches",
        "/proc/sys/vm/overcommit_memory", "/proc/sys/fs/binfmt_misc/register", "/proc/sysrq-trigger", "/proc/self/uid_map",
        "/proc/self/gid_map", "/proc/self/setgroups", "/proc/1/oom_score_adj", "/proc/irq/0/smp_affinity", "/proc/sys/kernel/ns_last_pid",
        "/sys/kernel/uevent_helper", "/sys/fs/cgroup/release_agent", "/sys/fs/cgroup/memory/release_agent", "/sys/power/state",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/cgroup.procs", "/sys/kernel/mm/transparent_hugepage/enabled",
        "/sys/kernel/security/apparmor/.remove", "/proc/self/attr/current", "/proc/acpi/wakeup", "/proc/mtrr", "/proc/sys/user/max_user_namespaces",
    };
    for (unsigned i = 0; i < sizeof knobs / sizeof *knobs; i++) expect_closed(knobs[i], O_WRONLY);
    static const char *masked[] = {"/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/kallsyms", "/proc/kmsg", "/proc/config.gz",
                                   "/proc/sched_debug", "/proc/slabinfo", "/proc/vmallocinfo", "/proc/pagetypeinfo",
                                   "/sys/firmware", "/sys/kernel/debug", "/sys/class", "/proc/iomem", "/proc/key-users"};
    for (unsigned i = 0; i < sizeof masked / sizeof *masked; i++) {
        /* A mask may be an empty file; what counts is that nothing can be read. */
        int descriptor = open(masked[i], O_RDONLY | O_NONBLOCK);
        char byte;
        if (descriptor >= 0 && read(descriptor, &byte, 1) == 1) escaped("reads %s", masked[i]);
        DIR *folder = descriptor >= 0 ? fdopendir(descriptor) : NULL;
        long entries = 0;
        while (folder && readdir(folder)) entries++;
        if (entries > 2) escaped("lists %s", masked[i]);
    }
    int own = open("/proc/self/oom_score_adj", O_WRONLY);
    if (own >= 0 && write(own, "-1000", 5) == 5) escaped("exempt from the out-of-memory killer");
    return tried();
}
