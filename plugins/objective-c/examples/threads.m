#import <pthread.h>
#import <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long total = 0;

static void *add(void *value) {
    pthread_mutex_lock(&lock);
    total += (long)value;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void) {
    pthread_t workers[4];
    for (long i = 0; i < 4; i++) {
        pthread_create(&workers[i], NULL, add, (void *)(i + 1));
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(workers[i], NULL);
    }
    printf("%ld\n", total);
    return 0;
}
