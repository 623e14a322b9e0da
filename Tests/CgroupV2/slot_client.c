#include "slot_client.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_WITHIN_MILLISECONDS = 30000 };

static bool send_all(int socket, const void *bytes, size_t count)
{
    const char *next = bytes;
    while (count > 0) {
        ssize_t sent = send(socket, next, count, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        next += sent;
        count -= (size_t)sent;
    }
    return true;
}

static bool receive_reply(int socket, struct csandbox_reply *reply)
{
    struct pollfd polled = {.fd = socket, .events = POLLIN};
    size_t have = 0;
    while (have < sizeof *reply) {
        if (poll(&polled, 1, ANSWER_WITHIN_MILLISECONDS) <= 0) return false;
        ssize_t got = read(socket, (char *)reply + have, sizeof *reply - have);
        if (got <= 0) return false;
        have += (size_t)got;
        /* A run that goes on says so; what is waited for is its end. */
        if (have == sizeof *reply && reply->kind == CSANDBOX_REPLY_RUNNING) have = 0;
    }
    return reply->magic == CSANDBOX_MAGIC;
}

static pid_t spawn_launcher(int socket, uid_t user)
{
    pid_t child = fork();
    if (child != 0) return child;
    int group = open(SLOT_CLIENT_CGROUP "/cgroup.procs", O_WRONLY | O_CLOEXEC);
    if (group < 0 || write(group, "0", 1) != 1) _exit(125);
    if (user != 0 && (setgroups(0, NULL) != 0 || setresgid(user, user, user) != 0 || setresuid(user, user, user) != 0))
        _exit(126);
    dup2(socket, CSANDBOX_CONTROL_DESCRIPTOR);
    execl("/bin/sandbox-launcher", "sandbox-launcher", (char *)NULL);
    _exit(127);
}

bool slot_start(struct slot_client *client, const struct setting *setting, const char *cgroup,
                struct csandbox_reply *reply)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return false;
    client->socket = pair[0];
    client->zygote = 0;
    client->launcher = spawn_launcher(pair[1], setting->launcher_uid);
    close(pair[1]);

    char strings[512];
    size_t length = 0;
    /* The view, the cgroup folder, and no scratch folder on the host. */
    const char *const parts[] = {"/bin", "/bin", "/lib", "/lib", "/lib64", "/lib64", cgroup, ""};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        strcpy(strings + length, parts[i]);
        length += strlen(parts[i]) + 1;
    }
    /* The engine's own filter is tested elsewhere; a filter that allows everything keeps the cgroups in view here. */
    struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct csandbox_slot slot = {.magic = CSANDBOX_MAGIC,
                                 .level = CSANDBOX_LEVEL_NAMESPACES,
                                 .flags = setting->flags,
                                 .cgroup_version = 2,
                                 .mount_count = 3,
                                 .strings_size = (uint32_t)length,
                                 .filter_length = 1,
                                 .host_uid = setting->host_uid,
                                 .disk_bytes = 256u << 20,
                                 .disk_inodes = 1024};
    return client->launcher > 0 && send_all(client->socket, "C", 1) && send_all(client->socket, &slot, sizeof slot) &&
           send_all(client->socket, strings, length) && send_all(client->socket, &allow, sizeof allow) &&
           receive_reply(client->socket, reply);
}

/* The byte that begins a request carries the run's three standard descriptors. */
static bool send_first_byte(int socket, char byte)
{
    union {
        char bytes[CMSG_SPACE(3 * sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec vector = {.iov_base = &byte, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int descriptors[3] = {null, null, null};
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptors);
    memcpy(CMSG_DATA(header), descriptors, sizeof descriptors);
    bool sent = null >= 0 && sendmsg(socket, &message, MSG_NOSIGNAL) == 1;
    close(null);
    return sent;
}

static struct csandbox_request generous_request(uint32_t zygote)
{
    return (struct csandbox_request) {.magic = CSANDBOX_MAGIC,
                                       .argument_count = 1,
                                       .zygote = zygote,
                                       .cpu_nanoseconds = 20000000000u,
                                       .wall_nanoseconds = 25000000000u,
                                       .memory_bytes = 128u << 20,
                                       .processes = 16,
                                       .file_size_bytes = 256u << 20,
                                       .open_files = 64,
                                       .stack_bytes = 8u << 20};
}

bool slot_start_zygote(struct slot_client *client, struct csandbox_reply *reply)
{
    static const char strings[] = "/bin/zygote-probe\0LD_PRELOAD=/bin/libretort-zygote.so\0RETORT_ZYGOTE=1\0";
    struct csandbox_request request = generous_request(1);
    request.environment_count = 2;
    request.strings_size = sizeof strings; /* with the empty working folder at the end */
    bool answered = send_first_byte(client->socket, 'Z') && send_all(client->socket, &request, sizeof request) &&
                    send_all(client->socket, strings, sizeof strings) && receive_reply(client->socket, reply);
    client->zygote = 1;
    return answered && reply->kind == CSANDBOX_REPLY_ENDED;
}

bool slot_run(struct slot_client *client, const char *const *words, const struct csandbox_request *limits,
              struct csandbox_reply *reply)
{
    struct csandbox_request request = generous_request(client->zygote);
    char strings[512] = "/bin/probe";
    size_t length = strlen(strings) + 1;
    for (; *words; words++, request.argument_count++) {
        strcpy(strings + length, *words);
        length += strlen(*words) + 1;
    }
    strings[length++] = 0; /* the working folder: the slot's own */
    request.strings_size = (uint32_t)length;
    if (limits->cpu_nanoseconds) request.cpu_nanoseconds = limits->cpu_nanoseconds;
    if (limits->wall_nanoseconds) request.wall_nanoseconds = limits->wall_nanoseconds;
    if (limits->memory_bytes) request.memory_bytes = limits->memory_bytes;
    if (limits->processes) request.processes = limits->processes;
    return send_first_byte(client->socket, 'R') && send_all(client->socket, &request, sizeof request) &&
           send_all(client->socket, strings, length) && receive_reply(client->socket, reply);
}

int slot_stop(struct slot_client *client)
{
    int status = -1;
    close(client->socket);
    while (waitpid(client->launcher, &status, 0) < 0 && errno == EINTR) continue;
    return status;
}
