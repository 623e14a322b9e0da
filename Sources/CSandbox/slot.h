/* What the parts of the launcher share; nobody else includes this. */
#pragma once

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/capability.h>

#include "csandbox.h"

/* A failed step. Every step returns 0, or -1 with this filled. */
struct failure {
    uint32_t stage;
    int32_t error;
    int32_t index;
};

/* Fills a failure with errno and returns -1, so that a step reads `return fail(f, STAGE, i)`. */
int fail(struct failure *failure, uint32_t stage, int32_t index);

/* Inside a slot's user namespace: who runs, and who owns what a run may not change. */
enum { INSIDE_ID = 1000, KEEPER_ID = 1001 };

/* The cgroups of a slot: opened outside, as the host's user, and used inside by descriptor. */
struct cgroups {
    int version;
    /* version 1: the launcher lives in the slot's groups, for moving a process costs an RCU grace period (11 ms) */
    int memory_limit, memory_swap_limit, memory_usage, memory_peak, memory_oom, memory_stat, pids_max, pids_events, cpu_usage;
    /* version 2: a fresh group a run, entered by clone3 */
    int slot_folder, run_folder;
    int leaf_processes, controllers; /* by which the inside settles, until it has */
    int entries[3]; /* the folders that the launcher is moved into, until it is */
    uint64_t memory_set, processes_set; /* the limits that stand, 0 when unknown */
    uint64_t zygotes, zygote_bytes;     /* how many live in the slot's groups, and what they hold there */
    uint64_t base_usage, base_oom, base_pids_events, base_cpu;
};

/* A zygote as the inside of the slot sees it. */
struct zygote {
    int socket;              /* -1 when there is none */
    uint64_t resident_bytes; /* when it was ready */
};

/* What the scratch folders are like when nothing is in them. */
struct scratch_state {
    bool is_known; /* only where they have a file system of their own */
    uint64_t free_inodes, free_blocks;
};

/* A file that runs are given one after the other, outside of what they can name: each gets a link to it. It is owned by
   somebody else, so they can read and execute it and no more. */
struct kept_file {
    int folder;      /* -1 where nobody else can own anything */
    uint64_t number; /* 0 when there is none */
    uint64_t size, blocks;
    uint32_t flags;
};

struct slot {
    struct csandbox_slot configuration;
    const char *mounts[CSANDBOX_MAX_MOUNTS], *mount_targets[CSANDBOX_MAX_MOUNTS];
    const char *cgroup_paths[3];
    const char *scratch_path;
    bool has_scratch_on_host; /* made by us, so ours to remove */
    struct sock_filter *filter;
    struct cgroups cgroups;
    int work, tmp, shm; /* dirfds of the three scratch folders */
    struct scratch_state empty;
    struct kept_file kept;
    int last_pid;       /* /proc/sys/kernel/ns_last_pid of the slot's PID namespace, or -1 */
    int own_score;      /* /proc/self/oom_score_adj, or -1 where it is not needed, or not to be had */
    char usual_score[8];
    int landlock;       /* ruleset, or -1 */
    bool landlock_is_inherited;
    uid_t run_uid;      /* what a run becomes, or (uid_t)-1 to stay */
    cap_t no_capabilities;
    int warden; /* the way from the inside to the outer half, which starts zygotes; -1 when there is none */
    struct zygote zygotes[CSANDBOX_MAX_ZYGOTES];
    pid_t zygote_processes[CSANDBOX_MAX_ZYGOTES]; /* the outer half's */
    int zygote_count;
};

struct run {
    struct csandbox_request request;
    const char *strings; /* as they came: arguments, environment, folder, outputs */
    char *arguments[CSANDBOX_MAX_ARGUMENTS + 1];
    char *environment[CSANDBOX_MAX_ARGUMENTS + 1];
    char *outputs[CSANDBOX_MAX_OUTPUTS];
    char *folder;
    char executables[3][512]; /* candidates for the command, tried in order */
    int executable_count;
    int descriptors[3 + CSANDBOX_MAX_INPUTS];
    int descriptor_count;
    bool keeps; /* it has a link to the kept file */
    struct failure failure; /* written by the child, which shares our memory until it execs */
};

/* wire.c */
int receive_all(int socket, void *bytes, size_t count);
int receive_byte(char *byte, int *descriptors, int capacity, int *count);
bool control_has_more(void);
void send_failure(const struct failure *failure);
int send_reply(const struct csandbox_reply *reply, const int *descriptors, int count);
int send_packet(int socket, const void *bytes, size_t size, const int *descriptors, int count);
int receive_packet(int socket, void *bytes, size_t size, int *descriptors, int capacity, int *count);

/* cgroup.c */
int cgroups_prepare(struct slot *slot, struct failure *failure);
int cgroups_attach(struct slot *slot, pid_t process, struct failure *failure);
int cgroups_admit(struct slot *slot, pid_t process, struct failure *failure);
int cgroups_settle(struct slot *slot, struct failure *failure);
int cgroups_begin_run(struct slot *slot, const struct csandbox_request *request, struct failure *failure);
uint64_t cgroups_cpu_nanoseconds(const struct cgroups *cgroups);
uint64_t cgroups_oom_kills(const struct cgroups *cgroups);
bool cgroups_is_starved(const struct cgroups *cgroups, uint64_t limit, uint64_t *before);
void cgroups_keep_zygote(struct cgroups *cgroups);
void cgroups_leave_entries(struct cgroups *cgroups);
void cgroups_end_run(struct cgroups *cgroups, bool is_plain, struct csandbox_reply *reply);
void cgroups_remove(const struct slot *slot);

/* census.c: what the run's processes use together, where no cgroup counts it */
struct census {
    uint64_t cpu_nanoseconds, memory_bytes, processes;
};
struct census census_take(const struct slot *slot, uint64_t memory_limit);

/* oom.c: around the birth of a run */
void oom_open(struct slot *slot);
void oom_raise(const struct slot *slot);
void oom_restore(const struct slot *slot);

/* root.c: the slot's file system, from inside its namespaces */
int root_prepare(struct slot *slot, struct failure *failure);

/* landlock.c */
int landlock_prepare(struct slot *slot, struct failure *failure);
int landlock_enclose(struct failure *failure);
int landlock_restrict(int ruleset);

/* scratch.c */
int scratch_open(struct slot *slot, int root, struct failure *failure);
int scratch_receive(struct slot *slot, struct run *run, struct failure *failure);
void scratch_fetch(struct slot *slot, const struct run *run, struct csandbox_reply *reply, int *fds, int *count);
int scratch_wipe(struct slot *slot, bool had_files);
void scratch_remove(const struct slot *slot);

/* staircase.c: from clone to execve */
int staircase(void *context);
struct staircase_context {
    struct slot *slot;
    struct run *run;
};
int staircase_finish(const struct slot *slot, struct run *run, int zygote_socket);
int load_filter(const struct sock_filter *filter, unsigned length);
uint64_t cpu_seconds(const struct csandbox_request *request);
uint64_t data_bytes(const struct slot *slot, const struct csandbox_request *request);
uint64_t process_limit(const struct slot *slot, const struct csandbox_request *request);

/* supervise.c */
int supervise(struct slot *slot, struct run *run, struct csandbox_reply *reply);
void kill_all(void);

/* launcher.c */
int become_inside_user(const struct slot *slot, struct failure *failure);

/* zygote.c: the inside's part of it */
int zygote_start(struct slot *slot, struct run *run);
pid_t zygote_fork(struct slot *slot, struct run *run);

/* warden.c: the outer half's, and how the inside talks to it */
struct warden_order {
    uint32_t is_offer; /* of the namespaces; else a zygote is wanted */
    uint32_t reserved;
    struct csandbox_request request;
};
struct warden_answer {
    struct failure failure;
};
void warden_offer_namespaces(struct slot *slot);
void warden_serve(struct slot *slot, int socket);

/* serve.c */
int slot_enter(struct slot *slot, struct failure *failure);
int slot_serve(struct slot *slot);
int slot_drop_capabilities(struct slot *slot, struct failure *failure);
int request_take_strings(struct run *run, char *strings);
