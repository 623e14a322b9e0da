#include <stdio.h>

int main(void) {
    int count, value;
    long total = 0;
    if (scanf("%d", &count) != 1) return 1;
    for (int i = 0; i < count - 1; i++) {
        if (scanf("%d", &value) != 1) return 1;
        total += value;
    }
    printf("%ld\n", total);
    return 0;
}
