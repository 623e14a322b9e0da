/* What a run uses, where no cgroup counts it: its processes are looked up in /proc and their use is added. proc(5).
 *
 * A census sees what is alive, and what the living have waited for; the rest is in the rusage of those we reaped. It is
 * taken every few milliseconds, so a limit may be passed by what fits in between. Memory that no process maps (an
 * unmapped memfd) is not seen at all; files of the scratch file system are, where that is memory. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "slot.h"

enum { MAX_PROCESSES = 4096 };

/* Processes found and not yet looked at. */
struct found {
    pid_t pids[MAX_PROCESSES];
    int count;
};

/* Reads the start of a small file as text; returns false when it is gone, or not for us. */
static bool read_text(const char *path, char *text, size_t capacity)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t got = read(file, text, capacity - 1);
    close(file);
    text[got > 0 ? got : 0] = 0;
    return got > 0;
}

static bool read_of(pid_t pid, const char *name, char *text, size_t capacity)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    return read_text(path, text, capacity);
}

static void add(struct found *found, pid_t pid)
{
    if (pid <= 1 || found->count == MAX_PROCESSES) return;
    found->pids[found->count++] = pid;
}

/* In a PID namespace of our own everybody but us is of the run. */
static void find_all(struct found *found)
{
    DIR *folder = opendir("/proc");
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) add(found, (pid_t)strtol(entry->d_name, NULL, 10));
    closedir(folder);
}

/* Without one, the run is what descends from us; a process lists the children of each of its threads apart. */
static void find_children(struct found *found, pid_t parent)
{
    char path[320], text[16 << 10];
    snprintf(path, sizeof path, "/proc/%d/task", (int)parent);
    DIR *folder = opendir(path);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "/proc/%d/task/%s/children", (int)parent, entry->d_name);
        if (!read_text(path, text, sizeof text)) continue;
        char *rest = text;
        /* Every number is followed by a space; one cut off at the end of the buffer would name a stranger. */
        for (char *end; (end = strchr(rest, ' ')); rest = end + 1) add(found, (pid_t)strtol(rest, NULL, 10));
    }
    closedir(folder);
}

/* utime, stime, cutime, cstime: the fields 14 to 17, counted after the name, which may hold anything. */
static uint64_t ticks_of(pid_t pid)
{
    char text[1024];
    if (!read_of(pid, "stat", text, sizeof text)) return 0;
    char *field = strrchr(text, ')');
    for (int number = 2; field && number < 14; number++) field = strchr(field + 1, ' ');
    uint64_t ticks = 0;
    for (int number = 14; field && number <= 17; number++) ticks += strtoull(field, &field, 10);
    return ticks;
}

static uint64_t kibibytes(const char *text, const char *key)
{
    const char *found = strstr(text, key);
    return found ? strtoull(found + strlen(key), NULL, 10) : 0;
}

/* Adds what a process holds; pages that several share count once for each, unless `exact`, which costs a page walk. */
static void add_memory(pid_t pid, bool exact, uint64_t *private_bytes, uint64_t *shared_bytes)
{
    char text[4096];
    if (exact && read_of(pid, "smaps_rollup", text, sizeof text)) {
        *private_bytes += kibibytes(text, "Pss_Anon:") << 10;
        *shared_bytes += kibibytes(text, "Pss_Shmem:") << 10;
    } else if (read_of(pid, "status", text, sizeof text)) {
        *private_bytes += kibibytes(text, "RssAnon:") << 10;
        *shared_bytes += kibibytes(text, "RssShmem:") << 10;
    }
}

static uint64_t memory_of(const struct slot *slot, const struct found *found, bool exact)
{
    uint64_t private_bytes = 0, shared_bytes = 0, files = 0;
    struct statfs scratch;
    for (int i = 0; i < found->count; i++) add_memory(found->pids[i], exact, &private_bytes, &shared_bytes);
    if (slot->configuration.level == CSANDBOX_LEVEL_NAMESPACES && fstatfs(slot->work, &scratch) == 0)
        files = (uint64_t)(scratch.f_blocks - scratch.f_bfree) * (uint64_t)scratch.f_bsize;
    /* A mapped file of the scratch file system is in both. */
    return private_bytes + (shared_bytes > files ? shared_bytes : files);
}

static const struct found *find(const struct slot *slot)
{
    static struct found found;
    found.count = 0;
    if (slot->configuration.level == CSANDBOX_LEVEL_NAMESPACES) {
        find_all(&found);
    } else {
        find_children(&found, getpid());
        for (int i = 0; i < found.count; i++) find_children(&found, found.pids[i]);
    }
    return &found;
}

struct census census_take(const struct slot *slot, uint64_t memory_limit)
{
    const struct found *found = find(slot);
    struct census census = {.processes = (uint64_t)found->count};
    uint64_t ticks = 0;
    for (int i = 0; i < found->count; i++) ticks += ticks_of(found->pids[i]);
    census.cpu_nanoseconds = ticks * (1000000000u / (uint64_t)sysconf(_SC_CLK_TCK));
    census.memory_bytes = memory_of(slot, found, false);
    if (census.memory_bytes > memory_limit) census.memory_bytes = memory_of(slot, found, true);
    return census;
}
