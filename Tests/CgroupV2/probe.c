/* What runs in the box: one behaviour a word, each of which meets one limit. Static, for there is nothing beside it. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MEBIBYTE = 1 << 20 };

static void spin(void)
{
    for (volatile unsigned long i = 0;; i++) continue;
}

static int allocate(int mebibytes)
{
    for (int i = 0; i < mebibytes; i++) {
        char *block = malloc(MEBIBYTE);
        if (!block) return 3;
        memset(block, i + 1, MEBIBYTE);
    }
    return 0;
}

static int fill_file(const char *path, int mebibytes)
{
    static char block[MEBIBYTE];
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) return 3;
    memset(block, 1, sizeof block);
    for (int i = 0; i < mebibytes; i++)
        if (write(file, block, sizeof block) != (ssize_t)sizeof block) return 4;
    return 0;
}

/* Forks until it is refused; says how it went by its exit status: 7 when it was, 0 when it never was. */
static int fork_until_refused(void)
{
    for (int i = 0; i < 200; i++) {
        pid_t child = fork();
        if (child < 0) return 7;
        if (child == 0)
            for (;;) pause();
    }
    return 0;
}

static int start_children(int children)
{
    for (int i = 0; i < children; i++)
        if (fork() == 0) _exit(0);
    return 0;
}

static int leave_orphan(void)
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            signal(SIGTERM, SIG_IGN);
            for (;;) pause();
        }
        _exit(0);
    }
    usleep(100000);
    return 0;
}

/* Waits as a zygote and takes the words of the run that it has become. */
static int become_run(char ***words)
{
    static char text[4096], *taken[16];
    ssize_t size = fork() == 0 ? read(3, text, sizeof text - 1) : -1;
    int count = size > 0 ? atoi(text) : 0;
    char *at = text + strlen(text) + 1;
    for (int i = 0; i < count && i < 15; i++, at += strlen(at) + 1) taken[i] = at;
    close(3);
    *words = taken;
    return count;
}

int main(int count, char **words)
{
    if (getenv("RETORT_ZYGOTE")) count = become_run(&words);
    const char *word = count > 1 ? words[1] : "";
    int number = count > 2 ? atoi(words[2]) : 0;
    if (strcmp(word, "true") == 0) return 0;
    if (strcmp(word, "exit") == 0) return number;
    if (strcmp(word, "allocate") == 0) return allocate(number);
    if (strcmp(word, "file") == 0) return fill_file("/tmp/filled", number);
    if (strcmp(word, "fork") == 0) return fork_until_refused();
    if (strcmp(word, "children") == 0) return start_children(number);
    if (strcmp(word, "orphan") == 0) return leave_orphan();
    if (strcmp(word, "spin") == 0) spin();
    if (strcmp(word, "spin-in-child") == 0) {
        if (fork() == 0) spin();
        for (;;) pause();
    }
    if (strcmp(word, "hog-in-child") == 0) {
        if (fork() == 0) _exit(allocate(number));
        sleep(20);
        return 0;
    }
    if (strcmp(word, "sleep") == 0) sleep((unsigned)number);
    return 64;
}
