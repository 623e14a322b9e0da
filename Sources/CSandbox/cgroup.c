/* Control groups of a slot, version 1 and version 2. cgroups(7), Documentation/admin-guide/cgroup-v2.rst.
 *
 * Version 1: the launcher lives in the slot's groups and every run inherits them; limits are rewritten and counters
 * compared a run. Version 2: spawning into a group costs nothing (CLONE_INTO_CGROUP) and memory.peak cannot be reset
 * before Linux 6.12, so each run has a fresh group. Files are opened before the user namespace is entered: what checks
 * permission is the opening. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "slot.h"

/* What the kernel may hold in store for a group, a processor: 64 pages. */
#define SPARE_BYTES (1u << 20)
/* Pages of files that were dropped and read back, 16 MiB of them: more than a program meets that only comes near its limit. */
#define MANY_REFAULTS 4096

static int open_in(int folder, const char *name, int flags)
{
    return openat(folder, name, flags | O_CLOEXEC);
}

static int write_text(int descriptor, const char *text)
{
    ssize_t length = (ssize_t)strlen(text);
    return pwrite(descriptor, text, (size_t)length, 0) == length ? 0 : -1;
}

static int write_number(int descriptor, uint64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return write_text(descriptor, text);
}

static int write_in(int folder, const char *name, const char *text)
{
    int descriptor = open_in(folder, name, O_WRONLY);
    if (descriptor < 0) return -1;
    int result = write_text(descriptor, text);
    int error = errno;
    close(descriptor);
    errno = error;
    return result;
}

static uint64_t parse_after(const char *text, const char *key)
{
    const char *found = key[0] ? strstr(text, key) : text;
    return found ? strtoull(found + strlen(key), NULL, 10) : 0;
}

/* The number after key (with its space) in a file of `key value` lines; the first number when key is empty. */
static uint64_t read_value(int descriptor, const char *key)
{
    char text[4096];
    ssize_t got = descriptor < 0 ? -1 : pread(descriptor, text, sizeof text - 1, 0);
    if (got <= 0) return 0;
    text[got] = 0;
    return parse_after(text, key);
}

static uint64_t read_value_in(int folder, const char *name, const char *key)
{
    int descriptor = open_in(folder, name, O_RDONLY);
    if (descriptor < 0) return 0;
    uint64_t value = read_value(descriptor, key);
    close(descriptor);
    return value;
}

static int create_and_open(const char *path, int index, struct failure *failure)
{
    if (mkdir(path, 0755) != 0) return fail(failure, CSANDBOX_STAGE_CGROUP_CREATE, index);
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return fail(failure, CSANDBOX_STAGE_CGROUP_OPEN, index);
    return folder;
}

static int prepare_version_1(struct slot *slot, struct failure *failure)
{
    struct cgroups *groups = &slot->cgroups;
    int folders[3];
    for (int i = 0; i < 3; i++) {
        folders[i] = create_and_open(slot->cgroup_paths[i], i, failure);
        if (folders[i] < 0) return -1;
    }
    groups->memory_limit = open_in(folders[0], "memory.limit_in_bytes", O_RDWR);
    groups->memory_swap_limit = open_in(folders[0], "memory.memsw.limit_in_bytes", O_RDWR);
    groups->memory_usage = open_in(folders[0], "memory.usage_in_bytes", O_RDONLY);
    groups->memory_peak = open_in(folders[0], "memory.max_usage_in_bytes", O_RDWR);
    groups->memory_oom = open_in(folders[0], "memory.oom_control", O_RDONLY);
    groups->memory_stat = open_in(folders[0], "memory.stat", O_RDONLY);
    groups->pids_max = open_in(folders[1], "pids.max", O_RDWR);
    groups->pids_events = open_in(folders[1], "pids.events", O_RDONLY);
    groups->cpu_usage = open_in(folders[2], "cpuacct.usage", O_RDONLY);
    if (groups->memory_limit < 0 || groups->memory_usage < 0 || groups->memory_peak < 0 || groups->memory_oom < 0)
        return fail(failure, CSANDBOX_STAGE_CGROUP_OPEN, 0);
    if (groups->pids_max < 0) return fail(failure, CSANDBOX_STAGE_CGROUP_OPEN, 1);
    if (groups->cpu_usage < 0) return fail(failure, CSANDBOX_STAGE_CGROUP_OPEN, 2);
    write_in(folders[0], "memory.swappiness", "0"); /* where memsw is not accounted this keeps a run out of swap */
    for (int i = 0; i < 3; i++) groups->entries[i] = folders[i];
    return 0;
}

static int give_away(int folder, uid_t owner)
{
    static const char *const names[] = {"cgroup.procs", "cgroup.subtree_control", "cgroup.threads"};
    if (fchown(folder, owner, owner) != 0) return -1;
    for (int i = 0; i < 3; i++)
        if (fchownat(folder, names[i], owner, owner, 0) != 0) return -1;
    return 0;
}

static int prepare_version_2(struct slot *slot, struct failure *failure)
{
    struct cgroups *groups = &slot->cgroups;
    int folder = create_and_open(slot->cgroup_paths[0], 0, failure);
    if (folder < 0) return -1;
    groups->slot_folder = folder;
    /* Only leaves may hold processes once controllers are given on, so the launcher sits in a leaf of its own. */
    if (mkdirat(folder, "launcher", 0755) != 0) return fail(failure, CSANDBOX_STAGE_CGROUP_CREATE, 1);
    int leaf = open_in(folder, "launcher", O_RDONLY | O_DIRECTORY);
    if (leaf < 0) return fail(failure, CSANDBOX_STAGE_CGROUP_OPEN, 1);
    groups->leaf_processes = open_in(leaf, "cgroup.procs", O_WRONLY);
    groups->controllers = open_in(folder, "cgroup.subtree_control", O_WRONLY);
    if (groups->leaf_processes < 0 || groups->controllers < 0) return fail(failure, CSANDBOX_STAGE_CGROUP_OPEN, 2);
    /* The launcher makes and enters the groups of its runs from inside its user namespace, and a zygote, which is nobody,
       enters them in either case. */
    uid_t owner = slot->configuration.host_uid;
    bool is_others = slot->configuration.flags & CSANDBOX_SLOT_MAP_AS_ROOT || slot->run_uid != (uid_t)-1;
    if (is_others && (give_away(folder, owner) != 0 || give_away(leaf, owner) != 0))
        return fail(failure, CSANDBOX_STAGE_CGROUP_CREATE, 3);
    groups->entries[0] = leaf;
    return 0;
}

int cgroups_prepare(struct slot *slot, struct failure *failure)
{
    struct cgroups *groups = &slot->cgroups;
    memset(groups, 0xff, sizeof *groups); /* every descriptor -1 */
    groups->base_usage = groups->base_oom = groups->base_pids_events = groups->base_cpu = 0;
    groups->memory_set = groups->processes_set = groups->zygotes = groups->zygote_bytes = 0;
    groups->version = (int)slot->configuration.cgroup_version;
    if (groups->version == 1) return prepare_version_1(slot, failure);
    if (groups->version == 2) return prepare_version_2(slot, failure);
    return 0;
}

int cgroups_attach(struct slot *slot, pid_t process, struct failure *failure)
{
    char text[32];
    snprintf(text, sizeof text, "%d", (int)process);
    for (int i = 0; i < 3; i++) {
        int *entry = &slot->cgroups.entries[i];
        if (*entry < 0) continue;
        if (write_in(*entry, "cgroup.procs", text) != 0) return fail(failure, CSANDBOX_STAGE_CGROUP_ATTACH, i);
    }
    return 0;
}

/* Moves pid 1 of the slot in. In version 2 that is the slot's own group first, so that its cgroup namespace begins there:
   systemd mounts the hierarchy with `nsdelegate`, under which nobody clones or moves a process to a group outside of his
   namespace, and the groups of the runs lie beside the launcher's. */
int cgroups_admit(struct slot *slot, pid_t process, struct failure *failure)
{
    char text[32];
    if (slot->cgroups.version != 2) return cgroups_attach(slot, process, failure);
    snprintf(text, sizeof text, "%d", (int)process);
    if (write_in(slot->cgroups.slot_folder, "cgroup.procs", text) != 0)
        return fail(failure, CSANDBOX_STAGE_CGROUP_ATTACH, 3);
    return 0;
}

/* From inside, when the cgroup namespace is there: on into the leaf, and the controllers are given to the runs. */
int cgroups_settle(struct slot *slot, struct failure *failure)
{
    struct cgroups *groups = &slot->cgroups;
    if (groups->version != 2) return 0;
    if (write_text(groups->leaf_processes, "0") != 0) return fail(failure, CSANDBOX_STAGE_CGROUP_ATTACH, 4);
    if (write_text(groups->controllers, "+memory +pids") != 0) return fail(failure, CSANDBOX_STAGE_CGROUP_CREATE, 2);
    close(groups->leaf_processes);
    close(groups->controllers);
    groups->leaf_processes = groups->controllers = -1;
    return 0;
}

/* The inside of a slot moves nobody. */
void cgroups_leave_entries(struct cgroups *groups)
{
    for (int i = 0; i < 3; i++) {
        if (groups->entries[i] >= 0) close(groups->entries[i]);
        groups->entries[i] = -1;
    }
}

/* What a zygote holds is not the runs'. In version 2 it sits in the launcher's group, where nothing is counted. */
void cgroups_keep_zygote(struct cgroups *groups)
{
    groups->zygotes++;
    if (groups->version != 1) return;
    uint64_t usage = read_value(groups->memory_usage, "");
    if (usage > groups->base_usage) groups->zygote_bytes += usage - groups->base_usage;
    groups->memory_set = groups->processes_set = 0;
}

static int set_memory_version_1(const struct cgroups *groups, uint64_t bytes)
{
    /* The limit may not pass the memory-and-swap limit on the way, so the order depends on the direction. */
    bool grows = groups->memory_swap_limit >= 0 && bytes > read_value(groups->memory_swap_limit, "");
    if (grows && write_number(groups->memory_swap_limit, bytes) != 0) return -1;
    if (write_number(groups->memory_limit, bytes) != 0) return -1;
    if (!grows && groups->memory_swap_limit >= 0 && write_number(groups->memory_swap_limit, bytes) != 0) return -1;
    return 0;
}

/* Runs of a batch mostly have equal limits, and nobody else writes these files: what stands need not be written. */
static int begin_version_1(struct cgroups *groups, const struct csandbox_request *request, struct failure *failure)
{
    if (groups->memory_set != request->memory_bytes) {
        groups->memory_set = 0;
        if (set_memory_version_1(groups, request->memory_bytes + groups->zygote_bytes) == 0) {
            groups->memory_set = request->memory_bytes;
        } else {
            /* What is there before the run, its files above all, is more than the limit, which the kernel refuses. The
             * pages that each processor keeps in store would be refused too. */
            if (errno != EBUSY) return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 0);
            uint64_t usage = read_value(groups->memory_usage, "") + SPARE_BYTES;
            if (set_memory_version_1(groups, usage + request->memory_bytes) != 0)
                return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 0);
        }
    }
    if (groups->processes_set != request->processes) {
        groups->processes_set = 0;
        /* The launcher and the zygotes live in the group too. */
        if (write_number(groups->pids_max, request->processes + 1 + groups->zygotes) != 0)
            return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 1);
        groups->processes_set = request->processes;
    }
    if (write_text(groups->memory_peak, "0") != 0) return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 2);
    groups->base_usage = read_value(groups->memory_usage, "");
    groups->base_cpu = read_value(groups->cpu_usage, "");
    return 0;
}

/* Removes a group whose processes are dead; a zombie's last reference may outlive the wait for it by a moment. */
static int remove_group(int folder, const char *name)
{
    for (int attempt = 0; attempt < 200; attempt++) {
        if (unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT) return 0;
        if (errno != EBUSY) return -1;
        struct timespec pause = {.tv_nsec = 500000};
        nanosleep(&pause, NULL);
    }
    return -1;
}

static int begin_version_2(struct slot *slot, const struct csandbox_request *request, struct failure *failure)
{
    struct cgroups *groups = &slot->cgroups;
    char text[32];
    if (remove_group(groups->slot_folder, "run") != 0 || mkdirat(groups->slot_folder, "run", 0755) != 0)
        return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 0);
    groups->run_folder = open_in(groups->slot_folder, "run", O_RDONLY | O_DIRECTORY);
    if (groups->run_folder < 0) return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 1);
    if (slot->run_uid != (uid_t)-1 &&
        fchownat(groups->run_folder, "cgroup.procs", slot->run_uid, slot->run_uid, 0) != 0)
        return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 6);
    snprintf(text, sizeof text, "%llu", (unsigned long long)request->memory_bytes);
    if (write_in(groups->run_folder, "memory.max", text) != 0) return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 2);
    /* Absent where the kernel has no swap. */
    if (write_in(groups->run_folder, "memory.swap.max", "0") != 0 && errno != ENOENT)
        return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 3);
    if (write_in(groups->run_folder, "memory.oom.group", "1") != 0)
        return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 4);
    snprintf(text, sizeof text, "%llu", (unsigned long long)request->processes);
    if (write_in(groups->run_folder, "pids.max", text) != 0) return fail(failure, CSANDBOX_STAGE_CGROUP_LIMIT, 5);
    groups->base_usage = groups->base_oom = groups->base_pids_events = groups->base_cpu = 0;
    return 0;
}

int cgroups_begin_run(struct slot *slot, const struct csandbox_request *request, struct failure *failure)
{
    if (slot->cgroups.version == 1) return begin_version_1(&slot->cgroups, request, failure);
    if (slot->cgroups.version == 2) return begin_version_2(slot, request, failure);
    return 0;
}

uint64_t cgroups_cpu_nanoseconds(const struct cgroups *groups)
{
    if (groups->version == 1) return read_value(groups->cpu_usage, "") - groups->base_cpu;
    if (groups->version == 2) return read_value_in(groups->run_folder, "cpu.stat", "usage_usec ") * 1000;
    return 0;
}

uint64_t cgroups_oom_kills(const struct cgroups *groups)
{
    if (groups->version == 1) return read_value(groups->memory_oom, "oom_kill ") - groups->base_oom;
    if (groups->version == 2) return read_value_in(groups->run_folder, "memory.events", "oom_kill ");
    return 0;
}

/* Whether a run is at its limit and lives on by dropping pages of files, which is its own code above all, and reading them
   back. The kernel takes that for progress and kills nobody, so that whether such a run ended by its memory or by its time
   depended on who had first read the interpreter it runs in. `before` is what had been read back when the limit was met. */
bool cgroups_is_starved(const struct cgroups *groups, uint64_t limit, uint64_t *before)
{
    uint64_t usage = 0;
    if (groups->version == 1) {
        /* Zygotes of the slot count, and what the kernel would not take from it. */
        limit = read_value(groups->memory_limit, "");
        usage = read_value(groups->memory_usage, "");
    } else if (groups->version == 2) {
        usage = read_value_in(groups->run_folder, "memory.current", "");
    }
    if (usage < limit - limit / 16) return false;
    int stat = groups->version == 1 ? groups->memory_stat : open_in(groups->run_folder, "memory.stat", O_RDONLY);
    uint64_t refaults = read_value(stat, "\nworkingset_refault_file ") + 1;
    uint64_t files = read_value(stat, "\ninactive_file ") + read_value(stat, "\nactive_file ");
    if (groups->version == 2 && stat >= 0) close(stat);
    if (*before == 0) *before = refaults;
    return files <= limit / 4 && refaults - *before >= MANY_REFAULTS;
}

/* A plain run is one that cannot have met a limit of its groups: what they count of that need not be read. */
void cgroups_end_run(struct cgroups *groups, bool is_plain, struct csandbox_reply *reply)
{
    if (groups->version == 0) return;
    reply->cpu_nanoseconds = cgroups_cpu_nanoseconds(groups);
    if (!is_plain) reply->out_of_memory_kills = cgroups_oom_kills(groups);
    if (groups->version == 1) {
        uint64_t peak = read_value(groups->memory_peak, "");
        /* What earlier runs left in the page cache is not this run's; what rusage saw of one process is a floor. */
        peak = peak > groups->base_usage ? peak - groups->base_usage : 0;
        if (peak > reply->peak_bytes) reply->peak_bytes = peak;
        if (is_plain) return;
        uint64_t hits = read_value(groups->pids_events, "max ");
        reply->process_limit_hits = hits - groups->base_pids_events;
        /* Nothing happens between runs that could move these two. */
        groups->base_pids_events = hits;
        groups->base_oom += reply->out_of_memory_kills;
    } else if (groups->run_folder >= 0) {
        uint64_t peak = read_value_in(groups->run_folder, "memory.peak", "");
        if (peak > 0) reply->peak_bytes = peak;
        if (!is_plain) reply->process_limit_hits = read_value_in(groups->run_folder, "pids.events", "max ");
        close(groups->run_folder);
        groups->run_folder = -1;
        remove_group(groups->slot_folder, "run");
    }
}

/* After the slot's processes are dead, from outside its namespaces. */
void cgroups_remove(const struct slot *slot)
{
    const struct cgroups *groups = &slot->cgroups;
    if (groups->version == 2 && groups->slot_folder >= 0) {
        remove_group(groups->slot_folder, "run");
        remove_group(groups->slot_folder, "launcher");
        remove_group(AT_FDCWD, slot->cgroup_paths[0]);
    }
    if (groups->version == 1)
        for (int i = 0; i < 3; i++) remove_group(AT_FDCWD, slot->cgroup_paths[i]);
}
