/* Whom the kernel kills for want of memory, where the launcher and the zygotes are in the memory group of the runs.
 *
 * It takes the largest, and a zygote is larger than a run that only filled files: the slot would be lost, and the run be
 * nobody's fault. So every run is born with the highest score, which it inherits: whoever makes it raises its own for
 * that moment. Nothing else would do: a run could see a score that came later, and has no right to set it itself.
 * proc_pid_oom_score_adj(5). */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "csandbox_zygote.h"
#include "slot.h"

/* While the host's /proc is there, and may be written. Where it cannot be, the kernel chooses as it likes. */
void oom_open(struct slot *slot)
{
    slot->own_score = -1;
    if (slot->cgroups.version != 1) return;
    int file = open("/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    ssize_t got = pread(file, slot->usual_score, sizeof slot->usual_score - 1, 0);
    slot->usual_score[got > 0 ? got : 0] = 0;
    if (got > 0 && strtol(slot->usual_score, NULL, 10) < CSANDBOX_ZYGOTE_HIGHEST_SCORE)
        slot->own_score = file;
    else
        close(file);
}

static void set(const struct slot *slot, const char *score)
{
    if (slot->own_score >= 0 && pwrite(slot->own_score, score, strlen(score), 0) < 0) errno = 0;
}

void oom_raise(const struct slot *slot) { set(slot, CSANDBOX_ZYGOTE_HIGHEST_SCORE_TEXT); }

void oom_restore(const struct slot *slot) { set(slot, slot->usual_score); }
