/* The launcher's outer half starts the slot's zygotes. Nobody inside can: the namespaces are closed to all but who made
 * them, and a zygote must stand outside the slot's PID namespace, where no run can name it, and have its children born
 * inside. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "csandbox_zygote.h"
#include "slot.h"

enum { ZYGOTE_RIDERS = 5, THEIRS = 3, STRINGS = 4 };

static const char *const namespaces[] = {"user", "mnt", "net", "ipc", "uts", "cgroup", "pid"};
enum { NAMESPACES = sizeof namespaces / sizeof *namespaces };

/* From inside, while the host's /proc is still there: later nobody can name the slot's namespaces any more. Without a
   descriptor for each, the slot works, and has no zygotes. */
void warden_offer_namespaces(struct slot *slot)
{
    struct warden_order offer = {.is_offer = 1};
    int folder = open("/proc/self/ns", O_PATH | O_DIRECTORY | O_CLOEXEC), descriptors[NAMESPACES], count = 0;
    while (folder >= 0 && count < NAMESPACES) {
        descriptors[count] = openat(folder, namespaces[count], O_RDONLY | O_CLOEXEC);
        if (descriptors[count] < 0) break;
        count++;
    }
    if (count < NAMESPACES || send_packet(slot->warden, &offer, sizeof offer, descriptors, count) != 0) {
        close(slot->warden);
        slot->warden = -1;
    }
    while (count > 0) close(descriptors[--count]);
    if (folder >= 0) close(folder);
}

static int enter_namespaces(const struct slot *slot, const int *descriptors, struct failure *failure)
{
    bool user_namespace = slot->configuration.flags & CSANDBOX_SLOT_USER_NAMESPACE;
    /* The user namespace first: it gives the right to enter the others. The PID namespace is only for children. */
    for (int i = user_namespace ? 0 : 1; i < NAMESPACES; i++)
        if (setns(descriptors[i], 0) != 0) return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 20 + i);
    return user_namespace ? become_inside_user(slot, failure) : 0;
}

static int open_folders(struct slot *slot, const struct run *run, struct failure *failure)
{
    umask(022);
    /* An interpreter may remember where it was started. */
    if (chdir("/box") != 0 || (run->folder[0] && chdir(run->folder) != 0)) return fail(failure, CSANDBOX_STAGE_CHDIR, 2);
    slot->work = open("/box", O_PATH | O_DIRECTORY | O_CLOEXEC);
    slot->tmp = open("/tmp", O_PATH | O_DIRECTORY | O_CLOEXEC);
    slot->shm = open("/dev/shm", O_PATH | O_DIRECTORY | O_CLOEXEC);
    slot->kept.folder = -1;
    return slot->work >= 0 && slot->tmp >= 0 && slot->shm >= 0 ? 0 : fail(failure, CSANDBOX_STAGE_CHDIR, 3);
}

static int take_command(struct run *run, int file, struct failure *failure)
{
    static char strings[CSANDBOX_MAX_STRINGS];
    errno = EBADMSG;
    if (run->request.strings_size > sizeof strings ||
        pread(file, strings, run->request.strings_size, 0) != (ssize_t)run->request.strings_size)
        return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 7);
    if (request_take_strings(run, strings) != 0) return fail(failure, CSANDBOX_STAGE_ZYGOTE_START, 8);
    return 0;
}

/* The staircase of a zygote: what a slot and a run go through, in the order of both. */
static int climb(struct slot *slot, struct run *run, const int *entries, const int *riders)
{
    struct failure *failure = &run->failure;
    /* As execve finds it in a cold run: how the address space is laid out depends on it. */
    struct rlimit stack = {.rlim_cur = run->request.stack_bytes, .rlim_max = RLIM_INFINITY};
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return fail(failure, CSANDBOX_STAGE_SESSION, 3);
    if (take_command(run, riders[STRINGS], failure) != 0) return -1;
    oom_open(slot);
    if (enter_namespaces(slot, entries, failure) != 0) return -1;
    if (open_folders(slot, run, failure) != 0) return -1;
    if (landlock_prepare(slot, failure) != 0) return -1;
    if (slot_drop_capabilities(slot, failure) != 0) return -1;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail(failure, CSANDBOX_STAGE_NO_NEW_PRIVS, 1);
    if (setrlimit(RLIMIT_STACK, &stack) != 0) return fail(failure, CSANDBOX_STAGE_RLIMIT, 100);
    memcpy(run->descriptors, riders, sizeof *riders * THEIRS);
    return staircase_finish(slot, run, riders[THEIRS]);
}

/* Starts a zygote; returns its process, or -1 with the failure told. */
static pid_t start(struct slot *slot, struct run *run, const int *entries, const int *riders)
{
    int go[2];
    run->failure = (struct failure){0};
    if (pipe2(go, O_CLOEXEC) != 0) return fail(&run->failure, CSANDBOX_STAGE_ZYGOTE_START, 9);
    pid_t child = fork();
    if (child == 0) {
        char byte;
        close(go[1]);
        if (receive_all(go[0], &byte, 1) == 0) climb(slot, run, entries, riders);
        _exit(127);
    }
    close(go[0]);
    int result = child < 0 ? fail(&run->failure, CSANDBOX_STAGE_ZYGOTE_START, 10) : 0;
    if (result == 0) result = cgroups_attach(slot, child, &run->failure);
    if (result == 0 && write(go[1], "g", 1) != 1) result = fail(&run->failure, CSANDBOX_STAGE_ZYGOTE_START, 11);
    close(go[1]);
    if (result == 0) return child;
    if (child > 0) {
        kill(child, SIGKILL);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
    }
    return -1;
}

static void answer(struct slot *slot, struct run *run, int socket, const int *entries, const int *riders, int count)
{
    struct warden_answer answer = {0};
    pid_t zygote = -1;
    errno = EBADMSG;
    if (count != ZYGOTE_RIDERS || entries[0] < 0 || slot->zygote_count == CSANDBOX_MAX_ZYGOTES)
        fail(&run->failure, CSANDBOX_STAGE_ZYGOTE_START, 12);
    else
        zygote = start(slot, run, entries, riders);
    if (zygote > 0) slot->zygote_processes[slot->zygote_count++] = zygote;
    answer.failure = run->failure;
    send_packet(socket, &answer, sizeof answer, NULL, 0);
}

/* Serves until the inside is gone, which ends every zygote too. */
void warden_serve(struct slot *slot, int socket)
{
    int entries[NAMESPACES] = {-1};
    struct run *run = mmap(NULL, sizeof *run, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    while (run != MAP_FAILED) {
        struct warden_order order;
        int riders[NAMESPACES], count;
        if (receive_packet(socket, &order, sizeof order, riders, NAMESPACES, &count) <= 0) break;
        if (order.is_offer) {
            if (count == NAMESPACES) memcpy(entries, riders, sizeof entries);
            continue;
        }
        run->failure = (struct failure){0};
        run->request = order.request;
        answer(slot, run, socket, entries, riders, count);
        for (int i = 0; i < count; i++) close(riders[i]);
    }
    for (int i = 0; i < slot->zygote_count; i++) kill(slot->zygote_processes[i], SIGKILL);
    for (int i = 0; i < slot->zygote_count; i++)
        while (waitpid(slot->zygote_processes[i], NULL, 0) < 0 && errno == EINTR) continue;
    close(socket);
}
