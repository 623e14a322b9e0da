/* Rows 41-51: files, disk, and what is left of them. Names begin with "litter", so that the host can be searched. */
#include "attack.h"
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>

ATTACK(huge_file) {
    static char block[MIB];
    if (argc > 1) signal(SIGXFSZ, SIG_IGN);
    int descriptor = open("litter-huge", O_CREAT | O_WRONLY, 0600);
    for (long total = 0; total < 1024 * MIB; total += MIB)
        if (write(descriptor, block, sizeof block) < 0) return REFUSED;
    escaped("1 GiB was written");
    return 0;
}

/* Argument: the declared output file. */
ATTACK(sparse_file) {
    signal(SIGXFSZ, SIG_IGN);
    int descriptor = open(argv[1], O_CREAT | O_RDWR, 0600);
    if (ftruncate(descriptor, 1L << 40) == 0) escaped("a file of 1 TiB was made");
    if (fallocate(descriptor, 0, 0, 1L << 40) == 0) escaped("1 TiB was set aside");
    if (pwrite(descriptor, "x", 1, 1L << 40) == 1) escaped("a byte was written at 1 TiB");
    return tried();
}

ATTACK(many_files) {
    long made = 0;
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < 60000; i++) {
        char path[64];
        snprintf(path, sizeof path, "litter-%d", i);
        int descriptor = open(path, O_CREAT | O_WRONLY, 0600);
        if (descriptor < 0) break;
        made++;
        close(descriptor);
        /* Where the folder is a real disk, time runs out before files do. */
        if (i % 256 == 0 && clock_gettime(CLOCK_MONOTONIC, &now) == 0 && now.tv_sec - start.tv_sec >= 3) break;
    }
    printf("%ld files\n", made);
    return tried();
}

ATTACK(deep_tree) {
    char name[201];
    memset(name, 'd', sizeof name);
    memcpy(name, "litter", 6);
    name[200] = 0;
    long depth = 0;
    while (depth < 3000 && mkdir(name, 0700) == 0 && chdir(name) == 0) depth++;
    int descriptor = open("litter-at-the-bottom", O_CREAT | O_WRONLY, 0600);
    if (descriptor >= 0) close(descriptor);
    printf("%ld deep\n", depth);
    return tried();
}

ATTACK(undeletable_files) {
    const char *roots[] = {".", "/tmp", "/dev/shm"};
    for (int i = 0; i < 3; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/litter-locked", roots[i]);
        mkdir(path, 0700);
        snprintf(path, sizeof path, "%s/litter-locked/inner", roots[i]);
        mkdir(path, 0700);
        snprintf(path, sizeof path, "%s/litter-locked/inner/file", roots[i]);
        int descriptor = open(path, O_CREAT | O_RDWR, 0000);
        if (descriptor >= 0) {
            int flags = FS_IMMUTABLE_FL | FS_APPEND_FL;
            if (ioctl(descriptor, FS_IOC_SETFLAGS, &flags) == 0) escaped("made a file immutable");
            flock(descriptor, LOCK_EX);
            mmap(NULL, 4096, PROT_READ, MAP_SHARED, descriptor, 0);
        }
        snprintf(path, sizeof path, "%s/litter-fifo", roots[i]);
        mkfifo(path, 0000);
        snprintf(path, sizeof path, "%s/litter-loop", roots[i]);
        if (symlink("litter-loop", path) != 0) continue;
        snprintf(path, sizeof path, "%s/litter-locked/inner", roots[i]);
        chmod(path, 0000);
        snprintf(path, sizeof path, "%s/litter-locked", roots[i]);
        chmod(path, 0000);
        chmod(roots[i], 0000);
    }
    return tried();
}

/* Arguments: the declared output file, the kind of thing to make of it, and a path to point at. */
ATTACK(false_output_file) {
    const char *path = argv[1], *kind = argv[2], *target = argc > 3 ? argv[3] : "/etc/passwd";
    unlink(path);
    if (strcmp(kind, "symlink") == 0) return symlink(target, path) == 0 ? tried() : REFUSED;
    if (strcmp(kind, "fifo") == 0) return mkfifo(path, 0666) == 0 ? tried() : REFUSED;
    if (strcmp(kind, "folder") == 0) return mkdir(path, 0777) == 0 ? tried() : REFUSED;
    if (strcmp(kind, "hard-link") == 0) {
        if (link(target, path) == 0) escaped("linked %s into the box", target);
        /* A second name of a file of its own is no danger, but nothing honest needs it either. */
        close(open("other", O_CREAT | O_WRONLY, 0600));
        return link("other", path) == 0 ? tried() : REFUSED;
    }
    if (strcmp(kind, "device") == 0) {
        expect_refused("mknod(zero)", mknod(path, S_IFCHR | 0666, makedev(1, 5)));
        return tried();
    }
    if (strcmp(kind, "socket") == 0) {
        int listener = socket(AF_UNIX, SOCK_STREAM, 0);
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
        return listener >= 0 && bind(listener, (void *)&address, sizeof address) == 0 ? tried() : REFUSED;
    }
    if (strcmp(kind, "folder-link") == 0) {
        /* The declared path is folder/name, and the folder is the link. */
        char folder[PATH_MAX];
        snprintf(folder, sizeof folder, "%s", path);
        *strrchr(folder, '/') = 0;
        rmdir(folder);
        return symlink(target, folder) == 0 ? tried() : REFUSED;
    }
    return 64;
}

/* An orphan swaps the declared output between an honest file and a link for as long as it lives. */
ATTACK(swap_output_file) {
    puts("42");
    fflush(stdout);
    if (fork() == 0) {
        setsid();
        alarm(20);
        for (;;) {
            unlink("swap");
            int descriptor = open("swap", O_CREAT | O_WRONLY, 0600);
            if (descriptor >= 0 && write(descriptor, "honest", 6) != 6) _exit(1);
            close(descriptor);
            rename("swap", argv[1]);
            if (symlink("/etc/passwd", "swap") == 0) rename("swap", argv[1]);
        }
    }
    sleep_milliseconds(100);
    return 0;
}

/* Writes wherever somebody might read later. */
ATTACK(leave_files) {
    const char *paths[] = {
        "litter", ".bashrc", "sitecustomize.py", "__pycache__/litter.pyc", ".cache/litter", "/tmp/litter", "/var/tmp/litter",
        "/dev/shm/litter", "/dev/shm/sem.litter", "/dev/mqueue/litter", "/run/litter", "/litter", "/etc/litter", "/usr/litter",
        "/usr/lib/python3/dist-packages/litter.py", "/root/litter", "/home/litter", "/var/spool/cron/litter", "/dev/litter",
        "/proc/litter", "/box/litter", "../litter", "../../litter", "/var/litter", "/opt/litter", "/mnt/litter", "/srv/litter",
    };
    mkdir("__pycache__", 0700);
    mkdir(".cache", 0700);
    for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++) {
        int descriptor = open(paths[i], O_CREAT | O_WRONLY, 0666);
        if (descriptor < 0) continue;
        printf("wrote %s\n", paths[i]);
        if (write(descriptor, "litter", 6) != 6) perror(paths[i]);
        close(descriptor);
    }
    return tried();
}

/* Changes what it was given: its own program, and every path in the arguments. */
ATTACK(change_inputs) {
    for (int i = 1; i < argc; i++) {
        chmod(argv[i], 0777);
        int descriptor = open(argv[i], O_WRONLY | O_TRUNC);
        if (descriptor >= 0 && write(descriptor, "changed", 7) != 7) perror(argv[i]);
        close(descriptor);
        unlink(argv[i]);
        descriptor = open(argv[i], O_CREAT | O_WRONLY, 0777);
        if (descriptor >= 0 && write(descriptor, "replaced", 8) != 8) perror(argv[i]);
        close(descriptor);
    }
    return tried();
}

ATTACK(dump_core) {
    struct rlimit core = {RLIM_INFINITY, RLIM_INFINITY};
    if (setrlimit(RLIMIT_CORE, &core) == 0) escaped("core files may be as large as they like");
    getrlimit(RLIMIT_CORE, &core);
    /* One byte says to a core pattern that is a pipe what zero says to a file. core(5). */
    if (core.rlim_max > 1) escaped("core files may have %lu bytes", core.rlim_max);
    int log = socket(AF_UNIX, SOCK_DGRAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    if (log >= 0 && connect(log, (void *)&address, sizeof address) == 0) escaped("reached the system log");
    expect_closed("/dev/kmsg", O_WRONLY);
    tried();
    abort();
}
