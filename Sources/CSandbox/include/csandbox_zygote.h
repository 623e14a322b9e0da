/* What a slot's launcher and the library in its zygotes say to each other.
 *
 * A zygote is an interpreter that was started once and waits with its modules loaded. The library is preloaded into it
 * and takes the place of fork(2): a zygote calls fork() when it is ready, and that call returns 0 in the child of each
 * run, with everything set as execve would have left it. In the zygote itself it does not return.
 *
 *   zygote -> launcher   csandbox_zygote_ready                once, when it first calls fork
 *   launcher -> zygote   csandbox_zygote_order                a run; descriptors: stdin, stdout, stderr, strings, and
 *                        the run's control group where it has one of its own
 *   zygote -> launcher   csandbox_zygote_answer               one an order
 *   end of file          the slot is gone, and the zygote ends
 *
 * The child finds the strings on descriptor 3, each ended by NUL: the number of arguments in decimal, the arguments,
 * then NAME=VALUE until the end. docs/zygotes.md tells how a language gets a zygote. */
#pragma once

#include <stdint.h>

#define CSANDBOX_ZYGOTE_MAGIC 0x527a7967u
#define CSANDBOX_ZYGOTE_DESCRIPTOR 3
/* The zygote's own /proc/self/oom_score_adj, which it raises while it makes a run; there only where it is to. */
#define CSANDBOX_ZYGOTE_SCORE_DESCRIPTOR 4
#define CSANDBOX_ZYGOTE_HIGHEST_SCORE 1000
#define CSANDBOX_ZYGOTE_HIGHEST_SCORE_TEXT "1000"
#define CSANDBOX_ZYGOTE_MAX_FOLDER 256

struct csandbox_zygote_ready {
    uint32_t magic;
    uint32_t reserved;
    uint64_t resident_bytes;
};

enum csandbox_zygote_flag { CSANDBOX_ZYGOTE_HAS_GROUP = 1 };

/* A run's limits for single processes, of which one of UINT64_MAX is left as it is, and the folder that it starts in. */
struct csandbox_zygote_order {
    uint32_t magic;
    uint32_t flags;
    uint64_t cpu_seconds;
    uint64_t file_size_bytes;
    uint64_t open_files;
    uint64_t stack_bytes;
    uint64_t data_bytes;
    uint64_t processes;
    char folder[CSANDBOX_ZYGOTE_MAX_FOLDER]; /* an absolute path, ended by NUL */
};

struct csandbox_zygote_answer {
    uint32_t magic;
    int32_t process; /* as the slot's PID namespace numbers it, or -1 */
    int32_t error;   /* errno, and which step it was */
    uint32_t step;
    uint64_t resident_bytes; /* the most that the zygote has ever had */
};
