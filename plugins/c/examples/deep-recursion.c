#include <stdio.h>

static int depth(volatile int level) {
    volatile char frame[256];
    frame[level % 256] = 1;
    return depth(level + 1) + frame[level % 256];
}

int main(void) {
    printf("%d\n", depth(0));
    return 0;
}
