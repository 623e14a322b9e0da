/* The launcher's wire format and entry point.
 *
 * One launcher serves one slot. It is spawned with a stream socket on descriptor 3 and speaks in frames; each begins
 * with one byte that names it. Integers are in host order: both ends are one machine.
 *
 *   engine -> launcher   'C' csandbox_slot, strings, filter       once, first
 *   launcher -> engine   csandbox_reply (READY or FAILED)         once
 *   engine -> launcher   'R' csandbox_request, strings, files     then one after another;
 *                        descriptors stdin, stdout, stderr, then those of the input files, ride on the first byte;
 *                        no stdin for a run without input, which reads the box's /dev/null
 *   engine -> launcher   'Z' csandbox_request, strings, files     starts a zygote, which `zygote` numbers; answered as a
 *                        run is, and what was put into the working folder is gone then
 *   engine -> launcher   'K'                                      ends the run in progress; ignored between runs
 *   launcher -> engine   csandbox_reply (RUNNING)                 at most one a request: the run goes on for longer than
 *                        a millisecond, so its pipes had better be watched
 *   launcher -> engine   csandbox_reply (ENDED or FAILED),        one a request; the run's processes are all dead
 *                        descriptors of the output files
 *   end of file          the engine is gone: the run is killed, the slot taken down
 */
#pragma once

#include <stdint.h>

#define CSANDBOX_MAGIC 0x52745274u
#define CSANDBOX_CONTROL_DESCRIPTOR 3
#define CSANDBOX_MAX_STRINGS (1u << 20)
#define CSANDBOX_MAX_ARGUMENTS 4096u
#define CSANDBOX_MAX_MOUNTS 128u
#define CSANDBOX_MAX_FILTER 4096u
#define CSANDBOX_MAX_INPUTS 240u
#define CSANDBOX_MAX_OUTPUTS 32u
#define CSANDBOX_MAX_ZYGOTES 8u
#define CSANDBOX_KEEPER_OFFSET 600000000u

/* The steps that can fail, in the order of a slot's life. A failure names one. */
enum csandbox_stage {
    CSANDBOX_STAGE_NONE,
    CSANDBOX_STAGE_PROTOCOL,
    CSANDBOX_STAGE_CGROUP_CREATE,
    CSANDBOX_STAGE_CGROUP_ATTACH,
    CSANDBOX_STAGE_CGROUP_OPEN,
    CSANDBOX_STAGE_CLONE_SLOT,
    CSANDBOX_STAGE_ID_MAP,
    CSANDBOX_STAGE_IDENTITY,
    CSANDBOX_STAGE_MOUNT_PRIVATE,
    CSANDBOX_STAGE_MOUNT_BASE,
    CSANDBOX_STAGE_MOUNT_VIEW,
    CSANDBOX_STAGE_MOUNT_DEV,
    CSANDBOX_STAGE_MOUNT_PROC,
    CSANDBOX_STAGE_MOUNT_SCRATCH,
    CSANDBOX_STAGE_MOUNT_ETC,
    CSANDBOX_STAGE_PIVOT_ROOT,
    CSANDBOX_STAGE_NETWORK,
    CSANDBOX_STAGE_HOSTNAME,
    CSANDBOX_STAGE_SCRATCH_FOLDER,
    CSANDBOX_STAGE_LANDLOCK,
    CSANDBOX_STAGE_CAPABILITIES,
    CSANDBOX_STAGE_NO_NEW_PRIVS,
    CSANDBOX_STAGE_SECCOMP,
    CSANDBOX_STAGE_INPUT_FILE,
    CSANDBOX_STAGE_CGROUP_LIMIT,
    CSANDBOX_STAGE_CLONE_RUN,
    CSANDBOX_STAGE_DESCRIPTORS,
    CSANDBOX_STAGE_SESSION,
    CSANDBOX_STAGE_RLIMIT,
    CSANDBOX_STAGE_CHDIR,
    CSANDBOX_STAGE_EXECVE,
    CSANDBOX_STAGE_WAIT,
    CSANDBOX_STAGE_WIPE,
    CSANDBOX_STAGE_ZYGOTE_START,
    CSANDBOX_STAGE_ZYGOTE_FORK,
    CSANDBOX_STAGE_COUNT
};

enum csandbox_level { CSANDBOX_LEVEL_LANDLOCK, CSANDBOX_LEVEL_NAMESPACES };

enum csandbox_slot_flag {
    CSANDBOX_SLOT_USER_NAMESPACE = 1, /* clone into a user namespace; without it the launcher stays root */
    CSANDBOX_SLOT_MAP_AS_ROOT = 2,    /* the engine is root: map host_uid, which is nobody's, instead of its own, and
                                         CSANDBOX_KEEPER_OFFSET above it the owner of what a run may not change */
};

/* The slot's configuration. It is followed by the strings: mount_count
   pairs of absolute paths, the host's and the one in the box; the paths of the cgroup folders
   (version 1: memory, pids, cpuacct; version 2: one); the host path of the scratch folder (landlock level only, else
   empty); each ended by NUL. Then filter_length BPF instructions of 8 bytes. */
struct csandbox_slot {
    uint32_t magic;
    uint32_t level;
    uint32_t flags;
    uint32_t cgroup_version; /* 0, 1 or 2 */
    uint32_t mount_count;
    uint32_t strings_size;
    uint32_t filter_length;
    uint32_t host_uid;
    uint64_t disk_bytes;
    uint64_t disk_inodes;
};

/* A run. It is followed by strings_size bytes of strings, each ended by NUL: argument_count arguments,
   environment_count NAME=VALUE, the working folder relative to the slot's, output_count paths. Then input_count
   files: csandbox_input, the path without NUL, and the content unless it comes by descriptor. */
struct csandbox_request {
    uint32_t magic;
    uint32_t argument_count;
    uint32_t environment_count;
    uint32_t output_count;
    uint32_t input_count;
    uint32_t strings_size;
    uint32_t zygote; /* the number of the zygote that forks the run, from 1; 0: the run is executed */
    uint32_t flags;
    uint64_t cpu_nanoseconds;
    uint64_t wall_nanoseconds;
    uint64_t memory_bytes;
    uint64_t processes;
    uint64_t file_size_bytes;
    uint64_t open_files;
    uint64_t stack_bytes;
};

enum csandbox_request_flag { CSANDBOX_REQUEST_NO_INPUT = 1 };

enum csandbox_input_flag { CSANDBOX_INPUT_EXECUTABLE = 1, CSANDBOX_INPUT_DESCRIPTOR = 2 };

struct csandbox_input {
    uint64_t size;
    uint64_t number; /* of a file that the slot may keep for the next run; 0: of no other use */
    uint32_t path_length;
    uint32_t flags;
};

enum csandbox_reply_kind {
    CSANDBOX_REPLY_READY = 1,
    CSANDBOX_REPLY_ENDED,
    CSANDBOX_REPLY_FAILED,
    CSANDBOX_REPLY_RUNNING
};

/* Why the launcher ended a run; NONE when the command ended by itself. */
enum csandbox_ending {
    CSANDBOX_ENDING_NONE,
    CSANDBOX_ENDING_CPU_TIME,
    CSANDBOX_ENDING_WALL_TIME,
    CSANDBOX_ENDING_MEMORY,
    CSANDBOX_ENDING_REQUEST
};

struct csandbox_reply {
    uint32_t magic;
    uint32_t kind;
    uint32_t stage; /* FAILED: csandbox_stage, with the errno and the index of what failed in that step */
    int32_t error;
    int32_t index;
    uint32_t ending;
    int32_t wait_status; /* of the command itself, as wait(2) gives it */
    uint32_t output_mask; /* bit i: output file i rides on this reply, in order */
    uint64_t cpu_nanoseconds;
    uint64_t wall_nanoseconds;
    uint64_t peak_bytes;
    uint64_t processes;
    uint64_t process_limit_hits;
    uint64_t out_of_memory_kills;
    uint64_t output_sizes[CSANDBOX_MAX_OUTPUTS];
};

/* Serves a slot on descriptor 3 until the engine goes; returns the exit status of the launcher. */
int csandbox_launcher_main(void);

/* The name of a stage, as errors show it; "unknown" for what is none. */
const char *csandbox_stage_name(uint32_t stage);
