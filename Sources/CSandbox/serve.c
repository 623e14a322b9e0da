/* The slot from inside: prepared once, then one run after another. */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "slot.h"

static int step_network(struct failure *failure)
{
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    int socket_descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket_descriptor < 0) return fail(failure, CSANDBOX_STAGE_NETWORK, 0);
    if (ioctl(socket_descriptor, SIOCSIFFLAGS, &request) != 0) return fail(failure, CSANDBOX_STAGE_NETWORK, 1);
    close(socket_descriptor);
    return 0;
}

static int step_scratch_on_host(struct slot *slot, struct failure *failure)
{
    /* Others may pass through but not look. */
    if (mkdir(slot->scratch_path, 0711) != 0) return fail(failure, CSANDBOX_STAGE_SCRATCH_FOLDER, 1);
    int root = open(slot->scratch_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (root < 0) return fail(failure, CSANDBOX_STAGE_SCRATCH_FOLDER, 2);
    slot->has_scratch_on_host = true;
    int result = scratch_open(slot, root, failure);
    close(root);
    return result;
}

/* What the launcher keeps it needs between runs, to empty what a run left behind; a run keeps nothing. */
int slot_drop_capabilities(struct slot *slot, struct failure *failure)
{
    slot->no_capabilities = cap_init();
    if (!slot->no_capabilities) return fail(failure, CSANDBOX_STAGE_CAPABILITIES, 1);
    cap_flag_value_t may_drop = CAP_CLEAR;
    cap_t own = cap_get_proc();
    if (!own || cap_get_flag(own, CAP_SETPCAP, CAP_EFFECTIVE, &may_drop) != 0)
        return fail(failure, CSANDBOX_STAGE_CAPABILITIES, 2);
    cap_free(own);
    if (cap_reset_ambient() != 0) return fail(failure, CSANDBOX_STAGE_CAPABILITIES, 3);
    /* An ordinary user without namespaces has none to drop, and no_new_privs keeps it from gaining any. */
    if (may_drop != CAP_SET) return 0;
    for (cap_value_t value = 0; value < cap_max_bits(); value++)
        if (cap_drop_bound(value) != 0) return fail(failure, CSANDBOX_STAGE_CAPABILITIES, 100 + value);
    return 0;
}

int slot_enter(struct slot *slot, struct failure *failure)
{
    bool namespaces = slot->configuration.level == CSANDBOX_LEVEL_NAMESPACES;
    slot->last_pid = slot->landlock = -1;
    if (namespaces) {
        if (unshare(CLONE_NEWCGROUP) != 0) return fail(failure, CSANDBOX_STAGE_CLONE_SLOT, 1);
        if (cgroups_settle(slot, failure) != 0) return -1;
        warden_offer_namespaces(slot);
        if (step_network(failure) != 0) return -1;
        if (sethostname("retort", 6) != 0) return fail(failure, CSANDBOX_STAGE_HOSTNAME, 0);
        if (root_prepare(slot, failure) != 0) return -1;
    } else {
        if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) return fail(failure, CSANDBOX_STAGE_WAIT, 1);
        if (step_scratch_on_host(slot, failure) != 0) return -1;
    }
    if (landlock_prepare(slot, failure) != 0) return -1;
    if (slot_drop_capabilities(slot, failure) != 0) return -1;
    /* Not to be traced or read through /proc by a run of the same user. */
    if (prctl(PR_SET_DUMPABLE, 0) != 0) return fail(failure, CSANDBOX_STAGE_IDENTITY, 20);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail(failure, CSANDBOX_STAGE_NO_NEW_PRIVS, 0);
    if (!namespaces && landlock_enclose(failure) != 0) return -1;
    /* Entered once and inherited: entering costs as much as thirty system calls. Not where the launcher still has folders
       to make outside the walls, for its groups; nor where it counts by looking, for it may not look into the zygotes'
       domains from one of its own; nor without namespaces, where a run must not be in the launcher's domain, or it might
       signal it. There the run enters by itself. */
    slot->landlock_is_inherited = slot->landlock >= 0 && slot->cgroups.version == 1;
    if (slot->landlock_is_inherited && landlock_restrict(slot->landlock) != 0)
        return fail(failure, CSANDBOX_STAGE_LANDLOCK, 600);
    /* Loaded once and inherited: loading costs a tenth of a millisecond, inheriting nothing. After everything that it
       refuses has been done. */
    if (load_filter(slot->filter, slot->configuration.filter_length) != 0)
        return fail(failure, CSANDBOX_STAGE_SECCOMP, 0);
    return 0;
}

/* Takes the next NUL-ended string; NULL when there is none. */
static char *next_string(char **at, const char *end)
{
    char *text = *at;
    if (text >= end) return NULL;
    char *stop = memchr(text, 0, (size_t)(end - text));
    if (!stop) return NULL;
    *at = stop + 1;
    return text;
}

static int find_executables(struct run *run)
{
    static const char *const path[] = {"/usr/local/bin", "/usr/bin", "/bin"};
    const char *name = run->arguments[0];
    bool is_path = strchr(name, '/') != NULL;
    run->executable_count = is_path ? 1 : 3;
    for (int i = 0; i < run->executable_count; i++) {
        int length = is_path ? snprintf(run->executables[i], sizeof run->executables[i], "%s", name)
                             : snprintf(run->executables[i], sizeof run->executables[i], "%s/%s", path[i], name);
        if (length < 0 || (size_t)length >= sizeof run->executables[i]) return -1;
    }
    return 0;
}

/* Finds the strings of a request in its block; returns -1 when they are not all there. */
int request_take_strings(struct run *run, char *strings)
{
    const struct csandbox_request *request = &run->request;
    const char *end = strings + request->strings_size;
    run->strings = strings;
    for (uint32_t i = 0; i < request->argument_count; i++)
        if (!(run->arguments[i] = next_string(&strings, end))) return -1;
    run->arguments[request->argument_count] = NULL;
    for (uint32_t i = 0; i < request->environment_count; i++)
        if (!(run->environment[i] = next_string(&strings, end))) return -1;
    run->environment[request->environment_count] = NULL;
    if (!(run->folder = next_string(&strings, end))) return -1;
    for (uint32_t i = 0; i < request->output_count; i++)
        if (!(run->outputs[i] = next_string(&strings, end))) return -1;
    return find_executables(run);
}

static bool is_within_bounds(const struct csandbox_request *request)
{
    return request->magic == CSANDBOX_MAGIC && request->argument_count > 0 &&
           request->argument_count <= CSANDBOX_MAX_ARGUMENTS && request->environment_count <= CSANDBOX_MAX_ARGUMENTS &&
           request->output_count <= CSANDBOX_MAX_OUTPUTS && request->input_count <= CSANDBOX_MAX_INPUTS &&
           request->strings_size <= CSANDBOX_MAX_STRINGS;
}

/* Where there is nothing to read, a run reads /dev/null: the box's, for it could change the times of the host's, and
   opened for it alone, for it can change the flags of what is open. */
static int lend_null(struct run *run)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null < 0) return -1;
    if (run->descriptor_count == 3 + CSANDBOX_MAX_INPUTS) {
        close(null);
        return -1;
    }
    memmove(run->descriptors + 1, run->descriptors, (size_t)run->descriptor_count * sizeof *run->descriptors);
    run->descriptors[0] = null;
    run->descriptor_count++;
    return 0;
}

static int receive_request(struct slot *slot, struct run *run)
{
    static char strings[CSANDBOX_MAX_STRINGS];
    struct failure *failure = &run->failure;
    errno = EBADMSG;
    if (receive_all(CSANDBOX_CONTROL_DESCRIPTOR, &run->request, sizeof run->request) != 0)
        return fail(failure, CSANDBOX_STAGE_PROTOCOL, 1);
    errno = EBADMSG;
    if (!is_within_bounds(&run->request)) return fail(failure, CSANDBOX_STAGE_PROTOCOL, 2);
    if (run->request.flags & CSANDBOX_REQUEST_NO_INPUT && lend_null(run) != 0)
        return fail(failure, CSANDBOX_STAGE_PROTOCOL, 5);
    errno = EBADMSG;
    if (run->descriptor_count < 3) return fail(failure, CSANDBOX_STAGE_PROTOCOL, 6);
    if (receive_all(CSANDBOX_CONTROL_DESCRIPTOR, strings, run->request.strings_size) != 0)
        return fail(failure, CSANDBOX_STAGE_PROTOCOL, 3);
    errno = EBADMSG;
    if (request_take_strings(run, strings) != 0) return fail(failure, CSANDBOX_STAGE_PROTOCOL, 4);
    return scratch_receive(slot, run, failure);
}

/* Answers one request; returns 0, or -1 when the slot cannot go on. */
static int answer(struct slot *slot, struct run *run, bool is_zygote)
{
    struct csandbox_reply reply = {.magic = CSANDBOX_MAGIC, .kind = CSANDBOX_REPLY_ENDED};
    int outputs[CSANDBOX_MAX_OUTPUTS], count = 0;
    if (receive_request(slot, run) != 0) {
        /* The rest of the request is still on the socket: only a new slot can tell where the next one begins. */
        send_failure(&run->failure);
        return -1;
    }
    int result = is_zygote ? zygote_start(slot, run) : supervise(slot, run, &reply);
    if (result == -2) {
        scratch_wipe(slot, true);
        return -1;
    }
    for (int i = 0; i < run->descriptor_count; i++) close(run->descriptors[i]);
    if (result != 0) {
        send_failure(&run->failure);
    } else {
        scratch_fetch(slot, run, &reply, outputs, &count);
        if (send_reply(&reply, outputs, count) != 0) result = -1;
        for (int i = 0; i < count; i++) close(outputs[i]);
    }
    /* After the reply, for the engine need not wait for it; before the next request, which must not see it. */
    if (scratch_wipe(slot, run->request.input_count > 0) != 0) return -1;
    return 0;
}

int slot_serve(struct slot *slot)
{
    /* Shared, so that a child with memory of its own can say where it failed. */
    struct run *run =
        mmap(NULL, sizeof *run, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (run == MAP_FAILED) return 70;
    for (unsigned i = 0; i < CSANDBOX_MAX_ZYGOTES; i++) slot->zygotes[i].socket = -1;
    struct csandbox_reply ready = {.magic = CSANDBOX_MAGIC, .kind = CSANDBOX_REPLY_READY};
    ready.process_limit_hits = 0;
    ready.processes = slot->landlock >= 0; /* READY: whether Landlock is a layer */
    if (send_reply(&ready, NULL, 0) != 0) return 70;
    for (;;) {
        char byte;
        run->failure = (struct failure){0};
        int got = receive_byte(&byte, run->descriptors, 3 + CSANDBOX_MAX_INPUTS,
                               &run->descriptor_count);
        if (got == 0) return 0;
        if (got < 0) return 70;
        if (byte == 'K') continue;
        if ((byte != 'R' && byte != 'Z') || answer(slot, run, byte == 'Z') != 0) return 70;
    }
}
