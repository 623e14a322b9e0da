/* The engine's side of the launcher's wire format, as much of it as the test driver needs. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "csandbox.h"

/* The cgroup in which launchers start, as they would start in their engine's. */
#define SLOT_CLIENT_CGROUP "/sys/fs/cgroup/retort/engine"

/* Who starts the launcher, and what the slot is told. */
struct setting {
    const char *name;
    uint32_t flags;
    uint32_t host_uid;
    uid_t launcher_uid; /* the launcher is started as this user, who owns the cgroup folder */
};

struct slot_client {
    pid_t launcher;
    int socket;
    uint32_t zygote; /* the number of the zygote that forks the runs; 0: they are executed */
};

/* Starts a launcher and its slot; the reply says whether it is ready. False when nothing was heard. */
bool slot_start(struct slot_client *client, const struct setting *setting, const char *cgroup,
                struct csandbox_reply *reply);

/* Runs /bin/probe with the words; limits that are 0 stand at generous values. False when nothing was heard. */
bool slot_run(struct slot_client *client, const char *const *words, const struct csandbox_request *limits,
              struct csandbox_reply *reply);

/* Starts /bin/zygote-probe as the slot's first zygote, which forks every run from then on. */
bool slot_start_zygote(struct slot_client *client, struct csandbox_reply *reply);

/* Closes the slot and returns the launcher's wait status. */
int slot_stop(struct slot_client *client);
