#include "csandbox_host.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "csandbox.h"

_Static_assert(CSANDBOX_READABLE == EPOLLIN && CSANDBOX_WRITABLE == EPOLLOUT, "the values are the kernel's");

int csandbox_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

/* The access mode is not F_SETFL's to change, so the old flags need not be asked for. */
int csandbox_set_nonblocking(int descriptor) { return fcntl(descriptor, F_SETFL, O_NONBLOCK); }

int csandbox_socket_pair(int descriptors[2])
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, descriptors) != 0) return -1;
    return csandbox_set_nonblocking(descriptors[0]);
}

int csandbox_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int csandbox_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token)
{
    struct epoll_event event = {.events = events, .data.u64 = token};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int csandbox_epoll_add_edges(int epoll, int descriptor, uint64_t token)
{
    return csandbox_epoll_add(epoll, descriptor, EPOLLIN | EPOLLOUT | EPOLLET, token);
}

int csandbox_epoll_remove(int epoll, int descriptor) { return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL); }

int csandbox_epoll_wait(int epoll, uint64_t *tokens, int capacity, int timeout_milliseconds)
{
    struct epoll_event events[64];
    int got = epoll_wait(epoll, events, capacity < 64 ? capacity : 64, timeout_milliseconds);
    for (int i = 0; i < got; i++) tokens[i] = events[i].data.u64;
    return got;
}

int csandbox_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int csandbox_memory_file(void) { return memfd_create("retort", MFD_CLOEXEC); }

ssize_t csandbox_send(int socket, const void *bytes, size_t count, const int *descriptors, int descriptor_count)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int) * (3 + CSANDBOX_MAX_INPUTS))];
        struct cmsghdr align;
    } control;
    struct iovec vector = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = count};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
    if (descriptor_count > 0) {
        size_t size = sizeof(int) * (size_t)descriptor_count;
        if (CMSG_SPACE(size) > sizeof control) {
            errno = E2BIG;
            return -1;
        }
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(size);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(size);
        memcpy(CMSG_DATA(header), descriptors, size);
    }
    ssize_t sent;
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    return sent;
}

ssize_t csandbox_receive(int socket, void *bytes, size_t count, int *descriptors, int capacity, int *received)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int) * CSANDBOX_MAX_OUTPUTS)];
        struct cmsghdr align;
    } control;
    struct iovec vector = {.iov_base = bytes, .iov_len = count};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t got;
    *received = 0;
    do {
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return got;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        int present = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (int i = 0; i < present; i++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + (size_t)i * sizeof(int), sizeof(int));
            if (*received < capacity)
                descriptors[(*received)++] = descriptor;
            else
                close(descriptor);
        }
    }
    return got;
}

int csandbox_spawn_launcher(const char *path, int socket, pid_t *process)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    char *arguments[] = {(char *)(uintptr_t)"sandbox-launcher", NULL};
    char *environment[] = {NULL};
    sigfillset(&all);
    sigemptyset(&none);
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    if ((error = posix_spawnattr_init(&attributes))) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    /* First the socket, in case it has one of the numbers that come after. dup2 onto itself clears close-on-exec. */
    error = posix_spawn_file_actions_adddup2(&actions, socket, CSANDBOX_CONTROL_DESCRIPTOR);
    if (!error) error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0);
    if (!error) error = posix_spawn_file_actions_adddup2(&actions, 0, 1);
    if (!error) error = posix_spawn_file_actions_adddup2(&actions, 0, 2);
    if (!error) error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (!error) error = posix_spawnattr_setsigdefault(&attributes, &all);
    if (!error) error = posix_spawnattr_setsigmask(&attributes, &none);
    if (!error) error = posix_spawn(process, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int csandbox_landlock_version(void) { return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1); }
