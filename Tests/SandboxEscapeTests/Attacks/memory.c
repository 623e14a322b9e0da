/* Rows 13-21: memory. Every attack gives up at a bound of its own and says that it escaped. */
#include "attack.h"
#include <sys/ipc.h>
#include <sys/shm.h>

#define BOUND (768 * MIB)

ATTACK(heap_bomb) {
    for (long total = 0; total < BOUND; total += MIB) {
        char *block = malloc(MIB);
        if (!block) return REFUSED;
        touch(block, MIB);
    }
    escaped("touched %ld bytes", BOUND);
    return 0;
}

ATTACK(swallow_refusals) {
    long total = 0;
    while (total < BOUND) {
        char *block = malloc(MIB);
        if (!block) continue;
        touch(block, MIB);
        total += MIB;
    }
    escaped("touched %ld bytes", BOUND);
    return 0;
}

ATTACK(reserve_without_touching) {
    void *space = mmap(NULL, 1L << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    puts(space == MAP_FAILED ? "refused" : "reserved");
    return 0;
}

static int recurse(volatile char *above) {
    volatile char frame[4096];
    frame[0] = *above;
    if (frame[0] == 1) return 0;
    return recurse(frame) + frame[0];
}

ATTACK(stack_bomb) {
    volatile char first = 0;
    return recurse(&first);
}

/* Fills files in a folder, each just below the greatest size. */
static int fill_folder(const char *folder, long bound) {
    static char block[MIB];
    touch(block, sizeof block);
    long total = 0;
    for (int file = 0; total < bound; file++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/litter-%d", folder, file);
        int descriptor = open(path, O_CREAT | O_WRONLY, 0600);
        if (descriptor < 0) return REFUSED;
        for (int i = 0; i < 8 && total < bound; i++) {
            if (write(descriptor, block, sizeof block) != (long)sizeof block) return REFUSED;
            total += MIB;
        }
        close(descriptor);
    }
    escaped("%s took %ld bytes", folder, total);
    return 0;
}

ATTACK(memory_in_folder) { return fill_folder(argv[1], argument(argc, argv, 2, 192) * MIB); }

ATTACK(memory_in_memfd) {
    static char block[MIB];
    touch(block, sizeof block);
    for (long total = 0; total < 256 * MIB;) {
        int descriptor = memfd_create("litter", 0);
        if (descriptor < 0) return REFUSED;
        for (int i = 0; i < 8; i++, total += MIB)
            if (write(descriptor, block, sizeof block) != (long)sizeof block) return REFUSED;
    }
    escaped("memfds took 256 MiB");
    return 0;
}

ATTACK(memory_in_shared_mappings) {
    for (long total = 0; total < 256 * MIB; total += 8 * MIB) {
        char *block = mmap(NULL, 8 * MIB, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED) return REFUSED;
        touch(block, 8 * MIB);
        /* Unmapped by halves: what stays mapped keeps the whole object alive. */
        munmap(block, 8 * MIB - 4096);
    }
    escaped("shared mappings took 256 MiB");
    sleep_milliseconds(500);
    return 0;
}

ATTACK(memory_in_sysv_segments) {
    for (long total = 0; total < 256 * MIB; total += 8 * MIB) {
        int segment = shmget(IPC_PRIVATE, 8 * MIB, IPC_CREAT | 0600);
        if (segment < 0) return REFUSED;
        char *block = shmat(segment, NULL, 0);
        if (block == (char *)-1) return REFUSED;
        touch(block, 8 * MIB);
        shmdt(block);
    }
    escaped("detached segments took 256 MiB");
    return 0;
}

ATTACK(memory_in_pipes) {
    static char block[65536];
    long total = 0;
    for (int i = 0; i < 4096; i++) {
        int ends[2];
        if (pipe2(ends, O_NONBLOCK) < 0) break;
        fcntl(ends[1], F_SETPIPE_SZ, MIB);
        long got;
        while ((got = write(ends[1], block, sizeof block)) > 0) total += got;
    }
    for (int i = 0; i < 4096; i++) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends) < 0) break;
        long got;
        while ((got = write(ends[1], block, sizeof block)) > 0) total += got;
    }
    if (total > 512 * MIB) escaped("pipes and sockets took %ld bytes", total);
    return tried();
}

ATTACK(memory_in_mappings) {
    /* Each page with other rights than its neighbour is an object of the kernel. */
    char *space = mmap(NULL, 256 * MIB, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (space == MAP_FAILED) return REFUSED;
    for (long page = 0; page < 65536; page += 2)
        if (mprotect(space + page * 4096, 4096, PROT_READ) < 0) break;
    /* One page touched in each 2 MiB makes a page of page table each. */
    char *tables = mmap(NULL, 1L << 36, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (tables == MAP_FAILED) return REFUSED;
    for (long at = 0; at < 1L << 36; at += 2 * MIB) tables[at] = 1;
    escaped("32768 pages with as many page tables, 256 MiB");
    return 0;
}

ATTACK(memory_split_over_processes) {
    long children = argument(argc, argv, 1, 12), each = argument(argc, argv, 2, 16) * MIB;
    int ready[2];
    if (pipe(ready) < 0) return 1;
    for (long i = 0; i < children; i++) {
        if (fork() != 0) continue;
        char *block = malloc((size_t)each);
        if (!block) _exit(REFUSED);
        touch(block, (size_t)each);
        if (write(ready[1], "r", 1) < 0) _exit(1);
        sleep(5);
        _exit(0);
    }
    for (long i = 0; i < children; i++) {
        char one;
        if (read(ready[0], &one, 1) != 1) return REFUSED;
    }
    sleep_milliseconds(1500);
    escaped("%ld processes hold %ld bytes each", children, each);
    return 0;
}

ATTACK(choose_the_victim) {
    int own = open("/proc/self/oom_score_adj", O_WRONLY);
    if (own >= 0 && write(own, "-1000", 5) == 5) escaped("made itself exempt from the out-of-memory killer");
    pid_t child = fork();
    if (child == 0) {
        int adjustment = open("/proc/self/oom_score_adj", O_WRONLY);
        if (adjustment >= 0 && write(adjustment, "1000", 4) < 0) close(adjustment);
        for (long total = 0; total < BOUND; total += MIB) {
            char *block = malloc(MIB);
            if (!block) _exit(REFUSED);
            touch(block, MIB);
        }
        escaped("touched %ld bytes", BOUND);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    puts("42");
    return 0;
}
