/* Frames on the control socket. csandbox.h has the format. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "slot.h"

int fail(struct failure *failure, uint32_t stage, int32_t index)
{
    failure->stage = stage;
    failure->error = errno;
    failure->index = index;
    return -1;
}

/* What came with the first byte of a frame and has not been taken yet: most frames come whole by one call. */
static char ahead[16 << 10];
static size_t ahead_at, ahead_end;

bool control_has_more(void) { return ahead_at < ahead_end; }

int receive_all(int socket, void *bytes, size_t count)
{
    char *next = bytes;
    if (socket == CSANDBOX_CONTROL_DESCRIPTOR && ahead_at < ahead_end) {
        size_t present = ahead_end - ahead_at < count ? ahead_end - ahead_at : count;
        memcpy(next, ahead + ahead_at, present);
        ahead_at += present;
        next += present;
        count -= present;
    }
    while (count > 0) {
        ssize_t got = read(socket, next, count);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) {
            errno = EPIPE;
            return -1;
        }
        next += got;
        count -= (size_t)got;
    }
    return 0;
}

/* Reads once into bytes, with the descriptors that ride along; returns what read(2) would. */
int receive_packet(int socket, void *bytes, size_t size, int *descriptors, int capacity, int *count)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int) * (3 + CSANDBOX_MAX_INPUTS))];
        struct cmsghdr align;
    } control;
    struct iovec vector = {.iov_base = bytes, .iov_len = size};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t got;
    *count = 0;
    do {
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) return (int)got;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        int present = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (int i = 0; i < present; i++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + (size_t)i * sizeof(int), sizeof(int));
            if (*count < capacity)
                descriptors[(*count)++] = descriptor;
            else
                close(descriptor);
        }
    }
    return (int)got;
}

/* Reads the byte that begins a frame from the control socket, and the descriptors that ride on it. Returns 1, 0 at end of
   file, -1. A frame that has descriptors begins what one call reads, for those of two frames are never given together. */
int receive_byte(char *byte, int *descriptors, int capacity, int *count)
{
    *count = 0;
    if (ahead_at == ahead_end) {
        int got = receive_packet(CSANDBOX_CONTROL_DESCRIPTOR, ahead, sizeof ahead, descriptors, capacity, count);
        if (got <= 0) return got;
        ahead_at = 0;
        ahead_end = (size_t)got;
    }
    *byte = ahead[ahead_at++];
    return 1;
}

/* What is sent is far smaller than a socket's buffer, so it goes whole or not at all. */
int send_packet(int socket, const void *bytes, size_t size, const int *descriptors, int count)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int) * CSANDBOX_MAX_OUTPUTS)];
        struct cmsghdr align;
    } control;
    struct iovec vector = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = size};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
    if (count > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
        memcpy(CMSG_DATA(header), descriptors, sizeof(int) * (size_t)count);
    }
    ssize_t sent;
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)size ? 0 : -1;
}

int send_reply(const struct csandbox_reply *reply, const int *descriptors, int count)
{
    return send_packet(CSANDBOX_CONTROL_DESCRIPTOR, reply, sizeof *reply, descriptors, count);
}

void send_failure(const struct failure *failure)
{
    struct csandbox_reply reply = {
        .magic = CSANDBOX_MAGIC,
        .kind = CSANDBOX_REPLY_FAILED,
        .stage = failure->stage,
        .error = failure->error,
        .index = failure->index};
    send_reply(&reply, NULL, 0);
}

const char *csandbox_stage_name(uint32_t stage)
{
    static const char *const names[CSANDBOX_STAGE_COUNT] = {
        [CSANDBOX_STAGE_NONE] = "none",
        [CSANDBOX_STAGE_PROTOCOL] = "protocol",
        [CSANDBOX_STAGE_CGROUP_CREATE] = "cgroup create",
        [CSANDBOX_STAGE_CGROUP_ATTACH] = "cgroup attach",
        [CSANDBOX_STAGE_CGROUP_OPEN] = "cgroup open",
        [CSANDBOX_STAGE_CLONE_SLOT] = "clone slot",
        [CSANDBOX_STAGE_ID_MAP] = "id map",
        [CSANDBOX_STAGE_IDENTITY] = "identity",
        [CSANDBOX_STAGE_MOUNT_PRIVATE] = "mount private",
        [CSANDBOX_STAGE_MOUNT_BASE] = "mount base",
        [CSANDBOX_STAGE_MOUNT_VIEW] = "mount view",
        [CSANDBOX_STAGE_MOUNT_DEV] = "mount dev",
        [CSANDBOX_STAGE_MOUNT_PROC] = "mount proc",
        [CSANDBOX_STAGE_MOUNT_SCRATCH] = "mount scratch",
        [CSANDBOX_STAGE_MOUNT_ETC] = "mount etc",
        [CSANDBOX_STAGE_PIVOT_ROOT] = "pivot_root",
        [CSANDBOX_STAGE_NETWORK] = "network",
        [CSANDBOX_STAGE_HOSTNAME] = "hostname",
        [CSANDBOX_STAGE_SCRATCH_FOLDER] = "scratch folder",
        [CSANDBOX_STAGE_LANDLOCK] = "landlock",
        [CSANDBOX_STAGE_CAPABILITIES] = "capabilities",
        [CSANDBOX_STAGE_NO_NEW_PRIVS] = "no_new_privs",
        [CSANDBOX_STAGE_SECCOMP] = "seccomp",
        [CSANDBOX_STAGE_INPUT_FILE] = "input file",
        [CSANDBOX_STAGE_CGROUP_LIMIT] = "cgroup limit",
        [CSANDBOX_STAGE_CLONE_RUN] = "clone run",
        [CSANDBOX_STAGE_DESCRIPTORS] = "descriptors",
        [CSANDBOX_STAGE_SESSION] = "session",
        [CSANDBOX_STAGE_RLIMIT] = "rlimit",
        [CSANDBOX_STAGE_CHDIR] = "chdir",
        [CSANDBOX_STAGE_EXECVE] = "execve",
        [CSANDBOX_STAGE_WAIT] = "wait",
        [CSANDBOX_STAGE_ZYGOTE_START] = "zygote start",
        [CSANDBOX_STAGE_ZYGOTE_FORK] = "zygote fork",
        [CSANDBOX_STAGE_WIPE] = "wipe",
    };
    return stage < CSANDBOX_STAGE_COUNT ? names[stage] : "unknown";
}
