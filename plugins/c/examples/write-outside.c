#include <stdio.h>

int main(void) {
    char path[256];
    while (scanf("%255s", path) == 1) {
        puts(fopen(path, "w") ? "written" : "refused");
    }
    return 0;
}
