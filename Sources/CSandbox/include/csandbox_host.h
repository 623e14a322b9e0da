/* System calls of the engine that Swift's view of the C library lacks, one to one. Each returns what the call returns,
 * with errno. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* pipe2(2) with O_CLOEXEC. */
int csandbox_pipe(int descriptors[2]);
/* A pair of stream sockets, close-on-exec; the first does not block. */
int csandbox_socket_pair(int descriptors[2]);
int csandbox_set_nonblocking(int descriptor);

enum { CSANDBOX_READABLE = 1, CSANDBOX_WRITABLE = 4 }; /* EPOLLIN, EPOLLOUT; errors and ends come as both */
int csandbox_epoll_create(void);
int csandbox_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token);
/* Tells of changes only, and of both. */
int csandbox_epoll_add_edges(int epoll, int descriptor, uint64_t token);
int csandbox_epoll_remove(int epoll, int descriptor);
int csandbox_epoll_wait(int epoll, uint64_t *tokens, int capacity, int timeout_milliseconds);
int csandbox_eventfd(void);
/* An anonymous file in memory, close-on-exec. memfd_create(2). */
int csandbox_memory_file(void);

/* sendmsg(2) and recvmsg(2) with descriptors; never blocks, never raises SIGPIPE. */
ssize_t csandbox_send(int socket, const void *bytes, size_t count, const int *descriptors, int descriptor_count);
ssize_t csandbox_receive(int socket, void *bytes, size_t count, int *descriptors, int capacity, int *received);

/* Starts a launcher with `socket` as its descriptor 3, its standard streams on /dev/null, default signals and an empty
   environment. Returns 0 or an errno, as posix_spawn(3) does. */
int csandbox_spawn_launcher(const char *path, int socket, pid_t *process);

/* The version of Landlock that the kernel offers, or -1. */
int csandbox_landlock_version(void);
