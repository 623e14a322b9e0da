#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *left, const void *right) {
    long a = *(const long *)left, b = *(const long *)right;
    return (a > b) - (a < b);
}

int main(void) {
    long *numbers = NULL, number, total = 0;
    size_t count = 0;
    while (scanf("%ld", &number) == 1) {
        numbers = realloc(numbers, (count + 1) * sizeof *numbers);
        numbers[count++] = number;
        total += number;
    }
    qsort(numbers, count, sizeof *numbers, ascending);
    printf("%ld\n", total);
    for (size_t i = 0; i < count; i++) {
        printf(i == 0 ? "%ld" : " %ld", numbers[i]);
    }
    putchar('\n');
    return 0;
}
