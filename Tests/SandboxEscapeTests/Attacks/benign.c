/* Programs that look like attacks and are none: they must pass. */
#include "attack.h"
#include <netinet/in.h>
#include <pthread.h>

ATTACK(fork_and_wait) {
    pid_t child = fork();
    if (child == 0) _exit(5);
    int status = 0;
    waitpid(child, &status, 0);
    printf("%d\n", WEXITSTATUS(status));
    return 0;
}

static void *add_one(void *sum) {
    __atomic_add_fetch((long *)sum, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

ATTACK(use_threads) {
    long sum = 0;
    pthread_t threads[16];
    for (int i = 0; i < 16; i++)
        if (pthread_create(&threads[i], NULL, add_one, &sum) != 0) return 1;
    for (int i = 0; i < 16; i++) pthread_join(threads[i], NULL);
    printf("%ld\n", sum);
    return 0;
}

ATTACK(use_temporary_files) {
    const char *paths[] = {"scratch", "/tmp/scratch", "/dev/shm/scratch"};
    for (int i = 0; i < (argc > 1 ? 1 : 3); i++) {
        FILE *file = fopen(paths[i], "w+");
        if (!file || fprintf(file, "%d", i) < 0 || fseek(file, 0, SEEK_SET) != 0 || fgetc(file) != '0' + i) return 1;
        fclose(file);
        if (unlink(paths[i]) != 0) return 1;
    }
    puts("42");
    return 0;
}

ATTACK(talk_to_itself) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(server, (void *)&address, sizeof address) < 0 || listen(server, 1) < 0) return 1;
    getsockname(server, (void *)&address, &length);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(client, (void *)&address, length) < 0) return 2;
    int accepted = accept(server, NULL, NULL);
    char letter = 0;
    if (write(client, "4", 1) != 1 || read(accepted, &letter, 1) != 1) return 3;
    printf("%c\n", letter);
    return 0;
}

static void on_alarm(int number) {
    (void)number;
    static const char text[] = "42\n";
    _exit(write(1, text, 3) == 3 ? 0 : 1);
}

ATTACK(catch_alarm) {
    signal(SIGALRM, on_alarm);
    ualarm(50000, 0);
    wait_forever();
}

/* Argument: bytes. */
ATTACK(use_memory) {
    long bytes = argument(argc, argv, 1, MIB);
    char *block = malloc((size_t)bytes);
    if (!block) return 1;
    touch(block, (size_t)bytes);
    puts("42");
    return 0;
}

ATTACK(ignore_input) {
    puts("42");
    return 0;
}

ATTACK(count_input) {
    static char block[65536];
    long total = 0, got;
    while ((got = read(0, block, sizeof block)) > 0) total += got;
    printf("%ld\n", total);
    return 0;
}

static long descend(long depth) {
    volatile char frame[1024];
    frame[0] = 1;
    return depth == 0 ? 0 : descend(depth - 1) + frame[0];
}

ATTACK(recurse_deeply) {
    printf("%ld\n", descend(argument(argc, argv, 1, 1000)));
    return 0;
}

/* Runs 100 ms of work beside an attack; its answer and its time tell whether the attack was felt. */
ATTACK(bystander) {
    unsigned long value = 1;
    for (long i = 0; i < 2000000; i++) value = value * 6364136223846793005UL + 1442695040888963407UL;
    sleep_milliseconds(20);
    printf("%lu\n", value);
    return 0;
}
