#import <objc/Object.h>
#import <objc/runtime.h>
#import <stdio.h>
#import <stdlib.h>

@interface Numbers : Object {
    long *values;
    size_t count;
}
- (void)add:(long)value;
- (long)sum;
- (void)printSorted;
@end

static int ascending(const void *left, const void *right) {
    long a = *(const long *)left, b = *(const long *)right;
    return (a > b) - (a < b);
}

@implementation Numbers
- (void)add:(long)value {
    values = realloc(values, (count + 1) * sizeof *values);
    values[count++] = value;
}

- (long)sum {
    long total = 0;
    for (size_t i = 0; i < count; i++) {
        total += values[i];
    }
    return total;
}

- (void)printSorted {
    qsort(values, count, sizeof *values, ascending);
    for (size_t i = 0; i < count; i++) {
        printf(i == 0 ? "%ld" : " %ld", values[i]);
    }
    putchar('\n');
}
@end

int main(void) {
    Numbers *numbers = class_createInstance(objc_getClass("Numbers"), 0);
    long number;
    while (scanf("%ld", &number) == 1) {
        [numbers add:number];
    }
    printf("%ld\n", [numbers sum]);
    [numbers printSorted];
    return 0;
}
