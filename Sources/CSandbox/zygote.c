/* Zygotes, from inside the slot: asking for one, and having one fork a run. csandbox_zygote.h has what is said. */
#include "csandbox_zygote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "slot.h"

enum { ANSWER_WITHIN = 2000 }; /* milliseconds; a fork takes one */

/* A memory file with the strings of a run, or -1. */
static int strings_file(const void *head, size_t head_size, const void *text, size_t size)
{
    struct iovec vectors[2] = {{.iov_base = (void *)(uintptr_t)head, .iov_len = head_size},
                               {.iov_base = (void *)(uintptr_t)text, .iov_len = size}};
    int file = memfd_create("strings", MFD_CLOEXEC);
    if (file < 0) return -1;
    if (pwritev(file, vectors, 2, 0) == (ssize_t)(head_size + size)) return file;
    int error = errno;
    close(file);
    errno = error != 0 ? error : EIO;
    return -1;
}

static int wait_for(int socket, int milliseconds)
{
    struct pollfd polled = {.fd = socket, .events = POLLIN};
    int ready;
    do {
        ready = poll(&polled, 1, milliseconds);
    } while (ready < 0 && errno == EINTR);
    if (ready == 0) errno = ETIMEDOUT;
    return ready > 0 ? 0 : -1;
}

/* Receives a message of just this size within the time. */
static int receive_message(int socket, void *message, size_t size, int milliseconds)
{
    if (wait_for(socket, milliseconds) != 0) return -1;
    ssize_t got = recv(socket, message, size, MSG_DONTWAIT);
    if (got == (ssize_t)size) return 0;
    errno = got == 0 ? EPIPE : got > 0 ? EBADMSG : errno;
    return -1;
}

static int ask_warden(struct slot *slot, struct run *run, int theirs, struct failure *failure)
{
    struct warden_order order = {.request = run->request};
    struct warden_answer answer;
    int strings = strings_file(NULL, 0, run->strings, run->request.strings_size);
    if (strings < 0) return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 1);
    int riders[] = {run->descriptors[0], run->descriptors[1], run->descriptors[2], theirs, strings};
    int sent = send_packet(slot->warden, &order, sizeof order, riders, 5);
    close(strings);
    if (sent != 0) return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 2);
    int wall = (int)(run->request.wall_nanoseconds / 1000000u);
    if (receive_message(slot->warden, &answer, sizeof answer, wall) != 0)
        return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 3);
    *failure = answer.failure;
    return failure->stage == CSANDBOX_STAGE_NONE ? 0 : -1;
}

static int await_ready(struct slot *slot, struct run *run, int socket, struct failure *failure)
{
    struct zygote *zygote = &slot->zygotes[run->request.zygote - 1];
    struct csandbox_zygote_ready ready;
    if (receive_message(socket, &ready, sizeof ready, (int)(run->request.wall_nanoseconds / 1000000u)) != 0)
        return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 4);
    errno = EBADMSG;
    if (ready.magic != CSANDBOX_ZYGOTE_MAGIC) return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 5);
    *zygote = (struct zygote){.socket = socket, .resident_bytes = ready.resident_bytes};
    return 0;
}

int zygote_start(struct slot *slot, struct run *run)
{
    struct failure *failure = &run->failure;
    int pair[2];
    errno = ENOTSUP;
    if (slot->warden < 0) return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 0);
    errno = EBADMSG;
    if (run->request.zygote == 0 || run->request.zygote > CSANDBOX_MAX_ZYGOTES ||
        slot->zygotes[run->request.zygote - 1].socket >= 0)
        return fail(failure, CSANDBOX_STAGE_PROTOCOL, 5);
    if (cgroups_begin_run(slot, &run->request, failure) != 0) return -1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 6);
    int result = ask_warden(slot, run, pair[1], failure);
    close(pair[1]);
    if (result == 0) result = await_ready(slot, run, pair[0], failure);
    if (result != 0) close(pair[0]);
    /* What it started while it loaded its modules would be there in every run, dead or alive, for it alone could bury it. */
    if (result == 0 && kill(-1, 0) == 0) {
        errno = ECHILD;
        close(slot->zygotes[run->request.zygote - 1].socket);
        slot->zygotes[run->request.zygote - 1].socket = -1;
        result = fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 14);
    }
    kill_all();
    if (result == 0) cgroups_keep_zygote(&slot->cgroups);
    return result;
}

pid_t zygote_fork(struct slot *slot, struct run *run)
{
    const struct csandbox_request *request = &run->request;
    struct zygote *zygote = &slot->zygotes[request->zygote - 1];
    struct failure *failure = &run->failure;
    struct csandbox_zygote_answer answer;
    char count[16];
    errno = EBADMSG;
    if (request->zygote > CSANDBOX_MAX_ZYGOTES || zygote->socket < 0 )
        return fail(failure, CSANDBOX_STAGE_ZYGOTE_FORK, 0);
    struct csandbox_zygote_order order = {.magic = CSANDBOX_ZYGOTE_MAGIC,
                                          .flags = slot->cgroups.version == 2 ? CSANDBOX_ZYGOTE_HAS_GROUP : 0,
                                          .cpu_seconds = cpu_seconds(request),
                                          .file_size_bytes = request->file_size_bytes,
                                          .open_files = request->open_files,
                                          .stack_bytes = request->stack_bytes,
                                          .data_bytes = data_bytes(slot, request),
                                          .processes = process_limit(slot, request)};
    int length = snprintf(order.folder, sizeof order.folder, run->folder[0] ? "/box/%s" : "/box", run->folder);
    if (length < 0 || (size_t)length >= sizeof order.folder) return fail(failure, CSANDBOX_STAGE_ZYGOTE_FORK, 6);
    /* The arguments and the environment stand one behind the other. */
    size_t size = (size_t)(run->folder - run->strings);
    int head = snprintf(count, sizeof count, "%u", request->argument_count) + 1;
    int strings = strings_file(count, (size_t)head, run->strings, size);
    if (strings < 0) return fail(failure, CSANDBOX_STAGE_ZYGOTE_FORK, 1);
    int riders[] = {run->descriptors[0], run->descriptors[1], run->descriptors[2], strings, slot->cgroups.run_folder};
    int sent = send_packet(zygote->socket, &order, sizeof order, riders, slot->cgroups.version == 2 ? 5 : 4);
    close(strings);
    if (sent != 0) return fail(failure, CSANDBOX_STAGE_ZYGOTE_FORK, 2);
    if (receive_message(zygote->socket, &answer, sizeof answer, ANSWER_WITHIN) != 0)
        return fail(failure, CSANDBOX_STAGE_ZYGOTE_FORK, 3);
    errno = answer.error != 0 ? answer.error : EBADMSG;
    if (answer.magic != CSANDBOX_ZYGOTE_MAGIC || answer.process <= 1)
        return fail(failure, CSANDBOX_STAGE_ZYGOTE_FORK, 100 + (int32_t)answer.step);
    /* An orphan by now, and so ours; what is not would never be seen to end. */
    siginfo_t info;
    if (waitid(P_PID, (id_t)answer.process, &info, WEXITED | WNOHANG | WNOWAIT | __WALL) != 0)
        return fail(failure, CSANDBOX_STAGE_ZYGOTE_FORK, 5);
    /* It runs nobody's code, so it has no reason to grow; one that does is not what was started. */
    errno = ENOMEM;
    if (answer.resident_bytes > 2 * zygote->resident_bytes + (32u << 20))
        return fail(failure, CSANDBOX_STAGE_ZYGOTE_FORK, 4);
    return answer.process;
}
