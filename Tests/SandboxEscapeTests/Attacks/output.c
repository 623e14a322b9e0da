/* Rows 36-40: the streams. */
#include "attack.h"

static char block[65536];

ATTACK(flood) {
    /* Arguments: the descriptors to flood in turn. */
    memset(block, 'x', sizeof block);
    for (long total = 0; total < 1024 * MIB;)
        for (int i = 1; i < argc; i++) {
            long wrote = write(atoi(argv[i]), block, sizeof block);
            if (wrote < 0) return REFUSED;
            total += wrote;
        }
    escaped("1 GiB was taken");
    return 0;
}

ATTACK(answer_then_flood) {
    puts("42");
    fflush(stdout);
    memset(block, ' ', sizeof block);
    for (long total = 0; total < 1024 * MIB; total += (long)sizeof block)
        if (write(1, block, sizeof block) < 0) return REFUSED;
    escaped("1 GiB was taken");
    return 0;
}

ATTACK(binary_output) {
    unsigned char bytes[256];
    for (int i = 0; i < 256; i++) bytes[i] = (unsigned char)i;
    if (write(1, bytes, sizeof bytes) < 0 || write(2, bytes, sizeof bytes) < 0) return 1;
    static const char more[] = "\xed\xa0\x80\xff\xfe\x1b[2J\x1b]0;title\x07\r\n\xc0\x80";
    return write(1, more, sizeof more - 1) < 0;
}

/* Exactly as many bytes as the argument says. */
ATTACK(write_bytes) {
    memset(block, 'y', sizeof block);
    for (long left = argument(argc, argv, 1, 0); left > 0;) {
        long wrote = write(1, block, left < (long)sizeof block ? (size_t)left : sizeof block);
        if (wrote < 0) return REFUSED;
        left -= wrote;
    }
    return 0;
}

ATTACK(close_streams) {
    for (int i = 1; i < argc; i++) close(atoi(argv[i]));
    sleep_milliseconds(100);
    return 7;
}

/* Opens its own pipes anew, with other flags, and leaves them non-blocking. */
ATTACK(reopen_streams) {
    for (int descriptor = 0; descriptor < 3; descriptor++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
        int again = open(path, O_RDWR | O_NONBLOCK);
        if (again >= 0) fcntl(again, F_SETPIPE_SZ, 4096);
        fcntl(descriptor, F_SETFL, O_NONBLOCK);
        fcntl(descriptor, F_SETPIPE_SZ, 4096);
    }
    puts("42");
    return 0;
}
