#include "attack.h"

static struct {
    const char *name;
    attack_function *function;
} attacks[256];
static int attack_count;

void attack_register(const char *name, attack_function *function) {
    if (attack_count >= 256) abort();
    attacks[attack_count].name = name;
    attacks[attack_count++].function = function;
}

void escaped(const char *format, ...) {
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    int prefix = snprintf(line, sizeof line, "ESCAPED: ");
    int length = vsnprintf(line + prefix, sizeof line - (size_t)prefix - 1, format, arguments) + prefix;
    va_end(arguments);
    if (length > (int)sizeof line - 2) length = (int)sizeof line - 2;
    line[length++] = '\n';
    /* One write, so that lines of several processes do not mix. */
    if (write(1, line, (size_t)length) < 0) _exit(99);
}

void expect_refused(const char *what, long result) {
    if (result != -1) escaped("%s gave %ld", what, result);
}

void expect_closed(const char *path, int flags) {
    int descriptor = open(path, flags | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return;
    escaped("opened %s with flags %#x", path, flags);
    close(descriptor);
}

int tried(void) {
    static const char line[] = "tried\n";
    fflush(stdout);
    return write(1, line, sizeof line - 1) < 0 ? 99 : 0;
}

__attribute__((noinline, noclone)) void touch(void *space, size_t size) {
    memset(space, 1, size);
    __asm__ volatile("" : : "r"(space) : "memory");
}

_Noreturn void spin(void) {
    volatile unsigned long count = 0;
    for (;;) count++;
}

_Noreturn void wait_forever(void) {
    for (;;) pause();
}

void sleep_milliseconds(long milliseconds) {
    struct timespec left = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    while (nanosleep(&left, &left) < 0 && errno == EINTR) continue;
}

long argument(int argc, char **argv, int index, long otherwise) {
    return argc > index ? atol(argv[index]) : otherwise;
}

void stop_if_judge_is_in_reach(int argc, char **argv) {
    pid_t judge = (pid_t)argument(argc, argv, 1, 0);
    if (judge > 1 && kill(judge, 0) == 0) {
        escaped("the judge, process %d, takes signals from here", judge);
        exit(1);
    }
}

/* Waits as a zygote and takes the arguments of the run that it has become; docs/zygotes.md. */
static int become_run(char ***argv) {
    static char text[64 << 10], *arguments[256];
    ssize_t size = fork() == 0 ? read(3, text, sizeof text - 1) : -1;
    int count = size > 0 ? atoi(text) : 0;
    char *at = text + strlen(text) + 1;
    for (int i = 0; i < count && i < 255; i++, at += strlen(at) + 1) arguments[i] = at;
    close(3);
    *argv = arguments;
    return count;
}

int main(int argc, char **argv) {
    if (getenv("RETORT_ZYGOTE")) argc = become_run(&argv);
    for (int i = 0; argc > 1 && i < attack_count; i++)
        if (strcmp(attacks[i].name, argv[1]) == 0) return attacks[i].function(argc - 1, argv + 1);
    fprintf(stderr, "no such attack\n");
    return 64;
}
