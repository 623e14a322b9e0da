#import <stdlib.h>
#import <string.h>

int main(void) {
    for (;;) {
        char *kept = malloc(1 << 20);
        if (kept == NULL) {
            abort();
        }
        memset(kept, 1, 1 << 20);
    }
}
