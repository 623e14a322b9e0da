/* Takes the place of fork(2) in a zygote: serves the launcher's orders, and returns 0 in the child of each run.
 *
 * Theory of operation. The zygote stands outside the PID namespace of its slot, but its children are born inside. For an
 * order it makes a middle process that borrows its memory, as vfork does; that one takes the run's descriptors and
 * limits, forks the run's process and ends. So the run's process is an orphan, and orphans in the slot belong to its
 * process 1, the launcher, as every other run does. Nobody in the slot can name the zygote.
 *
 * Between the clone and the end of the middle process nothing is allocated, for the memory is the zygote's. */
#include <dlfcn.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/close_range.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "csandbox_zygote.h"
#include "parts.h"

enum { STRINGS = 3, GROUP = 4, MOST_DESCRIPTORS = 5, PAGE = 4 << 10 };

static pid_t (*real_fork)(void);
static bool is_zygote;
static char **arguments; /* the interpreter's own */
static int argument_count;
static char usual_score[8];  /* empty where the score is left alone */
static pid_t middle_process; /* as the slot numbers it; in the run's own memory */
extern char **environ;

/* What the middle process tells the zygote, in memory that they share. */
static volatile struct {
    pid_t process;
    int error;
    uint32_t step;
} told;

bool is_waiting(void) { return is_zygote; }

__attribute__((constructor)) static void prepare(int count, char **values)
{
    int type = 0;
    socklen_t size = sizeof type;
    /* dlsym gives an object pointer where a function's is wanted; POSIX says that this is how. */
    *(void **)&real_fork = dlsym(RTLD_NEXT, "fork");
    is_zygote = getenv("RETORT_ZYGOTE") != NULL &&
                getsockopt(CSANDBOX_ZYGOTE_DESCRIPTOR, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
    arguments = values;
    argument_count = count;
    if (!is_zygote) return;
    memory_begin();
    /* Before the interpreter opens anything, which would have this number. */
    if (pread(CSANDBOX_ZYGOTE_SCORE_DESCRIPTOR, usual_score, sizeof usual_score - 1, 0) <= 0) usual_score[0] = 0;
}

/* A child inherits the score that its maker has at that moment. */
static void set_score(const char *score)
{
    if (usual_score[0] && pwrite(CSANDBOX_ZYGOTE_SCORE_DESCRIPTOR, score, strlen(score), 0) < 0) errno = 0;
}

static uint64_t resident_bytes(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_maxrss * 1024 : 0;
}

/* clone without a stack of its own: both go on from here, on one stack, one after the other. It must be inline, for a
   function would return twice through one return address. */
__attribute__((always_inline)) static inline long clone_here(long number, void *first, size_t second)
{
    long result;
#if defined(__x86_64__)
    register long r10 __asm__("r10") = 0;
    register long r8 __asm__("r8") = 0;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(first), "S"(second), "d"(0), "r"(r10), "r"(r8)
                     : "rcx", "r11", "memory");
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = (long)first;
    register long x1 __asm__("x1") = (long)second;
    register long x2 __asm__("x2") = 0;
    register long x3 __asm__("x3") = 0;
    register long x4 __asm__("x4") = 0;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
    result = x0;
#else
#error "no clone for this architecture"
#endif
    return result;
}

/* Receives an order; returns the number of descriptors that came with it, or -1 when there will be no more. */
static int receive(struct csandbox_zygote_order *order, int descriptors[MOST_DESCRIPTORS])
{
    union {
        char bytes[CMSG_SPACE(sizeof(int) * MOST_DESCRIPTORS)];
        struct cmsghdr align;
    } control;
    struct iovec vector = {.iov_base = order, .iov_len = sizeof *order};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t got;
    do {
        got = recvmsg(CSANDBOX_ZYGOTE_DESCRIPTOR, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof *order || order->magic != CSANDBOX_ZYGOTE_MAGIC) return -1;
    order->folder[CSANDBOX_ZYGOTE_MAX_FOLDER - 1] = 0;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return -1;
    int count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(descriptors, CMSG_DATA(header), (size_t)count * sizeof(int));
    return count > STRINGS ? count : -1;
}

static int limit(int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit value = {.rlim_cur = soft, .rlim_max = hard};
    return soft == UINT64_MAX ? 0 : setrlimit((__rlimit_resource_t)resource, &value);
}

static int set_limits(const struct csandbox_zygote_order *order)
{
    if (limit(RLIMIT_CORE, 1, 1) != 0 || limit(RLIMIT_CPU, order->cpu_seconds, order->cpu_seconds + 1) != 0) return -1;
    if (limit(RLIMIT_FSIZE, order->file_size_bytes, order->file_size_bytes) != 0) return -1;
    if (limit(RLIMIT_NOFILE, order->open_files, order->open_files) != 0) return -1;
    if (limit(RLIMIT_STACK, order->stack_bytes, order->stack_bytes) != 0) return -1;
    if (limit(RLIMIT_MEMLOCK, 64 << 10, 64 << 10) != 0 || limit(RLIMIT_MSGQUEUE, 0, 0) != 0) return -1;
    if (limit(RLIMIT_SIGPENDING, 1024, 1024) != 0) return -1;
    if (limit(RLIMIT_DATA, order->data_bytes, order->data_bytes) != 0) return -1;
    return limit(RLIMIT_NPROC, order->processes, order->processes);
}

/* What the middle process does, whose memory is the zygote's: returns only in the run's process. */
static void become_run(const struct csandbox_zygote_order *order, const int *descriptors)
{
    told.step = 2;
    if (set_limits(order) != 0) goto failed;
    told.step = 3;
    /* Upwards: a descriptor that came is above those it goes to, for 0 to 3 were taken when it came. */
    for (int i = 0; i <= STRINGS; i++)
        if (dup2(descriptors[i], i) < 0) goto failed;
    told.step = 4;
    if (syscall(SYS_close_range, STRINGS + 1, ~0u, 0) != 0) goto failed;
    told.step = 5;
    if (chdir(order->folder) != 0) goto failed;
    told.step = 6;
    /* clone3 hides its flags behind a pointer, where no filter can read them; the zygote itself needs it for groups. */
    static const struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = (struct sock_filter *)filter};
    if ((order->flags & CSANDBOX_ZYGOTE_HAS_GROUP) &&
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
        goto failed;
    told.step = 7;
    middle_process = (pid_t)syscall(SYS_getpid);
    pid_t process = real_fork();
    if (process == 0) return;
    if (process < 0) goto failed;
    told.process = process;
    syscall(SYS_exit_group, 0);
failed:
    told.error = errno;
    syscall(SYS_exit_group, 1);
}

/* Returns 0 in the run's process, and the middle process's number in the zygote. Not inline: the zygote comes back to this
   frame after the middle process has used the stack below it. */
__attribute__((noinline)) static long make_run(const struct csandbox_zygote_order *order, const int *descriptors)
{
    struct clone_args arguments = {.flags = CLONE_VM | CLONE_VFORK | CLONE_INTO_CGROUP, .exit_signal = SIGCHLD};
    bool has_group = order->flags & CSANDBOX_ZYGOTE_HAS_GROUP;
    long middle;
    if (has_group) arguments.cgroup = (uint64_t)descriptors[GROUP];
    told.process = -1;
    told.error = 0;
    told.step = 1;
    set_score(CSANDBOX_ZYGOTE_HIGHEST_SCORE_TEXT);
    if (has_group)
        middle = clone_here(SYS_clone3, &arguments, sizeof arguments);
    else
        middle = clone_here(SYS_clone, (void *)(CLONE_VM | CLONE_VFORK | SIGCHLD), 0);
    if (middle == 0)
        become_run(order, descriptors);
    else
        set_score(usual_score);
    return middle;
}

/* Whether what the interpreter was started with, and the environment that it has left itself, are the run's. */
static bool is_as_started(const char *text, size_t size)
{
    const char *end = text + size;
    char **lists[] = {arguments, environ};
    if (strtoul(text, NULL, 10) != (unsigned long)argument_count) return false;
    text += strlen(text) + 1;
    for (int i = 0; i < 2; i++)
        for (char **next = lists[i]; *next; next++) {
            size_t length = strlen(*next) + 1;
            if ((size_t)(end - text) < length || memcmp(text, *next, length) != 0) return false;
            text += length;
        }
    return text == end;
}

/* Takes the environment of the run; the strings stay on the descriptor for the interpreter, unless they are no news. */
static void take_strings(void)
{
    static char usual[PAGE];
    struct stat status;
    if (fstat(STRINGS, &status) != 0) abort();
    size_t size = (size_t)status.st_size;
    char *text = size < sizeof usual ? usual : malloc(size + 1);
    if (!text || pread(STRINGS, text, size, 0) != (ssize_t)size) abort();
    text[size] = 0;
    if (is_as_started(text, size)) {
        syscall(SYS_close, STRINGS);
        return;
    }
    size_t count = 0;
    for (size_t i = 0; i < size; i++) count += text[i] == 0;
    char **values = calloc(count + 1, sizeof *values);
    if (!values) abort();
    /* Before the environment stand the number of arguments and the arguments. */
    size_t skipped = 1 + strtoul(text, NULL, 10), taken = 0;
    for (char *at = text; at < text + size; at += strlen(at) + 1)
        if (skipped > 0)
            skipped--;
        else
            values[taken++] = at;
    environ = values;
}

static void answer(void)
{
    struct csandbox_zygote_answer answer = {.magic = CSANDBOX_ZYGOTE_MAGIC,
                                            .process = told.process,
                                            .error = told.error,
                                            .step = told.step,
                                            .resident_bytes = resident_bytes()};
    if (send(CSANDBOX_ZYGOTE_DESCRIPTOR, &answer, sizeof answer, MSG_NOSIGNAL) != (ssize_t)sizeof answer)
        syscall(SYS_exit_group, 0);
}

pid_t fork(void)
{
    if (!is_zygote) return real_fork();
    finish_settle();
    memory_settle();
    struct csandbox_zygote_ready ready = {.magic = CSANDBOX_ZYGOTE_MAGIC, .resident_bytes = resident_bytes()};
    if (send(CSANDBOX_ZYGOTE_DESCRIPTOR, &ready, sizeof ready, MSG_NOSIGNAL) != (ssize_t)sizeof ready)
        syscall(SYS_exit_group, 0);
    for (;;) {
        struct csandbox_zygote_order order;
        int descriptors[MOST_DESCRIPTORS];
        int count = receive(&order, descriptors);
        if (count < 0 || ((order.flags & CSANDBOX_ZYGOTE_HAS_GROUP) && count <= GROUP)) syscall(SYS_exit_group, 0);
        long middle = make_run(&order, descriptors);
        if (middle == 0) break;
        if (middle < 0) told.error = (int)-middle;
        for (int i = 0; i < count; i++) close(descriptors[i]);
        if (middle > 0) waitpid((pid_t)middle, NULL, __WALL);
        answer();
    }
    is_zygote = false;
    /* A session of its own, as every run has; it cannot fail, for a new process leads no group. */
    setsid();
    /* Until the middle process is gone and buried, it is seen among the processes, and may be our parent. */
    while (getppid() != 1 || kill(middle_process, 0) == 0) sched_yield();
    take_strings();
    return 0;
}
