// Weighs the numbers of its input.
#include <stdio.h>

static const int limit = 10;
static const int start = 5;
static const int steps[] = {4, 7};

static int weigh(int value, int factor) {
    // The even ones count more.
    int total = -start;
    if (value % 2 == 0 && value < limit) {
        total += value * factor;
    } else {
        total -= value + factor;
    }
    return total;
}

int main(void) {
    int count = 0;
    int result = 0;
    int number;
    while (scanf("%d", &number) == 1) {
        result += weigh(number, steps[0]);
        count += 1;
    }
    printf("result %d\n", result);
    printf("share %d\n", result / count);
    return 0;
}
