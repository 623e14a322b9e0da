#include <stdio.h>
#include <unistd.h>

int main(void) {
    for (;;) {
        pid_t child = fork();
        if (child < 0) {
            perror("fork");
            return 1;
        }
        if (child == 0) {
            sleep(60);
            return 0;
        }
    }
}
