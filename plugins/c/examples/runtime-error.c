#include <assert.h>
#include <stdio.h>

int main(int count, char **arguments) {
    (void)arguments;
    printf("before\n");
    fflush(stdout);
    assert(count == 0);
    return 0;
}
