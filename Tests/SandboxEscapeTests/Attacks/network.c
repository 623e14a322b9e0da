/* Rows 65-67: sockets and channels. */
#include "attack.h"
#include <arpa/inet.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#define KEY 0x4c495454

static socklen_t abstract_address(struct sockaddr_un *address, const char *name) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    snprintf(address->sun_path + 1, sizeof address->sun_path - 1, "%s", name);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name));
}

/* Argument: the name of an abstract socket on which the judge listens. */
ATTACK(reach_abstract_socket) {
    struct sockaddr_un address;
    socklen_t length = abstract_address(&address, argv[1]);
    const int kinds[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
    for (int i = 0; i < 3; i++) {
        int client = socket(AF_UNIX, kinds[i], 0);
        if (client >= 0 && connect(client, (void *)&address, length) == 0) escaped("connected to the host's abstract socket");
        if (client >= 0 && sendto(client, "x", 1, 0, (void *)&address, length) == 1) escaped("sent to the host's abstract socket");
    }
    const char *known[] = {"/tmp/dbus", "/tmp/.X11-unix/X0", "/org/freedesktop/systemd1/notify"};
    for (int i = 0; i < 3; i++) {
        length = abstract_address(&address, known[i]);
        int client = socket(AF_UNIX, SOCK_STREAM, 0);
        if (client >= 0 && connect(client, (void *)&address, length) == 0) escaped("connected to %s", known[i]);
    }
    return tried();
}

static void reach(const char *host, int port, int kind) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    inet_pton(AF_INET, host, &address.sin_addr);
    int client = socket(AF_INET, kind | SOCK_NONBLOCK, 0);
    if (client < 0) return;
    int result = connect(client, (void *)&address, sizeof address);
    if (result != 0 && errno == EINPROGRESS && strncmp(host, "127.", 4) == 0) {
        /* The refusal of a loopback of its own may take a moment. */
        struct pollfd polled = {client, POLLOUT, 0};
        poll(&polled, 1, 1000);
        int error = ETIMEDOUT;
        socklen_t size = sizeof error;
        getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &size);
        result = error == 0 ? 0 : -1;
        errno = error;
    }
    if (result == 0 && kind == SOCK_STREAM) escaped("connected to %s:%d", host, port);
    if (result != 0 && errno == EINPROGRESS) escaped("has a way to %s:%d", host, port);
    if (kind == SOCK_DGRAM && result == 0 && strncmp(host, "127.", 4) != 0 && send(client, "x", 1, 0) == 1)
        escaped("sent a packet to %s:%d", host, port);
    close(client);
}

/* Argument: the port on which the judge listens on the loopback. */
ATTACK(reach_network) {
    reach("127.0.0.1", (int)argument(argc, argv, 1, 80), SOCK_STREAM);
    reach("1.1.1.1", 80, SOCK_STREAM);
    reach("169.254.169.254", 80, SOCK_STREAM);
    reach("10.0.0.1", 443, SOCK_STREAM);
    reach("8.8.8.8", 53, SOCK_DGRAM);
    expect_refused("socket(raw)", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
    expect_refused("socket(raw v6)", socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6));
    expect_refused("socket(packet)", socket(AF_PACKET, SOCK_RAW, 0));
    expect_refused("socket(packet, dgram)", socket(AF_PACKET, SOCK_DGRAM, 0));
    expect_refused("socket(vsock)", socket(40, SOCK_STREAM, 0));
    expect_refused("socket(netlink)", socket(AF_NETLINK, SOCK_RAW, 0));
    expect_refused("socket(alg)", socket(38, SOCK_SEQPACKET, 0));
    expect_refused("socket(xdp)", socket(44, SOCK_RAW, 0));
    expect_refused("socket(bluetooth)", socket(31, SOCK_RAW, 0));
    expect_refused("socket(can)", socket(29, SOCK_RAW, 1));
    return tried();
}

/* Opens every channel by which another run might hear, then waits. Argument: milliseconds. */
ATTACK(open_channels) {
    struct sockaddr_un address;
    socklen_t length = abstract_address(&address, "litter");
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listener >= 0 && bind(listener, (void *)&address, length) == 0) listen(listener, 8);
    struct sockaddr_in port = {.sin_family = AF_INET, .sin_port = htons(47113), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server >= 0 && bind(server, (void *)&port, sizeof port) == 0) listen(server, 8);
    shmget(KEY, 4096, IPC_CREAT | 0666);
    msgget(KEY, IPC_CREAT | 0666);
    semget(KEY, 1, IPC_CREAT | 0666);
    mq_open("/litter", O_CREAT | O_RDWR, 0666, NULL);
    close(open("/dev/shm/litter", O_CREAT | O_RDWR, 0666));
    close(open("/tmp/litter", O_CREAT | O_RDWR, 0666));
    fcntl(open("/usr/bin/true", O_RDONLY), F_SETLEASE, F_RDLCK);
    flock(open("/usr/bin/false", O_RDONLY), LOCK_EX | LOCK_NB);
    tried();
    sleep_milliseconds(argument(argc, argv, 1, 0));
    return 0;
}

/* Looks for what open_channels opened in another run. */
ATTACK(find_channels) {
    struct sockaddr_un address;
    socklen_t length = abstract_address(&address, "litter");
    int client = socket(AF_UNIX, SOCK_STREAM, 0);
    if (client >= 0 && connect(client, (void *)&address, length) == 0) escaped("found an abstract socket");
    struct sockaddr_in port = {.sin_family = AF_INET, .sin_port = htons(47113), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int remote = socket(AF_INET, SOCK_STREAM, 0);
    if (remote >= 0 && connect(remote, (void *)&port, sizeof port) == 0) escaped("found a port");
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server >= 0 && bind(server, (void *)&port, sizeof port) < 0 && errno == EADDRINUSE) escaped("a port is taken");
    if (shmget(KEY, 4096, 0) >= 0) escaped("found a SysV segment");
    if (msgget(KEY, 0) >= 0) escaped("found a SysV queue");
    if (semget(KEY, 1, 0) >= 0) escaped("found a SysV semaphore");
    if (mq_open("/litter", O_RDONLY) != (mqd_t)-1) escaped("found a POSIX queue");
    if (access("/dev/shm/litter", F_OK) == 0) escaped("found a file in /dev/shm");
    if (access("/tmp/litter", F_OK) == 0) escaped("found a file in /tmp");
    int shared = open("/usr/bin/true", O_RDONLY);
    if (shared >= 0 && fcntl(shared, F_GETLEASE) == F_RDLCK) escaped("found a lease on a shared file");
    return tried();
}

/* A lock on a file of the host that both runs may read. */
ATTACK(find_lock) {
    int shared = open("/usr/bin/false", O_RDONLY);
    if (shared >= 0 && flock(shared, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK) escaped("found a lock on a shared file");
    return tried();
}

/* The same, but the channels are left to a daemon that tries to outlive the run. */
ATTACK(leave_channels) {
    puts("42");
    fflush(stdout);
    if (fork() == 0) {
        setsid();
        alarm(20);
        char *again[] = {"open_channels", "20000", NULL};
        close(1);
        open("/dev/null", O_WRONLY);
        return open_channels(2, again);
    }
    sleep_milliseconds(100);
    return 0;
}
